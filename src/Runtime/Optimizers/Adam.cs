namespace Backprop;

/// <summary>
/// Adam. m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², x ← x − η·m̂/(√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ).
/// Kingma and Ba, <em>Adam: A Method for Stochastic Optimization</em>, 2015; AMSGrad: Reddi, Kale and Kumar,
/// <em>On the Convergence of Adam and Beyond</em>, 2018.
/// </summary>
public sealed class Adam : AdaptiveMoments<AdamRule>
{
    /// <summary>Adam with η = 10⁻³, β = (0.9, 0.999), ε = 10⁻⁸.</summary>
    public Adam() => LearningRate = 1e-3;

    /// <summary>ε′ in √(v̂ + ε′) + ε: Optax's <c>eps_root</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double EpsilonInsideRoot { get; init => field = Bounds.NonNegative(value); }

    /// <summary>Where ε meets the bias correction.</summary>
    public EpsilonForm EpsilonForm { get; init => field = Bounds.Defined(value); }

    /// <summary>Whether the latest or the largest second moment divides the step (AMSGrad).</summary>
    public SecondMoment SecondMoment { get; init => field = Bounds.Defined(value); }

    /// <inheritdoc/>
    protected override IEnumerable<StateSlot> SlotsOf(LeafInfo leaf) =>
        SecondMoment == SecondMoment.Latest ? ["m", "v"] : ["m", "v", "v_max"];

    /// <inheritdoc/>
    protected override AdamRule RuleFor(in LeafStep step) =>
        new(step, Beta2, Epsilon, EpsilonInsideRoot, SecondMoment, EpsilonForm);
}
