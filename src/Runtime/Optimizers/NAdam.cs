using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>How β₁ develops in <see cref="NAdam"/>.</summary>
public enum NAdamMomentum
{
    /// <summary>μₜ = β₁(1 − ½·0.96^(tψ)), as Dozat proposes and PyTorch does.</summary>
    WarmingUp,

    /// <summary>μₜ = β₁, as in Optax's <c>nadam</c>.</summary>
    Constant,
}

/// <summary>
/// Adam with Nesterov's momentum. m and v as in Adam; x ← x − η·(μₜ₊₁m/(1 − ∏μ₁…ₜ₊₁) + (1 − μₜ)g/(1 − ∏μ₁…ₜ))/(√v̂ + ε).
/// Dozat, <em>Incorporating Nesterov Momentum into Adam</em>, 2016.
/// </summary>
public sealed class NAdam : AdaptiveMoments<NAdam.Rule>
{
    /// <summary>NAdam with η = 0.002, β = (0.9, 0.999), ε = 10⁻⁸, ψ = 0.004.</summary>
    public NAdam() => LearningRate = 2e-3;

    /// <summary>ψ, the pace at which the momentum warms up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double MomentumDecay { get; init => field = Bounds.NonNegative(value); } = 0.004;

    /// <summary>Whether the momentum warms up.</summary>
    public NAdamMomentum MomentumForm { get; init => field = Bounds.Defined(value); }

    /// <inheritdoc/>
    protected override IEnumerable<StateSlot> SlotsOf(LeafInfo leaf) => ["m", "v", StateSlot.Scalar("momentum_product", 1)];

    /// <inheritdoc/>
    protected override Rule RuleFor(in LeafStep step)
    {
        double now = MomentumAt(step, step.Number), next = MomentumAt(step, step.Number + 1);
        double product = step.Leaf.Scalar(0) *= now;
        return new Rule(
            step.LearningRate * next / (1 - product * next), step.LearningRate * (1 - now) / (1 - product),
            step.Momentum, Beta2, Math.Sqrt(step.Correction(Beta2)), Epsilon);
    }

    private double MomentumAt(in LeafStep step, long number) => MomentumForm == NAdamMomentum.Constant
        ? step.Momentum
        : step.Momentum * (1 - 0.5 * Math.Pow(0.96, number * MomentumDecay));

    /// <summary>The rule.</summary>
    public readonly struct Rule(
        double momentRate, double gradientRate, double beta1, double beta2, double correction, double epsilon) : IUpdateRule
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLane>(ref TLane x, TLane g, ref TLane m, ref TLane v, ref TLane unused)
            where TLane : struct, ILane<TLane>
        {
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * g * g;
            x -= (momentRate * m + gradientRate * g) / (TLane.Sqrt(v) / correction + epsilon);
        }
    }
}
