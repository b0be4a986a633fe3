using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>The checks that the metrics share.</summary>
internal static class MetricArguments
{
    public static void CheckWeight(double weight)
    {
        if (!(weight >= 0) || !double.IsFinite(weight))
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight is a finite number from zero on.");
    }

    public static void CheckLabel(int label, int classes, [CallerArgumentExpression(nameof(label))] string? name = null)
    {
        if ((uint)label >= (uint)classes)
            throw new ArgumentOutOfRangeException(name, label, $"There are {classes} classes, counted from 0.");
    }

    public static void CheckBinary(int label)
    {
        if (label is not (0 or 1))
            throw new ArgumentOutOfRangeException(nameof(label), label, "The label is 0 or 1.");
    }

    /// <summary>Index of the largest score; the first of equals; a NaN is below every number.</summary>
    public static int Largest(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best] || (float.IsNaN(scores[best]) && !float.IsNaN(scores[i])))
                best = i;
        }

        return best;
    }
}
