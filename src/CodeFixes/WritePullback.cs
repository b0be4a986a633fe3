using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace Backprop.CodeFixes;

/// <summary>
/// BPG015, BPG120: writes the pullback of a method, with the signature that the diagnostic asks for. Its body throws until somebody fills it in, since one
/// that does nothing would be a gradient of zero.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WritePullback))]
[Shared]
public sealed class WritePullback : CodeFix
{
    // Of the diagnostic: the declaration without a body.
    private const string Expected = "Pullback";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["BPG015", "BPG120"];

    /// <inheritdoc/>
    protected override string Title => "Write the pullback";

    /// <inheritdoc/>
    protected override async Task<Solution?> FindAsync(Document document, Diagnostic diagnostic, SyntaxNode place, CancellationToken cancellation)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model is null || !diagnostic.Properties.TryGetValue(Expected, out string? expected) || expected is null
            || place.AncestorsAndSelf().OfType<MethodDeclarationSyntax>().FirstOrDefault() is not { } around)
        {
            return null;
        }

        MethodDeclarationSyntax declaration = Parsed(expected);
        Solution solution = document.Project.Solution;
        return place.AncestorsAndSelf().OfType<AttributeSyntax>().FirstOrDefault() is { } mark ? Marked(solution, mark, around, declaration, model, cancellation)
            : model.GetSymbolInfo(place, cancellation).Symbol is IMethodSymbol called ? await CalledAsync(solution, (called.ReducedFrom ?? called).OriginalDefinition, around, declaration, model, cancellation).ConfigureAwait(false)
            : null;
    }

    /// <summary>The mark is there, and what it says is not so.</summary>
    private static Solution? Marked(Solution solution, AttributeSyntax mark, MethodDeclarationSyntax around, MethodDeclarationSyntax declaration, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetTypeInfo(mark, cancellation).Type?.Name == "PullbackOfAttribute")
        {
            return Replace(solution, around, Declared(around, declaration));
        }

        // A method with as many parameters is the one that was meant.
        SyntaxNode? meant = model.GetDeclaredSymbol(around, cancellation)?.ContainingType.GetMembers(declaration.Identifier.ValueText).OfType<IMethodSymbol>()
            .FirstOrDefault(m => m.Parameters.Length == declaration.ParameterList.Parameters.Count)?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);
        return meant is MethodDeclarationSyntax method ? Replace(solution, method, Declared(method, declaration)) : Replace(solution, around, around, Stub(around, around.Identifier.ValueText, declaration));
    }

    /// <summary>A method without a rule is called: its own type gets one, or, where that is not the user's, the type of the caller.</summary>
    private static async Task<Solution?> CalledAsync(Solution solution, IMethodSymbol called, MethodDeclarationSyntax caller, MethodDeclarationSyntax declaration, SemanticModel model, CancellationToken cancellation)
    {
        if (called.DeclaringSyntaxReferences.FirstOrDefault() is { } reference)
        {
            return await reference.GetSyntaxAsync(cancellation).ConfigureAwait(false) is MethodDeclarationSyntax primal && Named(declaration, called.ContainingType) is var rule
                ? Replace(solution, primal, primal.With($"Backprop.Pullback(nameof({rule.Identifier}))"), Stub(primal, called.Name, rule))
                : null;
        }

        if (model.GetDeclaredSymbol(caller, cancellation) is not { ContainingType: { } type })
        {
            return null;
        }

        string owner = called.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        MemberDeclarationSyntax stub = Stub(caller, called.Name, Named(declaration, type), "internal").With($"Backprop.PullbackOf(typeof({owner}), nameof({owner}.{called.Name}))");
        return Replace(solution, caller, caller, stub.WithAdditionalAnnotations(Formatter.Annotation));
    }

    private static MethodDeclarationSyntax Parsed(string declaration) => (MethodDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(declaration + ";")!;

    // A name of its own: an overload of something else would be found by accident.
    private static MethodDeclarationSyntax Named(MethodDeclarationSyntax declaration, INamedTypeSymbol type)
    {
        string wish = declaration.Identifier.ValueText, name = wish;
        for (int number = 1; type.GetMembers(name).Length > 0; number++)
        {
            name = wish + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return declaration.WithIdentifier(SyntaxFactory.Identifier(name));
    }

    /// <summary>A method with the signature that it should have; its body stays.</summary>
    private static MethodDeclarationSyntax Declared(MethodDeclarationSyntax method, MethodDeclarationSyntax declaration)
    {
        SyntaxTokenList modifiers = method.Modifiers.Any(SyntaxKind.StaticKeyword) ? method.Modifiers : method.Modifiers.Add(SyntaxFactory.Token(SyntaxKind.StaticKeyword).WithTrailingTrivia(SyntaxFactory.Space));
        return method.WithModifiers(modifiers)
            .WithReturnType(declaration.ReturnType.WithTriviaFrom(method.ReturnType))
            .WithTypeParameterList(declaration.TypeParameterList)
            .WithParameterList(declaration.ParameterList.WithTriviaFrom(method.ParameterList))
            .WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation);
    }

    /// <summary>The pullback, to stand below a method.</summary>
    /// <param name="access">Who may call it; null for those who may call that method.</param>
    private static MethodDeclarationSyntax Stub(MethodDeclarationSyntax above, string primal, MethodDeclarationSyntax declaration, string? access = null)
    {
        string end = Attributed.EndOfLine(above.SyntaxTree).ToString();
        string modifiers = access ?? string.Join(" ", above.Modifiers.Where(static m => m.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword));
        string[] lines =
        [
            "",
            $"{modifiers} {declaration.WithSemicolonToken(default).NormalizeWhitespace()}".TrimStart(),
            "{",
            "    // Add to each accumulator what its argument owes to the seed.",
            $"    throw new global::System.NotImplementedException(\"The pullback of {primal} is not written yet.\");",
            "}",
            "",
        ];
        return ((MethodDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(string.Join(end, lines))!).WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation);
    }
}
