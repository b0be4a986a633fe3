using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>The denominator of the trust ratio in <see cref="Lars"/>.</summary>
public enum TrustRatioForm
{
    /// <summary>‖g‖ + λ‖x‖, as in the paper.</summary>
    SumOfNorms,

    /// <summary>‖g + λx‖, as in Optax.</summary>
    NormOfSum,
}

/// <summary>
/// Momentum with a rate for each leaf. q = c‖x‖/(‖g‖ + λ‖x‖ + ε), or 1 where a norm is zero; b ← μb + ηq(g + λx), x ← x − b.
/// You, Gitman and Ginsburg, <em>Large Batch Training of Convolutional Networks</em>, 2017.
/// </summary>
public sealed class Lars : Optimizer, IMomentum
{
    private double momentum = 0.9;

    /// <summary>LARS with η = 0.1, μ = 0.9, c = 0.001, ε = 0 and no weight decay.</summary>
    public Lars() => LearningRate = 0.1;

    /// <summary>c, the trust in a leaf's gradient.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not greater than zero, or not finite.</exception>
    public double TrustCoefficient { get; init => field = Bounds.Positive(value); } = 1e-3;

    /// <summary>ε, added to the denominator of the ratio.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double Epsilon { get; init => field = Bounds.NonNegative(value); }

    /// <summary>Which norm divides.</summary>
    public TrustRatioForm TrustRatioForm { get; init => field = Bounds.Defined(value); }

    /// <summary>Heavy ball, or Nesterov: x ← x − (ηq(g + λx) + μb).</summary>
    public MomentumForm MomentumForm { get; init => field = Bounds.Defined(value); }

    /// <summary>μ.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    public double Momentum { get => momentum; set => momentum = Bounds.Decay(value); }

    /// <inheritdoc/>
    protected override IEnumerable<StateSlot> SlotsOf(LeafInfo leaf) => ["momentum"];

    /// <inheritdoc/>
    protected override void Update<T>(in LeafStep step, Span<T> parameters, ReadOnlySpan<T> gradient)
    {
        double sign = Direction == Direction.Maximize ? -1 : 1;
        var rule = new Rule(step.LearningRate * TrustRatio<T>(step.WeightDecay, sign, parameters, gradient), step.Momentum, MomentumForm);
        Elementwise.Apply(
            rule, new Preparation(sign, step.WeightDecay, 1), parameters, gradient, step.Leaf.Slot<T>(0), default, default);
    }

    private double TrustRatio<T>(double decay, double sign, ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double xx = Reduce.SumOfSquares(parameters), gg = Reduce.SumOfSquares(gradient);
        double denominator = TrustRatioForm == TrustRatioForm.SumOfNorms
            ? Math.Sqrt(gg) + decay * Math.Sqrt(xx)
            : Math.Sqrt(Math.Max(0, gg + 2 * decay * sign * Reduce.Dot(parameters, gradient) + decay * decay * xx));
        return xx > 0 && denominator > 0 ? TrustCoefficient * Math.Sqrt(xx) / (denominator + Epsilon) : 1;
    }

    private readonly struct Rule(double rate, double momentum, MomentumForm form) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLane>(ref TLane x, TLane g, ref TLane buffer, ref TLane unused1, ref TLane unused2)
            where TLane : struct, ILane<TLane>
        {
            TLane d = rate * g;
            buffer = momentum * buffer + d;
            TLane direction = buffer;
            if (form == MomentumForm.Nesterov) direction = d + momentum * buffer;
            x -= direction;
        }
    }
}
