using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Which local arrays are only used element by element, so that their storage may be taken back when the method returns.</summary>
internal sealed class MemoryFacts
{
    private readonly HashSet<ISymbol> escaping = new(SymbolEqualityComparer.Default);

    private MemoryFacts()
    {
    }

    // The locals that may stand for the memory of another one.
    private readonly Dictionary<ISymbol, List<ISymbol>> heirs = new(SymbolEqualityComparer.Default);

    public static MemoryFacts Of(IOperation? body)
    {
        var facts = new MemoryFacts();
        foreach (ILocalReferenceOperation reference in (body?.Descendants() ?? []).OfType<ILocalReferenceOperation>().Where(static r => r.Type is IArrayTypeSymbol))
        {
            if (HeirsOf(reference) is { } local)
            {
                (facts.heirs.TryGetValue(reference.Local, out List<ISymbol>? list) ? list : facts.heirs[reference.Local] = []).AddRange(local);
            }
            else if (!IsLocalUse(reference))
            {
                facts.escaping.Add(reference.Local);
            }
        }

        while (facts.heirs.Any(pair => pair.Value.Any(facts.escaping.Contains) && facts.escaping.Add(pair.Key)))
        {
        }

        return facts;
    }

    public Lifetime LifetimeOf(IOperation creation, IrType element)
        => element is ScalarType or StructType { IsUnmanaged: true } && !Escapes(creation) ? Lifetime.Local : Lifetime.Escapes;

    private bool Escapes(IOperation creation) => creation.Parent switch
    {
        IConversionOperation { Type: { } type } when TypeLowering.Lower(type) is SpanType => false,
        IArrayElementReferenceOperation => false,
        IConversionOperation { Type: IArrayTypeSymbol, Conversion.MethodSymbol: null } => Escapes(creation.Parent),
        _ => HeirsOf(creation) is not { } local || local.Any(escaping.Contains),
    };

    /// <summary>The locals that a value is given to; null where it goes elsewhere.</summary>
    private static IReadOnlyList<ISymbol>? HeirsOf(IOperation value)
    {
        switch (value.Parent)
        {
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { IsRef: false, Type: IArrayTypeSymbol } local } }:
                return [local];
            case ISimpleAssignmentOperation { IsRef: false, Parent: IExpressionStatementOperation, Target: ILocalReferenceOperation { Local: { Type: IArrayTypeSymbol } local } } assignment:
                return assignment.Value == value ? [local] : [];
            case IConditionalOperation conditional when conditional.Condition != value:
            case ICoalesceOperation:
            case ISwitchExpressionArmOperation:
            case ISwitchExpressionOperation:
            case IParenthesizedOperation:
            case IConversionOperation { Type: IArrayTypeSymbol, Conversion.MethodSymbol: null }:
                return HeirsOf(value.Parent);
            case ITupleOperation tuple:
                return OfTuple(tuple);
            default:
                return null;
        }
    }

    // Whatever comes out of a tuple may go to each of the targets.
    private static IReadOnlyList<ISymbol>? OfTuple(IOperation tuple)
    {
        IOperation? parent = tuple.Parent;
        while (parent is ITupleOperation or IConversionOperation { IsImplicit: true } or IDeclarationExpressionOperation)
        {
            parent = parent.Parent;
        }

        if (parent is not IDeconstructionAssignmentOperation { Parent: IExpressionStatementOperation } assignment)
        {
            return null;
        }

        IEnumerable<IOperation> targets = assignment.Target.DescendantsAndSelf().Where(static o => o is not (ITupleOperation or IDeclarationExpressionOperation or IDiscardOperation) && o.Parent is ITupleOperation or IDeclarationExpressionOperation);
        ILocalReferenceOperation[] locals = [.. targets.Where(static o => o.Type is IArrayTypeSymbol).OfType<ILocalReferenceOperation>()];
        return targets.Count(static o => o.Type is IArrayTypeSymbol) == locals.Length ? [.. locals.Select(static l => l.Local)] : null;
    }

    /// <summary>Whether only elements, or the length, of an array are used.</summary>
    public static bool IsLocalUse(IOperation use) => use.Parent switch
    {
        IArrayElementReferenceOperation element => element.ArrayReference == use,
        IPropertyReferenceOperation property => property.Property.Name is "Length" or "LongLength",
        IImplicitIndexerReferenceOperation indexer => indexer.Instance == use,
        IForEachLoopOperation => (use is IConversionOperation { Operand: var array } ? array : use).Type is IArrayTypeSymbol { Rank: 1 },
        IConversionOperation { Type: { } type } conversion => TypeLowering.Lower(type) is SpanType || IsLocalUse(conversion),
        IArgumentOperation { Parent: IInvocationOperation call } => MemoryCalls.Find(call.TargetMethod) is not MemoryCall.None,
        IInvocationOperation call => MemoryCalls.Find(call.TargetMethod) is not MemoryCall.None,
        _ => false,
    };
}
