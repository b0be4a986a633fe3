namespace Backprop.Benchmarks;

/// <summary>One problem of the table.</summary>
/// <param name="Name">As printed.</param>
/// <param name="Primal">Runs the user's method once.</param>
/// <param name="Backward">Runs the emitted method once; accumulators may keep growing.</param>
/// <param name="Check">Largest error of the gradient, relative to its largest entry, against an independent reference.</param>
public sealed record Case(string Name, Func<double> Primal, Func<double> Backward, Func<double> Check)
{
    /// <summary>The ratio it must not exceed, where one was promised.</summary>
    public double? Bar { get; init; }

    /// <summary>Gradient over primal of others: adjoints written by hand in C, and Enzyme, both compiled with -O3 and without fast math.</summary>
    public (double? ByHand, double? Enzyme) Peers { get; init; }
}
