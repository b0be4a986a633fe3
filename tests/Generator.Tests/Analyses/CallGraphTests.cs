using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.Analyses;

/// <summary>Which parameters a callee writes: itself, through others, in circles.</summary>
public sealed class CallGraphTests
{
    [Fact]
    public void A_parameter_is_written_by_what_it_is_handed_to()
    {
        Assert.Equal((0b1, ~0b1), Known("W", One("W", 1)));
        Assert.Equal((0b100, ~0b100), Known("A", One("W", 1), One("A", 0, ("W", 0, 0b100))));
        Assert.Equal((0, ~0), Known("A", One("W", 1), One("A", 0, ("W", 1, 0b100))));
        Assert.Equal((0b10, ~0b10), Known("B", One("W", 1), One("A", 0, ("W", 0, 0b100)), One("B", 0, ("A", 2, 0b10))));
    }

    [Fact]
    public void Circles_end()
    {
        Calling[] circle = [One("A", 0, ("B", 0, 1)), One("B", 0, ("A", 0, 1))];
        Assert.Equal((0, ~0), Known("A", circle));
        Assert.Equal((1, ~1), Known("A", [.. circle, One("C", 0), One("B", 1, ("A", 0, 1))]));

        // Its parameters in other places.
        Assert.Equal((0b11, ~0b11), Known("S", One("S", 1, ("S", 0, 0b10), ("S", 1, 0b1))));
    }

    [Fact]
    public void What_is_not_known_is_left_to_run_time()
    {
        Calling unknown = new("U", EquatableArray<string>.Empty) { Writing = Writing.Nothing with { Possible = 1 } };
        Assert.Equal((0, ~1), Known("U", unknown));
        Assert.Equal((0, ~1), Known("A", unknown, One("A", 0, ("U", 0, 1))));
        Assert.Equal((0, 0), Known("F", new Calling("F", EquatableArray<string>.Empty) { Writing = Writing.Unknown }));
        Assert.Empty(new CallGraph([One("A", 1)]).WritesOfCallees(One("X", 0, ("Elsewhere", 0, 1))));
    }

    private static Calling One(string name, int certain, params (string Callee, int Parameter, int Bits)[] handed)
        => new(name, handed.Select(one => one.Callee).ToEquatable()) { Writing = new Writing(certain, 0, handed.ToEquatable()) };

    private static (int Written, int Untouched) Known(string method, params Calling[] methods)
        => new CallGraph(methods).WritesOfCallees(One("caller", 0, (method, 0, 1))).Select(one => (one.Written, one.Untouched)).Single();
}
