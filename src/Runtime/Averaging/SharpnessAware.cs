using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>The neighbourhood that <see cref="SharpnessAware"/> looks at.</summary>
public enum Sharpness
{
    /// <summary>A ball: ε = ρg/‖g‖.</summary>
    Ball,

    /// <summary>A ball in units of the parameters: ε = ρx²g/‖|x|g‖. Kwon et al., <em>ASAM</em>, 2021.</summary>
    Adaptive,
}

/// <summary>
/// Steps by the gradient at the worst point nearby: x′ = x + ε, then the optimizer's step at x with the gradient at x′.
/// Foret, Kleiner, Mobahi and Neyshabur, <em>Sharpness-Aware Minimization for Efficiently Improving Generalization</em>, 2021.
/// </summary>
/// <param name="optimizer">What takes the step.</param>
public sealed class SharpnessAware(Optimizer optimizer) : IStateful
{
    private OptimizedLeaf[]? backups;

    /// <summary>What takes the step.</summary>
    public Optimizer Optimizer { get; } = optimizer ?? throw new ArgumentNullException(nameof(optimizer));

    /// <summary>ρ.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double Radius { get; init => field = Bounds.NonNegative(value); } = 0.05;

    /// <summary>The neighbourhood.</summary>
    public Sharpness Sharpness { get; init => field = Bounds.Defined(value); }

    /// <summary>Evaluates twice and steps once.</summary>
    /// <param name="model">The model to update.</param>
    /// <param name="gradient">A model of the same shape; holds the gradient at the worst point afterwards.</param>
    /// <param name="lossAndGradient">Returns the model's loss and adds its gradient to <paramref name="gradient"/>, which is zero on entry.</param>
    /// <returns>The loss at the model, before the step.</returns>
    /// <exception cref="ArgumentException">The leaves are not those of earlier steps; nothing was changed.</exception>
    public double Step<TModel>(TModel model, TModel gradient, Func<double> lossAndGradient)
        where TModel : class, IDifferentiable<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(gradient);
        return Step(new ModelPair<TModel>(model, gradient), lossAndGradient);
    }

    /// <inheritdoc cref="Step(Span{double}, Span{double}, Func{double})"/>
    public double Step(Span<float> parameters, Span<float> gradient, Func<double> lossAndGradient) =>
        Step(new SpanPair<float>(parameters, gradient), lossAndGradient);

    /// <summary>Evaluates twice and steps once.</summary>
    /// <param name="parameters">The numbers to update.</param>
    /// <param name="gradient">Holds the gradient at the worst point afterwards.</param>
    /// <param name="lossAndGradient">Returns the loss and adds its gradient to <paramref name="gradient"/>, which is zero on entry.</param>
    /// <returns>The loss before the step.</returns>
    /// <exception cref="ArgumentException">The lengths are not those of earlier steps; nothing was changed.</exception>
    public double Step(Span<double> parameters, Span<double> gradient, Func<double> lossAndGradient) =>
        Step(new SpanPair<double>(parameters, gradient), lossAndGradient);

    /// <summary>The state is the optimizer's.</summary>
    public void VisitState(IStateVisitor visitor) => Optimizer.VisitState(visitor);

    private double Step<TPair>(scoped in TPair pair, Func<double> lossAndGradient)
        where TPair : ILeafPair, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(lossAndGradient);
        Optimizer.Check(in pair);
        backups ??= [.. pair.Describe().Select(static leaf => new OptimizedLeaf(leaf, [StateSlot.WorkSpace()]))];

        var clear = new ClearGradient();
        pair.Visit(ref clear);
        double loss = lossAndGradient();
        var measure = new Measurement(Optimizer, Sharpness);
        pair.Visit(ref measure);
        double sign = Optimizer.Direction == Direction.Maximize ? -1 : 1;
        var move = new Move(Optimizer, backups, Sharpness, measure.Norm > 0 ? sign * Radius / measure.Norm : 0);
        pair.Visit(ref move);
        try
        {
            lossAndGradient();
        }
        finally
        {
            var restore = new Restore(Optimizer, backups);
            pair.Visit(ref restore);
        }
        Optimizer.Step(in pair);
        return loss;
    }

    private readonly struct ClearGradient : ILeafPairVisitor
    {
        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T> => other.Clear();
    }

    private struct Measurement(Optimizer optimizer, Sharpness sharpness) : ILeafPairVisitor
    {
        private int next;
        private double squares;

        public readonly double Norm => Math.Sqrt(squares);

        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            if (optimizer.IsFrozen(next++)) return;
            if (sharpness == Sharpness.Ball) squares += Reduce.SumOfSquares<T>(other);
            else
                for (int i = 0; i < values.Length; i++)
                    squares += double.CreateTruncating(values[i] * other[i] * values[i] * other[i]);
        }
    }

    /// <summary>Keeps the parameters and moves them to the worst point; the gradient is cleared for its evaluation there.</summary>
    private struct Move(Optimizer optimizer, OptimizedLeaf[] backups, Sharpness sharpness, double scale) : ILeafPairVisitor
    {
        private int next;

        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            int leaf = next++;
            if (!optimizer.IsFrozen(leaf))
            {
                values.CopyTo(backups[leaf].Slot<T>(0));
                if (sharpness == Sharpness.Ball) Axpy.Apply(1, values, scale, other);
                else Elementwise.Apply(new Stretch(scale), new Preparation(1, 0, 1), values, other, default, default, default);
            }
            other.Clear();
        }
    }

    private struct Restore(Optimizer optimizer, OptimizedLeaf[] backups) : ILeafPairVisitor
    {
        private int next;

        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            int leaf = next++;
            if (!optimizer.IsFrozen(leaf)) backups[leaf].Slot<T>(0).CopyTo(values);
        }
    }

    private readonly struct Stretch(double scale) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLane>(ref TLane x, TLane g, ref TLane a, ref TLane b, ref TLane c)
            where TLane : struct, ILane<TLane> => x += scale * x * x * g;
    }
}
