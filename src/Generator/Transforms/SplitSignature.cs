using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// What the two halves of a method take. Callers write their calls from the method's symbol alone, so nothing here depends on its body.
/// </summary>
internal sealed class SplitSignature
{
    private readonly Dictionary<int, Variable> left = [];

    public SplitSignature(Signature inner, Ids ids)
    {
        Inner = inner;
        Method method = inner.Method;
        KeptName = Callee.ResidualsOf(method.Name, method.Overload) + method.TypeArguments;
        ResidualsName = method.Slot is null ? KeptName : Callee.OpenResiduals;
        Residuals = ids.Fresh(Signature.Free("residuals", inner.Names), new OpaqueType(ResidualsName) { IsResiduals = true });
        Kept = method.Slot is null ? Residuals : ids.Fresh("kept", new OpaqueType(KeptName) { IsResiduals = true });
        CallerStore = ids.Fresh(Signature.Free("store", inner.Names), new OpaqueType("global::Backprop.ResidualStore"));
        foreach (Parameter parameter in method.Parameters)
        {
            left[parameter.Variable.Id] = parameter.Variable with { Type = Callee.TypeInPullback(parameter.Variable.Type, method.Keeping) };
        }

        if (inner.Seed is { Type: ArrayType { ElementType: var element } } seed)
        {
            left[seed.Id] = seed with { Type = new SpanType(element, Access.ReadOnly) };
        }
    }

    public Signature Inner { get; }

    /// <summary>The type of <see cref="Residuals"/>.</summary>
    public string ResidualsName { get; }

    /// <summary>What the forward pass gives to the pullback.</summary>
    public Variable Residuals { get; }

    /// <summary>The struct that has what the pullback needs as its fields.</summary>
    public string KeptName { get; }

    /// <summary>A value of that: the residuals themselves, or what they name where a caller knows the slot only.</summary>
    public Variable Kept { get; }

    /// <summary>Where the caller of the forward pass keeps what must outlive it.</summary>
    public Variable CallerStore { get; }

    public IEnumerable<FormalParameter> Forward =>
    [
        .. Inner.Primal,
        new FormalParameter(Residuals, Passing.Out, ResidualsName, ""),
        new FormalParameter(CallerStore, Passing.Value, "global::Backprop.ResidualStore?", "null"),
    ];

    public IEnumerable<FormalParameter> Pullback =>
    [
        .. Inner.Method.Parameters.Select(parameter => new FormalParameter(
            left[parameter.Variable.Id],
            parameter.Passing is Passing.In or Passing.Receiver ? parameter.Passing : Passing.Value,
            left[parameter.Variable.Id].Type == parameter.Variable.Type ? parameter.TypeText : left[parameter.Variable.Id].Type.Text,
            "") { Modifier = Signature.ModifierOf(parameter) }),
        new FormalParameter(Residuals, Passing.In, ResidualsName, ""),
        .. Inner.Cotangents.Select(given => left.TryGetValue(given.Variable.Id, out Variable? seed) ? given with { Variable = seed, TypeText = seed.Type.Text } : given),
    ];

    /// <summary>A parameter as the pullback has it.</summary>
    public Expr? AsLeft(Variable variable) => left.TryGetValue(variable.Id, out Variable? given) ? given.Read() : null;
}
