namespace Backprop.Generator.Tests.Transforms;

/// <summary>A fused loop gathers its breaks at the end of its body, after the adjoint of the iteration.</summary>
public sealed class ExitFlagsTests
{
    [Fact]
    public void One_break_at_the_end_stands_for_all()
    {
        string text = Pass.Reversed.Text("[Differentiable] static double F(double x, int n) { double s = 0; for (int i = 0; i < n; i++) { s += x * i; if (i > 5) break; if (i * n > 9) break; } return s; }");
        string[] lines = [.. text.Split('\n').Select(line => line.Trim())];
        Assert.Single(lines, line => line.StartsWith("break", StringComparison.Ordinal));
        Assert.Equal(2, lines.Count(line => line.StartsWith("join bool stopped", StringComparison.Ordinal)));
        Assert.True(Array.FindIndex(lines, line => line.StartsWith("break", StringComparison.Ordinal)) > Array.FindLastIndex(lines, line => line.StartsWith("adjoint", StringComparison.Ordinal)) - 3);
    }

    [Fact]
    public void A_loop_without_a_break_has_no_flag()
        => Assert.DoesNotContain("stopped", Pass.Reversed.Text("[Differentiable] static double F(double x, int n) { double s = 0; for (int i = 0; i < n; i++) { if (i > 5) s += x; } return s; }"));
}
