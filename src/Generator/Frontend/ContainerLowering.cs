using System.Globalization;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator.Frontend;

/// <summary>Where the emitted members of a type's methods go, and which names are taken there.</summary>
internal static class ContainerLowering
{
    /// <param name="declaration">The part of the type in which a method stands.</param>
    public static Container Lower(INamedTypeSymbol type, TypeDeclarationSyntax declaration, SemanticModel model)
    {
        INamedTypeSymbol[] types = [.. Levels(type).Reverse()];
        string space = CSharpText.OfNamespace(type.ContainingNamespace);
        string path = string.Join(".", Namespaces(type.ContainingNamespace).Concat(types.Select(PathName)));
        return new Container(space, types.Select(Declaration).ToEquatable(), path, Names(types), Hidden(type, declaration, model))
        {
            Types = types.Select(CSharpText.Of).ToEquatable(),
        };
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
        => space.IsGlobalNamespace ? [] : Namespaces(space.ContainingNamespace).Append(PathName(space));

    /// <summary>Where names differ in case only, all but one get a number: file systems may take them for one.</summary>
    private static string PathName(INamespaceOrTypeSymbol symbol)
    {
        int before = ((INamespaceOrTypeSymbol)symbol.ContainingSymbol).GetMembers().OfType<INamespaceOrTypeSymbol>().Select(static s => s.MetadataName).Distinct()
            .Count(name => name.Equals(symbol.MetadataName, StringComparison.OrdinalIgnoreCase) && string.CompareOrdinal(name, symbol.MetadataName) < 0);
        return before == 0 ? symbol.MetadataName : $"{symbol.MetadataName}-{(before + 1).ToString(CultureInfo.InvariantCulture)}";
    }

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

    private static EquatableArray<string> Hidden(INamedTypeSymbol type, TypeDeclarationSyntax declaration, SemanticModel model)
    {
        // Those of a primary constructor are seen in every member.
        IParameterSymbol[] constructed = [.. Levels(type).SelectMany(static t => t.InstanceConstructors).SelectMany(static c => c.Parameters)];
        return KnownTypes.Namespaces.Where(known => IsHidden(known.Key, known.Value) || IsHidden(known.Key + "Attribute", known.Value)).Select(static known => known.Key)
            .Concat(IsHidden("_", "") ? ["_"] : []).ToEquatable();

        bool IsHidden(string name, string space) => constructed.Any(p => p.Name == name)
            || model.LookupSymbols(declaration.OpenBraceToken.SpanStart, name: name).Any(symbol => !IsKnown(symbol, space));
    }

    private static bool IsKnown(ISymbol symbol, string space)
        => symbol is INamedTypeSymbol { ContainingType: null } && CSharpText.OfNamespace(symbol.ContainingNamespace) == space;
}
