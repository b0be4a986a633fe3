using System;
using Backprop;

[assembly: CLSCompliant(false)]

namespace Consumer.Library;

/// <summary>Methods that another assembly calls and differentiates.</summary>
public static partial class Steps
{
    /// <summary>One step.</summary>
    /// <param name="x">Where it starts.</param>
    /// <param name="by">How far it goes.</param>
    /// <returns>Where it ends.</returns>
    [Differentiable]
    public static double Step(double x, double by) => (x * by) + (1 / (1 + (x * x)));

    /// <summary>Records every value of its loop.</summary>
    /// <param name="x">Where it starts.</param>
    /// <param name="weights">One a round.</param>
    /// <returns>Where it ends.</returns>
    [Differentiable]
    public static double Spiral(double x, ReadOnlySpan<double> weights)
    {
        double y = x;
        foreach (double weight in weights)
        {
            y = Math.Sin(y) * weight;
        }

        return y;
    }

    [Differentiable]
    internal static double Hidden(double x) => x * x * x;
}
