using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>What the parameters of generic types stand for, in a body that is written for all of their arguments.</summary>
internal sealed class TypeArguments
{
    public static readonly TypeArguments None = new([]);

    private readonly ImmutableDictionary<ISymbol, ITypeSymbol> arguments;

    private TypeArguments(IEnumerable<KeyValuePair<ISymbol, ITypeSymbol>> arguments)
        => this.arguments = arguments.ToImmutableDictionary(SymbolEqualityComparer.Default);

    /// <param name="owner">The type that a member is used of.</param>
    /// <param name="actual">What types mean where it is used.</param>
    public static TypeArguments Of(INamedTypeSymbol owner, Func<ITypeSymbol, ITypeSymbol> actual)
    {
        List<KeyValuePair<ISymbol, ITypeSymbol>> found = [];
        for (INamedTypeSymbol? level = owner; level is not null; level = level.ContainingType)
        {
            found.AddRange(level.OriginalDefinition.TypeParameters.Zip(level.TypeArguments, (parameter, argument) => new KeyValuePair<ISymbol, ITypeSymbol>(parameter, actual(argument))));
        }

        return found.Count == 0 ? None : new(found);
    }

    public static TypeArguments Of(IMethodSymbol method) => new(method.ConstructedFrom.TypeParameters.Zip(method.TypeArguments, static (parameter, argument) => new KeyValuePair<ISymbol, ITypeSymbol>(parameter, argument)));

    /// <summary>A type with the arguments in the place of the parameters.</summary>
    public ITypeSymbol In(ITypeSymbol type, Compilation compilation) => type switch
    {
        _ when arguments.IsEmpty => type,
        ITypeParameterSymbol => arguments.TryGetValue(type, out ITypeSymbol? argument) ? argument : type,
        IArrayTypeSymbol array => compilation.CreateArrayTypeSymbol(In(array.ElementType, compilation), array.Rank),
        INamedTypeSymbol { IsTupleType: true } tuple => compilation.CreateTupleTypeSymbol(
            [.. tuple.TupleElements.Select(element => In(element.Type, compilation))],
            [.. tuple.TupleElements.Select(static element => element.IsExplicitlyNamedTupleElement ? element.Name : null)]),
        INamedTypeSymbol named => In(named, compilation),
        _ => type,
    };

    private INamedTypeSymbol In(INamedTypeSymbol type, Compilation compilation)
    {
        INamedTypeSymbol definition = type.ContainingType is { IsGenericType: true } outer
            ? In(outer, compilation).GetTypeMembers(type.Name, type.Arity).First()
            : type.OriginalDefinition;
        return type.Arity == 0 ? definition : definition.Construct([.. type.TypeArguments.Select(argument => In(argument, compilation))]);
    }
}
