using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>
/// Steps by the sign of the gradient. Where g has kept its sign Δ ← min(Δη₊, Δmax); where it has changed Δ ← max(Δη₋, Δmin) and the
/// gradient is forgotten; x ← x − sign(g)Δ. Meant for whole-data gradients.
/// Riedmiller and Braun, <em>A direct adaptive method for faster backpropagation learning: the RPROP algorithm</em>, 1993.
/// </summary>
public sealed class Rprop : ElementwiseOptimizer<Rprop.Rule>
{
    /// <summary>Rprop with first steps of 0.01, η = (0.5, 1.2), Δ in [10⁻⁶, 50].</summary>
    public Rprop() => LearningRate = 1e-2;

    /// <summary>η₋, by which a step shrinks when the gradient changes sign.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside (0, 1).</exception>
    public double Shrink { get; init => field = Bounds.Positive(Bounds.Decay(value)); } = 0.5;

    /// <summary>η₊, by which a step grows when the gradient keeps its sign.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not greater than 1, or not finite.</exception>
    public double Grow { get; init => field = value > 1 ? Bounds.Finite(value) : throw new ArgumentOutOfRangeException(nameof(Grow), value, "Grow must be greater than 1."); } = 1.2;

    /// <summary>Δmin.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double SmallestStep { get; init => field = Bounds.NonNegative(value); } = 1e-6;

    /// <summary>Δmax.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not greater than zero, or not finite.</exception>
    public double LargestStep { get; init => field = Bounds.Positive(value); } = 50;

    /// <summary>The step sizes start at the <see cref="Optimizer.LearningRate"/> of that moment; a later change of the rate has no effect.</summary>
    protected override IEnumerable<StateSlot> SlotsOf(LeafInfo leaf) => ["previous", new StateSlot("step_size", Initial: LearningRate)];

    /// <inheritdoc/>
    protected override Rule RuleFor(in LeafStep step) => new(Shrink, Grow, SmallestStep, LargestStep);

    /// <summary>The rule.</summary>
    public readonly struct Rule(double shrink, double grow, double smallest, double largest) : IUpdateRule
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLane>(ref TLane x, TLane g, ref TLane previous, ref TLane size, ref TLane unused)
            where TLane : struct, ILane<TLane>
        {
            TLane agreement = g * previous;
            TLane factor = TLane.IfPositive(agreement, grow, TLane.IfPositive(-agreement, shrink, 1));
            size = TLane.Min(TLane.Max(size * factor, smallest), largest);
            previous = TLane.IfPositive(-agreement, 0, g);
            x -= TLane.Sign(previous) * size;
        }
    }
}
