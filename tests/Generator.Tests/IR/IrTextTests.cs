using Backprop.Generator.IR;
using static Backprop.Generator.IR.Numbers;

namespace Backprop.Generator.Tests.IR;

/// <summary>The text form of the IR.</summary>
public sealed class IrTextTests
{
    private static readonly Variable x = new(1, "x", IrType.Double);
    private static readonly Variable i = new(2, "i", IrType.Int32);
    private static readonly Variable a = new(3, "a", new ArrayType(IrType.Double, 1));

    [Fact]
    public void Variables_of_one_name_are_told_apart_by_id()
    {
        Assert.Equal("x + x", IrText.Of(x.Read() + x.Read()));
        Assert.Equal("x#1 + x#9", IrText.Of(x.Read() + new Variable(9, "x", IrType.Double).Read()));
        Assert.Equal("#7 + x", IrText.Of(new Variable(7, "", IrType.Double).Read() + x.Read()));
    }

    [Fact]
    public void Literals_show_their_type()
        => Assert.Equal(
            ["2.0", "-0.0", "0.1f", "3", "true", "(long)4"],
            new Expr[] { IrType.Double.Number(2), IrType.Double.Number(-0.0), IrType.Single.Number(0.1f), Int(3), True, new Literal(4, new ScalarType(Scalar.Int64)) }.Select(IrText.Of));

    [Fact]
    public void Types_are_written_as_in_csharp()
        => Assert.Equal(
            ["double[,]", "float[][]", "ReadOnlySpan<double>", "Grid<double>", "string"],
            new IrType[]
            {
                new ArrayType(IrType.Double, 2), new ArrayType(new ArrayType(IrType.Single, 1), 1), new SpanType(IrType.Double, Access.ReadOnly),
                new GridType(IrType.Double), new OpaqueType("string"),
            }.Select(IrText.Of));

    [Fact]
    public void Statements_of_normal_form()
    {
        var next = new Variable(4, "x", IrType.Double);
        var result = new Variable(5, "x", IrType.Double);
        var loop = new Loop(
            6,
            new Counted(i, Int(0), BinaryOp.Less, new Length(a.Read()), 1),
            Block.Of([new Declare(next, x.Read() + new Element(a.Read(), EquatableArray.Of<Expr>(i.Read()))), new Accumulate(new Element(a.Read(), EquatableArray.Of<Expr>(i.Read())), next.Read())]),
            EquatableArray.Of(new Carried(x, IrType.Double.Number(0), next.Read(), result)))
        { Mirrors = 2 };
        Assert.Equal(
            """
            loop 6 mirrors 2 for (i = 0; i < a.Length; i += 1)
            carried double x#1 = 0.0 next x#4 result x#5
              double x#4 = x#1 + a[i]
              a[i] += x#4

            """,
            IrText.Of(loop));
    }
}
