using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>
/// Adam in the infinity norm. m ← β₁m + (1 − β₁)g, u ← max(β₂u, |g| + ε), x ← x − η/(1 − β₁ᵗ)·m/u.
/// Kingma and Ba, <em>Adam: A Method for Stochastic Optimization</em>, 2015, section 7.1.
/// </summary>
public sealed class Adamax : AdaptiveMoments<Adamax.Rule>
{
    /// <summary>Adamax with η = 0.002, β = (0.9, 0.999), ε = 10⁻⁸.</summary>
    public Adamax() => LearningRate = 2e-3;

    /// <inheritdoc/>
    protected override IEnumerable<StateSlot> SlotsOf(LeafInfo leaf) => ["m", "u"];

    /// <inheritdoc/>
    protected override Rule RuleFor(in LeafStep step) =>
        new(step.LearningRate / step.Correction(step.Momentum), step.Momentum, Beta2, Epsilon);

    /// <summary>The rule.</summary>
    public readonly struct Rule(double rate, double beta1, double beta2, double epsilon) : IUpdateRule
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLane>(ref TLane x, TLane g, ref TLane m, ref TLane u, ref TLane unused)
            where TLane : struct, ILane<TLane>
        {
            m = beta1 * m + (1 - beta1) * g;
            u = TLane.Max(beta2 * u, TLane.Abs(g) + epsilon);
            x -= rate * m / u;
        }
    }
}
