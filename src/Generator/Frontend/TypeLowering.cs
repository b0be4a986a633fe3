using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>C# types as IR types.</summary>
internal static class TypeLowering
{
    /// <summary>The IR's type; for one that it does not compute with, its name.</summary>
    public static IrType Lower(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter when Generics.IsNumber(parameter) => new ScalarType(Scalar.Generic) { Name = CSharpText.Identifier(parameter.Name) },
        IArrayTypeSymbol array => new ArrayType(Lower(array.ElementType), array.Rank),
        INamedTypeSymbol { Name: "Memory" or "ReadOnlyMemory", Arity: 1 } named when Primitives.IsSystemType(named, named.Name) => new MemoryType(Lower(named.TypeArguments[0]), named.Name == "Memory" ? Access.Writable : Access.ReadOnly),
        INamedTypeSymbol named when SpanAccess(named) is { } access => new SpanType(Lower(named.TypeArguments[0]), access),
        INamedTypeSymbol { Name: "List", Arity: 1, ContainingNamespace: { Name: "Generic", ContainingNamespace.Name: "Collections" } } list when Lower(list.TypeArguments[0]) is var element && element is ObjectType or ListType or ArrayType { HoldsFloating: true } => new ListType(element),
        _ when ScalarOf(type.SpecialType) is { } scalar => new ScalarType(scalar),
        INamedTypeSymbol { TypeKind: TypeKind.Class } named when Attributes.IsDifferentiable(named) => new ObjectType(CSharpText.Of(named)) { IsHidden = IsHidden(named) },
        INamedTypeSymbol { IsValueType: true } named when StructLowering.Of(named) is { } parts => IsHidden(named) ? parts with { IsHidden = true } : parts,
        _ => Opaque(type),
    };

    // A nullable value is no T : unmanaged, though it holds no reference.
    private static OpaqueType Opaque(ITypeSymbol type) => new(CSharpText.Of(type))
    {
        IsHidden = IsHidden(type),
        IsRefLike = type.IsRefLikeType,
        IsUnmanaged = type is INamedTypeSymbol { IsUnmanagedType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T },
    };

    private static bool IsHidden(ITypeSymbol type) => type is IArrayTypeSymbol array ? IsHidden(array.ElementType)
        : type is INamedTypeSymbol named && (named.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal
            || named.TypeArguments.Any(IsHidden) || (named.ContainingType is { } around && IsHidden(around)));

    /// <summary>Whether the type is one of the scalars or <c>string</c>.</summary>
    public static bool IsNumberOrText(ITypeSymbol type) => ScalarOf(type.SpecialType) is not null || type.SpecialType == SpecialType.System_String;

    /// <summary>Whether the type is one of numbers that have a fraction and no derivative here.</summary>
    public static bool IsOtherNumber(ITypeSymbol type) => type.SpecialType == SpecialType.System_Decimal || Primitives.IsSystemType(type, "Half");

    public static bool IsInteger(this IrType type)
        => type is ScalarType { Kind: not (Scalar.Bool or Scalar.Single or Scalar.Double or Scalar.Generic) };

    /// <summary>The type in which C# does arithmetic on a narrow integer.</summary>
    public static IrType Promoted(this IrType type) => type is ScalarType { Kind: Scalar.Char or Scalar.SByte or Scalar.Byte or Scalar.Int16 or Scalar.UInt16 }
        ? IrType.Int32
        : type;

    /// <summary>Whether a derivative could be carried by a value of the type, in a way that the IR knows.</summary>
    public static bool CarriesDerivative(this IrType type) => type.IsFloating || type.HoldsFloating;

    private static Access? SpanAccess(INamedTypeSymbol type) => type switch
    {
        { Name: "Span", Arity: 1 } when Primitives.IsSystemType(type, "Span") => Access.Writable,
        { Name: "ReadOnlySpan", Arity: 1 } when Primitives.IsSystemType(type, "ReadOnlySpan") => Access.ReadOnly,
        _ => null,
    };

    private static Scalar? ScalarOf(SpecialType type) => type switch
    {
        SpecialType.System_Boolean => Scalar.Bool,
        SpecialType.System_Char => Scalar.Char,
        SpecialType.System_SByte => Scalar.SByte,
        SpecialType.System_Byte => Scalar.Byte,
        SpecialType.System_Int16 => Scalar.Int16,
        SpecialType.System_UInt16 => Scalar.UInt16,
        SpecialType.System_Int32 => Scalar.Int32,
        SpecialType.System_UInt32 => Scalar.UInt32,
        SpecialType.System_Int64 => Scalar.Int64,
        SpecialType.System_UInt64 => Scalar.UInt64,
        SpecialType.System_IntPtr => Scalar.NInt,
        SpecialType.System_UIntPtr => Scalar.NUInt,
        SpecialType.System_Single => Scalar.Single,
        SpecialType.System_Double => Scalar.Double,
        _ => null,
    };
}
