using System.Numerics;

namespace Backprop;

/// <summary>
/// Adds normal noise that fades: g ← g + N(0, σ²), σ² = η/(1 + t)^γ with t = 0 in the first call. The noise of an element depends on
/// seed, call, leaf and position only. Neelakantan et al., <em>Adding Gradient Noise Improves Learning for Very Deep Networks</em>, 2015.
/// </summary>
/// <param name="variance">η, the variance in the first call.</param>
/// <param name="seed">The seed of the run.</param>
/// <exception cref="ArgumentOutOfRangeException">The variance is negative or not finite.</exception>
public sealed class GradientNoise(double variance, ulong seed) : GradientTransform
{
    // A leaf's positions begin 2⁴⁰ apart; no leaf has as many pairs of elements.
    private const int LeafBits = 40;
    private long calls;

    /// <summary>η.</summary>
    public double Variance { get; } = Bounds.NonNegative(variance, nameof(variance));

    /// <summary>γ, the power by which the variance falls.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double Decay { get; init => field = Bounds.NonNegative(value); } = 0.55;

    /// <inheritdoc/>
    public override void VisitState(IStateVisitor visitor) => visitor.VisitCounter("calls", ref calls);

    /// <inheritdoc/>
    protected override void Begin() => calls++;

    /// <inheritdoc/>
    protected override void Rewrite<T>(int leaf, ReadOnlySpan<T> parameters, Span<T> gradient)
    {
        var stream = new RandomStream(seed, "gradient noise", calls);
        T deviation = T.CreateTruncating(Math.Sqrt(Variance / Math.Pow(calls, Decay)));
        for (int i = 0; i < gradient.Length; i += 2)
        {
            var (first, second) = stream.NormalsAt(((long)leaf << LeafBits) + i / 2);
            gradient[i] += deviation * T.CreateTruncating(first);
            if (i + 1 < gradient.Length) gradient[i + 1] += deviation * T.CreateTruncating(second);
        }
    }
}
