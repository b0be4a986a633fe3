using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>The variables that operations declare.</summary>
internal static class Declarations
{
    public static IEnumerable<ISymbol> Of(IOperation operation) => operation switch
    {
        IVariableDeclaratorOperation { Symbol: var local } => [local],
        ILocalReferenceOperation { IsDeclaration: true, Local: var local } => [local],
        IPatternOperation pattern => Of(pattern),
        _ => [],
    };

    public static IEnumerable<ISymbol> Of(IPatternOperation pattern) => pattern switch
    {
        IDeclarationPatternOperation { DeclaredSymbol: { } symbol } => [symbol],
        IRecursivePatternOperation { DeclaredSymbol: { } symbol } => [symbol],
        IListPatternOperation { DeclaredSymbol: { } symbol } => [symbol],
        _ => [],
    };
}
