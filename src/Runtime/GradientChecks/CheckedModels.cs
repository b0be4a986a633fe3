using System.Numerics;

namespace Backprop;

/// <summary>A model as a parameter of a checked function.</summary>
internal sealed class ModelArgument<TModel> : CheckedArgument<TModel>
    where TModel : class, IDifferentiable<TModel>
{
    private readonly TModel model;

    public ModelArgument(TModel model)
        : base(0)
    {
        this.model = model;
        foreach (LeafInfo leaf in model.DescribeLeaves())
        {
            Add(leaf);
        }

        double[] numbers = new double[Leaves.Sum(static leaf => leaf.Length)];
        var gather = new GatherVisitor(numbers);
        model.VisitLeaves(ref gather);
        Array.ForEach(numbers, Add);
        if (numbers.Length == 0)
        {
            throw new ArgumentException($"The {typeof(TModel).Name} has no leaves.", "at");
        }
    }

    public override void Read(TModel value, Span<double> all)
    {
        var gather = new GatherVisitor(all[Start..End]);
        value.VisitLeaves(ref gather);
    }

    protected override TModel Create(ReadOnlySpan<double> numbers)
    {
        TModel copy = model.Clone();
        var scatter = new ScatterVisitor(numbers);
        copy.VisitLeaves(ref scatter);
        return copy;
    }
}

/// <summary>A type that the generator made a model, among other parameters of a checked function.</summary>
internal sealed class OwnerArgument<T> : CheckedArgument<T>
{
    private readonly ILeafOwner<T> model;

    public OwnerArgument(ILeafOwner<T> model, string name, int start)
        : base(start)
    {
        this.model = model;
        foreach (LeafInfo leaf in Backprop.Leaves.DescribeOwner(model))
        {
            Add(leaf with { Path = $"{name}.{leaf.Path}" });
        }

        double[] numbers = new double[Leaves.Sum(static leaf => leaf.Length)];
        var gather = new GatherVisitor(numbers);
        Backprop.Leaves.VisitOwner(model, ref gather);
        Array.ForEach(numbers, Add);
    }

    public override void Read(T value, Span<double> all)
    {
        var gather = new GatherVisitor(all[Start..End]);
        Backprop.Leaves.VisitOwner((ILeafOwner<T>)value!, ref gather);
    }

    protected override T Create(ReadOnlySpan<double> numbers)
    {
        ILeafOwner<T> copy = new LeafCopies().Owner(model);
        var scatter = new ScatterVisitor(numbers);
        Backprop.Leaves.VisitOwner(copy, ref scatter);
        return (T)copy;
    }
}

/// <summary>Collects the numbers of a model.</summary>
internal ref struct GatherVisitor(Span<double> numbers) : ILeafVisitor
{
    private Span<double> rest = numbers;

    public void Visit<T>(Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            rest[i] = double.CreateTruncating(values[i]);
        }

        rest = rest[values.Length..];
    }
}

/// <summary>Sets the numbers of a model.</summary>
internal ref struct ScatterVisitor(ReadOnlySpan<double> numbers) : ILeafVisitor
{
    private ReadOnlySpan<double> rest = numbers;

    public void Visit<T>(Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = T.CreateTruncating(rest[i]);
        }

        rest = rest[values.Length..];
    }
}
