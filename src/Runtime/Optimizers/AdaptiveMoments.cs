namespace Backprop;

/// <summary>The settings shared by Adam and its relatives: moving averages of the gradient and of its square.</summary>
/// <typeparam name="TRule">The rule's mathematics.</typeparam>
public abstract class AdaptiveMoments<TRule> : ElementwiseOptimizer<TRule>, IMomentum
    where TRule : struct, IUpdateRule
{
    private double beta1 = 0.9;

    /// <summary>Decay rate β₁ of the average of gradients.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    public double Beta1 { get => beta1; init => beta1 = Bounds.Decay(value); }

    /// <summary>Decay rate β₂ of the average of squared gradients.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    public double Beta2 { get; init => field = Bounds.Decay(value); } = 0.999;

    /// <summary>ε, added to the root.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double Epsilon { get; init => field = Bounds.NonNegative(value); } = 1e-8;

    /// <summary>β₁ under the name by which a schedule or a group sets it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    public double Momentum { get => beta1; set => beta1 = Bounds.Decay(value); }

    /// <inheritdoc/>
    protected override IEnumerable<StateSlot> SlotsOf(LeafInfo leaf) => ["m", "v"];
}
