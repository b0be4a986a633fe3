using System.Globalization;

namespace Backprop;

/// <summary>A part of a checkpoint under one prefix: where an optimizer, a callback or a metric keeps its state.</summary>
public sealed class CheckpointSection
{
    private readonly Checkpoint checkpoint;
    private readonly string prefix;

    internal CheckpointSection(Checkpoint checkpoint, string prefix)
    {
        this.checkpoint = checkpoint;
        this.prefix = prefix;
    }

    /// <summary>Whether nothing was saved here.</summary>
    public bool IsEmpty =>
        !checkpoint.Tensors.Keys.Any(Contains) && !checkpoint.Metadata.Keys.Any(Contains);

    /// <summary>The part of this section under a further prefix.</summary>
    /// <param name="name">Name of the part; not empty.</param>
    public CheckpointSection Section(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new CheckpointSection(checkpoint, prefix + name + "/");
    }

    /// <summary>Saves a copy of an array.</summary>
    /// <param name="name">Name in this section.</param>
    /// <param name="values">The elements, row-major.</param>
    /// <param name="shape">Extent of each dimension; none for a scalar.</param>
    /// <exception cref="ArgumentException">The name is taken, or the shape does not hold that many elements.</exception>
    public void Add<T>(string name, ReadOnlySpan<T> values, params ReadOnlySpan<int> shape)
        where T : unmanaged => checkpoint.Add(prefix + name, values, shape);

    /// <summary>Saves a copy of every leaf of a model under its path.</summary>
    /// <exception cref="ArgumentException">A path is taken.</exception>
    public void AddLeaves<TModel>(TModel model)
        where TModel : IDifferentiable<TModel>
    {
        var visitor = new LeafWriter(this, model.DescribeLeaves());
        model.VisitLeaves(ref visitor);
    }

    /// <summary>Copies the saved leaves into a model. The model is unchanged when an exception is raised.</summary>
    /// <exception cref="CheckpointException">The leaves are those of another model: the message lists the missing, the
    /// unexpected and the mis-shaped ones.</exception>
    public void CopyLeavesTo<TModel>(TModel model)
        where TModel : class, IDifferentiable<TModel>
    {
        Compare(model).ThrowIfDifferent("The checkpoint belongs to another model.");
        var visitor = new LeafReader(this, model.DescribeLeaves());
        model.VisitLeaves(ref visitor);
    }

    /// <summary>Compares the saved leaves with those of a model, without reading a number.</summary>
    public LeafComparison Compare<TModel>(TModel model)
        where TModel : IDifferentiable<TModel> =>
        LeafComparison.Of(model.DescribeLeaves(), prefix, checkpoint);

    /// <summary>Saves a copy of a state: what <see cref="IStateful.VisitState"/> shows.</summary>
    /// <exception cref="ArgumentException">A name is taken.</exception>
    public void AddState(IStateful source)
    {
        ArgumentNullException.ThrowIfNull(source);
        source.VisitState(new StateWriter(this));
    }

    /// <summary>Overwrites a state with the saved one, bit for bit. It is unchanged when an exception is raised.</summary>
    /// <exception cref="CheckpointException">The saved state is that of something else: the message lists the missing, the
    /// unexpected and the mis-shaped parts.</exception>
    public void CopyStateTo(IStateful target)
    {
        Compare(target).ThrowIfDifferent(DescribeState());
        target.VisitState(new StateReader(this));
    }

    /// <summary>Compares the saved state with another, without reading a number.</summary>
    public LeafComparison Compare(IStateful state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var comparer = new StateComparer(this);
        state.VisitState(comparer);
        return comparer.Result;
    }

    /// <summary>Finds an array.</summary>
    /// <exception cref="CheckpointException">There is none of that name.</exception>
    public CheckpointTensor Tensor(string name) =>
        FindTensor(name) ?? throw new CheckpointException($"The checkpoint has no '{prefix}{name}'.");

    /// <summary>Copies an array's elements.</summary>
    /// <exception cref="CheckpointException">There is none of that name, or it has another type or length.</exception>
    public void CopyTo<T>(string name, Span<T> destination)
        where T : unmanaged
    {
        ReadOnlySpan<T> values = Tensor(name).Values<T>();
        if (values.Length != destination.Length)
            throw new CheckpointException($"'{prefix}{name}' has {values.Length} elements, not {destination.Length}.");
        values.CopyTo(destination);
    }

    /// <summary>Saves text, replacing what had the name.</summary>
    public void SetText(string name, string text) => checkpoint.SetText(prefix + name, text);

    /// <summary>Finds text, or null.</summary>
    public string? FindText(string name) => checkpoint.Metadata.GetValueOrDefault(prefix + name);

    /// <summary>Saves an integer as text.</summary>
    public void SetInteger(string name, long value) => SetText(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Finds an integer.</summary>
    /// <exception cref="CheckpointException">There is none of that name.</exception>
    public long Integer(string name) =>
        TryParse(FindText(name), out long value)
            ? value
            : throw new CheckpointException($"The checkpoint has no integer '{prefix}{name}'.");

    /// <summary>Saves a number as text that gives back the same bits.</summary>
    public void SetNumber(string name, double value) => SetText(name, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Finds a number.</summary>
    /// <exception cref="CheckpointException">There is none of that name.</exception>
    public double Number(string name) =>
        double.TryParse(FindText(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new CheckpointException($"The checkpoint has no number '{prefix}{name}'.");

    /// <summary>Names of everything under this prefix, without it.</summary>
    internal IEnumerable<string> Names =>
        checkpoint.Tensors.Keys.Concat(checkpoint.Metadata.Keys).Where(Contains).Select(name => name[prefix.Length..]);

    internal CheckpointTensor? FindTensor(string name) => checkpoint.Tensors.GetValueOrDefault(prefix + name);

    internal static bool TryParse(string? text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    internal string DescribeState() => $"The state saved under '{prefix}' belongs to something else.";

    private bool Contains(string name) => name.StartsWith(prefix, StringComparison.Ordinal);

    private struct LeafWriter(CheckpointSection section, IReadOnlyList<LeafInfo> leaves) : ILeafVisitor
    {
        private int next;

        public void Visit<T>(Span<T> values)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            LeafInfo leaf = leaves[next++];
            section.Add<T>(leaf.Path, values, leaf.Shape.ToArray());
        }
    }

    private struct LeafReader(CheckpointSection section, IReadOnlyList<LeafInfo> leaves) : ILeafVisitor
    {
        private int next;

        public void Visit<T>(Span<T> values)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
            section.CopyTo(leaves[next++].Path, values);
    }
}
