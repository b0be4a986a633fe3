using Backprop.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>Whether what [Pullback] and [PullbackOf] say is so.</summary>
internal static class PullbackCheck
{
    /// <summary>Name of the property of a diagnostic that holds the declaration of the pullback that is missing.</summary>
    public const string Expected = "Pullback";

    public static IEnumerable<Diagnostic> Of(IMethodSymbol method, Compilation compilation)
    {
        if (OwnRules.PullbackMark(method) is { } mark && mark.ConstructorArguments.FirstOrDefault().Value is string name)
        {
            PullbackSignature signature = PullbackSignature.Of(method, compilation);
            if (!method.IsStatic || !OwnRules.Named(method, mark).Any(signature.IsThatOf))
            {
                yield return Wrong(mark, name, method, method.IsStatic ? signature.Text(name, method) : "for a static method: an instance method has no pullback written by hand");
            }
        }

        foreach (AttributeData given in OwnRules.PullbackOfMarks(method))
        {
            List<IMethodSymbol> primals = [.. OwnRules.Primals(given)];
            if (primals.Count > 0 && !primals.Any(primal => PullbackSignature.Of(primal, compilation, method).IsThatOf(method)))
            {
                // The overload that is meant is most likely the one with the same first parameters.
                IMethodSymbol primal = primals.OrderByDescending(p => p.Parameters.Zip(method.Parameters, static (a, b) => SymbolEqualityComparer.Default.Equals(a.Type, b.Type)).TakeWhile(static same => same).Count()).First();
                yield return Wrong(given, method.Name, primal, PullbackSignature.Of(primal, compilation).Text(method.Name, primal));
            }
            else if (primals.Count == 0)
            {
                yield return Wrong(given, method.Name, method, "for a method that exists: the type has none of that name");
            }
        }
    }

    private static Diagnostic Wrong(AttributeData mark, string name, IMethodSymbol primal, string expected) => Diagnostic.Create(
        Descriptors.PullbackSignature,
        mark.ApplicationSyntaxReference?.GetSyntax().GetLocation() ?? Location.None,
        System.Collections.Immutable.ImmutableDictionary<string, string?>.Empty.Add(Expected, expected),
        name,
        CSharpText.Short(primal),
        expected);
}
