using System.Numerics;

namespace Backprop;

/// <summary>Parameters beside their gradient, whatever holds them.</summary>
internal interface ILeafPair
{
    IReadOnlyList<LeafInfo> Describe();

    void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct;
}

/// <summary>A model beside its gradient, which is a model too.</summary>
internal readonly struct ModelPair<TModel>(TModel model, TModel gradient) : ILeafPair
    where TModel : IDifferentiable<TModel>
{
    public IReadOnlyList<LeafInfo> Describe() => model.DescribeLeaves();

    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct => model.VisitLeaves(gradient, ref visitor);
}

/// <summary>One array of numbers beside its gradient: a model of a single leaf.</summary>
internal readonly ref struct SpanPair<T>(Span<T> parameters, Span<T> gradient) : ILeafPair
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Span<T> parameters = parameters;
    private readonly Span<T> gradient = gradient.Length == parameters.Length ? gradient : throw new ArgumentException(
        $"gradient has {gradient.Length} elements, parameters has {parameters.Length}.", nameof(gradient));

    public IReadOnlyList<LeafInfo> Describe() => [new LeafInfo("parameters", [parameters.Length], typeof(T))];

    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct => visitor.Visit(parameters, gradient);
}
