namespace Backprop;

/// <summary>
/// The last curvature pairs (s, y) and the product of their inverse Hessian with a vector.
/// Nocedal, <em>Updating Quasi-Newton Matrices with Limited Storage</em>, 1980: the two-loop recursion.
/// </summary>
internal sealed class LbfgsHistory(int capacity, int length)
{
    // Relative to the slope: as steps become small near a minimum, so does the curvature along them, and a pair is as good as any before.
    private const double LeastCurvature = 2.2e-16;
    private readonly double[] steps = new double[capacity * length], changes = new double[capacity * length];
    private readonly double[] inverseCurvatures = new double[capacity], projections = new double[capacity];
    private long count, oldest;
    private double scale = 1;

    /// <summary>Adds a pair, forgetting the oldest, unless the curvature along it is not positive.</summary>
    /// <param name="direction">The last direction; s = length · direction.</param>
    /// <param name="stepLength">How far along it the step went.</param>
    /// <param name="gradient">The gradient after the step; y = gradient − previous.</param>
    /// <param name="previous">The gradient before the step.</param>
    internal void Add(ReadOnlySpan<double> direction, double stepLength, ReadOnlySpan<double> gradient, ReadOnlySpan<double> previous)
    {
        double curvature = 0, slope = 0;
        for (int i = 0; i < length; i++)
        {
            double s = direction[i] * stepLength;
            curvature += (gradient[i] - previous[i]) * s;
            slope += previous[i] * s;
        }
        if (!(curvature > LeastCurvature * Math.Abs(slope))) return;
        if (count == capacity) oldest = (oldest + 1) % capacity;
        else count++;
        int newest = Row((int)count - 1);
        Span<double> moves = Of(steps, newest), turns = Of(changes, newest);
        for (int i = 0; i < length; i++) (moves[i], turns[i]) = (direction[i] * stepLength, gradient[i] - previous[i]);
        inverseCurvatures[newest] = 1 / curvature;
        scale = curvature / Reduce.SumOfSquares<double>(turns);
    }

    /// <summary>direction ← −H·gradient.</summary>
    internal void Apply(ReadOnlySpan<double> gradient, Span<double> direction)
    {
        Axpy.Apply(0, direction, -1, gradient);
        for (int i = (int)count - 1; i >= 0; i--)
        {
            int row = Row(i);
            projections[i] = Reduce.Dot<double>(Of(steps, row), direction) * inverseCurvatures[row];
            Axpy.Apply(1, direction, -projections[i], Of(changes, row));
        }
        Axpy.Apply<double>(scale, direction, 0, direction);
        for (int i = 0; i < count; i++)
        {
            int row = Row(i);
            double correction = Reduce.Dot<double>(Of(changes, row), direction) * inverseCurvatures[row];
            Axpy.Apply(1, direction, projections[i] - correction, Of(steps, row));
        }
    }

    internal void VisitState(IStateVisitor visitor)
    {
        visitor.VisitCounter("pairs", ref count);
        visitor.VisitCounter("oldest", ref oldest);
        visitor.VisitLeaf("steps", [capacity, length], steps.AsSpan());
        visitor.VisitLeaf("changes", [capacity, length], changes.AsSpan());
        visitor.VisitLeaf("inverse_curvatures", [capacity], inverseCurvatures.AsSpan());
        visitor.VisitLeaf("scale", [], new Span<double>(ref scale));
    }

    private int Row(int index) => (int)((oldest + index) % capacity);

    private Span<double> Of(double[] pairs, int row) => pairs.AsSpan(row * length, length);
}
