namespace Backprop;

/// <summary>
/// A number for each step, as a pure function of the step: a learning rate, or a momentum. Step 0 is the first update, so
/// <c>optimizer.LearningRate = schedule.At(optimizer.Steps)</c> before each step. Steps after the last one a schedule speaks of keep its end.
/// </summary>
public abstract record Schedule
{
    /// <summary>The value in force for an update.</summary>
    /// <param name="step">Number of updates made before it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is negative.</exception>
    public double At(long step) => Value(Bounds.AtLeast(0L, step, nameof(step)));

    /// <summary>The same, where <paramref name="step"/> is known not to be negative.</summary>
    protected abstract double Value(long step);

    /// <summary>From one value to another along a straight line.</summary>
    private protected static double Line(double from, double to, double fraction) => from + (to - from) * fraction;

    /// <summary>From one value to another along half a cosine wave.</summary>
    private protected static double HalfWave(double from, double to, double fraction) =>
        to + (from - to) * (1 + Math.Cos(Math.PI * fraction)) / 2;

    private protected static double Anneal(Annealing shape, double from, double to, double fraction) =>
        shape == Annealing.Cosine ? HalfWave(from, to, fraction) : Line(from, to, fraction);
}
