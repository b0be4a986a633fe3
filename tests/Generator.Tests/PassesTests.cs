using Backprop.Generator.Analyses;
using Backprop.Generator.Emit;
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
    public void Every_optional_pass_can_be_left_out(string example) => Every_optional_pass_can_be_left_out_of(Examples.Named(example).Source);

    private static void Every_optional_pass_can_be_left_out_of(string source)
    {
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

    /// <summary>What a slice counted is known where the slice is not: found by random programs.</summary>
    [Theory]
    [InlineData("b.AsSpan().Fill(a[0] * x);")]
    [InlineData("b.AsSpan(1).Fill(a[0]);")]
    [InlineData("b.AsSpan(1, 2).CopyTo(c);")]
    [InlineData("c.AsSpan(0, 2).CopyTo(b.AsSpan(2));")]
    [InlineData("double[] k = [1, 2, 3]; k.AsSpan(i).CopyTo(b);")]
    [InlineData("b.AsSpan(0, 3).CopyTo(b.AsSpan(1));")]
    [InlineData("double[] k = [1, 2, 3]; c[0] *= Sum(x, k.AsSpan()) * Sum(x, k);")]
    public void A_slice_of_an_array_of_an_iteration(string statement) => Every_optional_pass_can_be_left_out_of($$"""
        using System;
        using Backprop;
        public static partial class P
        {
            [Differentiable]
            public static double F(double x, double[] a)
            {
                double sum = 0;
                for (int i = 0; i < 3; i++)
                {
                    double[] b = [1, x, 3, a[i]], c = [a[1], x * x, x, 2];
                    {{statement}}
                    sum += b[0] * b[1] + b[2] * c[0] + b[3] * c[1];
                }

                return sum;
            }

            [Differentiable]
            public static double Sum(double x, Span<double> k) => k[0] * x + k[2];
        }
        """);

    private static Probe.Run With(string source, Passes passes)
    {
        CSharpCompilation compilation = new Consumer().Compile(source);
        Prepared[] methods = [.. Source.LowerAll(compilation, "Differentiable").Select(static lowered => new Prepared(lowered.Method!))];
        CallGraph graph = Differentiator.GraphOf(methods);
        IEnumerable<Unit> units = methods.Select(method => Differentiator.Knowing(method, graph)).SelectMany(method => new[] { Differentiator.Differentiate(method, null, passes)!, Differentiator.Split(method, passes)! });
        CSharpParseOptions parse = new(LanguageVersion.CSharp13);
        return Probe.At(new Output(compilation, [.. units.Select(unit => CSharpSyntaxTree.ParseText(Printer.Print(unit), parse, unit.FileName))], parse));
    }
}
