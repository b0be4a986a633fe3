using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.Analyses;

/// <summary>Which parameters a callee writes: itself, through others, in circles.</summary>
public sealed class CallGraphTests
{
    [Fact]
    public void A_parameter_is_written_by_what_it_is_handed_to()
    {
        Assert.Equal(0b1, Known("W", One("W", 1)));
        Assert.Equal(0b100, Known("A", One("W", 1), One("A", 0, ("W", 0, 0b100))));
        Assert.Equal(0, Known("A", One("W", 1), One("A", 0, ("W", 1, 0b100))));
        Assert.Equal(0b10, Known("B", One("W", 1), One("A", 0, ("W", 0, 0b100)), One("B", 0, ("A", 2, 0b10))));
    }

    [Fact]
    public void Circles_end()
    {
        Calling[] circle = [One("A", 0, ("B", 0, 1)), One("B", 0, ("A", 0, 1))];
        Assert.Equal(0, Known("A", circle));
        Assert.Equal(1, Known("A", [.. circle, One("C", 0), One("B", 1, ("A", 0, 1))]));

        // Its parameters in other places.
        Assert.Equal(0b11, Known("S", One("S", 1, ("S", 0, 0b10), ("S", 1, 0b1))));
    }

    [Fact]
    public void Of_methods_that_are_not_there_nothing_is_known()
        => Assert.Empty(new CallGraph([One("A", 1)]).ConductOfCallees(One("X", 0, ("Elsewhere", 0, 1))));

    [Fact]
    public void A_method_that_returns_an_argument_is_known_to()
        => Assert.True(new CallGraph([One("R", 0) with { Own = new Conduct(0, true, false) }]).ConductOfCallees(One("X", 0, ("R", 0, 1))).Single().Conduct.ReturnsArgument);

    [Fact]
    public void What_a_callee_runs_is_run_by_its_caller()
    {
        CallGraph graph = new([One("F", 0) with { Own = Conduct.Nothing with { RunsForeign = true } }, One("A", 0, ("F", 0, 0)), One("B", 0, ("A", 0, 0)), One("C", 0)]);
        Assert.Equal([true, false], graph.ConductOfCallees(One("X", 0, ("B", 0, 0), ("C", 0, 0))).Select(static one => one.Conduct.RunsForeign));
    }

    private static Calling One(string name, int written, params (string Callee, int Parameter, int Bits)[] handed)
        => new(name, handed.Select(one => one.Callee).ToEquatable()) { Own = new Conduct(written, false, false), Handed = handed.ToEquatable() };

    private static int Known(string method, params Calling[] methods)
        => new CallGraph(methods).ConductOfCallees(One("caller", 0, (method, 0, 1))).Single().Conduct.Written;
}
