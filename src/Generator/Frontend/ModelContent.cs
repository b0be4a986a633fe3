using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>What a member of a model holds, by its type.</summary>
internal static class ModelContent
{
    private const int HighestRank = 3;

    /// <summary>Null for a type that may hold numbers in a way in which they cannot be leaves.</summary>
    public static Content? Of(ITypeSymbol type) => type switch
    {
        _ when TypeLowering.Lower(type) is ScalarType { IsFloating: true } number => new UniformLeaf(number, number),
        IArrayTypeSymbol array => OfArray(array),
        INamedTypeSymbol named when IsCollection(named, "List") => OfElements(CollectionKind.List, 1, named.TypeArguments[0], ""),
        INamedTypeSymbol named when IsCollection(named, "Dictionary") => IsOrdered(named.TypeArguments[0])
            ? OfElements(CollectionKind.Dictionary, 1, named.TypeArguments[1], CSharpText.Of(named.TypeArguments[0]))
            : OfAnything(named),
        _ when IsModel(type) => new ModelPart(type.IsValueType ? Held.Value : Held.Reference),
        INamedTypeSymbol { IsValueType: true } named => OfStruct(named) ?? OfAnything(type),
        _ => OfAnything(type),
    };

    /// <summary>What a member holds that is not trained.</summary>
    public static Content OfConstant(ITypeSymbol type) => Of(type) is { } content and not Constant ? content : type switch
    {
        _ when IsView(type) => new View(),
        IArrayTypeSymbol array => new Collection(CollectionKind.Array, array.Rank, OfConstant(array.ElementType), HeldAs(array.ElementType), ""),
        INamedTypeSymbol named when IsCollection(named, "List") => new Collection(CollectionKind.List, 1, OfConstant(named.TypeArguments[0]), HeldAs(named.TypeArguments[0]), ""),
        _ => new Constant(),
    };

    /// <summary>Whether a type is marked, or implements <c>IDifferentiable</c> of itself.</summary>
    public static bool IsModel(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } named => Attributes.IsDifferentiable(named.OriginalDefinition)
            || (!named.IsValueType && Implements(named.Interfaces, named)),
        ITypeParameterSymbol { IsReferenceType: true } parameter => Implements(parameter.ConstraintTypes, parameter),
        _ => false,
    };

    /// <summary>Whether a class, or an interface, may be a model that its type does not show.</summary>
    public static bool IsOpen(ITypeSymbol type)
        => type is { TypeKind: TypeKind.Interface } or { TypeKind: TypeKind.Class, IsAbstract: true } && type.Locations.Any(static l => l.IsInSource);

    private static bool Implements(IEnumerable<ITypeSymbol> interfaces, ITypeSymbol self) => interfaces.OfType<INamedTypeSymbol>()
        .Any(i => i is { Name: "IDifferentiable", Arity: 1, ContainingNamespace: { Name: "Backprop", ContainingNamespace.IsGlobalNamespace: true } }
            && SymbolEqualityComparer.Default.Equals(i.TypeArguments[0], self));

    private static Content? OfArray(IArrayTypeSymbol array)
    {
        Content? content = OfElements(CollectionKind.Array, array.Rank, array.ElementType, "");
        bool isNumbers = content is Collection { Element: UniformLeaf or Constant };
        return isNumbers ? (array.Rank <= HighestRank || !content!.HasLeaves ? content : null) : array.Rank == 1 ? content : null;
    }

    private static Collection? OfElements(CollectionKind kind, int rank, ITypeSymbol element, string key)
        => Of(element) is { } content ? new Collection(kind, rank, content, HeldAs(element), key) : null;

    private static Held HeldAs(ITypeSymbol type) => type.IsReferenceType ? Held.Reference : Held.Value;

    private static Content? OfAnything(ITypeSymbol type) => FloatingContent.MayHold(type) || Mentions(type, IsOpen) ? null : IsView(type) ? new View() : new Constant();

    private static bool IsView(ITypeSymbol type) => TypeLowering.Lower(type) is MemoryType;

    private static bool Mentions(ITypeSymbol type, Func<ITypeSymbol, bool> isSought) => type is not { TypeKind: TypeKind.Delegate }
        && (isSought(type) || (type is INamedTypeSymbol named && named.TypeArguments.Any(argument => Mentions(argument, isSought))));

    private static bool IsCollection(INamedTypeSymbol type, string name) => type.Name == name && !type.IsValueType
        && type.ContainingType is null && CSharpText.OfNamespace(type.ContainingNamespace) == "System.Collections.Generic";

    // Keys whose order does not depend on the culture or on hash codes.
    private static bool IsOrdered(ITypeSymbol key)
        => key is { TypeKind: TypeKind.Enum } or { SpecialType: SpecialType.System_String } || TypeLowering.Lower(key).IsInteger();

    private static Content? OfStruct(INamedTypeSymbol type)
    {
        if (StructLowering.Of(type) is not { } parts || !IsPlain(type))
        {
            return null;
        }

        IrType[] leaves = [.. parts.Leaves.Select(static path => path[path.Count - 1].Type)];
        bool isUniform = leaves[0].IsFloating && leaves.All(leaf => leaf == leaves[0]) && !HasLayout(type);
        return isUniform ? new UniformLeaf(parts, leaves[0]) : IsReachable(type) ? new MixedStruct(parts) : null;
    }

    /// <summary>Whether each field holds one number, a struct of them, or nothing that could be trained.</summary>
    private static bool IsPlain(INamedTypeSymbol type) => FieldsOf(type).All(static f => !Members.HasNoGradient(f.AssociatedSymbol ?? f)
        && (f.Type is INamedTypeSymbol { IsValueType: true } inner && TypeLowering.Lower(inner) is StructType ? IsPlain(inner) : Of(f.Type) is UniformLeaf or Constant or View));

    private static bool HasLayout(INamedTypeSymbol type) => (type.Locations.Any(static l => l.IsInSource) && type.GetAttributes().Any(static a => a.AttributeClass?.Name == "StructLayoutAttribute"))
        || FieldsOf(type).Any(static f => f.Type is INamedTypeSymbol { IsValueType: true, SpecialType: SpecialType.None } inner && HasLayout(inner));

    // An accessor outside a generic type finds the fields of none of its constructions.
    private static bool IsReachable(INamedTypeSymbol type) => FieldsOf(type).All(f
        => (!type.IsGenericType || type.IsTupleType || f is { AssociatedSymbol: null, IsReadOnly: false, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal })
        && (TypeLowering.Lower(f.Type) is not StructType || IsReachable((INamedTypeSymbol)f.Type)));

    // The parts of a complex number are not shown; they are numbers.
    private static IEnumerable<IFieldSymbol> FieldsOf(INamedTypeSymbol type) => StructLowering.IsNumeric(type) ? []
        : type.IsTupleType ? type.TupleElements
        : type.GetMembers().OfType<IFieldSymbol>().Where(static f => !f.IsStatic);
}
