using System.Numerics;

namespace Backprop;

/// <summary>An optimizer whose rule treats every element alike: one vectorised pass over parameter, gradient and up to three state slots.</summary>
/// <typeparam name="TRule">The rule's mathematics.</typeparam>
public abstract class ElementwiseOptimizer<TRule> : Optimizer
    where TRule : struct, IUpdateRule
{
    /// <summary>How weight decay enters; applied before the rule, after the sign of <see cref="Direction"/>.</summary>
    public WeightDecayForm WeightDecayForm { get; init => field = Bounds.Defined(value); }

    /// <summary>The rule with the coefficients of this step.</summary>
    protected abstract TRule RuleFor(in LeafStep step);

    /// <inheritdoc/>
    protected sealed override void Update<T>(in LeafStep step, Span<T> parameters, ReadOnlySpan<T> gradient)
    {
        OptimizedLeaf leaf = step.Leaf;
        Elementwise.Apply(
            RuleFor(step), Preparation.Of(step, Direction, WeightDecayForm),
            parameters, gradient, leaf.Slot<T>(0), leaf.Slot<T>(1), leaf.Slot<T>(2));
    }
}
