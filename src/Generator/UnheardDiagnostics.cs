using Backprop.Generator.Frontend;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator;

/// <summary>
/// What the analyzer says in vain. A compiler that finds declarations wrong prints that, and no analyzer's message, though they are wrong because of what could
/// not be written: a type lacks members that it must have, or is no model where a declaration takes it for one. So the generator says why.
/// </summary>
internal static class UnheardDiagnostics
{
    /// <param name="written">The keys of the methods that have all members that are emitted for them.</param>
    /// <param name="refused">The types marked [Differentiable] that were refused.</param>
    public static void Register(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<EquatableArray<string>> written, IncrementalValuesProvider<TypePlace?> refused)
    {
        IncrementalValuesProvider<TypePlace?> unfilled = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => node is TypeDeclarationSyntax { BaseList: not null }, static (found, cancellation) => Fillings.Of((TypeDeclarationSyntax)found.Node, found.SemanticModel, cancellation))
            .Combine(written)
            .Select(static (pair, _) => pair.Left is { } type && type.IsUnfilled(pair.Right) ? type.Place : null);
        Report(context, unfilled, OfUnfilled);
        Report(context, refused, OfModels);
    }

    private static void Report(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<TypePlace?> places, Func<IReadOnlyList<INamedTypeSymbol>, Compilation, CancellationToken, IEnumerable<Diagnostic>> diagnostics)
    {
        // Nothing is asked of a compilation in which all is well.
        IncrementalValuesProvider<EquatableArray<TypePlace>> all = places.Where(static place => place is not null).Collect()
            .SelectMany(static (some, _) => some.IsEmpty ? Array.Empty<EquatableArray<TypePlace>>() : [some.OfType<TypePlace>().ToEquatable()]);
        context.RegisterSourceOutput(all.Combine(context.CompilationProvider), (output, pair) =>
        {
            List<INamedTypeSymbol> types = [.. pair.Left.Select(place => place.Find(pair.Right, output.CancellationToken)).OfType<INamedTypeSymbol>()];
            foreach (Diagnostic diagnostic in diagnostics(types, pair.Right, output.CancellationToken).Where(static one => one.Severity == DiagnosticSeverity.Error).Distinct())
            {
                output.ReportDiagnostic(diagnostic);
            }
        });
    }

    /// <summary>Of what has no gradient where a type must have one.</summary>
    private static IEnumerable<Diagnostic> OfUnfilled(IReadOnlyList<INamedTypeSymbol> types, Compilation compilation, CancellationToken cancellation) => types
        .SelectMany(type => SlotCheck.OfType(type, (TypeDeclarationSyntax)type.DeclaringSyntaxReferences[0].GetSyntax(cancellation)))
        .Concat(OfMethods(types.SelectMany(Fillings.Of).SelectMany(static pair => pair.Fillers), compilation, cancellation));

    /// <summary>Of the types that a declaration takes for models: for all models it is wrong before anything is written.</summary>
    private static IEnumerable<Diagnostic> OfModels(IReadOnlyList<INamedTypeSymbol> types, Compilation compilation, CancellationToken cancellation)
    {
        HashSet<ISymbol?> taken = new(compilation.GetDeclarationDiagnostics(cancellation).Where(static one => one.Id is "CS0311" or "CS0314" or "CS0315").SelectMany(one => NamedAround(one.Location, compilation, cancellation)), SymbolEqualityComparer.Default);
        return types.Where(taken.Contains).SelectMany(WithBases).SelectMany(type => ModelLowering.Lower(type, compilation, cancellation).Diagnostics);
    }

    private static IEnumerable<INamedTypeSymbol> WithBases(INamedTypeSymbol model)
    {
        for (INamedTypeSymbol? level = model; level is not null; level = ModelLowering.BaseModelOf(level))
        {
            yield return level;
        }
    }

    /// <summary>What is named in the declaration of a member.</summary>
    private static IEnumerable<ISymbol?> NamedAround(Location place, Compilation compilation, CancellationToken cancellation)
    {
        SyntaxNode? member = place.SourceTree?.GetRoot(cancellation).FindNode(place.SourceSpan).FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return member is null ? [] : member.DescendantNodes().OfType<SimpleNameSyntax>().Select(name => compilation.GetSemanticModel(name.SyntaxTree).GetSymbolInfo(name, cancellation).Symbol?.OriginalDefinition);
    }

    /// <summary>Of the methods, and of all that they call.</summary>
    private static IEnumerable<Diagnostic> OfMethods(IEnumerable<IMethodSymbol> methods, Compilation compilation, CancellationToken cancellation)
    {
        KnownCallees callees = new(compilation);
        HashSet<IMethodSymbol> seen = new(SymbolEqualityComparer.Default);
        Stack<IMethodSymbol> open = new(methods);
        while (open.Count > 0)
        {
            IMethodSymbol method = open.Pop().OriginalDefinition;
            if (!seen.Add(method) || method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not { } declaration || !compilation.ContainsSyntaxTree(declaration.SyntaxTree))
            {
                continue;
            }

            if (!Attributes.IsDifferentiable(method))
            {
                if (SlotCheck.OfUnmarked(method, declaration) is { } missed)
                {
                    yield return missed;
                }

                continue;
            }

            SemanticModel model = compilation.GetSemanticModel(declaration.SyntaxTree);
            LoweredMethod lowered = Lowering.Lower(method, declaration, model, cancellation);
            foreach (Diagnostic diagnostic in MethodDiagnostics.Of(lowered, method, declaration, model, callees, cancellation))
            {
                yield return diagnostic;
            }

            foreach (IMethodSymbol called in lowered.Called)
            {
                open.Push(called);
            }
        }
    }
}
