using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>
/// Steps in the parameter's own units. s ← ρs + (1 − ρ)g², d = √(u + ε)/√(s + ε)·g, u ← ρu + (1 − ρ)d², x ← x − ηd.
/// Zeiler, <em>ADADELTA: An Adaptive Learning Rate Method</em>, 2012.
/// </summary>
public sealed class Adadelta : ElementwiseOptimizer<Adadelta.Rule>
{
    /// <summary>Adadelta with η = 1, ρ = 0.9, ε = 10⁻⁶.</summary>
    public Adadelta() => LearningRate = 1;

    /// <summary>ρ, the decay rate of both averages.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    public double Rho { get; init => field = Bounds.Decay(value); } = 0.9;

    /// <summary>ε, under both roots; it sets the first steps' size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not greater than zero, or not finite.</exception>
    public double Epsilon { get; init => field = Bounds.Positive(value); } = 1e-6;

    /// <inheritdoc/>
    protected override IEnumerable<StateSlot> SlotsOf(LeafInfo leaf) => ["square", "update_square"];

    /// <inheritdoc/>
    protected override Rule RuleFor(in LeafStep step) => new(step.LearningRate, Rho, Epsilon);

    /// <summary>The rule.</summary>
    public readonly struct Rule(double rate, double rho, double epsilon) : IUpdateRule
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLane>(ref TLane x, TLane g, ref TLane square, ref TLane updates, ref TLane unused)
            where TLane : struct, ILane<TLane>
        {
            square = rho * square + (1 - rho) * g * g;
            TLane d = TLane.Sqrt(updates + epsilon) / TLane.Sqrt(square + epsilon) * g;
            updates = rho * updates + (1 - rho) * d * d;
            x -= rate * d;
        }
    }
}
