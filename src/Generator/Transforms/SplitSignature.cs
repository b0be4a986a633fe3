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
        ResidualsName = ResidualsOf(method.Name, method.Overload);
        Residuals = ids.Fresh(Signature.Free("residuals", inner.Names), new OpaqueType(ResidualsName) { IsResiduals = true });
        CallerStore = ids.Fresh(Signature.Free("store", inner.Names), new OpaqueType("global::Backprop.ResidualStore"));
        foreach (Parameter parameter in method.Parameters)
        {
            left[parameter.Variable.Id] = parameter.Variable with { Type = TypeInPullback(parameter.Variable.Type) };
        }
    }

    public Signature Inner { get; }

    public string ResidualsName { get; }

    /// <summary>What the forward pass keeps.</summary>
    public Variable Residuals { get; }

    /// <summary>Where the caller of the forward pass keeps what must outlive it.</summary>
    public Variable CallerStore { get; }

    /// <summary>Overloads share the names of their methods; their structs are numbered.</summary>
    public static string ResidualsOf(string method, int overload)
        => method + "Residuals" + (overload == 0 ? "" : (overload + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));

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
            "")),
        new FormalParameter(Residuals, Passing.In, ResidualsName, ""),
        .. Inner.Cotangents,
    ];

    /// <summary>A parameter as the pullback has it.</summary>
    public Expr? AsLeft(Variable variable) => left.TryGetValue(variable.Id, out Variable? given) ? given.Read() : null;

    /// <summary>A caller may hand a copy of an array to the pullback, so it takes a span.</summary>
    public static IrType TypeInPullback(IrType type)
        => type is ArrayType { Rank: 1, ElementType: ScalarType or StructType { IsUnmanaged: true } or OpaqueType { IsUnmanaged: true } } array ? new SpanType(array.ElementType, Access.Writable) : type;
}
