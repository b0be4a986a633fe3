namespace Backprop.Integration;

/// <summary>The examples of docs/gradient-check.md.</summary>
public static partial class GradientCheckPage
{
    [Fact]
    public static void The_example_passes()
    {
        GradientReport report =
        GradientCheck.Run(
            (rate, w) => Curve.Value(rate, w),
            (rate, w, ref dRate, ref dw) => Curve.ValueBackward(rate, w, ref dRate, dw),
            at: (0.3, new double[] { 1, -2, 0.5 }));
        Assert.InRange(report.Error, 0, 1e-9);
    }

    [Fact]
    public static void The_report_is_the_one_shown()
    {
        GradientReport report = GradientCheck.Examine(
            (rate, w) => Curve.Value(rate, w),
            (rate, w, ref dRate, ref dw) =>
            {
                double[] none = new double[3];
                Curve.ValueBackward(rate, w, ref dRate, none);
                double zero = 0;
                return Curve.ValueBackward(rate, w, ref zero, dw, 1) + Twice(dw, none);
            },
            at: (0.3, new double[] { 1, -2, 0.5 }));
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "gradient-check.md"));
        Assert.Contains(report.ToString().Split('\n')[0], page, StringComparison.Ordinal);
        Assert.Contains(report.Mismatches.Single(static m => m.Index == 1).ToString()[..^3], page, StringComparison.Ordinal);
    }

    [Fact]
    public static void The_example_is_on_the_page()
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "gradient-check.md")).Split("## Parameters")[0];
        string[] here = [.. File.ReadLines(Path.Combine(Root(), "tests", "Integration.Tests", "GradientCheckPage.cs")).Select(static l => l.Trim())];
        string[] code = [.. page.Split("```csharp\n").Skip(1).SelectMany(static b => b.Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(static l => l.Trim())];
        Assert.Equal(17, code.Length);
        Assert.Empty(code.Except(here));
    }

    private static double Twice(double[] dw, double[] once)
    {
        for (int i = 0; i < dw.Length; i++)
        {
            dw[i] += once[i];
        }

        return 0;
    }

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}

public static partial class Curve
{
    [Differentiable]
    public static double Value(double rate, double[] w)
    {
        double sum = 0;
        for (int i = 0; i < w.Length; i++)
        {
            sum += w[i] * Math.Exp(-rate * i);
        }
        return sum;
    }
}
