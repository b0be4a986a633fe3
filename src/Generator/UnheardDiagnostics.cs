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
    /// <param name="written">What is written of methods, for others that call them.</param>
    /// <param name="refused">One for each type marked [Differentiable] that was refused.</param>
    public static void Register(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<Unit?> written, IncrementalValuesProvider<bool> refused) => context.RegisterSourceOutput(
        written.Collect().Select(static (all, _) => Written.Of(all)).Combine(refused.Collect()).Combine(context.CompilationProvider),
        static (output, known) =>
        {
            foreach (Diagnostic diagnostic in Of(known.Left.Left, known.Left.Right.Length, known.Right, output.CancellationToken))
            {
                output.ReportDiagnostic(diagnostic);
            }
        });

    /// <param name="refused">How many types were refused.</param>
    private static IEnumerable<Diagnostic> Of(Written written, int refused, Compilation compilation, CancellationToken cancellation)
    {
        // Nothing is looked for where nothing can be found.
        IEnumerable<Diagnostic> ofSlots = written.Slots > 0 || HasMarkedReferences(compilation) ? OfLacking(written.Methods, compilation, cancellation) : [];
        IEnumerable<Diagnostic> ofModels = refused > 0 ? OfModels(compilation, cancellation) : [];
        return ofSlots.Concat(ofModels).Where(static one => one.Severity == DiagnosticSeverity.Error).Distinct();
    }

    /// <summary>Whether there may be marked methods in other assemblies.</summary>
    private static bool HasMarkedReferences(Compilation compilation)
        => compilation.SourceModule.ReferencedAssemblySymbols.Any(static assembly => assembly.Modules.Any(static module => module.ReferencedAssemblies.Any(static one => one.Name == Attributes.Library)));

    /// <summary>Of what has no gradient where a type must have one.</summary>
    private static IEnumerable<Diagnostic> OfLacking(EquatableArray<string> written, Compilation compilation, CancellationToken cancellation)
    {
        List<(INamedTypeSymbol Type, IReadOnlyList<IMethodSymbol> Fillers)> lacking = [.. new Fillings(compilation).Lacking(new HashSet<string>(written))];
        return lacking.SelectMany(pair => SlotCheck.OfType(pair.Type, (TypeDeclarationSyntax)pair.Type.DeclaringSyntaxReferences[0].GetSyntax(cancellation)))
            .Concat(OfMethods(lacking.SelectMany(static pair => pair.Fillers), compilation, cancellation));
    }

    /// <summary>Of the types that a declaration takes for models: for all models it is wrong before anything is written.</summary>
    private static IEnumerable<Diagnostic> OfModels(Compilation compilation, CancellationToken cancellation)
    {
        HashSet<ISymbol?> taken = new(compilation.GetDeclarationDiagnostics(cancellation).Where(static one => one.Id is "CS0311" or "CS0314" or "CS0315").SelectMany(one => NamedAround(one.Location, compilation, cancellation)), SymbolEqualityComparer.Default);
        return taken.OfType<INamedTypeSymbol>().SelectMany(WithBases).SelectMany(type => ModelLowering.Lower(type, compilation, cancellation).Diagnostics);
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

    /// <param name="Methods">The keys of the methods that have all their members.</param>
    /// <param name="Slots">How many of these have no body.</param>
    private sealed record Written(EquatableArray<string> Methods, int Slots)
    {
        public static Written Of(IEnumerable<Unit?> halves)
        {
            List<Unit> units = [.. halves.OfType<Unit>()];
            return new Written(units.Select(static unit => unit.Calling!.Method).ToEquatable(), units.Count(static unit => unit.Functions[0].IsAbstract));
        }
    }
}
