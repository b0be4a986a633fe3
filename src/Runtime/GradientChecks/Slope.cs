namespace Backprop;

/// <summary>The derivative of a function along a direction, by differences.</summary>
/// <param name="Value">The derivative.</param>
/// <param name="Error">How far it may be off: truncation and noise.</param>
/// <param name="Jump">How much the derivatives to the two sides differ where the steps are small; 0 where they become equal.</param>
/// <param name="Forward">The derivative ahead, if there is a jump.</param>
/// <param name="Backward">The derivative behind, if there is a jump.</param>
/// <param name="IsFinite">Whether the function is finite around the point.</param>
internal readonly record struct Slope(double Value, double Error, double Jump, double Forward, double Backward, bool IsFinite);

/// <summary>Takes derivatives along directions: central differences over a sweep of steps, extrapolated.</summary>
/// <param name="function">The function.</param>
/// <param name="value">Its value at the point.</param>
/// <param name="gradient">Its gradient as claimed, with which the rounding of the steps' ends is accounted for.</param>
/// <param name="noise">The noise of its values.</param>
internal sealed class SlopeFinder(CheckedFunction function, double value, double[] gradient, double noise)
{
    private const double FirstStep = 0.125, LastStep = 1e-9;

    /// <param name="direction">About as long as the numbers of the point are large.</param>
    public Slope Along(double[] direction)
    {
        var sides = new List<(double Step, double Forward, double Backward)>();
        for (double step = FirstStep; step > LastStep; step /= 2)
        {
            (double forward, double backward) = (Side(direction, step), -Side(direction, -step));
            if (double.IsFinite(forward) && double.IsFinite(backward))
            {
                sides.Add((step, forward / step, backward / step));
            }
            else
            {
                // The function ends between here and a smaller step.
                sides.Clear();
            }
        }

        return sides.Count < 4 ? new Slope(double.NaN, double.PositiveInfinity, 0, 0, 0, false) : Best(sides);
    }

    private Slope Best(List<(double Step, double Forward, double Backward)> sides)
    {
        double[] central = [.. sides.Select(static s => (s.Forward + s.Backward) / 2)];
        double best = double.NaN, error = double.PositiveInfinity;
        int at = 0;
        for (int i = 2; i < central.Length; i++)
        {
            // Errors of even powers of the step: the first is taken away.
            double last = central[i - 1] + (central[i - 1] - central[i - 2]) / 3;
            double next = central[i] + (central[i] - central[i - 1]) / 3;
            double estimate = Math.Abs(next - last) + noise / sides[i].Step;
            if (estimate < error)
            {
                (best, error, at) = (next, estimate, i);
            }
        }

        (double jump, int kink) = JumpIn(sides);
        return new Slope(best, error, jump, sides[kink].Forward, sides[kink].Backward, true);
    }

    /// <summary>On a smooth function the two sides approach each other as the step shrinks; at a kink they do not.</summary>
    private (double Jump, int At) JumpIn(List<(double Step, double Forward, double Backward)> sides)
    {
        for (int i = sides.Count - 1; i >= 4; i--)
        {
            double now = sides[i].Forward - sides[i].Backward, before = sides[i - 4].Forward - sides[i - 4].Backward;
            if (Math.Abs(now) > 20 * noise / sides[i].Step)
            {
                return now / before > 0.5 ? (Math.Abs(now), i) : (0, i);
            }
        }

        return (0, 0);
    }

    /// <summary>The change of the function over a step, as if the step's end were not rounded.</summary>
    private double Side(double[] direction, double step)
    {
        double[] point = function.Point, x = new double[point.Length];
        double rounding = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double exact = step * direction[i];
            x[i] = function.IsSingle(i) ? (float)(point[i] + exact) : point[i] + exact;
            rounding += gradient[i] * (x[i] - point[i] - exact);
        }

        return function.Value(x) - value - rounding;
    }
}
