using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Backprop.Generator.Frontend;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator;

/// <summary>
/// What the analyzer says in vain. A compiler that finds declarations wrong prints that, and no analyzer's message, though they are wrong because of what could
/// not be written: a type lacks members that it must have, or is no model where a declaration takes it for one. So the generator says why.
/// </summary>
internal sealed class UnheardDiagnostics
{
    private readonly ConditionalWeakTable<IAssemblySymbol, IReadOnlyList<string>> slotsOfReferences = new();

    /// <param name="written">What is written of methods, for others that call them.</param>
    /// <param name="slots">The names of marked methods without a body.</param>
    /// <param name="refused">One for each type marked [Differentiable] that was refused.</param>
    public static void Register(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<Unit?> written, IncrementalValuesProvider<string> slots, IncrementalValuesProvider<bool> refused)
    {
        UnheardDiagnostics all = new();
        IncrementalValueProvider<EquatableArray<string>> keys = written.Collect().Select(static (units, _) => units.OfType<Unit>().Select(static unit => unit.Calling!.Method).ToEquatable());
        IncrementalValuesProvider<string> explicitly = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is MethodDeclarationSyntax { ExplicitInterfaceSpecifier: not null },
            static (found, _) => ((MethodDeclarationSyntax)found.Node).Identifier.ValueText);
        context.RegisterSourceOutput(keys.Combine(slots.Collect()).Combine(explicitly.Collect()).Combine(context.CompilationProvider), (output, known) =>
        {
            (((EquatableArray<string> methods, ImmutableArray<string> open), ImmutableArray<string> names), Compilation compilation) = known;
            Report(output, all.OfLacking(methods, open, names, compilation, output.CancellationToken));
        });
        context.RegisterSourceOutput(refused.Collect().Combine(context.CompilationProvider), static (output, known) => Report(output, known.Left.IsEmpty ? [] : OfModels(known.Right, output.CancellationToken)));
    }

    private static void Report(SourceProductionContext output, IEnumerable<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics.Where(static one => one.Severity == DiagnosticSeverity.Error).Distinct())
        {
            output.ReportDiagnostic(diagnostic);
        }
    }

    /// <summary>Of what has no gradient where a type must have one.</summary>
    private IEnumerable<Diagnostic> OfLacking(EquatableArray<string> written, IEnumerable<string> slots, IEnumerable<string> explicitly, Compilation compilation, CancellationToken cancellation)
    {
        Fillings fillings = new(compilation, new HashSet<string>(written));
        IEnumerable<string> ofReferences = compilation.SourceModule.ReferencedAssemblySymbols.SelectMany(assembly => slotsOfReferences.GetValue(assembly, static one => [.. Fillings.SlotsIn(one)]));
        List<(INamedTypeSymbol Type, IReadOnlyList<IMethodSymbol> Fillers)> lacking = fillings.MayLack(new HashSet<string>(slots.Concat(ofReferences)), explicitly) ? [.. fillings.Lacking()] : [];
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
}
