namespace Backprop;

/// <summary>What becomes of gradients that were gathered over several calls.</summary>
public enum Accumulation
{
    /// <summary>Their mean: the gradient of one large batch whose loss is a mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,
}

/// <summary>Gathers the gradients of k calls and lets only the k-th through, rewritten as their mean or sum.</summary>
/// <param name="count">k.</param>
/// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
public sealed class AccumulateSteps(int count) : GradientTransform
{
    private OptimizedLeaf[] sums = [];
    private long gathered;
    private bool isComplete;

    /// <summary>k.</summary>
    public int Count { get; } = Bounds.AtLeast(1, count, nameof(count));

    /// <summary>Mean or sum.</summary>
    public Accumulation Accumulation { get; init => field = Bounds.Defined(value); }

    /// <inheritdoc/>
    public override void VisitState(IStateVisitor visitor)
    {
        visitor.VisitCounter("gathered", ref gathered);
        foreach (OptimizedLeaf sum in sums) sum.VisitState(visitor);
    }

    /// <inheritdoc/>
    protected override void Prepare(IReadOnlyList<LeafInfo> leaves) =>
        sums = [.. leaves.Select(static leaf => new OptimizedLeaf(leaf, ["sum"]))];

    /// <inheritdoc/>
    protected override GradientOutcome Decide()
    {
        isComplete = ++gathered == Count;
        if (isComplete) gathered = 0;
        return isComplete ? GradientOutcome.Applied : GradientOutcome.Accumulated;
    }

    /// <inheritdoc/>
    protected override void Rewrite<T>(int leaf, ReadOnlySpan<T> parameters, Span<T> gradient)
    {
        Span<T> sum = sums[leaf].Slot<T>(0);
        if (!isComplete)
        {
            Axpy.Apply(1, sum, 1, gradient);
            return;
        }
        double scale = Accumulation == Accumulation.Mean ? 1.0 / Count : 1;
        Axpy.Apply(scale, gradient, scale, sum);
        sum.Clear();
    }
}
