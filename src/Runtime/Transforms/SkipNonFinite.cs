namespace Backprop;

/// <summary>Drops a gradient that holds an infinity or a NaN, and counts how often. Belongs before transforms that would spread it.</summary>
public sealed class SkipNonFinite : GradientTransform
{
    private bool isFinite;
    private long skipped, inARow;

    /// <summary>Number of gradients dropped so far.</summary>
    public long Skipped => skipped;

    /// <summary>Number of gradients dropped since the last one that was let through.</summary>
    public long SkippedInARow => inARow;

    /// <inheritdoc/>
    protected override bool Measures => true;

    /// <inheritdoc/>
    public override void VisitState(IStateVisitor visitor)
    {
        visitor.VisitCounter("skipped", ref skipped);
        visitor.VisitCounter("skipped_in_a_row", ref inARow);
    }

    /// <inheritdoc/>
    protected override void Begin() => isFinite = true;

    /// <inheritdoc/>
    protected override void Measure<T>(int leaf, ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient) =>
        isFinite = isFinite && Reduce.AllFinite(gradient);

    /// <inheritdoc/>
    protected override GradientOutcome Decide()
    {
        if (!isFinite) skipped++;
        inARow = isFinite ? 0 : inARow + 1;
        return isFinite ? GradientOutcome.Applied : GradientOutcome.Skipped;
    }

    /// <inheritdoc/>
    protected override void Rewrite<T>(int leaf, ReadOnlySpan<T> parameters, Span<T> gradient)
    {
    }
}
