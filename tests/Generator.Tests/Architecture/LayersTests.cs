namespace Backprop.Generator.Tests.Architecture;

/// <summary>The check of the architecture finds what it is meant to find.</summary>
public sealed class LayersTests
{
    [Theory]
    [InlineData("IR/A.cs", "using Backprop.Generator.Rules;", "Rules")]
    [InlineData("IR/A.cs", "using Microsoft.CodeAnalysis;", "Microsoft.CodeAnalysis")]
    [InlineData("Rules/A.cs", "using Backprop.Generator.Analyses;", "Analyses")]
    [InlineData("Rules/A.cs", "using static Backprop.Generator.Transforms.Algebra;", "Transforms")]
    [InlineData("Frontend/A.cs", "using Backprop.Generator.Transforms;", "Transforms")]
    [InlineData("Frontend/A.cs", "using P = Backprop.Generator.Emit.Printer;", "Emit")]
    [InlineData("Analyses/A.cs", "using Backprop.Generator.Transforms;", "Transforms")]
    [InlineData("Transforms/A.cs", "using Microsoft.CodeAnalysis.CSharp;", "Microsoft.CodeAnalysis")]
    [InlineData("Transforms/A.cs", "using Backprop.Generator.Frontend;", "Frontend")]
    [InlineData("Emit/A.cs", "using Backprop.Generator.Transforms;", "Transforms")]
    [InlineData("Diagnostics/A.cs", "using Backprop.Generator.IR;", "IR")]
    [InlineData("Differentiator.cs", "using Microsoft.CodeAnalysis;", "Microsoft.CodeAnalysis")]
    [InlineData("Transforms/A.cs", "class A { Frontend.Report? report; }", "Frontend")]
    [InlineData("Emit/A.cs", "class A { int x = Backprop.Generator.Analyses.Activity.One; }", "Analyses")]
    [InlineData("Emit/A.cs", "class A { object x = new global::Microsoft.CodeAnalysis.Location(); }", "Microsoft.CodeAnalysis")]
    [InlineData("Transforms/A.cs", "class A { object x = Differentiator.Differentiate(null); }", "a front door")]
    public void A_wrong_arrow_is_found(string path, string text, string used)
        => Assert.Equal([$"{path}: uses {used}"], Layers.Violations(path, text));

    [Theory]
    [InlineData("IR/A.cs", "using System.Text; namespace Backprop.Generator.IR; class A { IR.Expr? e; }")]
    [InlineData("Frontend/A.cs", "using Microsoft.CodeAnalysis; using Backprop.Generator.Diagnostics; namespace Backprop.Generator.Frontend;")]
    [InlineData("Transforms/A.cs", "using Backprop.Generator.Analyses; namespace Backprop.Generator.Transforms { class A { IR.Convert? c; } }")]
    [InlineData("DifferentiableAnalyzer.cs", "using Microsoft.CodeAnalysis.Diagnostics; using Backprop.Generator.Diagnostics;")]
    public void A_right_arrow_is_not(string path, string text) => Assert.Empty(Layers.Violations(path, text));

    [Fact]
    public void A_new_folder_has_to_enter_the_table()
        => Assert.Equal(["Extras/A.cs: not in the table of what may use what"], Layers.Violations("Extras/A.cs", ""));
}
