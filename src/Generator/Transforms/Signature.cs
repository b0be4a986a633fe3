using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>What the emitted methods of one primal take: its own parameters, the accumulators, the seed.</summary>
internal sealed class Signature
{
    public Signature(Method method, Ids ids)
    {
        Method = method;
        Accumulators = method.Parameters.Where(parameter => parameter.Wanted == Wanted.Gradient)
            .ToDictionary(parameter => parameter, parameter => ids.Fresh(Cotangents.NameOf(parameter.Variable), AccumulatorType(parameter.Variable.Type)));
        Seed = method.ReturnType is { } type && (type.IsFloating || type.HoldsFloating) ? ids.Fresh("seed", type) : null;
        Store = ids.Fresh("residuals", new OpaqueType("ResidualStore.Frame"));
    }

    public Method Method { get; }

    /// <summary>Where each gradient goes.</summary>
    public IReadOnlyDictionary<Parameter, Variable> Accumulators { get; }

    /// <summary>The cotangent of the result; null where the result carries no derivative.</summary>
    public Variable? Seed { get; }

    /// <summary>The frame of the residual store.</summary>
    public Variable Store { get; }

    /// <summary>Everything that an emitted method is given.</summary>
    public IEnumerable<Variable> Inputs
        => [.. Method.Parameters.Select(parameter => parameter.Variable), .. AccumulatorsInOrder.Select(pair => pair.Accumulator), .. Seed is null ? [] : new[] { Seed }, Store];

    public IEnumerable<(Parameter Parameter, Variable Accumulator)> AccumulatorsInOrder
        => Method.Parameters.Where(Accumulators.ContainsKey).Select(parameter => (parameter, Accumulators[parameter]));

    public IEnumerable<FormalParameter> Primal
        => Method.Parameters.Select(parameter => new FormalParameter(parameter.Variable, parameter.Passing, parameter.TypeText, ""));

    public IEnumerable<FormalParameter> Backward =>
    [
        .. Primal,
        .. AccumulatorsInOrder.Select(pair => new FormalParameter(
            pair.Accumulator,
            pair.Parameter.Variable.Type.IsFloating && pair.Parameter.Passing != Passing.Out ? Passing.Ref : Passing.Value,
            pair.Accumulator.Type.Text,
            "")),
        .. Seed is null ? [] : new[] { new FormalParameter(Seed, Passing.Value, Method.ReturnTypeText, Seed.Type.IsFloating ? "1" : "") },
    ];

    private static IrType AccumulatorType(IrType type) => type switch
    {
        SpanType span => span with { Access = Access.Writable },
        ArrayType { Rank: 1 } array when array.ElementType.IsFloating => new SpanType(array.ElementType, Access.Writable),
        _ => type,
    };
}
