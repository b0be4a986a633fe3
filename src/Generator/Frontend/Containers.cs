using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator.Frontend;

/// <summary>The containers of a compilation's methods: what is the same for every method of a type declaration is found out once.</summary>
internal sealed class Containers
{
    /// <summary>The pullbacks of the compilation that were written by hand.</summary>
    public OwnRules Rules { get; } = new();

    private readonly ConditionalWeakTable<INamedTypeSymbol, ConcurrentDictionary<TypeDeclarationSyntax, Container>> known = new();

    /// <param name="locals">Names that the method itself declares.</param>
    public Container Of(IMethodSymbol method, SyntaxNode declaration, SemanticModel model, IEnumerable<string> locals)
    {
        Container container = known.GetValue(method.ContainingType, static _ => new())
            .GetOrAdd(declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>()!, type => ContainerLowering.Lower(method.ContainingType, type, model));
        HashSet<string> hidden = [.. locals.Where(KnownTypes.Namespaces.ContainsKey)];
        return hidden.Count == 0 ? container : container with { Hidden = KnownTypes.Namespaces.Keys.Where(name => hidden.Contains(name) || container.Hidden.Contains(name)).ToEquatable() };
    }
}
