using System.Numerics;

namespace Backprop;

/// <summary>The loss of a model as a function of all its leaves laid end to end.</summary>
internal readonly struct ModelObjective<TModel>(TModel model, TModel gradient, Func<double> lossAndGradient, double sign) : IObjective
    where TModel : IDifferentiable<TModel>
{
    public double Evaluate(ReadOnlySpan<double> x, Span<double> flatGradient)
    {
        Write(x);
        gradient.Clear();
        double value = sign * lossAndGradient();
        var gather = new Gather(flatGradient, sign);
        gradient.VisitLeaves(ref gather);
        return value;
    }

    internal void Read(Span<double> x)
    {
        var gather = new Gather(x, 1);
        model.VisitLeaves(ref gather);
    }

    internal void Write(ReadOnlySpan<double> x)
    {
        var scatter = new Scatter(x);
        model.VisitLeaves(ref scatter);
    }

    private ref struct Gather(Span<double> rest, double sign) : ILeafVisitor
    {
        private Span<double> rest = rest;

        public void Visit<T>(Span<T> values)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int i = 0; i < values.Length; i++) rest[i] = sign * double.CreateTruncating(values[i]);
            rest = rest[values.Length..];
        }
    }

    private ref struct Scatter(ReadOnlySpan<double> rest) : ILeafVisitor
    {
        private ReadOnlySpan<double> rest = rest;

        public void Visit<T>(Span<T> values)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int i = 0; i < values.Length; i++) values[i] = T.CreateTruncating(rest[i]);
            rest = rest[values.Length..];
        }
    }
}
