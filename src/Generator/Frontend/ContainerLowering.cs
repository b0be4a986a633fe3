using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator.Frontend;

/// <summary>Where the emitted members of a method go, and which names are taken there.</summary>
internal static class ContainerLowering
{
    private static readonly string[] wellKnown =
    [
        "Math", "MathF", "Span", "ReadOnlySpan", "Require", "ResidualStore", "Zeros", "MethodImpl", "MethodImplOptions", "Array", "MemoryMarshal", "SkipLocalsInit", "Unsafe", "UnsafeAccessor", "UnsafeAccessorKind",
    ];

    public static Container Lower(IMethodSymbol method, SyntaxNode declaration, SemanticModel model)
    {
        INamedTypeSymbol[] types = [.. Levels(method.ContainingType).Reverse()];
        string space = CSharpText.OfNamespace(method.ContainingNamespace);
        string path = string.Join(".", Namespaces(method.ContainingNamespace).Concat(types.Select(static t => t.MetadataName)));
        return new Container(space, types.Select(Declaration).ToEquatable(), path, Names(types), Hidden(declaration, model))
        {
            Types = types.Select(CSharpText.Of).ToEquatable(),
        };
    }

    /// <summary>Whether this generator wrote a member: an analyzer sees its output, the generator does not.</summary>
    public static bool IsGenerated(ISymbol symbol) => symbol.DeclaringSyntaxReferences.Length > 0
        && symbol.DeclaringSyntaxReferences.All(static r => r.SyntaxTree.FilePath.Contains(typeof(DifferentiableGenerator).FullName));

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
        string parameters = type.TypeParameters.Length == 0
            ? ""
            : $"<{string.Join(", ", type.TypeParameters.Select(static p => CSharpText.Identifier(p.Name)))}>";
        return $"partial {keyword} {CSharpText.Identifier(type.Name)}{parameters}";
    }

    private static EquatableArray<string> Names(IEnumerable<INamedTypeSymbol> types) => types
        .SelectMany(static t => t.GetMembers().Where(static m => !m.IsImplicitlyDeclared && m.CanBeReferencedByName && !IsGenerated(m)).Select(static m => m.Name)
            .Concat(t.TypeParameters.Select(static p => p.Name))
            .Append(t.Name))
        .Distinct()
        .OrderBy(static n => n, StringComparer.Ordinal)
        .ToEquatable();

    private static EquatableArray<string> Hidden(SyntaxNode declaration, SemanticModel model)
    {
        int inside = declaration is BaseMethodDeclarationSyntax { ExpressionBody.Expression: { } expression }
            ? expression.SpanStart
            : declaration.Span.End - 1;
        return wellKnown.Where(name => IsHidden(name) || (name is "MethodImpl" or "UnsafeAccessor" && IsHidden(name + "Attribute"))).ToEquatable();

        bool IsHidden(string name) => model.LookupSymbols(inside, name: name).Any(static s => !IsFrameworks(s));
    }

    private static bool IsFrameworks(ISymbol symbol)
        => symbol is INamedTypeSymbol { ContainingType: null } && CSharpText.OfNamespace(symbol.ContainingNamespace) is "Backprop" or "System"
            or "System.Runtime.CompilerServices" or "System.Runtime.InteropServices";
}
