namespace Backprop;

/// <summary>Scales the gradient of each leaf down to a norm of its own: g ← g · min(1, limit/(‖g‖ + ε)).</summary>
/// <param name="limit">The norm above which a leaf's gradient is scaled.</param>
/// <exception cref="ArgumentOutOfRangeException">Not greater than zero, or not finite.</exception>
public sealed class ClipByLeafNorm(double limit) : GradientTransform
{
    /// <summary>The norm above which a leaf's gradient is scaled.</summary>
    public double Limit { get; } = Bounds.Positive(limit, nameof(limit));

    /// <summary>The order p of the norm; infinity for the largest magnitude.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1, or not a number.</exception>
    public double Order { get; init => field = PowerNorm.RequireOrder(value, nameof(Order)); } = 2;

    /// <summary>ε: 10⁻⁶ as in PyTorch, 0 as in Optax.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double Epsilon { get; init => field = Bounds.NonNegative(value); } = 1e-6;

    /// <inheritdoc/>
    protected override void Rewrite<T>(int leaf, ReadOnlySpan<T> parameters, Span<T> gradient)
    {
        var norm = new PowerNorm(Order);
        norm.Add<T>(gradient);
        double scale = Limit / (norm.Value + Epsilon);
        if (!(scale >= 1)) Axpy.Apply<T>(scale, gradient, 0, gradient);
    }
}
