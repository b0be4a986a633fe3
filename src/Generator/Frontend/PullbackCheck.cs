using System.Collections.Immutable;
using Backprop.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>Whether what [Pullback] and [PullbackOf] say is so.</summary>
internal static class PullbackCheck
{
    /// <summary>Name of the property of a diagnostic that holds the declaration of a pullback that is missing.</summary>
    public const string Expected = "Pullback";

    public static IEnumerable<Diagnostic> Of(IMethodSymbol method, Compilation compilation)
    {
        if (OwnRules.PullbackMark(method) is { } mark && mark.ConstructorArguments.FirstOrDefault().Value is string name)
        {
            PullbackSignature signature = PullbackSignature.Of(method, compilation);
            if (!method.IsStatic || !OwnRules.Named(method, mark).Any(pullback => signature.Fit(pullback) is not null))
            {
                yield return method.IsStatic
                    ? Wrong(mark, name, method, signature.Text(name, method), signature.Declaration(name, method))
                    : Wrong(mark, name, method, "for a static method: an instance method has no pullback written by hand");
            }
        }

        foreach (AttributeData given in OwnRules.PullbackOfMarks(method))
        {
            List<IMethodSymbol> primals = [.. OwnRules.Primals(given)];
            if (primals.Count > 0 && !primals.Any(primal => OwnRules.IsOf(method, primal, compilation)))
            {
                // The overload that is meant is most likely the one with the same first parameters.
                IMethodSymbol primal = primals.OrderByDescending(p => p.Parameters.Zip(method.Parameters, static (a, b) => SymbolEqualityComparer.Default.Equals(a.Type, b.Type)).TakeWhile(static same => same).Count()).First();
                PullbackSignature signature = PullbackSignature.Of(primal, compilation);
                yield return Wrong(given, method.Name, primal, signature.Text(method.Name, primal), signature.Declaration(method.Name, primal));
            }
            else if (primals.Count == 0)
            {
                yield return Wrong(given, method.Name, method, "for a method that exists: the type has none of that name");
            }
        }
    }

    /// <summary>What the code fix needs to write the pullback of a method that is called; null for a method that can have none.</summary>
    public static ImmutableDictionary<string, string?>? PropertiesOf(IMethodSymbol? method, Compilation compilation)
        => (method?.ReducedFrom ?? method)?.OriginalDefinition is { IsStatic: true, MethodKind: MethodKind.Ordinary } primal && primal.Parameters.All(static p => p.RefKind is RefKind.None or RefKind.In)
            ? ImmutableDictionary<string, string?>.Empty.Add(Expected, PullbackSignature.Of(primal, compilation).Declaration(primal.Name + "Rule", primal))
            : null;

    private static Diagnostic Wrong(AttributeData mark, string name, IMethodSymbol primal, string expected, string? declaration = null) => Diagnostic.Create(
        Descriptors.PullbackSignature,
        mark.ApplicationSyntaxReference?.GetSyntax().GetLocation() ?? Location.None,
        declaration is null ? null : ImmutableDictionary<string, string?>.Empty.Add(Expected, declaration),
        name,
        CSharpText.Short(primal),
        expected);
}
