using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>Type parameters that stand for number types: generic math.</summary>
internal static class Generics
{
    private const string Full = "IFloatingPointIeee754";

    /// <summary>Whether the constraints say that the type is a number.</summary>
    public static bool IsNumber(ITypeParameterSymbol parameter) => Interfaces(parameter).Any(static i => IsNumeric(i, "INumberBase"));

    /// <summary>Whether the constraints say that the type is an integer.</summary>
    public static bool IsInteger(ITypeParameterSymbol parameter) => Interfaces(parameter).Any(static i => IsNumeric(i, "IBinaryInteger"));

    /// <summary>Whether a member belongs to an interface of generic math, so that it is a member of the type parameter.</summary>
    public static bool IsMember(ISymbol? member) => member?.ContainingType is { TypeKind: TypeKind.Interface } type && StructLowering.IsNumeric(type);

    /// <summary>A number made from another: <c>T.CreateChecked(2)</c>, <c>double.CreateChecked(x)</c>.</summary>
    public static bool IsConversion(IMethodSymbol method)
        => method is { IsStatic: true, IsGenericMethod: true, Parameters.Length: 1, Name: "CreateChecked" or "CreateSaturating" or "CreateTruncating" }
            && (IsMember(method) || method.ContainingType.SpecialType is SpecialType.System_Double or SpecialType.System_Single);

    /// <summary>The type parameters of a method, for the methods that are emitted.</summary>
    public static EquatableArray<TypeParameter> Of(IMethodSymbol method) => method.TypeParameters
        .Select(static p => new TypeParameter(CSharpText.Identifier(p.Name), ConstraintsOf(p), MembersOf(p)))
        .ToEquatable();

    private static string ConstraintsOf(ITypeParameterSymbol parameter)
    {
        IEnumerable<string> kinds =
        [
            .. parameter.HasUnmanagedTypeConstraint ? ["unmanaged"] : parameter.HasValueTypeConstraint ? ["struct"] : parameter.HasReferenceTypeConstraint ? ["class"] : parameter.HasNotNullConstraint ? ["notnull"] : Array.Empty<string>(),
            .. parameter.ConstraintTypes.Select(CSharpText.Annotated),
            .. parameter.HasConstructorConstraint && !parameter.HasValueTypeConstraint ? ["new()"] : Array.Empty<string>(),
            .. parameter.AllowsRefLikeType ? ["allows ref struct"] : Array.Empty<string>(),
        ];
        return string.Join(", ", kinds);
    }

    // Where everything is there, nothing needs to be looked for.
    private static EquatableArray<string> MembersOf(ITypeParameterSymbol parameter) => !IsNumber(parameter) || Interfaces(parameter).Any(static i => IsNumeric(i, Full))
        ? EquatableArray<string>.Empty
        : Interfaces(parameter).Where(StructLowering.IsNumeric).SelectMany(static i => i.GetMembers()).Where(static m => m.IsStatic).Select(static m => m.Name)
            .Distinct().OrderBy(static name => name, StringComparer.Ordinal).ToEquatable();

    private static IEnumerable<INamedTypeSymbol> Interfaces(ITypeParameterSymbol parameter)
        => parameter.ConstraintTypes.OfType<INamedTypeSymbol>().SelectMany(static t => t.AllInterfaces.Concat(t.TypeKind == TypeKind.Interface ? [t] : []))
            .Concat(parameter.ConstraintTypes.OfType<ITypeParameterSymbol>().SelectMany(Interfaces));

    private static bool IsNumeric(INamedTypeSymbol type, string name) => type.Name == name && StructLowering.IsNumeric(type);
}
