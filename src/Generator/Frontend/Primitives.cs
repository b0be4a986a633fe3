using Backprop.Generator.IR;
using Backprop.Generator.Rules;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>Whether a call becomes an <see cref="Apply"/> or stays C# that the IR does not look into.</summary>
internal enum PrimitiveKind { Opaque, Rule }

/// <summary>Which static members of the framework's number types are primitives.</summary>
internal static class Primitives
{
    /// <summary>The one line that binds lowering to the rule table.</summary>
    public static readonly Func<string, int, PrimitiveKind> Default = static (name, arity) =>
        RuleTable.Find(name) is { Kind: not RuleKind.Refused } rule && rule.WithArity(arity) is not null ? PrimitiveKind.Rule : PrimitiveKind.Opaque;

    /// <summary><c>Math.Exp</c> for a static floating-point function of <c>Math</c>, <c>MathF</c>, <c>double</c> or <c>float</c>; else null.</summary>
    public static string? NameOf(IMethodSymbol method)
    {
        bool isCandidate = method is { IsStatic: true, MethodKind: MethodKind.Ordinary, IsGenericMethod: false }
            && TypeLowering.Lower(method.ReturnType).IsFloating
            && method.Parameters.Any(static p => TypeLowering.Lower(p.Type).IsFloating)
            && method.Parameters.All(static p => p.RefKind == RefKind.None && IsScalar(p.Type));
        return isCandidate && (TypeName(method.ContainingType) ?? (Generics.IsMember(method) ? "double" : null)) is { } type ? $"{type}.{method.Name}" : null;
    }

    /// <summary>Whether a member only computes: it neither reads nor writes anything but its operands.</summary>
    public static bool IsPure(ISymbol member)
        => TypeLowering.IsNumberOrText(member.ContainingType) || IsSystemType(member.ContainingType, "Math", "MathF", "Convert");

    public static bool IsSystemType(ITypeSymbol? type, params string[] names)
        => type is { ContainingType: null, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } && names.Contains(type.Name);

    private static string? TypeName(INamedTypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Double => "double",
        SpecialType.System_Single => "float",
        _ => IsSystemType(type, "Math", "MathF") ? type.Name : null,
    };

    /// <summary>The rule of a framework member that takes or gives structs; null where there is none.</summary>
    public static PartsRule? RuleOf(ISymbol? member)
        => member is { ContainingType: { } type } && (StructLowering.IsNumeric(type) || TypeName(type) is not null) ? PartsRules.Find(KeyOf(member.OriginalDefinition)) : null;

    /// <summary>The rule of a conversion that rounds a number to <c>Half</c>; null for any other.</summary>
    public static PartsRule? RoundingOf(IMethodSymbol conversion)
        => IsSystemType(conversion.ReturnType, "Half") && IsSystemType(conversion.ContainingType, "Half") ? PartsRules.Find(KeyOf(conversion)) : null;

    private static string KeyOf(ISymbol member)
    {
        string owner = TypeName(member.ContainingType) ?? member.ContainingType.Name;
        string whole = member.IsStatic ? owner : owner + ".this";
        return member switch
        {
            IMethodSymbol { MethodKind: MethodKind.PropertySet, AssociatedSymbol: IPropertySymbol property } => $"{KeyOf(property)} = {CSharpText.Short(property.Type)}",
            IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => $"{owner}.new({List(constructor.Parameters)})",
            IMethodSymbol method => $"{whole}.{method.Name}({List(method.Parameters)})",
            IPropertySymbol { IsIndexer: true } indexer => $"{whole}[{List(indexer.Parameters)}]",
            _ => $"{whole}.{member.Name}",
        };
    }

    private static string List(IEnumerable<IParameterSymbol> parameters) => string.Join(", ", parameters.Select(static p => p.RefKind switch
    {
        RefKind.None => "",
        RefKind.Out => "out ",
        RefKind.Ref => "ref ",
        _ => "ref readonly ",
    } + CSharpText.Short(p.Type).TrimEnd('?')));

    private static bool IsScalar(ITypeSymbol type) => TypeLowering.Lower(type) is ScalarType || type.TypeKind == TypeKind.Enum;
}
