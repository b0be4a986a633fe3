namespace Backprop.Generator.Tests.Diagnostics;

/// <summary>Methods behind one call that have no gradient of one form.</summary>
internal static class SlotCases
{
    private const string Layer = "using Backprop; [Differentiable] abstract partial class Layer { [Differentiable] public abstract double F(double x); [Differentiable] public virtual double G(double x, [NoGradient] double y) => x; } ";

    private const string Rows = "using Backprop; [Differentiable] abstract partial class Layer { [Differentiable] public abstract double[] F(double[] x); } ";

    private const string Shape = "using Backprop; partial interface IShape { [Differentiable] double F(double x); } ";

    public static IReadOnlyList<DiagnosticCase> All { get; } =
    [
        .. Pair(Layer, "[Differentiable] partial class D : Layer { public override double [|F|](double x) => x; }", "[Differentiable] partial class D : Layer { [Differentiable] public override double F(double x) => x; }"),
        .. Pair(Layer, "[Differentiable] abstract partial class D : Layer { public override double [|G|](double x, double y) => x; }", "[Differentiable] abstract partial class D : Layer { [Differentiable] public override double G(double x, [NoGradient] double y) => x; }"),
        .. Pair(Layer, "[Differentiable] abstract partial class D : Layer { [Differentiable] public override double G(double x, double [|y|]) => x; }", "[Differentiable] abstract partial class D : Layer { public double G(double x) => x; }"),
        .. Pair(Layer, "abstract partial class D : Layer { [Differentiable] public override double [|F|](double x) => x; }", "[Differentiable] abstract partial class D : Layer { [Differentiable] public override double F(double x) => x; }"),
        .. Pair(Layer, "[Differentiable] partial class D : Layer { public double[] W = [1]; [Differentiable] public override double [|F|](double x) { W[0] = x; return x; } }", "[Differentiable] partial class D : Layer { public double[] W = [1]; [Differentiable] public override double F(double x) => x * W[0]; }"),
        .. Pair(Layer, "[Differentiable] partial class D : Layer { public int[] I = [1]; [Differentiable] public override double [|F|](double x) { I[0]++; return x; } }", "[Differentiable] partial class D : Layer { public int[] I = [1]; [Differentiable] public override double F(double x) => x * I[0]; }"),
        .. Pair(Layer, "[Differentiable] partial class D : Layer { [NoGradient] public double[] M = [1]; [Differentiable] public override double [|F|](double x) { M[0] = 2; return x; } }", "[Differentiable] partial class D : Layer { [NoGradient] public double[] M = [1]; [Differentiable] public override double F(double x) => x * M[0]; }"),
        .. Pair(Rows, "[Differentiable] partial class D : Layer { [Differentiable] public override double[] [|F|](double[] x) => x; }", "[Differentiable] partial class D : Layer { [Differentiable] public override double[] F(double[] x) => [x[0]]; }"),
        new(
            "BPG109",
            Layer + "[Differentiable] partial class D : Layer { public double[] W = [1]; [Differentiable] public override double F(double x) { [|Write(x)|]; return x; } [Differentiable] void Write(double x) => W[0] = x; }",
            Layer + "[Differentiable] partial class D : Layer { public double[] W = [1]; [Differentiable] public override double F(double x) => Read(x); [Differentiable] double Read(double x) => W[0] * x; }"),
        .. Pair(Layer, "[Differentiable] partial class D : Layer { [Differentiable, Recompute] public override double [|F|](double x) => x; }", "[Differentiable] partial class D : Layer { [Differentiable] public override double F(double x) => G(x); [Differentiable, Recompute] double G(double x) => x; }"),
        .. Pair(Shape, "class D : IShape { public double [|F|](double x) => x; }", "partial class D : IShape { [Differentiable] public double F(double x) => x; }"),
        .. Pair(Shape, "class D : IShape { double IShape.[|F|](double x) => x; }", "partial class D : IShape { [Differentiable] public double F(double x) => x; }"),
        .. Pair(Shape, "partial class B { [Differentiable] public double F(double x) => x; } class [|D|] : B, IShape { }", "partial class B : IShape { [Differentiable] public double F(double x) => x; } class D : B, IShape { }"),
        .. Pair(Shape, "partial struct D : IShape { int n; [Differentiable] public double [|F|](double x) => x * n; }", "partial struct D : IShape { int n; [Differentiable] public readonly double F(double x) => x * n; }"),
        .. Pair(Shape, "[Differentiable] partial class D : IShape { double w; [Differentiable] public double [|F|](double x) => x * w; }", "partial class D : IShape { int w; [Differentiable] public double F(double x) => x * w; }"),
        new(
            "BPG003",
            "using Backprop; partial interface IShape { [Differentiable] double [|F|](double x) => x; }",
            "using Backprop; partial interface IShape { [Differentiable] double F(double x); }"),
    ];

    private static IEnumerable<DiagnosticCase> Pair(string before, string fires, string twin) => [new("BPG017", before + fires, before + twin)];
}
