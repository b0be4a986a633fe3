using System.Numerics;

namespace Backprop;

/// <summary>
/// Follows the parameters of a model as an optimizer changes them, and keeps a slower copy. Give it to an optimizer, which then calls it
/// after each update and saves it with its own state, or call <see cref="Follow{TModel}"/> yourself.
/// </summary>
public abstract class ParameterAverage : IStateful
{
    private OptimizedLeaf[] copies = [];
    private LeafList? list;
    private long updates = -1;

    /// <summary>Number of updates followed so far.</summary>
    public long Updates => Math.Max(0, updates);

    /// <summary>Takes the model's parameters into account; the first call only copies them.</summary>
    /// <exception cref="ArgumentException">The leaves are not those of earlier calls; nothing was changed.</exception>
    public void Follow<TModel>(TModel model)
        where TModel : IDifferentiable<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        FollowLeaves(new ModelPair<TModel>(model, model));
    }

    /// <inheritdoc cref="Follow(Span{double})"/>
    public void Follow(Span<float> parameters) => FollowLeaves(new SpanPair<float>(parameters, parameters));

    /// <summary>Takes one array of parameters into account; the first call only copies them.</summary>
    /// <exception cref="ArgumentException">The length is not that of earlier calls; nothing was changed.</exception>
    public void Follow(Span<double> parameters) => FollowLeaves(new SpanPair<double>(parameters, parameters));

    /// <summary>Overwrites a model of the same shape with the slow copy. Leaves that an optimizer holds frozen are left alone.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been followed yet.</exception>
    /// <exception cref="ArgumentException">The leaves are not those that were followed; nothing was changed.</exception>
    public void CopyTo<TModel>(TModel model)
        where TModel : class, IDifferentiable<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        CopyLeavesTo(new ModelPair<TModel>(model, model));
    }

    /// <inheritdoc cref="CopyTo(Span{double})"/>
    public void CopyTo(Span<float> parameters) => CopyLeavesTo(new SpanPair<float>(parameters, parameters));

    /// <summary>Overwrites one array of parameters with the slow copy.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been followed yet.</exception>
    /// <exception cref="ArgumentException">The length is not that which was followed; nothing was changed.</exception>
    public void CopyTo(Span<double> parameters) => CopyLeavesTo(new SpanPair<double>(parameters, parameters));

    /// <inheritdoc/>
    public void VisitState(IStateVisitor visitor)
    {
        visitor.VisitCounter("updates", ref updates);
        foreach (OptimizedLeaf copy in copies) copy.VisitState(visitor);
    }

    /// <summary>The parameters' next copy.</summary>
    /// <param name="update">1 for the first update after the start.</param>
    /// <param name="copy">The slow copy of a leaf, to be overwritten.</param>
    /// <param name="parameters">The leaf.</param>
    protected abstract void Update<T>(long update, Span<T> copy, Span<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>;

    internal void Bind(LeafList known, ReadOnlySpan<bool> frozen)
    {
        if (list is not null)
            throw new InvalidOperationException($"The {GetType().Name} already follows a model; use a new one for another model.");
        list = known;
        copies = new OptimizedLeaf[known.Count];
        for (int i = 0; i < copies.Length; i++)
            copies[i] = new OptimizedLeaf(known[i], !frozen.IsEmpty && frozen[i] ? [] : ["average"]);
    }

    /// <summary>Copies the parameters as they are before the first update.</summary>
    internal void Start<TPair>(scoped ref readonly TPair pair)
        where TPair : ILeafPair, allows ref struct
    {
        if (updates >= 0) return;
        updates = 0;
        var visitor = new CopyIn(copies);
        pair.Visit(ref visitor);
    }

    internal void Run<TPair>(scoped ref readonly TPair pair)
        where TPair : ILeafPair, allows ref struct
    {
        updates++;
        var visitor = new UpdateVisitor(this);
        pair.Visit(ref visitor);
    }

    private void FollowLeaves<TPair>(scoped in TPair pair)
        where TPair : ILeafPair, allows ref struct
    {
        if (list is null) Bind(new LeafList(pair.Describe()), default);
        list!.Check(in pair);
        if (updates < 0) Start(in pair);
        else Run(in pair);
    }

    private void CopyLeavesTo<TPair>(scoped in TPair pair)
        where TPair : ILeafPair, allows ref struct
    {
        if (updates < 0) throw new InvalidOperationException($"The {GetType().Name} has followed nothing yet.");
        list!.Check(in pair);
        var visitor = new CopyOut(copies);
        pair.Visit(ref visitor);
    }

    private struct CopyIn(OptimizedLeaf[] copies) : ILeafPairVisitor
    {
        private int next;

        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Span<T> copy = copies[next++].Slot<T>(0);
            if (copy.Length == values.Length) values.CopyTo(copy);
        }
    }

    private struct CopyOut(OptimizedLeaf[] copies) : ILeafPairVisitor
    {
        private int next;

        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T> => copies[next++].Slot<T>(0).CopyTo(values);
    }

    private struct UpdateVisitor(ParameterAverage average) : ILeafPairVisitor
    {
        private int next;

        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Span<T> copy = average.copies[next++].Slot<T>(0);
            if (copy.Length == values.Length) average.Update(average.updates, copy, values);
        }
    }
}
