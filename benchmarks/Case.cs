namespace Backprop.Benchmarks;

/// <summary>One problem of the table.</summary>
/// <param name="Name">As printed.</param>
/// <param name="Bar">The ratio it must not exceed.</param>
/// <param name="Primal">Runs the user's method once.</param>
/// <param name="Backward">Runs the emitted method once; accumulators may keep growing.</param>
/// <param name="Check">Largest error of the gradient, relative to its largest entry, against an independent reference.</param>
public sealed record Case(string Name, double Bar, Func<double> Primal, Func<double> Backward, Func<double> Check);
