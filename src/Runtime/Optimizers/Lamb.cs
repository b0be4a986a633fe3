using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>
/// Adam with a step length for each leaf. u = m̂/(√(v̂ + ε′) + ε) + λx, x ← x − η·(‖x‖/‖u‖)·u; the ratio is 1 where a norm is zero.
/// You et al., <em>Large Batch Optimization for Deep Learning: Training BERT in 76 minutes</em>, 2020.
/// </summary>
public sealed class Lamb : Optimizer, IMomentum
{
    private double beta1 = 0.9;

    /// <summary>LAMB with η = 10⁻³, β = (0.9, 0.999), ε = 10⁻⁶.</summary>
    public Lamb() => LearningRate = 1e-3;

    /// <summary>Decay rate β₁ of the average of gradients.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    public double Beta1 { get => beta1; init => beta1 = Bounds.Decay(value); }

    /// <summary>Decay rate β₂ of the average of squared gradients.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    public double Beta2 { get; init => field = Bounds.Decay(value); } = 0.999;

    /// <summary>ε, added to the root.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double Epsilon { get; init => field = Bounds.NonNegative(value); } = 1e-6;

    /// <summary>ε′, added under the root: Optax's <c>eps_root</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double EpsilonInsideRoot { get; init => field = Bounds.NonNegative(value); }

    /// <summary>β₁ under the name by which a schedule or a group sets it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
    public double Momentum { get => beta1; set => beta1 = Bounds.Decay(value); }

    /// <inheritdoc/>
    protected override IEnumerable<StateSlot> SlotsOf(LeafInfo leaf) => ["m", "v", StateSlot.WorkSpace()];

    /// <inheritdoc/>
    protected override void Update<T>(in LeafStep step, Span<T> parameters, ReadOnlySpan<T> gradient)
    {
        Span<T> direction = step.Leaf.Slot<T>(2);
        var rule = new AdamDirection(
            step.Momentum, Beta2, step.Correction(step.Momentum), step.Correction(Beta2), Epsilon, EpsilonInsideRoot, step.WeightDecay);
        Elementwise.Apply(
            rule, new Preparation(Direction == Direction.Maximize ? -1 : 1, 0, 1),
            parameters, gradient, step.Leaf.Slot<T>(0), step.Leaf.Slot<T>(1), direction);
        double parameterNorm = Reduce.Norm<T>(parameters), directionNorm = Reduce.Norm<T>(direction);
        double ratio = parameterNorm > 0 && directionNorm > 0 ? parameterNorm / directionNorm : 1;
        Axpy.Apply(1, parameters, -step.LearningRate * ratio, direction);
    }

    private readonly struct AdamDirection(
        double beta1, double beta2, double correction1, double correction2, double epsilon, double inside, double decay) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLane>(ref TLane x, TLane g, ref TLane m, ref TLane v, ref TLane direction)
            where TLane : struct, ILane<TLane>
        {
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * g * g;
            direction = m / correction1 / (TLane.Sqrt(v / correction2 + inside) + epsilon) + decay * x;
        }
    }
}
