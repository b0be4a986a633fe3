using System.Globalization;
using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Backprop.Generator.Frontend;

/// <summary>
/// C# method → IR in source form, or diagnostics. The one way into the front end, for the generator and for the analyzer. Never throws, except
/// when cancelled.
/// </summary>
internal static class Lowering
{
    /// <param name="declaration">The declaration that bears the attribute.</param>
    /// <param name="containers">Shared by the methods of a compilation, for speed.</param>
    public static LoweredMethod Lower(
        IMethodSymbol method,
        SyntaxNode declaration,
        SemanticModel model,
        CancellationToken cancellation,
        Func<string, int, PrimitiveKind>? primitives = null,
        Containers? containers = null)
    {
        var report = new Report();
        try
        {
            return LowerChecked(method, declaration, model, report, primitives ?? Primitives.Default, containers ?? new Containers(), cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new LoweredMethod(null, EquatableArray<SiteInfo>.Empty, Failure(method, declaration, model, e, cancellation).ToEquatable());
        }
    }

    /// <summary>What is said of an exception in here: nothing about half-typed code, whose shapes no compiled code has; the compiler says what is wrong with it.</summary>
    public static IEnumerable<Diagnostic> Failure(IMethodSymbol method, SyntaxNode declaration, SemanticModel model, Exception exception, CancellationToken cancellation)
    {
        Location place = Signature.NameOf(declaration).GetLocation();
        IEnumerable<Diagnostic> compiler = [.. model.GetDiagnostics(declaration.Span, cancellation), .. model.Compilation.GetParseDiagnostics(cancellation), .. model.Compilation.GetDeclarationDiagnostics(cancellation)];
        return compiler.Any(static d => d.Severity == DiagnosticSeverity.Error) ? []
            : exception is InsufficientExecutionStackException ? [Diagnostic.Create(Descriptors.TooDeep, place, method.Name)]
            : [Diagnostic.Create(Descriptors.InternalError, place, method.Name, $"{exception.GetType().Name}, {exception.Message}")];
    }

    private static LoweredMethod LowerChecked(
        IMethodSymbol method,
        SyntaxNode declaration,
        SemanticModel model,
        Report report,
        Func<string, int, PrimitiveKind> primitives,
        Containers containers,
        CancellationToken cancellation)
    {
        (method, declaration, model) = Implementation(method, declaration, model, cancellation);
        Signature.Check(method, declaration, model.Compilation, report);
        IOperation? body = report.HasFailed ? null : model.GetOperation(declaration, cancellation);
        if (body is null && (report.HasFailed || !method.IsAbstract))
        {
            return new LoweredMethod(null, EquatableArray<SiteInfo>.Empty, report.Diagnostics.ToEquatable());
        }

        var lowering = new BodyLowering(method, body, model.Compilation, report, primitives, containers.Rules, cancellation);
        IEnumerable<Parameter> receiver = method.IsStatic ? [] : [LowerReceiver(method, lowering)];
        EquatableArray<Parameter> parameters = receiver.Concat(method.Parameters.Select(p => LowerParameter(p, lowering))).ToEquatable();
        Block block = body is null ? Block.Empty : lowering.LowerBody(body);
        Method? lowered = report.HasFailed
            ? null
            : new Method(
                containers.Of(method, declaration, model, lowering.Declared),
                method.Name,
                Callees.OverloadOf(method),
                SyntaxFacts.GetText(method.DeclaredAccessibility),
                method.IsStatic ? "static" : method is { IsReadOnly: true, ContainingType.IsReadOnly: false } ? "readonly" : "",
                parameters,
                method.ReturnsVoid ? null : TypeLowering.Lower(method.ReturnType),
                CSharpText.Annotated(method.ReturnType),
                block,
                model.Compilation.Options is CSharpCompilationOptions { CheckOverflow: true } ? Overflow.Checked : Overflow.Unchecked,
                lowering.FirstFreeId) { TypeParameters = Generics.Of(method), Key = Callees.KeyOf(method), Keeping = Attributes.KeepingOf(method), Slot = Slots.Of(method), Places = new Places(Path.GetFileName(declaration.SyntaxTree.FilePath), lowering.Lines) };
        return new LoweredMethod(lowered, lowering.Sites, report.Diagnostics.ToEquatable()) { Seen = [.. lowering.Seen], Called = [.. lowering.Called] };
    }

    /// <summary>The part of a partial method that has the body.</summary>
    private static (IMethodSymbol Method, SyntaxNode Declaration, SemanticModel Model) Implementation(
        IMethodSymbol method, SyntaxNode declaration, SemanticModel model, CancellationToken cancellation)
    {
        if (method.PartialImplementationPart is not { } part || part.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference)
        {
            return (method, declaration, model);
        }

        SyntaxNode body = reference.GetSyntax(cancellation);
        return (part, body, body.SyntaxTree == model.SyntaxTree ? model : model.Compilation.GetSemanticModel(body.SyntaxTree));
    }

    private static Parameter LowerReceiver(IMethodSymbol method, BodyLowering lowering)
        => new(lowering.DeclareReceiver(), Passing.Receiver, Signature.WantedOf(method.ContainingType), CSharpText.Annotated(method.ContainingType), "");

    private static Parameter LowerParameter(IParameterSymbol parameter, BodyLowering lowering)
        => new(lowering.DeclareParameter(parameter), Callees.PassingOf(parameter), Signature.WantedOf(parameter), CSharpText.Annotated(parameter.Type), DefaultOf(parameter))
        {
            Modifier = parameter.IsParams ? "params" : parameter is { Ordinal: 0, ContainingSymbol: IMethodSymbol { IsExtensionMethod: true } } ? "this" : "",
        };

    private static string DefaultOf(IParameterSymbol parameter) => parameter.HasExplicitDefaultValue
        ? parameter.ExplicitDefaultValue is null ? "default" : CSharpText.Constant(parameter.ExplicitDefaultValue, parameter.Type) ?? "default"
        : "";
}
