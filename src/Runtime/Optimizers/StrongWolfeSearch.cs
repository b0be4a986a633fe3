namespace Backprop;

/// <summary>
/// A line search for a step t that meets the strong Wolfe conditions f(t) ≤ f(0) + c₁tf′(0) and |f′(t)| ≤ −c₂f′(0): first a bracket,
/// then zooming in by safeguarded cubic interpolation. Nocedal and Wright, <em>Numerical Optimization</em>, 2006, algorithms 3.5 and 3.6.
/// Where values differ by rounding alone the second condition decides. Hager and Zhang, <em>A New Conjugate Gradient Method</em>, 2005.
/// </summary>
internal sealed class StrongWolfeSearch(int length)
{
    private const double SufficientDecrease = 1e-4, Curvature = 0.9;
    private const int MaxEvaluations = 25;
    private readonly double[] origin = new double[length];
    private readonly Point start = new(length), first = new(length), second = new(length), third = new(length);

    /// <summary>What the search has evaluated since <see cref="Run{TObjective}"/> began.</summary>
    internal int Evaluations { get; private set; }

    /// <summary>Moves x along the direction and replaces the gradient by that at the new x.</summary>
    /// <returns>The length of the step, and the value there.</returns>
    internal (double Step, double Value) Run<TObjective>(
        ref TObjective objective, Span<double> x, ReadOnlySpan<double> direction, Span<double> gradient,
        double value, double slope, double firstStep, double tolerance)
        where TObjective : IObjective
    {
        Evaluations = 0;
        x.CopyTo(origin);
        gradient.CopyTo(start.Gradient);
        (start.Step, start.Value, start.Slope) = (0, value, slope);
        Point end = Bracket(ref objective, x, direction, firstStep, out Point? other, out Point spare);
        Point found = other is null ? end : Zoom(ref objective, x, direction, tolerance, other, end, spare);
        found.Gradient.CopyTo(gradient);
        MoveTo(found.Step, x, direction);
        return (found.Step, found.Value);
    }

    /// <summary>Lengthens the step until a minimum lies between two points, or a point meets the conditions: then other is null.</summary>
    private Point Bracket<TObjective>(
        ref TObjective objective, Span<double> x, ReadOnlySpan<double> direction, double step, out Point? other, out Point spare)
        where TObjective : IObjective
    {
        Point previous = start, current = first;
        spare = second;
        Evaluate(ref objective, x, direction, step, current);
        for (int round = 0; round < MaxEvaluations; round++)
        {
            other = previous;
            bool isHigh = !IsLowEnough(current) || (round > 1 && current.Value >= previous.Value);
            if (IsFlatEnough(current) && (!isHigh || IsLevel(current)))
            {
                other = null;
                return current;
            }
            if (isHigh) return current;
            if (current.Slope >= 0) return current;
            step = Interpolate(previous, current, current.Step + 0.01 * (current.Step - previous.Step), current.Step * 10);
            Point next = spare;
            spare = ReferenceEquals(previous, start) ? third : previous;
            (previous, current) = (current, next);
            Evaluate(ref objective, x, direction, step, current);
        }
        other = start;
        return current;
    }

    /// <summary>Shrinks the bracket toward a point that meets the conditions.</summary>
    private Point Zoom<TObjective>(
        ref TObjective objective, Span<double> x, ReadOnlySpan<double> direction, double tolerance, Point left, Point right, Point trial)
        where TObjective : IObjective
    {
        double reach = Reduce.LargestMagnitude(direction);
        // A value that is not a number must not become the low end.
        (Point low, Point high) = right.Value < left.Value ? (right, left) : (left, right);
        bool wasTooClose = false;
        while (Evaluations <= MaxEvaluations && Math.Abs(high.Step - low.Step) * reach >= tolerance)
        {
            double step = KeepAway(Interpolate(low, high, Math.Min(low.Step, high.Step), Math.Max(low.Step, high.Step)), low, high, ref wasTooClose);
            Evaluate(ref objective, x, direction, step, trial);
            bool isHigh = !IsLowEnough(trial) || trial.Value >= low.Value;
            if (IsFlatEnough(trial) && (!isHigh || IsLevel(trial))) return trial;
            if (isHigh)
            {
                (high, trial) = (trial, high);
                if (high.Value < low.Value) (low, high) = (high, low);
                continue;
            }
            if (trial.Slope * (high.Step - low.Step) >= 0) (high, low, trial) = (low, trial, high);
            else (low, trial) = (trial, low);
        }
        return low;
    }

    /// <summary>A trial near an end for the second time in a row, or outside, moves a tenth of the bracket away from it.</summary>
    private static double KeepAway(double step, Point low, Point high, ref bool wasTooClose)
    {
        double least = Math.Min(low.Step, high.Step), most = Math.Max(low.Step, high.Step), margin = 0.1 * (most - least);
        bool isTooClose = Math.Min(most - step, step - least) < margin;
        bool moves = isTooClose && (wasTooClose || step >= most || step <= least);
        wasTooClose = isTooClose && !moves;
        if (!moves) return step;
        return Math.Abs(step - most) < Math.Abs(step - least) ? most - margin : least + margin;
    }

    /// <summary>Where the cubic through two points and their slopes has its minimum, within bounds; the middle where it has none.</summary>
    private static double Interpolate(Point p, Point q, double least, double most)
    {
        (Point a, Point b) = p.Step <= q.Step ? (p, q) : (q, p);
        double mean = a.Slope + b.Slope - 3 * (a.Value - b.Value) / (a.Step - b.Step);
        double square = mean * mean - a.Slope * b.Slope;
        double root = Math.Sqrt(square);
        double minimum = b.Step - (b.Step - a.Step) * ((b.Slope + root - mean) / (b.Slope - a.Slope + 2 * root));
        return square >= 0 && double.IsFinite(minimum) ? Math.Min(Math.Max(minimum, least), most) : (least + most) / 2;
    }

    // Written so that a value that is not a number counts as too high.
    private bool IsLowEnough(Point point) => point.Value <= start.Value + SufficientDecrease * point.Step * start.Slope;

    private bool IsLevel(Point point) => Math.Abs(point.Value - start.Value) <= Lbfgs.Rounding * Math.Abs(start.Value);

    private bool IsFlatEnough(Point point) => Math.Abs(point.Slope) <= -Curvature * start.Slope;

    private void Evaluate<TObjective>(ref TObjective objective, Span<double> x, ReadOnlySpan<double> direction, double step, Point point)
        where TObjective : IObjective
    {
        MoveTo(step, x, direction);
        Evaluations++;
        point.Step = step;
        point.Value = objective.Evaluate(x, point.Gradient);
        point.Slope = Reduce.Dot<double>(point.Gradient, direction);
    }

    private void MoveTo(double step, Span<double> x, ReadOnlySpan<double> direction)
    {
        origin.CopyTo(x);
        Axpy.Apply(1, x, step, direction);
    }

    private sealed class Point(int length)
    {
        public readonly double[] Gradient = new double[length];
        public double Step, Value, Slope;
    }
}
