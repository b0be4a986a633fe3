using Backprop.Generator.IR;
using Backprop.Generator.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Members of the framework that take or give structs and have a rule.</summary>
internal sealed partial class BodyLowering
{
    /// <summary>Scalar operations where those are exact, else the call.</summary>
    /// <param name="operands">In the order of the parameters, the receiver first.</param>
    private Expr Apply(IOperation site, ISymbol member, PartsRule rule, IReadOnlyList<Expr> operands)
    {
        IrType type = member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method ? TypeOf(method.ReturnType)
            : member is IPropertySymbol property ? TypeOf(property.Type)
            : TypeOf(member.ContainingType);
        if (Exactly(rule, operands, type) is { } value)
        {
            return value;
        }

        string format = rule.Call.Length > 0 ? rule.Call : FormatOf(member, operands.Count);
        External call = new(format, operands.ToEquatable(), type, Effect.Pure, Site(site, CSharpText.Short(member))) { Rule = rule.Member };

        // Computed here and now, also where it is a statement whose value goes nowhere.
        return rule.CanThrow ? Name(call) : call;
    }

    private Expr? Exactly(PartsRule rule, IReadOnlyList<Expr> operands, IrType type)
    {
        if (rule.Compute([.. Flat(operands)]) is not { } value)
        {
            return null;
        }

        Dictionary<Expr, Expr> known = new(ReferenceComparer.Of<Expr>());
        EquatableArray<Expr> leaves = value.Numbers.Select(number => number.IsOperand ? number : number.Map(part => Named(part, known))).ToEquatable();
        return type is StructType parts ? new Pack(leaves, parts) : leaves[0];
    }

    /// <summary>An expression as an operand; parts that are shared as objects are computed once.</summary>
    private Expr Named(Expr expr, Dictionary<Expr, Expr> known)
    {
        if (expr.IsOperand)
        {
            return expr;
        }

        if (!known.TryGetValue(expr, out Expr? name))
        {
            known[expr] = name = Name(expr.Map(part => Named(part, known)));
        }

        return name;
    }

    private static string FormatOf(ISymbol member, int count)
    {
        bool isWhole = member.IsStatic || member is IMethodSymbol { MethodKind: MethodKind.Constructor };
        string holes = string.Join(", ", Enumerable.Range(0, count).Skip(isWhole ? 0 : 1).Select(static i => $"{{{i}}}"));
        string name = (isWhole ? CSharpText.Of(member.ContainingType) : "{0}") + "." + member.Name;
        return member switch
        {
            IMethodSymbol { MethodKind: MethodKind.Constructor } => $"new {CSharpText.Of(member.ContainingType)}({holes})",
            IMethodSymbol => $"{name}({holes})",
            IPropertySymbol { IsIndexer: true } => $"{{0}}[{holes}]",
            _ => name,
        };
    }

    private Expr[] ReceiverAndArguments(IInvocationOperation operation)
    {
        IOperation[] receiver = operation.Instance is { } instance ? [WithoutBoxing(instance)] : [];
        Expr[] operands = Operands([.. receiver, .. operation.Arguments.Select(static a => a.Value)]);
        return [.. operands.Take(receiver.Length), .. operands.Skip(receiver.Length).Zip(operation.Arguments, static (o, a) => (o, a.Parameter!.Ordinal)).OrderBy(static p => p.Ordinal).Select(static p => p.o)];
    }

    /// <summary>A call with <c>out</c> arguments: one that gives all its results as a tuple, taken apart into its value and those arguments.</summary>
    private Expr LowerCallWithResults(IInvocationOperation operation, PartsRule rule)
    {
        IArgumentOperation[] results = [.. operation.Arguments.Where(static a => a.Parameter is { RefKind: RefKind.Out }).OrderBy(static a => a.Parameter!.Ordinal)];
        Place[] places = [.. results.Select(a => PlaceOf(a.Value))];
        Expr[] operands = [.. operation.Arguments.Except(results).OrderBy(static a => a.Parameter!.Ordinal).Select(a => Operand(a.Value))];
        StructType type = TupleOf([operation.TargetMethod.ReturnType, .. results.Select(static a => a.Parameter!.Type)]);
        var all = (Pack)Name(new External(rule.Call, operands.ToEquatable(), type, Effect.Pure, Site(operation, CSharpText.Short(operation.TargetMethod))) { Rule = rule.Member });
        for (int i = 0; i < places.Length; i++)
        {
            Write(places[i], PartOf(all, type.Fields[i + 1]), operation);
        }

        return PartOf(all, type.Fields[0]);
    }

    private StructType TupleOf(ITypeSymbol[] types) => new(
        $"({string.Join(", ", types.Select(CSharpText.Of))})",
        types.Select((t, i) => new Field($"Item{i + 1}", TypeOf(t), Reach.Open, $"Item{i + 1}")).ToEquatable(),
        Construction.Tuple);
}
