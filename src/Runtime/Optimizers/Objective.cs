namespace Backprop;

/// <summary>A function to be minimised, with its gradient.</summary>
/// <param name="x">Where to evaluate.</param>
/// <param name="gradient">To be <em>added to</em>; zero on entry, and as long as <paramref name="x"/>.</param>
/// <returns>The function's value.</returns>
public delegate double Objective(ReadOnlySpan<double> x, Span<double> gradient);

/// <summary>An objective over a flat vector, whatever it is made of.</summary>
internal interface IObjective
{
    double Evaluate(ReadOnlySpan<double> x, Span<double> gradient);
}

/// <summary>An objective given as a delegate; maximisation negates it.</summary>
internal readonly struct FlatObjective(Objective objective, double sign) : IObjective
{
    public double Evaluate(ReadOnlySpan<double> x, Span<double> gradient)
    {
        gradient.Clear();
        double value = sign * objective(x, gradient);
        if (sign < 0) Axpy.Apply<double>(-1, gradient, 0, gradient);
        return value;
    }
}
