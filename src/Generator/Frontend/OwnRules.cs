using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator.Frontend;

/// <summary>Pullbacks that were written by hand: by [Pullback] on the method, or by [PullbackOf] on the pullback.</summary>
internal sealed class OwnRules
{
    private const string PullbackAttribute = "Backprop.PullbackAttribute";
    private const string PullbackOfAttribute = "Backprop.PullbackOfAttribute";

    private readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<string, IReadOnlyList<IMethodSymbol>>> known = new();

    /// <summary>The attribute that names the pullback of a method; null for none.</summary>
    public static AttributeData? PullbackMark(IMethodSymbol method) => Marks(method, PullbackAttribute).FirstOrDefault();

    /// <summary>The attributes that say whose pullback a method is.</summary>
    public static IEnumerable<AttributeData> PullbackOfMarks(IMethodSymbol method) => Marks(method, PullbackOfAttribute);

    /// <summary>The pullback of a method, as it is to be called for it; null for none.</summary>
    public IMethodSymbol? Find(IMethodSymbol method, Compilation compilation)
    {
        IEnumerable<IMethodSymbol> candidates = PullbackMark(method) is { } mark ? Named(method, mark) : IndexOf(compilation).TryGetValue(KeyOf(method), out IReadOnlyList<IMethodSymbol>? found) ? found : [];
        PullbackSignature signature = PullbackSignature.Of(method, compilation);
        return candidates.Select(signature.Fit).OfType<IMethodSymbol>().FirstOrDefault();
    }

    /// <summary>Whether a method is a pullback of another: what a type parameter stands for, numbers or integers, is said by the pullback.</summary>
    public static bool IsOf(IMethodSymbol pullback, IMethodSymbol primal, Compilation compilation)
        => PullbackSignature.Of(primal.Arity > 0 && primal.Arity == pullback.Arity ? primal.Construct([.. pullback.TypeParameters]) : primal, compilation).Fit(pullback) is not null;

    public static IEnumerable<IMethodSymbol> Named(IMethodSymbol method, AttributeData mark)
        => mark.ConstructorArguments.FirstOrDefault().Value is string name ? method.ContainingType.GetMembers(name).OfType<IMethodSymbol>() : [];

    /// <summary>The methods that a [PullbackOf] may mean.</summary>
    public static IEnumerable<IMethodSymbol> Primals(AttributeData mark)
        => mark.ConstructorArguments.Length == 2 && mark.ConstructorArguments[0].Value is INamedTypeSymbol type && mark.ConstructorArguments[1].Value is string name ? type.GetMembers(name).OfType<IMethodSymbol>() : [];

    private static IEnumerable<AttributeData> Marks(ISymbol symbol, string name) => symbol.GetAttributes().Where(a => a.AttributeClass?.ToDisplayString() == name);

    private static string KeyOf(IMethodSymbol method) => $"{method.ContainingType.ToDisplayString()}.{method.Name}";

    private ConcurrentDictionary<string, IReadOnlyList<IMethodSymbol>> IndexOf(Compilation compilation) => known.GetValue(compilation, static compilation =>
    {
        ConcurrentDictionary<string, IReadOnlyList<IMethodSymbol>> index = new();
        IEnumerable<IAssemblySymbol> assemblies = compilation.SourceModule.ReferencedAssemblySymbols
            .Where(static a => a.Name == Attributes.Library || Assemblies.RefersToLibrary(a)).Append(compilation.Assembly);
        foreach (IMethodSymbol pullback in assemblies.SelectMany(static a => Assemblies.TypesIn(a.GlobalNamespace)).SelectMany(static t => t.GetMembers().OfType<IMethodSymbol>()).Where(MayBeMarked))
        {
            foreach (string key in PullbackOfMarks(pullback).SelectMany(Primals).Select(KeyOf).Distinct())
            {
                index.AddOrUpdate(key, [pullback], (_, others) => [.. others, pullback]);
            }
        }

        return index;
    });

    // Binding the attributes of every method of a project would take long: only those are looked at that bear one of that name.
    private static bool MayBeMarked(IMethodSymbol method) => method is { IsStatic: true, MethodKind: MethodKind.Ordinary }
        && (method.DeclaringSyntaxReferences.Length == 0 || method.DeclaringSyntaxReferences.Any(static r => r.GetSyntax() is MethodDeclarationSyntax { AttributeLists.Count: > 0 } declaration
            && declaration.AttributeLists.SelectMany(static l => l.Attributes).Any(static a => a.Name.ToString().Contains("PullbackOf"))));
}
