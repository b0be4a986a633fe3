namespace Backprop.Integration.Calls;

/// <summary>Branches that the two halves of a method once could not share.</summary>
public static partial class FoundBranches
{
    /// <summary>Which way was taken depends on what is overwritten afterwards.</summary>
    [Differentiable]
    internal static void CappedWithin(ref double x, double limit)
    {
        if (limit > 0 && x >= limit)
        {
            return;
        }

        x = limit * limit;
    }

    [Differentiable]
    internal static double Capped(double x, double limit)
    {
        CappedWithin(ref x, limit);
        return x * limit;
    }

    [Fact]
    public static void A_condition_on_what_is_overwritten() => Check.Gradient(
        x => Capped(x[0], x[1]), (x, d, s) => CappedBackward(x[0], x[1], ref d[0], ref d[1], s), [1.2, 0.7], [0.5, 0.7], [0.5, -0.7], [2, -0.7]);
}
