using System.Globalization;
using System.Text;

namespace Backprop;

/// <summary>Why a gradient did not pass.</summary>
public enum GradientFault
{
    /// <summary>A value or a gradient is NaN or infinite.</summary>
    NotFinite,

    /// <summary>The backward pass returns another value than the primal.</summary>
    Value,

    /// <summary>The backward pass overwrites accumulators.</summary>
    NotAccumulated,

    /// <summary>The primal has a kink or a jump at the point, so that it has no gradient there.</summary>
    Kink,

    /// <summary>The gradient is wrong.</summary>
    Wrong,

    /// <summary>The differences are too noisy to tell.</summary>
    Unresolved,
}

/// <summary>A number whose gradient is not that of differences.</summary>
/// <param name="Path">Path of its leaf: a parameter's name, followed by members.</param>
/// <param name="Index">Its position in the leaf, row-major.</param>
/// <param name="IndexText">The same as C# indices: <c>1, 2</c>; empty for a scalar.</param>
/// <param name="Gradient">What the backward pass gave.</param>
/// <param name="Difference">What differences of the primal gave.</param>
public sealed record GradientMismatch(string Path, int Index, string IndexText, double Gradient, double Difference)
{
    /// <summary><c>w[1, 2]: gradient 3, differences 6</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Path}{(IndexText.Length > 0 ? $"[{IndexText}]" : "")}: gradient {Gradient:G9}, differences {Difference:G9}");
}

/// <summary>How well a gradient agrees with differences of its primal.</summary>
public sealed record GradientReport
{
    /// <summary>Null where the gradient passed.</summary>
    public GradientFault? Fault { get; init; }

    /// <summary>Whether the gradient passed.</summary>
    public bool Passed => Fault is null;

    /// <summary>What is wrong, in words; empty where nothing is.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>Numbers whose gradient is wrong, worst first; up to eight.</summary>
    public IReadOnlyList<GradientMismatch> Mismatches { get; init; } = [];

    /// <summary>The worst of them; null where there is none.</summary>
    public GradientMismatch? Worst => Mismatches.Count == 0 ? null : Mismatches[0];

    /// <summary>The primal's value at the point.</summary>
    public double Value { get; init; }

    /// <summary>The greatest relative error along a direction.</summary>
    public double Error { get; init; }

    /// <summary>The relative error that the differences have themselves: a smaller one of the gradient would not have been noticed.</summary>
    public double Resolution { get; init; }

    /// <summary>The relative error that passes.</summary>
    public double Tolerance { get; init; }

    /// <summary>How often the primal ran.</summary>
    public int Evaluations { get; init; }

    /// <summary>The seed of the directions.</summary>
    public ulong Seed { get; init; }

    /// <summary>Some lines that say it all.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(Passed ? "The gradient agrees with differences." : $"The gradient did not pass: {Explanation}");
        foreach (GradientMismatch mismatch in Mismatches)
        {
            text.Append("\n  ").Append(mismatch);
        }

        return text.Append(CultureInfo.InvariantCulture, $"\n  value {Value:G9}, relative error {Error:G2}, tolerance {Tolerance:G2}, resolution of the differences {Resolution:G2}, {Evaluations} evaluations, seed {Seed}").ToString();
    }

    internal GradientReport OrThrow() => Passed ? this : throw new GradientCheckException(this);
}

/// <summary>A gradient did not pass <see cref="GradientCheck"/>; the message is the report.</summary>
public sealed class GradientCheckException(GradientReport report) : Exception(report.ToString())
{
    /// <summary>What was found.</summary>
    public GradientReport Report { get; } = report;
}
