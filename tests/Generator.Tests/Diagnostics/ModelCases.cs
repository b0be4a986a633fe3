namespace Backprop.Generator.Tests.Diagnostics;

/// <summary>What can be wrong with a type marked [Differentiable].</summary>
internal static class ModelCases
{
    private const string Class = "public sealed partial class C";

    public static IEnumerable<DiagnosticCase> All =>
    [
        Type("BPG001", "[Differentiable] public class [|C|] { double x; }", "[Differentiable] public partial class C { double x; }"),
        Type("BPG001", "class D { [Differentiable] public partial record [|C|](double X); }", "partial class D { [Differentiable] public partial record C(double X); }"),
        Type("BPG006", "[Differentiable] public partial class [|C|] { double x; void WalkLeaves() { } }", "[Differentiable] public sealed partial class C { double x; void VisitLeaves() { } void Clear() { } int Clone; }"),
        Type("BPG010", "[Differentiable] file partial class [|C|] { double x; }", "[Differentiable] internal partial class C { double x; }"),
        Type("BPG011", "[Differentiable] static partial class [|C|] { }", "[Differentiable] partial class C { }"),
        Type("BPG011", "[Differentiable] ref partial struct [|C|] { double x; }", "[Differentiable] partial struct C { double x; }"),
        Type("BPG011", "[Differentiable] readonly partial record struct [|C|](double X);", "[Differentiable] partial record struct C(double X); readonly record struct D(double X); [Differentiable] partial record E(D D);"),
        Type("BPG012", "class B { double x; } [Differentiable] partial class [|C|] : B { }", "class B { int x; } [Differentiable] partial class C : B { }"),
        Type("BPG012", "abstract class A { protected float[]? w; } class B : A { } [Differentiable] partial class [|C|] : B { }", "[Differentiable] abstract partial class A { protected float[]? w; } class B : A { } [Differentiable] partial class C : B { }"),
        Type("BPG012", "[Differentiable] partial class B { } class [|C|] : B { double x; }", "[Differentiable] partial class B { } class C : B { int x; string? s; [NoGradient] double y; double Twice => 2 * y; }"),
        Type("BPG012", "[Differentiable] partial class B { } class D : B { } class [|C|] : D { double[]? x; }", "[Differentiable] partial class B { } class D : B { } [Differentiable] partial class C : D { double[]? x; }"),
        Member("decimal [|x|];", "[NoGradient] decimal x; double y;"),
        Member("Half [|x|];", "Half Twice() => default; float x;"),
        Member("double? [|x|];", "int? x; DateTime? t;"),
        Member("object [|x|] = 1;", "string x = \"\"; Type? t; Random? r; Func<double, double>? f; event Action? e; Dictionary<string, int>? d; Guid g; TimeSpan s;"),
        Member("Memory<double> [|x|];", "[NoGradient] Memory<int> x; double[]? y;"),
        Member("IReadOnlyList<double>? [|x|];", "IReadOnlyList<int>? x; List<double>? y;"),
        Member("SortedDictionary<string, double>? [|x|];", "SortedDictionary<string, int>? x; Dictionary<string, double>? y;"),
        Member("Dictionary<Guid, double>? [|x|];", "Dictionary<Guid, int>? x; Dictionary<char, double>? y; Dictionary<DayOfWeek, double>? z; Dictionary<long, double>? u;"),
        Member("Dictionary<double, double>? [|x|];", "[NoGradient] Dictionary<double, double>? x;"),
        Member("double[,,,]? [|x|];", "int[,,,]? x; double[,,]? y;"),
        Member("D[,]? [|x|];", "D[]? x; D[][]? y; List<D[]>? z; Vector3[,]? v;"),
        Member("public E [|X|] { get; set; } = new();", "[NoGradient] public E X { get; set; } = new(); public D Y { get; set; } = new(); public double Z => 1;"),
        Member("E[]? [|x|];", "[NoGradient] E[]? x; F? f;"),
        Member("I? [|x|];", "[NoGradient] I? x; IDisposable? d;"),
        Member("List<I>? [|x|];", "[NoGradient] List<I>? x;"),
        Member("A? [|x|];", "[NoGradient] A? x;"),
        Member("(double[], int) [|x|];", "(double, int) x; (double, (float, string)) y;"),
        Member("S [|x|];", "[NoGradient] S x; (double, double) y;"),
        Member("P<double> [|x|];", "Q<double> x; P<float>[] y;", "record struct P<T>(T X, double Y, string Z); record struct Q<T>(T X, T Y);", "record struct P<T>(T X, T Y); struct Q<T> { public T X; public double Y; public int Z; }"),
        Type("BPG013", "[Differentiable] partial class B { protected double x; } [Differentiable] partial class C : B { new double [|x|]; }", "[Differentiable] partial class B { protected double x; } [Differentiable] partial class C : B { double y; }"),
        Type("BPG013", "[Differentiable] unsafe partial struct C { fixed double [|x|][4]; }", "[Differentiable] unsafe partial struct C { [NoGradient] fixed double x[4]; fixed int n[4]; }"),
        Type("BPG013", "[Differentiable] partial record C(decimal [|X|]);", "[Differentiable] partial record C([NoGradient] decimal X, [property: NoGradient] decimal Y, [field: NoGradient] decimal Z);"),
        Type("BPG014", "[Differentiable] partial class C(double [|x|]) { double Twice() => 2 * x; }", "[Differentiable] partial class C(double x, int n) { double y = x; double Z { get; } = x; int Twice() => 2 * n; double Other(double x) => x; }"),
        Type("BPG014", "[Differentiable] partial struct C(float[] [|x|]) { float First => x[0]; }", "[Differentiable] partial struct C(float[] x) { float[] y = x; float First => y[0]; }"),
    ];

    private static DiagnosticCase Type(string id, string fires, string twin) => new(id, Usings + fires, Usings + twin);

    private static DiagnosticCase Member(string fires, string twin, string firesBeside = "", string twinBeside = "") => new(
        "BPG013",
        $"{Usings}[Differentiable] {Class} {{ {fires} }} {Beside} {firesBeside}",
        $"{Usings}[Differentiable] {Class} {{ {twin} }} {Beside} {twinBeside}");

    private const string Usings = "using System; using System.Collections.Generic; using System.Numerics; using Backprop; ";

    // D is a model, E has numbers without a mark, F has none, I and A may be anything.
    private const string Beside = """
        [Differentiable] public sealed partial class D { double x; }
        public sealed class E { public double X; }
        public sealed class F { public int X; }
        public interface I { }
        public abstract class A { }
        public struct S { public double[] X; }
        """;
}
