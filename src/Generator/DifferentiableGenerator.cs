using Backprop.Generator.Emit;
using Backprop.Generator.Frontend;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator;

/// <summary>
/// Writes the backward pass of every method marked [Differentiable]: lower, differentiate, print; and what makes a type marked so a model: lower,
/// print. It reports nothing (<see cref="DifferentiableAnalyzer"/> does) and never throws.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class DifferentiableGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Method?> methods = context.SyntaxProvider
            .ForAttributeWithMetadataName(Attributes.Differentiable, static (node, _) => node is not TypeDeclarationSyntax, Lower)
            .WithTrackingName(Steps.Lower);

        IncrementalValuesProvider<Unit?> units = methods
            .Select(static (method, _) => method is null ? null : Differentiate(method))
            .WithTrackingName(Steps.Differentiate);

        IncrementalValuesProvider<(string FileName, string Text)?> files = units
            .Select(static (unit, _) => unit is null ? default((string, string)?) : (unit.FileName, Printer.Print(unit)))
            .WithTrackingName(Steps.Print);

        IncrementalValuesProvider<(string FileName, string Text)?> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(Attributes.Differentiable, static (node, _) => node is TypeDeclarationSyntax, LowerModel)
            .WithTrackingName(Steps.LowerModel)
            .Select(static (model, _) => model is null ? default((string, string)?) : (model.FileName, ModelPrinter.Print(model)))
            .WithTrackingName(Steps.PrintModel);

        context.RegisterSourceOutput(files, Add);
        context.RegisterSourceOutput(models, Add);
    }

    private static void Add(SourceProductionContext output, (string FileName, string Text)? file)
    {
        if (file is var (fileName, text))
        {
            output.AddSource(fileName, text);
        }
    }

    private static Method? Lower(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
        => context.TargetSymbol is IMethodSymbol method
            ? Lowering.Lower(method, context.TargetNode, context.SemanticModel, cancellation).Method
            : null;

    private static Model? LowerModel(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
        => ModelLowering.Lower((INamedTypeSymbol)context.TargetSymbol, (TypeDeclarationSyntax)context.TargetNode, context.SemanticModel, cancellation).Model;

    private static Unit? Differentiate(Method method)
    {
        try
        {
            return Differentiator.Differentiate(method);
        }
        catch (Exception)
        {
            // The analyzer runs the same passes and reports the failure on the method.
            return null;
        }
    }

    /// <summary>Names of the steps, for tests of what is cached.</summary>
    internal static class Steps
    {
        public const string Lower = nameof(Lower);
        public const string Differentiate = nameof(Differentiate);
        public const string Print = nameof(Print);
        public const string LowerModel = nameof(LowerModel);
        public const string PrintModel = nameof(PrintModel);
    }
}
