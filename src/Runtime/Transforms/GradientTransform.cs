using System.Numerics;

namespace Backprop;

/// <summary>
/// Changes a gradient, in place, before an optimizer uses it. A transform may first measure the whole gradient, then decides, then
/// rewrites it leaf by leaf. It belongs to one model, and allocates nothing after the first call.
/// </summary>
public abstract class GradientTransform : IStateful
{
    private LeafList? leaves;

    /// <summary>Transforms the gradient of a model, outside an optimizer.</summary>
    /// <param name="model">The model; read only.</param>
    /// <param name="gradient">Its gradient; overwritten.</param>
    /// <returns>Whether the gradient is to be used now.</returns>
    /// <exception cref="ArgumentException">The leaves are not those of earlier calls; nothing was changed.</exception>
    public GradientOutcome Apply<TModel>(TModel model, TModel gradient)
        where TModel : class, IDifferentiable<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(gradient);
        return Apply(new ModelPair<TModel>(model, gradient));
    }

    /// <inheritdoc cref="Apply(Span{double}, Span{double})"/>
    public GradientOutcome Apply(Span<float> parameters, Span<float> gradient) => Apply(new SpanPair<float>(parameters, gradient));

    /// <summary>Transforms the gradient of one array of parameters, outside an optimizer.</summary>
    /// <param name="parameters">The parameters; read only.</param>
    /// <param name="gradient">Their gradient; overwritten.</param>
    /// <returns>Whether the gradient is to be used now.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or are not those of earlier calls; nothing was changed.</exception>
    public GradientOutcome Apply(Span<double> parameters, Span<double> gradient) => Apply(new SpanPair<double>(parameters, gradient));

    /// <inheritdoc/>
    public virtual void VisitState(IStateVisitor visitor)
    {
    }

    /// <summary>Whether <see cref="Measure{T}"/> wants to see the gradient before <see cref="Decide"/>.</summary>
    protected virtual bool Measures => false;

    /// <summary>Called once, when the leaves become known: the place to allocate.</summary>
    protected virtual void Prepare(IReadOnlyList<LeafInfo> leaves)
    {
    }

    /// <summary>Called at the start of each call, before anything is measured.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Shows a leaf before anything is rewritten.</summary>
    protected virtual void Measure<T>(int leaf, ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
    }

    /// <summary>Says what becomes of the gradient. Nothing is rewritten when the answer is <see cref="GradientOutcome.Skipped"/>.</summary>
    protected virtual GradientOutcome Decide() => GradientOutcome.Applied;

    /// <summary>Rewrites the gradient of a leaf.</summary>
    protected abstract void Rewrite<T>(int leaf, ReadOnlySpan<T> parameters, Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>;

    internal void Bind(LeafList known)
    {
        if (leaves is not null)
            throw new InvalidOperationException($"The {GetType().Name} already belongs to a model; use a new one for another model.");
        leaves = known;
        Prepare([.. Enumerable.Range(0, known.Count).Select(i => known[i])]);
    }

    internal GradientOutcome Run<TPair>(scoped ref readonly TPair pair, ReadOnlySpan<bool> frozen)
        where TPair : ILeafPair, allows ref struct
    {
        Begin();
        if (Measures)
        {
            var measure = new MeasureVisitor(this, frozen);
            pair.Visit(ref measure);
        }
        GradientOutcome outcome = Decide();
        if (outcome == GradientOutcome.Skipped) return outcome;
        var rewrite = new RewriteVisitor(this, frozen);
        pair.Visit(ref rewrite);
        return outcome;
    }

    private GradientOutcome Apply<TPair>(scoped in TPair pair)
        where TPair : ILeafPair, allows ref struct
    {
        if (leaves is null) Bind(new LeafList(pair.Describe()));
        leaves!.Check(in pair);
        return Run(in pair, default);
    }

    private ref struct MeasureVisitor(GradientTransform transform, ReadOnlySpan<bool> frozen) : ILeafPairVisitor
    {
        private readonly ReadOnlySpan<bool> frozen = frozen;
        private int next;

        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            int leaf = next++;
            if (frozen.IsEmpty || !frozen[leaf]) transform.Measure<T>(leaf, values, other);
        }
    }

    private ref struct RewriteVisitor(GradientTransform transform, ReadOnlySpan<bool> frozen) : ILeafPairVisitor
    {
        private readonly ReadOnlySpan<bool> frozen = frozen;
        private int next;

        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            int leaf = next++;
            if (frozen.IsEmpty || !frozen[leaf]) transform.Rewrite<T>(leaf, values, other);
        }
    }
}
