using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>
/// What a pullback written by hand takes: the parameters of its primal, the result, an accumulator for each differentiable parameter, the
/// cotangent of the result.
/// </summary>
internal sealed class PullbackSignature
{
    private readonly IMethodSymbol primal;
    private readonly List<(RefKind Way, ITypeSymbol Type, string Name)> parameters = [];

    private PullbackSignature(IMethodSymbol primal) => this.primal = primal;

    public static PullbackSignature Of(IMethodSymbol primal, Compilation compilation)
    {
        PullbackSignature signature = new(primal);
        signature.parameters.AddRange(primal.Parameters.Select(static p => (RefKind.None, p.Type, CSharpText.Identifier(p.Name))));
        bool hasResult = !primal.ReturnsVoid && FloatingContent.MayHold(primal.ReturnType);
        if (hasResult)
        {
            signature.Add(RefKind.None, primal.ReturnType, "value");
        }

        foreach (IParameterSymbol parameter in primal.Parameters.Where(static p => Signature.WantedOf(p) == Wanted.Gradient))
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

    /// <summary>A method as it is called in that way: a generic one with the type arguments that make its parameters these. Null where none do.</summary>
    public IMethodSymbol? Fit(IMethodSymbol method)
    {
        IMethodSymbol open = method.ConstructedFrom;
        Dictionary<ISymbol, ITypeSymbol> types = new(SymbolEqualityComparer.Default);
        bool isOfThatForm = open is { IsStatic: true, ReturnsVoid: true } && open.Parameters.Length == parameters.Count
            && open.Parameters.Zip(parameters, (given, wanted) => (given.RefKind == wanted.Way || (wanted.Way == RefKind.None && given.RefKind == RefKind.In)) && Binds(given.Type, wanted.Type, types)).All(static same => same);
        if (!isOfThatForm || open.Arity == 0)
        {
            return isOfThatForm ? method : null;
        }

        ITypeSymbol?[] arguments = [.. open.TypeParameters.Select(p => types.TryGetValue(p, out ITypeSymbol? found) ? found : open.Arity == primal.Arity ? primal.TypeArguments[p.Ordinal] : null)];
        return arguments.All(static type => type is not null) ? open.Construct([.. arguments.OfType<ITypeSymbol>()]) : null;
    }

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

    /// <summary>Whether a type is another one once its type parameters stand for the types that it is found to need.</summary>
    private static bool Binds(ITypeSymbol open, ITypeSymbol closed, Dictionary<ISymbol, ITypeSymbol> types)
    {
        switch (open, closed)
        {
            case (ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method }, _) when types.TryGetValue(open, out ITypeSymbol? bound):
                return SymbolEqualityComparer.Default.Equals(bound, closed);
            case (ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method }, _):
                types[open] = closed;
                return true;
            case (IArrayTypeSymbol x, IArrayTypeSymbol y):
                return x.Rank == y.Rank && Binds(x.ElementType, y.ElementType, types);
            case (INamedTypeSymbol { IsGenericType: true } x, INamedTypeSymbol { IsGenericType: true } y):
                return SymbolEqualityComparer.Default.Equals(x.OriginalDefinition, y.OriginalDefinition) && x.TypeArguments.Zip(y.TypeArguments, (a, b) => Binds(a, b, types)).All(static same => same);
            default:
                return SymbolEqualityComparer.Default.Equals(open, closed);
        }
    }
}
