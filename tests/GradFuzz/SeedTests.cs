using Backprop.Fuzz.Harness;
using Backprop.Fuzz.Report;

namespace Backprop.Fuzz;

/// <summary>The fixed list of programs, the same in every run.</summary>
public sealed class SeedTests
{
    private const int Seeds = 300;

    [Fact]
    public void Three_hundred_programs_have_right_gradients()
    {
        Session session = new(Settings.Of(["--seed", "1", "--count", $"{Seeds}"])!);
        session.Run();
        Tally tally = session.Tally;
        Assert.True(tally.Failures.Count == 0, string.Join("\n", tally.Failures.Select(Summary.Of)));
        Assert.Equal(Seeds, tally.Programs + tally.Barren);

        // Both answers occur, or the oracle that wants one of them says nothing.
        Assert.Contains(tally.Shared.Values, shared => shared.Refused > 0);
        Assert.Contains(tally.Shared.Values, shared => shared.Refused < shared.Calls);

        // Most of what is written must come through, or the other assertion says little.
        Assert.InRange(tally.Programs - tally.Refused, Seeds / 2, Seeds);
        Assert.DoesNotContain(tally.Refusals.Keys, code => code.StartsWith("BPG9", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_form_of_the_language_is_written()
    {
        Tally tally = new();
        for (int seed = 1; seed <= 3000; seed++)
        {
            if (Generation.Programs.Of(seed, Settings.UsualSize) is { } sample)
            {
                tally.Add(new Passed(sample));
            }
        }

        Assert.DoesNotContain(tally.UseOf, form => form.Value == 0);
        Assert.DoesNotContain(tally.Constructions, construct => construct.Value.Drawn == 0);
    }

    [Fact]
    public void A_seed_gives_the_same_program_every_time()
        => Assert.Equal(Text(), Text());

    /// <summary>Calls in indices of arguments of calls: nothing ended them once (1900003775).</summary>
    [Fact]
    public void Calls_are_nested_four_deep_at_most()
    {
        IEnumerable<Ast.Node> programs = Enumerable.Range(1, 1000).Select(seed => Generation.Programs.Of(seed, Settings.UsualSize)).OfType<Generation.Sample>().SelectMany(sample => sample.Program.Deep());
        Assert.InRange(programs.OfType<Ast.Call>().Max(DepthOf), 2, 4);
    }

    private static int DepthOf(Ast.Node node) => (node is Ast.Call ? 1 : 0) + node.Parts.Select(DepthOf).DefaultIfEmpty().Max();

    private static string Text() => string.Join("\n", Enumerable.Range(1, 50).Select(seed => Print.SourcePrinter.File(Generation.Programs.Of(seed, Settings.UsualSize)!.Program)));
}
