namespace Backprop;

/// <summary>The residuals of a model at some parameters, and their derivatives.</summary>
/// <param name="parameters">The n parameters.</param>
/// <param name="residuals">To be overwritten by the m residuals.</param>
/// <param name="jacobian">To be overwritten by ∂residual i/∂parameter j at i·n + j; empty when the derivatives are not wanted.</param>
public delegate void ResidualFunction(ReadOnlySpan<double> parameters, Span<double> residuals, Span<double> jacobian);

/// <summary>How the damping λ answers to success and failure.</summary>
public enum Damping
{
    /// <summary>By how well the model predicted the gain. Nielsen, <em>Damping Parameter in Marquardt's Method</em>, 1999.</summary>
    Nielsen,

    /// <summary>Down by ten, up by ten. Marquardt, <em>An Algorithm for Least-Squares Estimation of Nonlinear Parameters</em>, 1963.</summary>
    Marquardt,

    /// <summary>Down by three, up by two. Transtrum and Sethna, <em>Improvements to the Levenberg–Marquardt algorithm</em>, 2012.</summary>
    DelayedGratification,
}

/// <summary>What the damping is a multiple of.</summary>
public enum DampingScale
{
    /// <summary>The largest diagonal of JᵀJ seen so far: steps do not depend on the parameters' units. Moré, 1978.</summary>
    Diagonal,

    /// <summary>The identity. Levenberg, <em>A Method for the Solution of Certain Non-Linear Problems in Least Squares</em>, 1944.</summary>
    Identity,
}

/// <summary>Nonlinear least squares: minimises ‖r(x)‖² by steps δ from (JᵀJ + λD)δ = −Jᵀr.</summary>
/// <remarks>For up to some hundred parameters: JᵀJ is dense and is factored anew for each trial.</remarks>
public sealed class LevenbergMarquardt
{
    private const double LargestDamping = 1e16;

    /// <summary>How λ changes.</summary>
    public Damping Damping { get; init => field = Bounds.Defined(value); }

    /// <summary>What λ is a multiple of.</summary>
    public DampingScale DampingScale { get; init => field = Bounds.Defined(value); }

    /// <summary>λ at the start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not greater than zero, or not finite.</exception>
    public double InitialDamping { get; init => field = Bounds.Positive(value); } = 1e-3;

    /// <summary>Most trial steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxIterations { get; init => field = Bounds.AtLeast(1, value); } = 200;

    /// <summary>Largest cosine between the residuals and a column of J that counts as zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double GradientTolerance { get; init => field = Bounds.NonNegative(value); } = 1e-10;

    /// <summary>Relative change of parameters or sum of squares that counts as none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double ChangeTolerance { get; init => field = Bounds.NonNegative(value); } = 1e-12;

    /// <summary>Fits.</summary>
    /// <param name="residuals">Residuals and Jacobian.</param>
    /// <param name="start">The n parameters to begin with; not changed.</param>
    /// <param name="count">m, the number of residuals.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">There are no parameters.</exception>
    public LeastSquaresResult Minimize(ResidualFunction residuals, ReadOnlySpan<double> start, int count)
    {
        ArgumentNullException.ThrowIfNull(residuals);
        Bounds.AtLeast(1, count, nameof(count));
        if (start.IsEmpty) throw new ArgumentException("There are no parameters.", nameof(start));
        var state = new NormalEquations(residuals, start.ToArray(), count, DampingScale);
        state.Linearize();
        return state.Result(Iterate(state));
    }

    private Termination Iterate(NormalEquations state)
    {
        double damping = InitialDamping, growth = 2;
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            if (!state.IsFinite) return Termination.NotFinite;
            if (state.LargestCosine() <= GradientTolerance) return Termination.SmallGradient;
            if (damping > LargestDamping) return Termination.SmallChange;
            if (!state.TryStep(damping) || !(state.Gain > 0))
            {
                bool isTiny = state.RelativeStep <= ChangeTolerance;
                if (isTiny) return Termination.SmallChange;
                (damping, growth) = Raise(damping, growth);
                continue;
            }
            double gain = state.Gain, step = state.RelativeStep, relativeGain = gain / state.SumOfSquares;
            damping = Lower(damping, gain / state.PredictedGain);
            growth = 2;
            state.Accept();
            if (step <= ChangeTolerance || relativeGain <= ChangeTolerance) return Termination.SmallChange;
        }
        return Termination.IterationLimit;
    }

    private (double Damping, double Growth) Raise(double damping, double growth) => Damping switch
    {
        Damping.Nielsen => (damping * growth, growth * 2),
        Damping.Marquardt => (damping * 10, growth),
        _ => (damping * 2, growth),
    };

    private double Lower(double damping, double quality) => Math.Max(double.Epsilon, Damping switch
    {
        Damping.Nielsen => damping * Math.Max(1.0 / 3, 1 - Math.Pow(2 * quality - 1, 3)),
        Damping.Marquardt => damping / 10,
        _ => damping / 3,
    });
}
