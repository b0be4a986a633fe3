using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>What the root in <see cref="RmsProp"/> is taken of.</summary>
public enum RmsCentering
{
    /// <summary>The average of squared gradients.</summary>
    Uncentered,

    /// <summary>That average less the square of the average gradient: an estimate of the variance.</summary>
    Centered,
}

/// <summary>
/// Division by a running root mean square. s ← αs + (1 − α)g², d = g/(√(s + ε′) + ε), x ← x − ηd; centered: s − ḡ² in the place of s
/// with ḡ ← αḡ + (1 − α)g; with momentum: b ← μb + d, x ← x − ηb.
/// Tieleman and Hinton, <em>Lecture 6.5</em>, Neural Networks for Machine Learning, 2012; centered: Graves, <em>Generating Sequences
/// With Recurrent Neural Networks</em>, 2013.
/// </summary>
public sealed class RmsProp : ElementwiseOptimizer<RmsProp.Rule>, IMomentum
{
    private double momentum;

    /// <summary>RMSprop with η = 0.01, α = 0.99, ε = 10⁻⁸ and no momentum.</summary>
    public RmsProp() => LearningRate = 1e-2;

    /// <summary>α, the decay rate of the averages.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    public double Alpha { get; init => field = Bounds.Decay(value); } = 0.99;

    /// <summary>ε, added to the root as PyTorch does.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double Epsilon { get; init => field = Bounds.NonNegative(value); } = 1e-8;

    /// <summary>ε′, added under the root as Optax does.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double EpsilonInsideRoot { get; init => field = Bounds.NonNegative(value); }

    /// <summary>What the averages of squares start at: Optax's <c>initial_scale</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double InitialSquare { get; init => field = Bounds.NonNegative(value); }

    /// <summary>Whether the mean is subtracted.</summary>
    public RmsCentering Centering { get; init => field = Bounds.Defined(value); }

    /// <summary>μ. The buffer is always kept, so it may be changed at any time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    public double Momentum { get => momentum; set => momentum = Bounds.Decay(value); }

    /// <inheritdoc/>
    protected override IEnumerable<StateSlot> SlotsOf(LeafInfo leaf)
    {
        yield return new StateSlot("square", Initial: InitialSquare);
        yield return "momentum";
        if (Centering == RmsCentering.Centered) yield return "mean";
    }

    /// <inheritdoc/>
    protected override Rule RuleFor(in LeafStep step) =>
        new(step.LearningRate, Alpha, step.Momentum, Epsilon, EpsilonInsideRoot, Centering);

    /// <summary>The rule.</summary>
    public readonly struct Rule(
        double rate, double alpha, double momentum, double epsilon, double inside, RmsCentering centering) : IUpdateRule
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLane>(ref TLane x, TLane g, ref TLane square, ref TLane buffer, ref TLane mean)
            where TLane : struct, ILane<TLane>
        {
            square = alpha * square + (1 - alpha) * g * g;
            TLane variance = square;
            if (centering == RmsCentering.Centered)
            {
                mean = alpha * mean + (1 - alpha) * g;
                variance -= mean * mean;
            }
            buffer = momentum * buffer + g / (TLane.Sqrt(variance + inside) + epsilon);
            x -= rate * buffer;
        }
    }
}
