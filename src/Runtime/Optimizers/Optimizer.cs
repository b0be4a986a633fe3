using System.Numerics;

namespace Backprop;

/// <summary>
/// Moves the parameters of a model by its gradient, leaf by leaf. An optimizer belongs to one model: it learns the model's leaves in
/// <see cref="Prepare{TModel}"/> or in the first step, allocates its state there, and allocates nothing in later steps.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
public abstract class Optimizer : IStateful
{
    private OptimizedLeaf[]? leaves;
    private LeafList? list;
    private bool[] frozen = [];
    private GradientTransform[] transforms = [];
    private ParameterAverage[] averages = [];
    private double learningRate;
    private long steps;

    /// <summary>The rate η; schedules set it before each step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double LearningRate { get => learningRate; set => learningRate = Bounds.NonNegative(value); }

    /// <summary>The decay λ; <see cref="WeightDecayForm"/> says how it enters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double WeightDecay { get; init => field = Bounds.NonNegative(value); }

    /// <summary>Whether the objective is minimised (the default) or maximised.</summary>
    public Direction Direction { get; init => field = Bounds.Defined(value); }

    /// <summary>Settings of their own for some leaves.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; init => field = [.. value]; } = [];

    /// <summary>What is done to the gradient, in place and in this order, before each update.</summary>
    public IReadOnlyList<GradientTransform> Transforms { get => transforms; init => transforms = [.. value]; }

    /// <summary>What follows the parameters after each update, in this order.</summary>
    public IReadOnlyList<ParameterAverage> Averages { get => averages; init => averages = [.. value]; }

    /// <summary>Number of updates made.</summary>
    public long Steps => steps;

