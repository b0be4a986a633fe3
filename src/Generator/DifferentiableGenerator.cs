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
        IncrementalValuesProvider<Method?> methods = context.SyntaxProvider
            .ForAttributeWithMetadataName(Attributes.Differentiable, static (_, _) => true, Lower)
            .WithTrackingName(Steps.Lower);

        IncrementalValuesProvider<Unit?> units = methods
            .Select(static (method, _) => method is null ? null : Attempt(() => Differentiator.Differentiate(method)))
            .WithTrackingName(Steps.Differentiate);

        IncrementalValuesProvider<(string FileName, string Text)?> files = units
            .Select(static (unit, _) => Text(unit))
            .WithTrackingName(Steps.Print);

        IncrementalValuesProvider<Unit?> halves = methods.Collect()
            .SelectMany(static (all, _) => Differentiator.WithCycles(all.OfType<Method>()))
            .Select(static (one, _) => Attempt(() => Differentiator.Split(one.Method, one.Cyclic)))
            .WithTrackingName(Steps.Split);

        context.RegisterSourceOutput(files, static (output, file) => Add(output, file));
        context.RegisterSourceOutput(halves.Select(static (unit, _) => Text(unit)).WithTrackingName(Steps.PrintSplit), static (output, file) => Add(output, file));
    }

    private static void Add(SourceProductionContext output, (string FileName, string Text)? file)
    {
        if (file is var (fileName, text))
        {
            output.AddSource(fileName, text);
        }
    }

    private static (string FileName, string Text)? Text(Unit? unit) => unit is null ? null : (unit.FileName, Printer.Print(unit));

    private static Method? Lower(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
        => context.TargetSymbol is IMethodSymbol method
            ? Lowering.Lower(method, context.TargetNode, context.SemanticModel, cancellation).Method
            : null;

    private static Unit? Attempt(Func<Unit?> write)
    {
        try
        {
            return write();
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
        public const string Split = nameof(Split);
        public const string PrintSplit = nameof(PrintSplit);
    }
}
