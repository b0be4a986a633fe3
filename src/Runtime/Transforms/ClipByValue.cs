using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>Clamps every element: g ← min(max(g, −limit), limit).</summary>
/// <param name="limit">The largest magnitude that is left alone.</param>
/// <exception cref="ArgumentOutOfRangeException">Not greater than zero, or not finite.</exception>
public sealed class ClipByValue(double limit) : GradientTransform
{
    /// <summary>The largest magnitude that is left alone.</summary>
    public double Limit { get; } = Bounds.Positive(limit, nameof(limit));

    /// <inheritdoc/>
    protected override void Rewrite<T>(int leaf, ReadOnlySpan<T> parameters, Span<T> gradient) =>
        Elementwise.Apply(new Clamp(Limit), new Preparation(1, 0, 1), gradient, gradient, default, default, default);

    private readonly struct Clamp(double limit) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLane>(ref TLane x, TLane g, ref TLane a, ref TLane b, ref TLane c)
            where TLane : struct, ILane<TLane> => x = TLane.Min(TLane.Max(g, -limit), limit);
    }
}
