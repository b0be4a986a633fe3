namespace Backprop;

/// <summary>
/// Scales the whole gradient down to a norm: g ← g · min(1, limit/(‖g‖ + ε)), the norm over all leaves that are trained.
/// Pascanu, Mikolov and Bengio, <em>On the difficulty of training recurrent neural networks</em>, 2013.
/// </summary>
/// <param name="limit">The norm above which the gradient is scaled.</param>
/// <exception cref="ArgumentOutOfRangeException">Not greater than zero, or not finite.</exception>
public sealed class ClipByGlobalNorm(double limit) : GradientTransform
{
    private PowerNorm norm;

    /// <summary>The norm above which the gradient is scaled.</summary>
    public double Limit { get; } = Bounds.Positive(limit, nameof(limit));

    /// <summary>The order p of the norm; infinity for the largest magnitude.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1, or not a number.</exception>
    public double Order { get; init => field = PowerNorm.RequireOrder(value, nameof(Order)); } = 2;

    /// <summary>ε: 10⁻⁶ as in PyTorch, where a norm just below the limit is scaled a little too; 0 as in Optax.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double Epsilon { get; init => field = Bounds.NonNegative(value); } = 1e-6;

    /// <summary>The norm of the last gradient, before it was scaled.</summary>
    public double Norm => norm.Value;

    /// <inheritdoc/>
    protected override bool Measures => true;

    /// <inheritdoc/>
    protected override void Begin() => norm = new PowerNorm(Order);

    /// <inheritdoc/>
    protected override void Measure<T>(int leaf, ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient) => norm.Add(gradient);

    /// <inheritdoc/>
    protected override void Rewrite<T>(int leaf, ReadOnlySpan<T> parameters, Span<T> gradient)
    {
        double scale = Limit / (norm.Value + Epsilon);
        // Not written as a minimum, so that a norm that is not a number shows in the gradient.
        if (!(scale >= 1)) Axpy.Apply<T>(scale, gradient, 0, gradient);
    }
}
