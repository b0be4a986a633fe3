using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>
/// Whether a value of a type may hold floating-point numbers somewhere. When in doubt it may: what is taken for a constant by mistake would
/// give a wrong gradient, and a user who knows better says so with [NoGradient].
/// </summary>
internal static class FloatingContent
{
    // Their floating-point properties are conversions of a count of ticks.
    private static readonly string[] clockTypes = ["TimeSpan", "DateTime", "DateTimeOffset", "TimeOnly", "DateOnly"];

    // A generic type that holds ever larger ones of itself.
    private const int MostTypes = 500;

    public static bool MayHold(ITypeSymbol type) => MayHold(type, new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default));

    public static bool IsException(ITypeSymbol? type)
        => type is not null && (Primitives.IsSystemType(type, "Exception") || IsException(type.BaseType));

    private static bool MayHold(ITypeSymbol type, HashSet<ITypeSymbol> visited) => type switch
    {
        _ when IsFloating(type) => true,
        { SpecialType: SpecialType.System_Object } => true,
        _ when TypeLowering.IsNumberOrText(type) => false,
        { TypeKind: TypeKind.Enum or TypeKind.Delegate } or { SpecialType: SpecialType.System_Void } => false,
        ITypeParameterSymbol parameter => !Generics.IsInteger(parameter),
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Dynamic } => true,
        IArrayTypeSymbol array => MayHold(array.ElementType, visited),
        INamedTypeSymbol named => visited.Count > MostTypes || (visited.Add(named) && MayHold(named, visited)),
        _ => true,
    };

    private static bool MayHold(INamedTypeSymbol type, HashSet<ITypeSymbol> visited)
    {
        if (Primitives.IsSystemType(type, clockTypes) || IsException(type))
        {
            return false;
        }

        // What derives from a class of models has numbers, though that class may have none.
        return (type.TypeKind == TypeKind.Class && Attributes.IsDifferentiable(type))
            || type.TypeArguments.Any(argument => MayHold(argument, visited))
            || Bases(type).Any(level => MembersMayHold(level, visited));
    }

    private static bool MembersMayHold(INamedTypeSymbol type, HashSet<ITypeSymbol> visited)
    {
        bool isSource = type.Locations.Any(static l => l.IsInSource);

        // Reference assemblies put a field of type object into structs that hold references, whatever they hold.
        IEnumerable<IFieldSymbol> fields = type.GetMembers().OfType<IFieldSymbol>().Where(static f => !f.IsStatic && f.Name is not ("_dummy" or "_dummyPrimitive"));
        if (isSource || type.IsValueType)
        {
            // Automatic properties are seen by their backing fields.
            return fields.Any(f => MayHold(f.Type, visited)) || (!isSource && HasFloatingProperty(type)) || (type.IsAbstract && HasFloatingProperty(type));
        }

        // Reference assemblies do not show private fields of classes: judge by what the class shows.
        return HasFloatingProperty(type) || fields.Any(static f => f.DeclaredAccessibility == Accessibility.Public && IsFloating(f.Type));
    }

    private static bool HasFloatingProperty(INamedTypeSymbol type)
        => type.GetMembers().OfType<IPropertySymbol>().Any(static p => !p.IsStatic && p.DeclaredAccessibility == Accessibility.Public && IsFloating(p.Type));

    private static bool IsFloating(ITypeSymbol type)
        => type.SpecialType is SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal
            || Primitives.IsSystemType(type, "Half");

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? level = type; level is not null && level.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType); level = level.BaseType)
        {
            yield return level;
        }
    }
}
