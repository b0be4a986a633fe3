using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>
/// Steps by the sign of an interpolated momentum. x ← x − η·sign(β₁m + (1 − β₁)g), then m ← β₂m + (1 − β₂)g; weight decay decoupled.
/// Chen et al., <em>Symbolic Discovery of Optimization Algorithms</em>, 2023.
/// </summary>
public sealed class Lion : ElementwiseOptimizer<Lion.Rule>
{
    /// <summary>Lion with η = 10⁻⁴, β = (0.9, 0.99), no weight decay.</summary>
    public Lion() => (LearningRate, WeightDecayForm) = (1e-4, WeightDecayForm.Decoupled);

    /// <summary>β₁, the weight of the momentum in the step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    public double Beta1 { get; init => field = Bounds.Decay(value); } = 0.9;

    /// <summary>β₂, the decay rate of the momentum.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    public double Beta2 { get; init => field = Bounds.Decay(value); } = 0.99;

    /// <inheritdoc/>
    protected override IEnumerable<StateSlot> SlotsOf(LeafInfo leaf) => ["m"];

    /// <inheritdoc/>
    protected override Rule RuleFor(in LeafStep step) => new(step.LearningRate, Beta1, Beta2);

    /// <summary>The rule.</summary>
    public readonly struct Rule(double rate, double beta1, double beta2) : IUpdateRule
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLane>(ref TLane x, TLane g, ref TLane m, ref TLane unused1, ref TLane unused2)
            where TLane : struct, ILane<TLane>
        {
            x -= rate * TLane.Sign(beta1 * m + (1 - beta1) * g);
            m = beta2 * m + (1 - beta2) * g;
        }
    }
}
