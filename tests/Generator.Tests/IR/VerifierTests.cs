using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.IR;

public class VerifierTests
{
    private readonly Building b = new();

    private string Failure() => Assert.Throws<InvalidOperationException>(() => Verifier.CheckNormalForm(b.Function())).Message;

    [Fact]
    public void A_variable_out_of_scope()
    {
        Variable x = b.Double("x"), inner = b.New("inner", IrType.Double);
        b.If(x.Read() < x.Read(), () => b.Declare(inner, x.Read() * 2), () => { });
        b.Return(inner.Read());
        Assert.Equal($"F: Return 1: reads 'inner' ({inner.Id}), which is not in scope.", Failure());
    }

    [Fact]
    public void A_variable_introduced_twice()
    {
        Variable x = b.Double("x"), y = b.New("y", IrType.Double);
        b.Declare(y, x.Read());
        b.If(x.Read() < x.Read(), () => b.Declare(y, x.Read() * 2), () => { });
        Assert.Contains("If 1 / Declare 0: 'y'", Failure());
    }

    [Fact]
    public void Operands_of_different_types()
    {
        b.Return(b.Double("x").Read() + b.Int("n").Read());
        Assert.Contains("Return 0: Add of", Failure());
    }

    [Fact]
    public void A_join_of_another_type()
    {
        Variable x = b.Double("x"), n = b.Int("n");
        b.If(x.Read() < x.Read(), () => { }, () => { }, new Join(b.New("y", IrType.Double), x.Read(), n.Read()));
        Assert.Contains("joins values of other types", Failure());
    }

    [Fact]
    public void A_break_that_something_follows()
    {
        Variable x = b.Double("x");
        int loop = b.Id();
        Block body = b.Block(() =>
        {
            b.If(x.Read() < x.Read(), () => b.Add(new Break(loop)), () => { });
            b.Temp(x.Read());
        });
        b.Add(new Loop(loop, new While(Block.Empty, Numbers.True, Block.Empty, null), body, default));
        Assert.Equal("F: Loop 0 / If 0 / Break 0: leaves a loop elsewhere than at the end of a path through its body.", Failure());
    }

    [Fact]
    public void A_return_that_something_follows()
    {
        b.Return(b.Double("x").Read());
        b.Return(b.Double("y").Read());
        Assert.Contains("Return 0: returns before the end", Failure());
    }

    [Fact]
    public void Statements_of_other_forms()
    {
        Variable x = b.Double("x");
        b.Add(new Assign(x, x.Read()));
        Assert.Contains("is not a statement of normal form", Failure());
    }
}