    /// <summary>Learns the leaves of a model and allocates the state for them; the first step does it unless this was called.</summary>
    /// <exception cref="ArgumentException">A group's pattern matches no leaf, or a group sets what this optimizer has not.</exception>
    /// <exception cref="InvalidOperationException">The optimizer was prepared before.</exception>
    public void Prepare<TModel>(TModel model)
        where TModel : IDifferentiable<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        Prepare(model.DescribeLeaves());
    }

    /// <summary>Learns the leaves to train and allocates the state for them. One leaf of any shape serves the steps over plain spans.</summary>
    /// <exception cref="ArgumentException">A group's pattern matches no leaf, or a group sets what this optimizer has not.</exception>
    /// <exception cref="InvalidOperationException">The optimizer was prepared before.</exception>
    public void Prepare(IReadOnlyList<LeafInfo> leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        if (this.leaves is not null)
            throw new InvalidOperationException("The optimizer already belongs to a model; use a new one for another model.");
        ParameterGroup[] settings = GroupSettings.Resolve(this, leaves);
        LeafInfo[] shaped = [.. leaves.Zip(settings, GroupSettings.Reshape)];
        var known = new LeafList(shaped);
        OptimizedLeaf[] prepared = [.. shaped.Zip(settings, (leaf, own) =>
            new OptimizedLeaf(leaf, own, own.Training == Training.Frozen ? [] : SlotsOf(leaf)))];
        foreach (GradientTransform transform in transforms) transform.Bind(known);
        frozen = [.. prepared.Select(static leaf => leaf.IsFrozen)];
        foreach (ParameterAverage average in averages) average.Bind(known, frozen);
        (list, this.leaves) = (known, prepared);
    }

    /// <summary>Transforms the gradient, then updates the model.</summary>
    /// <param name="model">The model to update.</param>
    /// <param name="gradient">Its gradient. Left as it is unless there are <see cref="Transforms"/>.</param>
    /// <returns>Whether the model was updated, or a transform kept the gradient back.</returns>
    /// <exception cref="ArgumentException">The leaves are not those of earlier steps; nothing was changed.</exception>
    public GradientOutcome Step<TModel>(TModel model, TModel gradient)
        where TModel : class, IDifferentiable<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(gradient);
        return Step(new ModelPair<TModel>(model, gradient));
    }

    /// <inheritdoc cref="Step(Span{double}, Span{double})"/>
    public GradientOutcome Step(Span<float> parameters, Span<float> gradient) => Step(new SpanPair<float>(parameters, gradient));

    /// <summary>Transforms the gradient, then updates the parameters; they are one leaf called <c>parameters</c>.</summary>
    /// <param name="parameters">The numbers to update.</param>
    /// <param name="gradient">Their gradient. Left as it is unless there are <see cref="Transforms"/>.</param>
    /// <returns>Whether the parameters were updated, or a transform kept the gradient back.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or are not those of earlier steps; nothing was changed.</exception>
    public GradientOutcome Step(Span<double> parameters, Span<double> gradient) => Step(new SpanPair<double>(parameters, gradient));

    /// <inheritdoc/>
    public virtual void VisitState(IStateVisitor visitor)
    {
        visitor.VisitCounter("step", ref steps);
        visitor.VisitLeaf("learning_rate", [], new Span<double>(ref learningRate));
        foreach (OptimizedLeaf leaf in leaves ?? []) leaf.VisitState(visitor);
        for (int i = 0; i < transforms.Length; i++)
            transforms[i].VisitState(new PrefixedStateVisitor($"Transforms[{i}]/", visitor));
        for (int i = 0; i < averages.Length; i++)
            averages[i].VisitState(new PrefixedStateVisitor($"Averages[{i}]/", visitor));
    }

    /// <summary>The state this optimizer keeps of a leaf.</summary>
    protected abstract IEnumerable<StateSlot> SlotsOf(LeafInfo leaf);

    /// <summary>Updates one leaf.</summary>
    /// <param name="step">The leaf, its state, and the settings in force for it.</param>
    /// <param name="parameters">The leaf's numbers, row-major.</param>
    /// <param name="gradient">Their gradient, which an implementation must negate when <see cref="Direction"/> asks for it.</param>
    protected abstract void Update<T>(in LeafStep step, Span<T> parameters, ReadOnlySpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Whether the leaves are known.</summary>
    private protected bool IsPrepared => leaves is not null;

    /// <summary>The leaves and their state.</summary>
    /// <exception cref="InvalidOperationException">The optimizer has seen no model yet.</exception>
    private protected OptimizedLeaf[] Leaves =>
        leaves ?? throw new InvalidOperationException("The optimizer has seen no model yet; call Prepare first.");

    /// <summary>Overwrites the leaves of a model with the contents of a state slot of the leaf's shape.</summary>
    private protected void CopySlotTo<TModel>(TModel model, int slot)
        where TModel : IDifferentiable<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        var visitor = new SlotReader(Leaves, slot);
        var pair = new ModelPair<TModel>(model, model);
        list!.Check(in pair);
        model.VisitLeaves(ref visitor);
    }

    /// <summary>Refuses leaves that are not those of earlier steps.</summary>
    internal void Check<TPair>(scoped in TPair pair)
        where TPair : ILeafPair, allows ref struct
    {
        if (list is null) Prepare(pair.Describe());
        list!.Check(in pair);
    }

    /// <summary>Refuses what <see cref="Check"/> refuses of a model that was checked before, and sets its gradient to zero in the same walk.</summary>
    internal void CheckAndClear<TPair>(scoped in TPair pair)
        where TPair : ILeafPair, allows ref struct => list!.CheckAndClear(in pair);

    internal bool IsFrozen(int leaf) => frozen[leaf];

    /// <summary>The Euclidean norm of the gradient over the leaves that are trained: not finite when one of its elements is not. Refuses what
    /// <see cref="Check"/> refuses.</summary>
    internal double CheckedNorm<TPair>(scoped in TPair pair)
        where TPair : ILeafPair, allows ref struct
    {
        var visitor = new NormVisitor(list!, frozen);
        pair.Visit(ref visitor);
        list!.CheckCount(visitor.Count);
        return visitor.Value;
    }

    internal GradientOutcome Step<TPair>(scoped in TPair pair)
        where TPair : ILeafPair, allows ref struct
    {
        Check(in pair);
        return StepChecked(in pair);
    }

    /// <summary>A step on leaves that were checked since anyone else could change them.</summary>
    internal GradientOutcome StepChecked<TPair>(scoped in TPair pair)
        where TPair : ILeafPair, allows ref struct
    {
        foreach (ParameterAverage average in averages) average.Start(in pair);
        foreach (GradientTransform transform in transforms)
        {
            GradientOutcome outcome = transform.Run(in pair, frozen);
            if (outcome != GradientOutcome.Applied) return outcome;
        }
        steps++;
        var visitor = new UpdateVisitor(this);
        pair.Visit(ref visitor);
        foreach (ParameterAverage average in averages) average.Run(in pair);
        return GradientOutcome.Applied;
    }

    private LeafStep StepOf(OptimizedLeaf leaf) => new(
        leaf,
        steps,
        leaf.Settings.LearningRate ?? learningRate * (leaf.Settings.LearningRateScale ?? 1),
        leaf.Settings.WeightDecay ?? WeightDecay,
        leaf.Settings.Momentum ?? (this as IMomentum)?.Momentum ?? 0);

    private struct NormVisitor(LeafList list, bool[] frozen) : ILeafPairVisitor
    {
        private PowerNorm norm = new(2);

        public int Count { get; private set; }

        public readonly double Value => norm.Value;

        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            int index = Count++;
            list.Check<T>(index, values, other);
            if (!frozen[index]) norm.Add<T>(other);
        }
    }

    private struct SlotReader(OptimizedLeaf[] leaves, int slot) : ILeafVisitor
    {
        private int index;

        public void Visit<T>(Span<T> values)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            OptimizedLeaf leaf = leaves[index++];
            if (!leaf.IsFrozen) leaf.Slot<T>(slot).CopyTo(values);
        }
    }

    private struct UpdateVisitor(Optimizer optimizer) : ILeafPairVisitor
    {
        private int index;

        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            OptimizedLeaf leaf = optimizer.leaves![index++];
            if (!leaf.IsFrozen) optimizer.Update<T>(optimizer.StepOf(leaf), values, other);
        }
    }
}
