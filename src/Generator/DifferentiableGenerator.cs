using Backprop.Generator.Emit;
using Backprop.Generator.Frontend;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator;

/// <summary>
/// Writes the backward pass of every method marked [Differentiable]: lower, differentiate, print; and what makes a type marked so a model: lower,
/// print. It never throws, and leaves it to <see cref="DifferentiableAnalyzer"/> to report, but for <see cref="UnheardDiagnostics"/>.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed partial class DifferentiableGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        LoweringMemo memo = new();
        Containers containers = new();
        IncrementalValuesProvider<Prepared?> alone = CheckedBuild.Of(context, context.SyntaxProvider
            .ForAttributeWithMetadataName(Attributes.Differentiable, static (node, _) => node is not TypeDeclarationSyntax, (marked, cancellation) => Lower(marked, memo, containers, cancellation)))
            .WithTrackingName(Steps.Lower).Select(static (method, _) => method is null ? null : new Prepared(method));

        IncrementalValuesProvider<Prepared?> methods = alone.Combine(alone.Collect().Select(static (all, _) => Differentiator.GraphOf(all.OfType<Prepared>())))
            .Select(static (pair, _) => pair.Left is { } method ? Differentiator.Knowing(method, pair.Right) : null);

        IncrementalValuesProvider<Unit?> units = methods.Select(static (method, _) => Attempt(method, static one => Differentiator.Differentiate(one))).WithTrackingName(Steps.Differentiate);
        IncrementalValuesProvider<Unit?> halves = methods.Select(static (method, _) => Attempt(method, static one => Differentiator.Split(one))).WithTrackingName(Steps.Split);
        // The compiler says nothing of a method that was refused while what it sees of its callers is broken, so these get nothing either.
        IncrementalValueProvider<EquatableArray<string>> lacking = halves.Collect().Select(static (all, _) => Differentiator.Lacking(all.OfType<Unit>()));

        IncrementalValuesProvider<(Model? Model, bool IsRefused)> types = context.SyntaxProvider.ForAttributeWithMetadataName(Attributes.Differentiable, static (node, _) => node is TypeDeclarationSyntax, LowerModel);
        IncrementalValuesProvider<(string FileName, string Text)?> models = types.Select(static (type, _) => type.Model).WithTrackingName(Steps.LowerModel)
            .Select(static (model, _) => model is null ? default((string, string)?) : (model.FileName, ModelPrinter.Print(model)))
            .WithTrackingName(Steps.PrintModel);

        Output(context, Whole(units, lacking), Steps.Print);
        Output(context, Whole(halves, lacking), Steps.PrintSplit);
        context.RegisterSourceOutput(models, static (output, file) => Add(output, file));
        UnheardDiagnostics.Register(context, Whole(halves, lacking), alone.Where(static method => method?.Method.Slot is { IsAbstract: true }).Select(static (method, _) => method!.Method.Name), types.Where(static type => type.IsRefused).Select(static (type, _) => type.IsRefused));
    }

    private static IncrementalValuesProvider<Unit?> Whole(IncrementalValuesProvider<Unit?> units, IncrementalValueProvider<EquatableArray<string>> lacking)
        => units.Combine(lacking).Select(static (pair, _) => pair.Left is { } unit && !pair.Right.Contains(unit.Calling!.Method) ? unit : null);

    private static void Output(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<Unit?> units, string step)
        => context.RegisterSourceOutput(units.Select(static (unit, _) => unit is null ? default((string, string)?) : (unit.FileName, Printer.Print(unit))).WithTrackingName(step), static (output, file) => Add(output, file));

    private static void Add(SourceProductionContext output, (string FileName, string Text)? file)
    {
        if (file is { } found)
        {
            output.AddSource(found.FileName, found.Text);
        }
    }

    // Roslyn asks again for every method after every edit, whatever was edited.
    private static Method? Lower(GeneratorAttributeSyntaxContext marked, LoweringMemo memo, Containers containers, CancellationToken cancellation) => memo.Lower(
        marked.TargetNode,
        marked.SemanticModel.Compilation,
        () => marked.TargetSymbol is IMethodSymbol method ? Lowering.Lower(method, marked.TargetNode, marked.SemanticModel, cancellation, containers: containers) : null,
        cancellation);

    private static (Model? Model, bool IsRefused) LowerModel(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
        => ModelLowering.Lower((INamedTypeSymbol)context.TargetSymbol, (TypeDeclarationSyntax)context.TargetNode, context.SemanticModel, cancellation) switch { var lowered => (lowered.Model, lowered.IsRefused) };

    private static Unit? Attempt(Prepared? method, Func<Prepared, Unit?> write)
    {
        try
        {
            return method is null ? null : write(method);
        }
        catch (Exception)
        {
            return null; // The analyzer runs the same passes and reports the failure.
        }
    }
}
