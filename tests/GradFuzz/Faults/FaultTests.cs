using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Harness;
using Backprop.Fuzz.Reduce;

namespace Backprop.Fuzz.Faults;

/// <summary>The fuzzer notices what it is there to notice.</summary>
public sealed class FaultTests
{
    /// <summary>Some of the list, one of each kind; <c>--faults</c> runs them all.</summary>
    [Theory]
    [InlineData("the slope of sine is sine")]
    [InlineData("the last use of a value wins")]
    [InlineData("the branches are swapped")]
    [InlineData("the last iteration is not reversed")]
    [InlineData("a write leaves the cotangent of what it overwrote")]
    [InlineData("overwritten elements are read again instead of recorded")]
    [InlineData("arguments that share something are not refused")]
    [InlineData("a record is missing")]
    [InlineData("the primal's division is a multiplication with the reciprocal")]
    public void A_fault_is_caught(string name) => Assert.NotNull(MutationTest.Until(Named(name), 1));

    [Fact]
    public void There_are_at_least_25_faults_with_names_of_their_own()
    {
        Assert.True(Fault.All.Count >= 25);
        Assert.Equal(Fault.All.Count, Fault.All.Select(fault => fault.Name).Distinct().Count());
    }

    [Fact]
    public void A_failing_program_is_reduced_to_a_few_lines()
    {
        Fault fault = Named("the slope of sine is sine");
        Failed found = MutationTest.Until(fault, 1)!.Failure;
        Failed reduced = Reducer.Reduce(found, TimeSpan.FromMinutes(4), fault);
        Assert.Equal(found.Oracle, reduced.Oracle);
        Assert.Contains(reduced.Sample.Program.Deep(), node => node is MathCall { Function: "Sin" });
        Assert.InRange(reduced.Sample.Program.Deep().Count(node => node is Stmt and not Block), 1, 4);
        Assert.InRange(reduced.Sample.Program.Deep().Count(), 1, 25);
    }

    private static Fault Named(string name) => Fault.All.Single(fault => fault.Name == name);
}
