using Backprop.Generator.Emit;
using Backprop.Generator.Frontend;
using Backprop.Generator.IR;
using Backprop.Generator.Transforms;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Backprop.Generator.Tests;

/// <summary>Optimizations change how a gradient is computed, not what it is.</summary>
public sealed class PassesTests
{
    [Theory]
    [MemberData(nameof(Examples.Names), MemberType = typeof(Examples))]
    public void Every_optional_pass_can_be_left_out(string example)
    {
        string source = Examples.Named(example).Source;
        Probe.Run expected = With(source, Passes.All);
        double precision = source.Contains("static float", StringComparison.Ordinal) ? 1e-5 : 1e-12;
        foreach (Passes passes in new[] { Passes.All & ~Passes.Simplify, Passes.All & ~Passes.Fusion, Passes.All & ~Passes.Recomputation, Passes.None })
        {
            Probe.Run run = With(source, passes);
            Assert.Equal(expected.Value, run.Value);
            Assert.All(expected.Gradient.Zip(run.Gradient), pair => Assert.True(
                Math.Abs(pair.First - pair.Second) <= precision * Math.Max(1, Math.Abs(pair.First)), $"{passes}: {pair.Second} instead of {pair.First}"));
        }
    }

    private static Probe.Run With(string source, Passes passes)
    {
        CSharpCompilation compilation = new Consumer().Compile(source);
        LoweredMethod lowered = Source.Lower(compilation);
        Unit unit = Differentiator.Differentiate(lowered.Method!, null, passes)!;
        CSharpParseOptions parse = new(LanguageVersion.CSharp13);
        return Probe.At(new Output(compilation, [CSharpSyntaxTree.ParseText(Printer.Print(unit), parse, "Emitted.cs")], parse));
    }
}
