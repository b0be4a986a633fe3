using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator.Frontend;

/// <summary>Where the emitted members of a method go, and which names are taken there.</summary>
internal static class ContainerLowering
{
    private static readonly string[] wellKnown =
    [
        "Math", "MathF", "Span", "ReadOnlySpan", "Require", "ResidualStore", "Zeros", "MethodImpl", "MethodImplOptions", "Array", "MemoryMarshal", "SkipLocalsInit",
        "IDifferentiable", "ILeafOwner", "ILeafVisitor", "ILeafPairVisitor", "Leaves", "LeafWalk", "LeafCopies", "LeafKeys", "LeafInfo", "PathStep",
        "IReadOnlyList", "CollectionsMarshal", "Unsafe", "UnsafeAccessor", "UnsafeAccessorKind",
    ];

    /// <param name="declaration">Of the method or type for which members are emitted into <paramref name="type"/>.</param>
    public static Container Lower(INamedTypeSymbol type, SyntaxNode declaration, SemanticModel model)
    {
        INamedTypeSymbol[] types = [.. Levels(type).Reverse()];
        string space = CSharpText.OfNamespace(type.ContainingNamespace);
        string path = string.Join(".", Namespaces(type.ContainingNamespace).Concat(types.Select(static t => t.MetadataName)));
        return new Container(space, types.Select(Declaration).ToEquatable(), path, Names(types), Hidden(type, declaration, model));
    }

    /// <summary>Whether this generator wrote a member: an analyzer sees its output, the generator does not.</summary>
    public static bool IsGenerated(ISymbol symbol) => symbol.DeclaringSyntaxReferences.Length > 0
        && symbol.DeclaringSyntaxReferences.All(static r => IsGenerated(r.SyntaxTree));

    public static bool IsGenerated(SyntaxTree tree) => tree.FilePath.Contains(typeof(DifferentiableGenerator).FullName);

    /// <summary>A type as its own declaration writes it: <c>Layer&lt;T&gt;</c>.</summary>
    public static string NameOf(INamedTypeSymbol type) => CSharpText.Identifier(type.Name) + (type.TypeParameters.Length == 0
        ? ""
        : $"<{string.Join(", ", type.TypeParameters.Select(static p => CSharpText.Identifier(p.Name)))}>");

    private static IEnumerable<INamedTypeSymbol> Levels(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
        {
            yield return type;
        }
    }

    private static IEnumerable<string> Namespaces(INamespaceSymbol space)
        => space.IsGlobalNamespace ? [] : Namespaces(space.ContainingNamespace).Append(space.Name);

    private static string Declaration(INamedTypeSymbol type)
    {
        string keyword = type switch
        {
            { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
            { IsRecord: true } => "record",
            { TypeKind: TypeKind.Struct } => "struct",
            { TypeKind: TypeKind.Interface } => "interface",
            _ => "class",
        };
        return $"partial {keyword} {NameOf(type)}";
    }

    private static EquatableArray<string> Names(IEnumerable<INamedTypeSymbol> types) => types
        .SelectMany(static t => t.GetMembers().Where(static m => !m.IsImplicitlyDeclared && m.CanBeReferencedByName && !IsGenerated(m)).Select(static m => m.Name)
            .Concat(t.TypeParameters.Select(static p => p.Name))
            .Append(t.Name))
        .Distinct()
        .OrderBy(static n => n, StringComparer.Ordinal)
        .ToEquatable();

    private static EquatableArray<string> Hidden(INamedTypeSymbol type, SyntaxNode declaration, SemanticModel model)
    {
        int inside = declaration is BaseMethodDeclarationSyntax { ExpressionBody.Expression: { } expression }
            ? expression.SpanStart
            : declaration.Span.End - 1;
        return wellKnown.Where(name => IsHidden(name) || (name == "MethodImpl" && IsHidden(name + "Attribute"))).ToEquatable();

        // The last token of a type is outside it, so what it inherits is asked for.
        bool IsHidden(string name) => model.LookupSymbols(inside, name: name).Concat(model.LookupSymbols(inside, type, name)).Any(static s => !IsFrameworks(s));
    }

    private static bool IsFrameworks(ISymbol symbol)
        => symbol is INamedTypeSymbol { ContainingType: null } && CSharpText.OfNamespace(symbol.ContainingNamespace) is "Backprop" or "System" or "System.Collections.Generic"
            or "System.Runtime.CompilerServices" or "System.Runtime.InteropServices";
}
