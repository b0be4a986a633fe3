using Backprop.Generator.Emit;
using Backprop.Generator.Frontend;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator;

/// <summary>
/// Writes the backward pass of every method marked [Differentiable]: lower, differentiate, print. It reports nothing
/// (<see cref="DifferentiableAnalyzer"/> does) and never throws.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class DifferentiableGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        LoweringMemo memo = new();
        Containers containers = new();
        IncrementalValuesProvider<Method?> methods = context.SyntaxProvider
            .ForAttributeWithMetadataName(Attributes.Differentiable, static (_, _) => true, (marked, cancellation) => Lower(marked, memo, containers, cancellation))
            .WithTrackingName(Steps.Lower);

        IncrementalValuesProvider<Unit?> units = methods
            .Select(static (method, _) => method is null ? null : Differentiate(method))
            .WithTrackingName(Steps.Differentiate);

        IncrementalValuesProvider<(string FileName, string Text)?> files = units
            .Select(static (unit, _) => unit is null ? default((string, string)?) : (unit.FileName, Printer.Print(unit)))
            .WithTrackingName(Steps.Print);

        context.RegisterSourceOutput(files, static (output, file) =>
        {
            if (file is var (fileName, text))
            {
                output.AddSource(fileName, text);
            }
        });
    }

    // Roslyn asks again for every method after every edit, whatever was edited.
    private static Method? Lower(GeneratorAttributeSyntaxContext marked, LoweringMemo memo, Containers containers, CancellationToken cancellation) => memo.Lower(
        marked.TargetNode,
        marked.SemanticModel.Compilation,
        () => marked.TargetSymbol is IMethodSymbol method ? Lowering.Lower(method, marked.TargetNode, marked.SemanticModel, cancellation, containers: containers).Method : null,
        cancellation);

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
    }
}
