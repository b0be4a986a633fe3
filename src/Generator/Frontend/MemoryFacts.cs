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

    public static MemoryFacts Of(IOperation? body)
    {
        var facts = new MemoryFacts();
        foreach (ILocalReferenceOperation reference in (body?.Descendants() ?? []).OfType<ILocalReferenceOperation>())
        {
            if (reference.Type is IArrayTypeSymbol && !IsLocalUse(reference))
            {
                facts.escaping.Add(reference.Local);
            }
        }

        return facts;
    }

    public Lifetime LifetimeOf(IOperation creation, IrType element)
        => element is ScalarType or StructType { IsUnmanaged: true } && !Escapes(creation) ? Lifetime.Local : Lifetime.Escapes;

    private bool Escapes(IOperation creation) => creation.Parent switch
    {
        IConversionOperation { Type: { } type } conversion => TypeLowering.Lower(type) is not SpanType && Escapes(conversion),
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => escaping.Contains(local),
        IArrayElementReferenceOperation => false,
        _ => true,
    };

    private static bool IsLocalUse(IOperation use) => use.Parent switch
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
