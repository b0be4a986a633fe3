using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>
/// What a pullback written by hand takes: the parameters of its primal, the result, an accumulator for each differentiable parameter, the
/// cotangent of the result.
/// </summary>
internal sealed class PullbackSignature
{
    private readonly List<(RefKind Way, ITypeSymbol Type, string Name)> parameters = [];

    private PullbackSignature()
    {
    }

    /// <summary>How many parameters such a method has.</summary>
    public int Count => parameters.Count;

    /// <param name="pullback">A pullback whose constraints say which type parameters stand for integers, which have no derivative; null where none is there.</param>
    public static PullbackSignature Of(IMethodSymbol primal, Compilation compilation, IMethodSymbol? pullback = null)
    {
        PullbackSignature signature = new();
        signature.parameters.AddRange(primal.Parameters.Select(static p => (RefKind.None, p.Type, CSharpText.Identifier(p.Name))));
        bool hasResult = !primal.ReturnsVoid && FloatingContent.MayHold(primal.ReturnType);
        if (hasResult)
        {
            signature.Add(RefKind.None, primal.ReturnType, "value");
        }

        foreach (IParameterSymbol parameter in primal.Parameters.Where(p => Signature.WantedOf(p) == Wanted.Gradient && !IsOfIntegers(p.Type, pullback)))
        {
            (RefKind way, ITypeSymbol type) = AccumulatorOf(parameter, compilation);
            signature.Add(way, type, NameOf(parameter.Name));
        }

        if (hasResult)
        {
            signature.Add(RefKind.None, primal.ReturnType, "seed");
        }

        return signature;
    }

    /// <summary>Whether a method can be called in that way.</summary>
    public bool IsThatOf(IMethodSymbol method) => method is { IsStatic: true, ReturnsVoid: true } && method.Parameters.Length == parameters.Count
        && method.Parameters.Zip(parameters, static (given, wanted) => (given.RefKind == wanted.Way || (wanted.Way == RefKind.None && given.RefKind == RefKind.In)) && AreSame(given.Type, wanted.Type)).All(static same => same);

    /// <summary>The declaration of such a method.</summary>
    public string Text(string name, IMethodSymbol primal)
    {
        string arguments = primal.TypeParameters.Length == 0 ? "" : $"<{string.Join(", ", primal.TypeParameters.Select(static p => p.Name))}>";
        return $"static void {name}{arguments}({string.Join(", ", parameters.Select(static p => $"{(p.Way == RefKind.Ref ? "ref " : "")}{CSharpText.Short(p.Type)} {p.Name}"))})";
    }

    /// <summary>The declaration as it can stand anywhere in a file.</summary>
    public string Declaration(string name, IMethodSymbol primal)
    {
        List<TypeParameter> types = [.. Generics.Of(primal)];
        string arguments = types.Count == 0 ? "" : $"<{string.Join(", ", types.Select(static t => t.Name))}>";
        string constraints = string.Concat(types.Where(static t => t.Constraints.Length > 0).Select(static t => $" where {t.Name} : {t.Constraints}"));
        return $"static void {name}{arguments}({string.Join(", ", parameters.Select(static p => $"{(p.Way == RefKind.Ref ? "ref " : "")}{CSharpText.Annotated(p.Type)} {p.Name}"))}){constraints}";
    }

    private void Add(RefKind way, ITypeSymbol type, string wish)
    {
        string name = wish;
        for (int number = 1; parameters.Any(p => p.Name == name); number++)
        {
            name = wish + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        parameters.Add((way, type, name));
    }

    // The field's name for a cotangent: dx of x, dSlope of slope.
    private static string NameOf(string name) => "d" + (name.Length <= 1 ? name : char.ToUpperInvariant(name[0]) + name.Substring(1));

    private static (RefKind Way, ITypeSymbol Type) AccumulatorOf(IParameterSymbol parameter, Compilation compilation) => parameter.Type switch
    {
        IArrayTypeSymbol { Rank: 1, ElementType: { TypeKind: not TypeKind.Array } element } => (RefKind.None, SpanOf(element, compilation)),
        INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory", TypeArguments: { Length: 1 } elements } => (RefKind.None, SpanOf(elements[0], compilation)),
        { TypeKind: TypeKind.TypeParameter } or { IsValueType: true } when parameter.RefKind != RefKind.Out => (RefKind.Ref, parameter.Type),
        _ => (RefKind.None, parameter.Type),
    };

    private static ITypeSymbol SpanOf(ITypeSymbol element, Compilation compilation) => compilation.GetTypeByMetadataName("System.Span`1")?.Construct(element) ?? element;

    private static bool IsOfIntegers(ITypeSymbol type, IMethodSymbol? pullback) => type switch
    {
        INamedTypeSymbol { TypeArguments: { Length: 1 } elements } => IsOfIntegers(elements[0], pullback),
        ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method, Ordinal: var ordinal } => pullback is not null && ordinal < pullback.TypeParameters.Length
            && pullback.TypeParameters[ordinal].ConstraintTypes.Any(static c => c.Name == "IBinaryInteger"),
        _ => false,
    };

    /// <summary>Type parameters of the two methods are the same by their places.</summary>
    private static bool AreSame(ITypeSymbol a, ITypeSymbol b) => (a, b) switch
    {
        (ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } x, ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } y) => x.Ordinal == y.Ordinal,
        (IArrayTypeSymbol x, IArrayTypeSymbol y) => x.Rank == y.Rank && AreSame(x.ElementType, y.ElementType),
        (INamedTypeSymbol { IsGenericType: true } x, INamedTypeSymbol { IsGenericType: true } y) => SymbolEqualityComparer.Default.Equals(x.OriginalDefinition, y.OriginalDefinition)
            && x.TypeArguments.Zip(y.TypeArguments, AreSame).All(static same => same),
        _ => SymbolEqualityComparer.Default.Equals(a, b),
    };
}
