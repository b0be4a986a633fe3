namespace Backprop.Programs;

/// <summary>The classical Runge-Kutta method with arrays that every stage overwrites.</summary>
public static partial class RungeKutta
{
    /// <summary>Brings the state of the system of Lorenz (1963) to a later time. parameters: σ, ρ, β.</summary>
    [Differentiable]
    public static void Lorenz(Span<double> state, ReadOnlySpan<double> parameters, [NoGradient] double h, int steps)
    {
        int n = state.Length;
        double[] k1 = new double[n], k2 = new double[n], k3 = new double[n], k4 = new double[n], moved = new double[n];
        for (int step = 0; step < steps; step++)
        {
            Slope(state, parameters, k1);
            Move(state, 0.5 * h, k1, moved);
            Slope(moved, parameters, k2);
            Move(state, 0.5 * h, k2, moved);
            Slope(moved, parameters, k3);
            Move(state, h, k3, moved);
            Slope(moved, parameters, k4);
            for (int i = 0; i < n; i++)
            {
                state[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
            }
        }
    }

    [Differentiable]
    private static void Slope(ReadOnlySpan<double> y, ReadOnlySpan<double> parameters, Span<double> slope)
    {
        slope[0] = parameters[0] * (y[1] - y[0]);
        slope[1] = y[0] * (parameters[1] - y[2]) - y[1];
        slope[2] = y[0] * y[1] - parameters[2] * y[2];
    }

    [Differentiable]
    private static void Move(ReadOnlySpan<double> from, [NoGradient] double h, ReadOnlySpan<double> slope, Span<double> to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = from[i] + h * slope[i];
        }
    }

    /// <summary>The last component of y' = (x₀, x₁ y₀, x₂ y₁, …), y(0) = 0 at time 2.</summary>
    [Differentiable]
    public static double Products(ReadOnlySpan<double> x, int steps)
    {
        int n = x.Length;
        double h = 2.0 / steps;
        double[] y = new double[n], k1 = new double[n], k2 = new double[n], k3 = new double[n], k4 = new double[n], moved = new double[n];
        for (int step = 0; step < steps; step++)
        {
            Rates(x, y, k1);
            Move(y, 0.5 * h, k1, moved);
            Rates(x, moved, k2);
            Move(y, 0.5 * h, k2, moved);
            Rates(x, moved, k3);
            Move(y, h, k3, moved);
            Rates(x, moved, k4);
            for (int i = 0; i < n; i++)
            {
                y[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
            }
        }

        return y[n - 1];
    }

    [Differentiable]
    private static void Rates(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> rates)
    {
        rates[0] = x[0];
        for (int i = 1; i < x.Length; i++)
        {
            rates[i] = x[i] * y[i - 1];
        }
    }
}
