using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>
/// Adam with its variance rectified. With ρ∞ = 2/(1 − β₂) − 1 and ρ = ρ∞ − 2tβ₂ᵗ/(1 − β₂ᵗ):
/// x ← x − η·r·m̂/(√v̂ + ε), r² = (ρ − 4)(ρ − 2)ρ∞/((ρ∞ − 4)(ρ∞ − 2)ρ), where ρ exceeds 5; before that x ← x − η·m̂.
/// Liu et al., <em>On the Variance of the Adaptive Learning Rate and Beyond</em>, 2020.
/// </summary>
public sealed class RAdam : AdaptiveMoments<RAdam.Rule>
{
    /// <summary>RAdam with η = 10⁻³, β = (0.9, 0.999), ε = 10⁻⁸, ε before the correction as in PyTorch.</summary>
    public RAdam() => LearningRate = 1e-3;

    /// <summary>Where ε meets the bias correction.</summary>
    public EpsilonForm EpsilonForm { get; init => field = Bounds.Defined(value); } = EpsilonForm.BeforeCorrection;

    /// <summary>The ρ above which the second moment is trusted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 4, where the rectification has no root.</exception>
    public double Threshold { get; init => field = value >= 4 ? Bounds.Finite(value) : throw new ArgumentOutOfRangeException(nameof(Threshold), value, "Threshold must be at least 4."); } = 5;

    /// <inheritdoc/>
    protected override Rule RuleFor(in LeafStep step)
    {
        double correction2 = step.Correction(Beta2), root = Math.Sqrt(correction2);
        double limit = 2 / (1 - Beta2) - 1, length = limit - 2 * step.Number * (1 - correction2) / correction2;
        double rate = step.LearningRate / step.Correction(step.Momentum);
        if (length <= Threshold) return new Rule(rate, 0, 1, step.Momentum, Beta2);
        double rectified = Math.Sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length));
        double epsilon = EpsilonForm == EpsilonForm.BeforeCorrection ? Epsilon : Epsilon * root;
        return new Rule(rate * rectified * root, 1, epsilon, step.Momentum, Beta2);
    }

    /// <summary>The rule.</summary>
    public readonly struct Rule(double rate, double adaptive, double epsilon, double beta1, double beta2) : IUpdateRule
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLane>(ref TLane x, TLane g, ref TLane m, ref TLane v, ref TLane unused)
            where TLane : struct, ILane<TLane>
        {
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * g * g;
            x -= rate * m / (adaptive * TLane.Sqrt(v) + epsilon);
        }
    }
}
