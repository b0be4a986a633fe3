namespace Backprop;

/// <summary>
/// Drops a gradient whose norm is infinite or NaN, and counts how often. Belongs before transforms that would spread it. A
/// <see cref="Trainer{TModel, TSample}"/> asks the same of every gradient, and of the loss, and needs no such transform.
/// </summary>
public sealed class SkipNonFinite : GradientTransform
{
    private PowerNorm norm;
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
    protected override void Begin() => norm = new PowerNorm(2);

    /// <inheritdoc/>
    protected override void Measure<T>(int leaf, ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient) => norm.Add(gradient);

    /// <inheritdoc/>
    protected override GradientOutcome Decide()
    {
        bool isFinite = double.IsFinite(norm.Value);
        if (!isFinite) skipped++;
        inARow = isFinite ? 0 : inARow + 1;
        return isFinite ? GradientOutcome.Applied : GradientOutcome.Skipped;
    }

    /// <inheritdoc/>
    protected override void Rewrite<T>(int leaf, ReadOnlySpan<T> parameters, Span<T> gradient)
    {
    }
}
