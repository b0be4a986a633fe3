namespace Backprop;

/// <summary>
/// Clips each unit's gradient in proportion to the unit's parameters: g ← g · min(1, λ·max(‖x‖, ε)/‖g‖). A unit is an element of the
/// first dimension of a leaf of two or more; a leaf of fewer is one unit.
/// Brock, De, Smith and Simonyan, <em>High-Performance Large-Scale Image Recognition Without Normalization</em>, 2021.
/// </summary>
/// <param name="factor">λ.</param>
/// <exception cref="ArgumentOutOfRangeException">Not greater than zero, or not finite.</exception>
public sealed class AdaptiveClip(double factor = 0.01) : GradientTransform
{
    private int[] units = [];

    /// <summary>λ, the largest ratio of the two norms that is left alone.</summary>
    public double Factor { get; } = Bounds.Positive(factor, nameof(factor));

    /// <summary>ε, the least norm that parameters are taken to have.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not greater than zero, or not finite.</exception>
    public double Epsilon { get; init => field = Bounds.Positive(value); } = 1e-3;

    /// <inheritdoc/>
    protected override void Prepare(IReadOnlyList<LeafInfo> leaves) =>
        units = [.. leaves.Select(static leaf => leaf.Shape.Count >= 2 ? leaf.Shape[0] : 1)];

    /// <inheritdoc/>
    protected override void Rewrite<T>(int leaf, ReadOnlySpan<T> parameters, Span<T> gradient)
    {
        if (gradient.IsEmpty) return;
        int length = gradient.Length / units[leaf];
        for (int start = 0; start < gradient.Length; start += length)
        {
            Span<T> g = gradient.Slice(start, length);
            double limit = Factor * Math.Max(Reduce.Norm(parameters.Slice(start, length)), Epsilon), norm = Reduce.Norm<T>(g);
            if (norm > limit) Axpy.Apply<T>(limit / norm, g, 0, g);
        }
    }
}
