using System.Globalization;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>What the emitted methods of one primal take: its own parameters, the accumulators, the seed.</summary>
internal sealed class Signature
{
    /// <param name="store">What the frame of the residual store is called.</param>
    public Signature(Method method, Ids ids, string store = "residuals")
    {
        Method = method;
        HashSet<string> taken = [.. method.Parameters.Select(parameter => parameter.Variable.Name)];
        Accumulators = method.Parameters.Where(parameter => parameter.Wanted == Wanted.Gradient)
            .ToDictionary(parameter => parameter, parameter => ids.Fresh(Free(Transforms.Cotangents.NameOf(parameter.Variable), taken), AccumulatorType(parameter.Variable.Type)));
        Parameter? receiver = Accumulators.Keys.FirstOrDefault(static parameter => parameter.Passing == Passing.Receiver);
        Given = receiver is not null && method.Slot is { Owner: { Length: > 0 } owner } ? (Accumulators[receiver], ids.Fresh(Accumulators[receiver].Name, new ObjectType(owner))) : null;
        Seed = method.ReturnType is { } type && (type.IsFloating || type.HoldsFloating) ? ids.Fresh(Free("seed", taken), type) : null;
        Store = ids.Fresh(store, new OpaqueType(FrameType));
        Names = taken;
    }

    public Method Method { get; }

    /// <summary>Where each gradient goes.</summary>
    public IReadOnlyDictionary<Parameter, Variable> Accumulators { get; }

    /// <summary>The accumulator of <c>this</c>, and the parameter that holds it as the class sees it that opened the slot; null where these are one.</summary>
    public (Variable Accumulator, Variable Parameter)? Given { get; }

    /// <summary>The cotangent of the result; null where the result carries no derivative.</summary>
    public Variable? Seed { get; }

    /// <summary>The frame of the residual store.</summary>
    public Variable Store { get; }

    /// <summary>The names of parameters so far.</summary>
    public HashSet<string> Names { get; }

    public const string FrameType = "global::Backprop.ResidualStore.Frame";

    /// <summary>Everything that an emitted method is given.</summary>
    public IEnumerable<Variable> Inputs
        => [.. Method.Parameters.Select(parameter => parameter.Variable), .. AccumulatorsInOrder.Select(pair => pair.Accumulator), .. Seed is null ? [] : new[] { Seed }, Store];

    public IEnumerable<(Parameter Parameter, Variable Accumulator)> AccumulatorsInOrder
        => Method.Parameters.Where(Accumulators.ContainsKey).Select(parameter => (parameter, Accumulators[parameter]));

    /// <summary>The accumulators that are storage.</summary>
    public IEnumerable<(Parameter Parameter, Variable Accumulator)> Memories
        => AccumulatorsInOrder.Where(static pair => pair.Parameter.Variable.Type is { IsMemory: true } and not StructType);

    public IEnumerable<FormalParameter> Primal
        => Method.Parameters.Select(static parameter => new FormalParameter(parameter.Variable, parameter.Passing, parameter.TypeText, "") { Modifier = ModifierOf(parameter) });

    public IEnumerable<FormalParameter> Backward => [.. Primal, .. Cotangents];

    /// <summary>The accumulators and the seed.</summary>
    public IEnumerable<FormalParameter> Cotangents =>
    [
        .. AccumulatorsInOrder.Select(pair => new FormalParameter(
            AsGiven(pair.Accumulator),
            IsReference(pair.Parameter) ? Passing.Ref : Passing.Value,
            AsGiven(pair.Accumulator).Type.Text + NullOf(pair.Parameter),
            "")),
        .. Seed is null ? [] : new[] { new FormalParameter(Seed, Passing.Value, Method.ReturnTypeText, Seed.Type is { IsFloating: true, IsGeneric: false } ? "1" : "") },
    ];

    /// <summary>Where there may be no model, there may be no gradient.</summary>
    public static string NullOf(Parameter parameter) => parameter.Variable.Type is ObjectType && parameter.TypeText.EndsWith("?", StringComparison.Ordinal) ? "?" : "";

    /// <summary>Whether the caller may give no array, whose gradient is empty.</summary>
    public static bool MayBeNoArray(Parameter parameter) => parameter.Variable.Type is ArrayType { Rank: 1, ElementType: not (ArrayType or ObjectType) } && parameter.TypeText.EndsWith("?", StringComparison.Ordinal);

    /// <summary>Whether the accumulator of a parameter is a variable of the caller's.</summary>
    public static bool IsReference(Parameter parameter)
        => parameter.Passing != Passing.Out && parameter.Variable.Type is StructType or { IsFloating: true };

    /// <summary>Accumulators follow a parameter of any number of arguments, so that it takes one array.</summary>
    public static string ModifierOf(Parameter parameter) => parameter.Modifier == "params" ? "" : parameter.Modifier;

    public static string ModifiersOf(Method method) => (method.Accessibility + " " + method.Modifiers).TrimEnd();

    /// <summary>Of a member that others can override.</summary>
    public static string SlotModifiersOf(Method method) => $"{ModifiersOf(method)} {method.Slot?.Modifier}".TrimEnd();

    /// <summary>The parameter that holds an accumulator.</summary>
    public Variable AsGiven(Variable accumulator) => Given is { } given && given.Accumulator.Id == accumulator.Id ? given.Parameter : accumulator;

    /// <summary>The user's names win: <c>dx</c> becomes <c>dx1</c> where a parameter is called so.</summary>
    public static string Free(string wish, HashSet<string> taken)
    {
        string name = wish;
        for (int number = 1; !taken.Add(name); number++)
        {
            name = wish + number.ToString(CultureInfo.InvariantCulture);
        }

        return name;
    }

    private static IrType AccumulatorType(IrType type) => type switch
    {
        SpanType span => span with { Access = Access.Writable },
        MemoryType memory => memory.Span with { Access = Access.Writable },
        ArrayType { Rank: 1 } array when array.ElementType is StructType or { IsFloating: true } => new SpanType(array.ElementType, Access.Writable),
        _ => type,
    };
}
