using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.Analyses;

/// <summary>Which storage a variable may name, and what is written.</summary>
public sealed class MemoryTests
{
    [Fact]
    public void A_slice_shares_the_root_of_what_it_was_taken_from()
    {
        Analysed f = new("[Differentiable] static double F(Span<double> a) { Span<double> s = a.Slice(1, 2); Span<double> t = s[1..]; t[0] = 3; return a[0] * t[0]; }");
        Assert.Equal([f["a"].Id], f.Memory.RootsOf(f["t"].Read()));
        Assert.True(f.Memory.IsWritten(f["a"].Read()));
    }

    [Fact]
    public void A_row_shares_the_root_of_its_array()
    {
        Analysed f = new("[Differentiable] static double F(double[][] a, double x) { double[] row = a[1]; row[0] = x; return a[0][0]; }");
        Assert.Equal([f["a"].Id], f.Memory.RootsOf(f["row"].Read()));
    }

    [Fact]
    public void A_branch_may_name_either()
    {
        Building b = new();
        Variable first = b.Parameter("first", Building.Doubles), second = b.Parameter("second", Building.Doubles), test = b.Parameter("test", IrType.Bool);
        Variable either = b.New("either", Building.Doubles);
        b.If(test.Read(), () => { }, () => { }, new Join(either, first.Read(), second.Read()));
        b.Add(new Store(new Element(either.Read(), EquatableArray.Of<Expr>(Numbers.Int(0))), IrType.Double.Number(1)));
        Memory memory = Memory.Of(b.Function().Body, [first, second]);
        Assert.Equal([first.Id, second.Id], memory.RootsOf(either.Read()).Order());
        Assert.True(memory.IsWritten(second.Read()));
    }

    [Fact]
    public void A_loop_that_swaps_may_name_either()
    {
        Building b = new();
        Variable first = b.Parameter("first", Building.Doubles), second = b.Parameter("second", Building.Doubles), n = b.Int("n");
        Variable front = b.New("front", Building.Doubles), back = b.New("back", Building.Doubles);
        b.For(
            b.New("i", IrType.Int32), Numbers.Int(0), n.Read(), () => { },
            new Carried(front, first.Read(), back.Read(), b.New("front", Building.Doubles)),
            new Carried(back, second.Read(), front.Read(), b.New("back", Building.Doubles)));
        Memory memory = Memory.Of(b.Function().Body, [first, second]);
        Assert.Equal([first.Id, second.Id], memory.RootsOf(front.Read()).Order());
    }

    [Fact]
    public void A_new_array_is_a_root_of_its_own()
    {
        Analysed f = new("[Differentiable] static double F(double[] a) { double[] b = new double[2]; b[0] = a[0]; return b[0]; }");
        Assert.Equal([f["b"].Id], f.Memory.RootsOf(f["b"].Read()));
        Assert.False(f.Memory.IsWritten(f["a"].Read()));
    }

    [Theory]
    [InlineData("a[0] = 2;", true)]
    [InlineData("a[0] += 2;", true)]
    [InlineData("Array.Clear(a);", true)]
    [InlineData("a.AsSpan().Fill(1);", true)]
    [InlineData("b.AsSpan().CopyTo(a);", true)]
    [InlineData("a.AsSpan().CopyTo(b);", false)]
    [InlineData("x = a[0];", false)]
    public void Every_way_to_write_is_seen(string statement, bool isWritten)
    {
        Analysed f = new($"[Differentiable] static double F(double[] a, double[] b, double x) {{ {statement} return a[0] * b[0] * x; }}");
        Assert.Equal(isWritten, f.Memory.IsWritten(f["a"].Read()));
    }
}
