using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>
/// Division by the root of all squared gradients so far. s ← s + g², x ← x − η/(1 + (t − 1)δ)·g/(√(s + ε′) + ε).
/// Duchi, Hazan and Singer, <em>Adaptive Subgradient Methods for Online Learning and Stochastic Optimization</em>, 2011.
/// </summary>
public sealed class Adagrad : ElementwiseOptimizer<Adagrad.Rule>
{
    /// <summary>Adagrad with η = 0.01, ε = 10⁻¹⁰, no decay of the rate, accumulators starting at 0.</summary>
    public Adagrad() => LearningRate = 1e-2;

    /// <summary>δ, by which the rate falls with the inverse of the step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double LearningRateDecay { get; init => field = Bounds.NonNegative(value); }

    /// <summary>What s starts at.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double InitialAccumulator { get; init => field = Bounds.NonNegative(value); }

    /// <summary>ε, added to the root as PyTorch does.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double Epsilon { get; init => field = Bounds.NonNegative(value); } = 1e-10;

    /// <summary>ε′, added under the root as Optax does.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double EpsilonInsideRoot { get; init => field = Bounds.NonNegative(value); }

    /// <inheritdoc/>
    protected override IEnumerable<StateSlot> SlotsOf(LeafInfo leaf) => [new StateSlot("sum", Initial: InitialAccumulator)];

    /// <inheritdoc/>
    protected override Rule RuleFor(in LeafStep step) =>
        new(step.LearningRate / (1 + (step.Number - 1) * LearningRateDecay), Epsilon, EpsilonInsideRoot);

    /// <summary>The rule.</summary>
    public readonly struct Rule(double rate, double epsilon, double inside) : IUpdateRule
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLane>(ref TLane x, TLane g, ref TLane sum, ref TLane unused1, ref TLane unused2)
            where TLane : struct, ILane<TLane>
        {
            sum += g * g;
            x -= rate * g / (TLane.Sqrt(sum + inside) + epsilon);
        }
    }
}
