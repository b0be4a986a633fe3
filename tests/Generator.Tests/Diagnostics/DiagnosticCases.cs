namespace Backprop.Generator.Tests.Diagnostics;

/// <summary>A program on which a diagnostic fires at the place between [| and |], and its twin on which it does not.</summary>
public sealed record DiagnosticCase(string Id, string Fires, string Twin)
{
    /// <summary>From the members of a static partial class.</summary>
    public static DiagnosticCase Members(string id, string fires, string twin) => new(id, Source.InClass(fires), Source.InClass(twin));

    /// <summary>From statements of a method of <c>double x, int n, double[] a, double[] b, string? s</c> that returns <c>double</c>.</summary>
    public static DiagnosticCase Body(string id, string fires, string twin) => Members(id, Method(fires), Method(twin));

    private static string Method(string statements) => $$"""
            [Differentiable]
            static unsafe double F(double x, int n, double[] a, double[] b, string? s, [NoGradient] object o)
            {
                {{statements}}
                return x;
            }

            static double Other(double y) => y;
            static double Read(ReadOnlySpan<double> y) => 0;
            static double Write(Span<double> y) => 0;
            static void Change(ref double y) { }
            static double Apply(Func<double, double> f) => f(1);
            static double cache;
            static int count;
            static readonly double[] table = [1];

            [Differentiable] static double Marked(double y) => y;
            [Differentiable] static double First(double[] y) => y[0];
            [Differentiable] static double Corner(double[,] y) => y[0, 0];
            [Differentiable] static void Raise(ref double y, in double z) { y *= 2; y += z * z; }
            [Differentiable] static void Exchange(ref double y, ref double z) { double t = y; y = z; z = t; }
            [Differentiable] static void Scale(ref double y, ReadOnlySpan<double> z) => y *= z[0];
        """;
}

/// <summary>At least one case for every code.</summary>
public static class DiagnosticCases
{
    private const string Quiet = "[Differentiable] partial class M { public double W; [NoGradient] public double Last; [NoGradient] public double[] Seen = [1, 2]; [NoGradient] public M? Other; ";

    public static IReadOnlyList<DiagnosticCase> All { get; } = [.. OfDeclarations(), .. OfStatements(), .. OfValues(), .. OfMemory(), .. OfCalls(), .. SlotCases.All, .. JaggedCases.All, .. OfFindings(), .. OfStructs(), .. ModelCases.All, .. LostCases.All, .. ReplacedCases.All];

    private static IEnumerable<DiagnosticCase> OfDeclarations() =>
    [
        DiagnosticCase.Members("BPG019",
            "[Differentiable([|Emit = Derivatives.Gradient | Derivatives.Jvp|])] static double F(double x) => x;",
            "[Differentiable(Emit = Derivatives.Gradient)] static double F(double x) => x;"),
        DiagnosticCase.Members("BPG019",
            "[Differentiable([|Math = FloatingPoint.Fast|])] static double F(double x) => x;",
            "[Differentiable(Math = FloatingPoint.Exact)] static double F(double x) => x;"),
        new("BPG019",
            "using Backprop; [Differentiable([|Emit = Derivatives.Hessian|])] sealed partial class C { public double X; }",
            "using Backprop; [Differentiable] sealed partial class C { public double X; }"),
        DiagnosticCase.Members("BPG006",
            "[Differentiable] static double [|F|](double x) => x; struct FResiduals { }",
            "[Differentiable] static double F(double x) => x; struct FResidual { } static void FForward() { } static void FPullback(double x) { }"),
        DiagnosticCase.Members("BPG006",
            "[Differentiable] static double [|F|](double x) => x; static int FPullback => 1;",
            "[Differentiable] static double F(double x) => x; static int FPull => 1;"),
        new("BPG001",
            "using Backprop; static class C { [Differentiable] static double [|F|](double x) => x; }",
            "using Backprop; static partial class C { [Differentiable] static double F(double x) => x; }"),
        new("BPG001",
            "using Backprop; class Outer { partial class Inner { [Differentiable] static double [|F|](double x) => x; } }",
            "using Backprop; partial class Outer { partial class Inner { [Differentiable] static double F(double x) => x; } }"),
        new("BPG003",
            "using Backprop; partial interface I<in T> { [Differentiable] static double [|F|](double x) => x; }",
            "using Backprop; partial interface I<T> { [Differentiable] static double F(double x) => x; }"),
        new("BPG002",
            "using Backprop; partial class C { [Differentiable] public static extern double [|F|](double x); }",
            "using Backprop; abstract partial class C { [Differentiable] public abstract double F(double x); }"),
        new("BPG002",
            "using Backprop; partial class C { [Differentiable] static partial void [|F|](double x); }",
            "using Backprop; partial class C { [Differentiable] static partial void F(double x); static partial void F(double x) { } }"),
        DiagnosticCase.Members("BPG003",
            "[Differentiable] static async Task<int> [|F|](double x) { await Task.Yield(); return 0; }",
            "[Differentiable] static int F(double x) { return 0; }"),
        DiagnosticCase.Members("BPG003",
            "[Differentiable] static IEnumerable<int> [|F|](double x) { yield return 1; }",
            "[Differentiable] static IEnumerable<int>? F(double x) { return null; }"),
        DiagnosticCase.Members("BPG003",
            "static void G() { [Differentiable] double [|F|](double x) => x; F(1); }",
            "static void G() { double F(double x) => x; F(1); }"),
        DiagnosticCase.Members("BPG004",
            "[Differentiable] static double F(double x, decimal [|d|]) => x;",
            "[Differentiable] static double F(double x, [NoGradient] decimal d, string s, DateTime t, List<int> l, Func<double, double> f, int[,,] g) => x;"),
        DiagnosticCase.Members("BPG004",
            "[Differentiable] static double F(double x, ref double[] [|a|]) => x;",
            "[Differentiable] static double F(ref double x, double[] a, double[,] b, double[][] c, Span<float> d, ReadOnlySpan<double> e) => x;"),
        DiagnosticCase.Members("BPG005",
            "[Differentiable] static double [|F|](int n, [NoGradient] double x, out double y) => y = n;",
            "[Differentiable] static double F(int n, double x, out double y) => y = n;"),
        DiagnosticCase.Members("BPG006",
            "[Differentiable] static double [|F|](double x) => x; static void FGradient(double y) { }",
            "[Differentiable] static double F(double x) => x; static void FGradient(float y) { } static void FGradient() { } static void FGradient<T>(double x) { } static void FGradients() { }"),
        DiagnosticCase.Members("BPG006",
            "[Differentiable] static double [|F|](double x) => x; const int FBackward = 1;",
            "[Differentiable] static double F(double x) => x; const int FBackwards = 1;"),
        DiagnosticCase.Members("BPG006",
            "[Differentiable] static double [|F|](double x) => x; static void FBackward(double x, in double dx, double seed) { }",
            "[Differentiable] static double F(double x) => x; static void FBackward(double x, double dx, double seed) { }"),
        DiagnosticCase.Members("BPG006",
            "[Differentiable] static double [|F|](double x) => x; static double FBackward(double x, ref double dx) => 0;",
            "[Differentiable] static double F(double x) => x; static double FBackward(double x, ref float dx) => 0; static double FBackward(object x, ref double dx) => 0;"),
        DiagnosticCase.Members("BPG006",
            "[Differentiable] static double [|F|](ReadOnlySpan<double> x) => x[0]; static double FBackward(ReadOnlySpan<double> x, params double[][] all) => 0;",
            "[Differentiable] static double F(ReadOnlySpan<double> x) => x[0]; static double FBackward(ReadOnlySpan<double> x, double[] dx, int n) => 0;"),
        DiagnosticCase.Members("BPG006",
            "[Differentiable] static double [|F|](ReadOnlySpan<double> x, ReadOnlySpan<double> y) => x[0] * y[0];"
            + "[Differentiable] static void F([NoGradient] ReadOnlySpan<double> x, [NoGradient] ReadOnlySpan<double> y, double[] z) { z[0] *= 2; }",
            "[Differentiable] static double F(double[] x) => x[0]; [Differentiable] static double F(ReadOnlySpan<double> x) => x[0]; [Differentiable] static double F(Span<float> x) => x[0];"),
        DiagnosticCase.Members("BPG007",
            "[Differentiable] static [|double?|] F(double x) => default;",
            "[Differentiable] static (double, double) F(double x) => (x, x);"),
        DiagnosticCase.Members("BPG007",
            "[Differentiable] static [|ref double|] F(double[] a) => ref a[0];",
            "[Differentiable] static double[] F(double[] a) => new double[1];"),
        DiagnosticCase.Members("BPG008",
            "[Differentiable] static T [|F|]<T>(T x) where T : System.Numerics.IPowerFunctions<T> => T.Pow(x, x);",
            "[Differentiable] static T F<T>(T x) where T : System.Numerics.IFloatingPointIeee754<T> => T.Pow(x, x);"),
        new("BPG009",
            "using Backprop; partial class C { double w; [Differentiable] double [|F|](double x) => x * w; }",
            "using Backprop; partial class C { int n; [Differentiable] double F(double x) => x * n; }"),
        DiagnosticCase.Members("BPG015",
            "[[|Pullback(nameof(Rule))|]] static double G(double x, float[] w) => x; static void Rule(double x, float[] w, double value, ref double dx, float[] dw, double seed) { }",
            "[Pullback(nameof(Rule))] static double G(double x, float[] w) => x; static void Rule(double x, float[] w, double value, ref double dx, Span<float> dw, double seed) { }"),
        DiagnosticCase.Members("BPG015",
            "[[|PullbackOf(typeof(Convert), nameof(Convert.ToDouble))|]] static void Rule(double x, ref double dx, double seed) { }",
            "[PullbackOf(typeof(Convert), nameof(Convert.ToDouble))] static void Rule(double x, double value, ref double dx, double seed) { }"),
        new("BPG010",
            "using Backprop; file static partial class C { [Differentiable] static double [|F|](double x) => x; }",
            "using Backprop; static partial class C { [Differentiable] static double F(double x) => x; }"),
    ];

    private static IEnumerable<DiagnosticCase> OfStatements() =>
    [
        DiagnosticCase.Body("BPG100", "double y = x; ([|x > 0 ? ref x : ref y|]) *= 2;", "double y = x; if (x > 0) x *= 2; else y *= 2;"),
        DiagnosticCase.Body("BPG100", "[|fixed (double* p = a) { }|]", "x = a[0];"),
        DiagnosticCase.Body("BPG101", "[|try|] { x++; } finally { }", "x++;"),
        DiagnosticCase.Body("BPG101", "[|using|] (new System.IO.MemoryStream()) { }", "x++;"),
        DiagnosticCase.Body("BPG101", "[|using|] var m = new System.IO.MemoryStream();", "var m = new System.IO.MemoryStream();"),
        DiagnosticCase.Body("BPG101", "[|lock|] (table) { }", "{ }"),
        DiagnosticCase.Body("BPG101", "switch (n) { case 1: [|goto|] case 2; case 2: break; }", "switch (n) { case 1: case 2: break; }"),
        DiagnosticCase.Body("BPG101", "[|again|]: x++;", "x++;"),
        DiagnosticCase.Body("BPG102", "double Less(double y) => y < 1 ? y : [|Less(y - 1)|]; x = Less(x);", "double Twice(double y) => 2 * y; x = Twice(x);"),
        DiagnosticCase.Body("BPG102", "ref double Pick(double[] y) => ref y[0]; x = [|Pick(a)|];", "double Pick(ref double y, out int m) { m = 1; y++; return y; } x = Pick(ref a[0], out _) + Pick(ref x, out n);"),
        DiagnosticCase.Body("BPG102", "Func<double, double> f = [|y => 2 * y|]; x = Apply(f);", "Func<double, double> f = y => 2 * y; x = f(x);"),
        DiagnosticCase.Body("BPG102", "Func<double, double> f = [|y => 2 * y|]; f = null!;", "Func<double, double> f = y => 2 * y; x = f(f(x));"),
        DiagnosticCase.Body("BPG102", "Func<double, double> f = [|Math.Sin|];", "x = Math.Sin(x);"),
        DiagnosticCase.Body("BPG102", "x = [|a.Sum()|];", "foreach (double e in a) x += e;"),
        DiagnosticCase.Body("BPG107", "foreach (int i in [|new List<int>()|]) x += i;", "foreach (int i in new int[2]) x += i;"),
        DiagnosticCase.Body("BPG107", "foreach (int i in [|new int[2, 2]|]) x += i;", "foreach (double e in a) x += e;"),
        DiagnosticCase.Body("BPG108", "if (a is [|[1, ..]|]) x++;", "if (a[0] is 1) x++;"),
    ];

    private static IEnumerable<DiagnosticCase> OfValues() =>
    [
        DiagnosticCase.Body("BPG103", "decimal d = [|(decimal)x|];", "decimal d = n; x = (double)d;"),
        DiagnosticCase.Body("BPG103", "object p = [|x|];", "var t = (x, 1); var (q, r) = Math.SinCos(x); object p = n; Console.WriteLine(\"{0}\", x);"),
        DiagnosticCase.Body("BPG103", "double? q = [|x|];", "int? q = n;"),
        DiagnosticCase.Body("BPG201", "x = [|n / 2|];", "x = n / 2.0; x = (double)(n / 2); n = n / 2;"),
        DiagnosticCase.Body("BPG201", "x *= [|n / 2|];", "x *= n * 2;"),
        DiagnosticCase.Body("BPG204", "x *= [|(int)x|];", "x *= a[(int)x] + Math.Truncate(x);"),
        DiagnosticCase.Body("BPG204", "x += 2 * ([|(long)x|] + 1);", "n += 2 * (int)x;"),
        DiagnosticCase.Body("BPG206", "x = [|Math.Pow(x, 0)|];", "x = Math.Pow(x, 2) + Math.Pow(2, x);"),
        DiagnosticCase.Body("BPG206", "x = [|Math.Log(x, 1)|];", "x = Math.Log(x, 2);"),
    ];

    private static IEnumerable<DiagnosticCase> OfStructs() =>
    [
        Struct("BPG004", "[Differentiable] static double F(Rows [|r|]) => r.X;", "[Differentiable] static double F([NoGradient] Rows r, double x) => x;"),
        Struct("BPG004", "[Differentiable] static double F(Kept [|k|]) => k.Get;", "[Differentiable] static double F(V v) => v.X;"),
        Struct("BPG004", "[Differentiable] static double F(V? [|v|]) => 0;", "[Differentiable] static double F(V v) => v.X;"),
        Struct("BPG004", "public struct L { public double X; public List<double> A; } [Differentiable] static double F(L [|l|]) => l.A[0];", "public struct L { public double X; [NoGradient] public List<double> A; } [Differentiable] static double F(L l) => l.X * l.A[0];"),
        Struct("BPG004", "public struct H<T> { private T a; public T A => a; } [Differentiable] static double F(H<double> [|h|]) => h.A;", "public struct H<T> { public T A; } [Differentiable] static double F(H<double> h) => h.A;"),
        Struct("BPG007", "[Differentiable] static [|V[]|] F(V v) => [v];", "[Differentiable] static V F(V v) => v;"),
        Struct("BPG100", "[Differentiable] static double F(V v) { double d = 2; [|d *= v|]; return d; }", "[Differentiable] static double F(V v) { v *= 2.0; return v; }"),
        Struct("BPG102", "[Differentiable] static double F(N<double> n) => ([|n + n|]).X;", "[Differentiable] static double F(N<double> n) => n.Y.X;"),
        Struct("BPG103", "[Differentiable] static double F(double x) { var k = [|new Kept(x)|]; return x; }", "struct Own(double a) { public double B = a; public double F(double a) => B * a; } [Differentiable] static double F(double x) => new Own(x).F(a: x);"),
        Struct("BPG103", "partial struct Two(double a) { public double B = a; } partial struct Two { public double Both => a + B; } [Differentiable] static double F(double x) { var k = [|new Two(x)|]; return x; }", "partial struct Two(double a) { public double B = a; } partial struct Two { public double Both => B + B; } [Differentiable] static double F(double x) => new Two(x).Both;"),
        Struct("BPG103", "[Differentiable] static double F(V v) { V? n = [|v|]; return v.X; }", "[Differentiable] static double F(V v) { V n = v; return v.X; }"),
        Struct("BPG103", "[Differentiable] static double F(V v) { object o = [|v|]; return v.X; }", "[Differentiable] static double F(V v) { double o = v; return v.X; }"),
        Struct("BPG103", "[Differentiable] static double F(V v, double x) { double a, b; var t = (a, b) = [|(x, v.X)|]; return a; }", "[Differentiable] static double F(V v, double x) { double a, b; (a, b) = (x, v.X); return a; }"),
        Struct("BPG106", "static V cache; [Differentiable] static double F(V v) { ref V r = ref [|cache|]; return r.X; }", "[Differentiable] static double F(V[] v) { ref V r = ref v[0]; r.X = 2; return r.X; }"),
        Struct("BPG106", "static V cache; [Differentiable] static double F(V v) { ref double r = ref [|cache.X|]; return r; }", "[Differentiable] static double F(V v) { ref double r = ref v.X; return r; }"),
        Struct("BPG111", "static V cache; [Differentiable] static double F(V v) { [|cache|] = v; return v.X; }", "static V cache; [Differentiable] static double F(V v) { V here = v; return here.X + cache.X; }"),
        new("BPG103",
            "using Backprop; [Differentiable] partial class M { public double X; public System.Collections.Generic.List<double> L = []; [Differentiable] double F(double x) => [|L|][0] * x; }",
            "using Backprop; [Differentiable] partial class M { public double X; [NoGradient] public System.Collections.Generic.List<double> L = []; [Differentiable] double F(double x) => L[0] * x; }"),
        new("BPG110",
            "using Backprop; using System.Collections.Generic; [Differentiable] sealed partial class A { public double X; } [Differentiable] partial class M { public List<A> L = [], O = []; [Differentiable] double F(double x) { [|L|].Add(new A()); return x; } }",
            "using Backprop; using System.Collections.Generic; [Differentiable] sealed partial class A { public double X; } [Differentiable] partial class M { public List<A> L = [], O = []; [Differentiable] double F(double x) { for (int i = 0; i < L.Count; i++) x *= L[i].X; return x; } }"),
        new("BPG111",
            "using Backprop; using System.Collections.Generic; [Differentiable] sealed partial class A { public double X; } [Differentiable] partial class M { public List<A> L = [], O = []; [Differentiable] double F(double x) { [|L[0]|] = O[0]; return L[0].X; } }",
            "using Backprop; using System.Collections.Generic; [Differentiable] sealed partial class A { public double X; } [Differentiable] partial class M { public List<A> L = [], O = []; [Differentiable] double F(double x) { L[0].X = O[0].X; return L[0].X; } }"),
        new("BPG102",
            "using Backprop; public struct V { public double X; public double Bad => X > 1 ? [|Bad|] : X; } static partial class C { [Differentiable] static double F(V v) => v.Bad; }",
            "using Backprop; public struct V { public double X; public double Good => X > 1 ? 2 * X : X; } static partial class C { [Differentiable] static double F(V v) => v.Good; }"),
    ];

    private static DiagnosticCase Struct(string id, string fires, string twin) => DiagnosticCase.Members(id, Types + fires, Types + twin);

    private const string Types = """
        public struct V
        {
            public double X;
            public static V operator *(V a, V b) => new V { X = a.X * b.X };
            public static implicit operator V(double x) => new V { X = x };
            public static implicit operator double(V v) => v.X;
        }

        public struct Rows { public double X; public double[] A; }

        public struct Kept(double a) { public readonly double Get => a; }

        public struct N<T> where T : struct, System.Numerics.INumber<T>
        {
            public T X;
            public readonly N<T> Y => this;
            public static N<T> operator +(N<T> a, N<T> b) => new N<T> { X = a.X + b.X };
        }

        """;

    private static IEnumerable<DiagnosticCase> OfMemory() =>
    [
        DiagnosticCase.Body("BPG104", "var g = [|new double[2, 2, 2]|];", "var g = new int[2, 2, 2]; var h = new double[2, 2]; h[0, n] = x; x = h[1, 0] * h.GetLength(1);"),
        DiagnosticCase.Body("BPG104", "var g = [|new double[2, 2]|]; foreach (double e in g) x += n;", "var g = new int[2, 2]; foreach (int e in g) n += e;"),
        DiagnosticCase.Body("BPG104", "var g = [|new double[2, 2]|]; Console.WriteLine(g);", "var g = new double[2, 2]; Console.WriteLine(g.Length);"),
        DiagnosticCase.Body("BPG105",
            "double[] c = a; for (int i = 0; i < n; i++) { c[0] += x; double[] d = new double[n]; d[0] = c[0] * x; [|c = d|]; } x = c[0];",
            "double[] c = a; for (int i = 0; i < n; i++) { double[] d = new double[n]; d[0] = c[0] * x; c = d; c[0] += x; } x = c[0];"),
        DiagnosticCase.Body("BPG105",
            "double[] c = a; for (int i = 0; i < n; i++) { double[] d = new double[n]; d[0] = c[0] * x; [|c = d|]; } c[0] = 1; x = c[0];",
            "double[] c = a, d = new double[n]; for (int i = 0; i < n; i++) { d[0] = c[0] * x; (c, d) = (d, c); } c[0] = 1; x = c[0];"),
        DiagnosticCase.Body("BPG105",
            "double[] c = a; for (int i = 0; i < n; i++) { double[] d = new double[n]; d[0] = c[0] * x; [|c = d|]; } a[0] = x; x = c[0];",
            "a[0] = x; double[] c = a; for (int i = 0; i < n; i++) { double[] d = new double[n]; d[0] = c[0] * x; c = d; } x = c[0];"),
        DiagnosticCase.Body("BPG105",
            "double[] c = a; for (int i = 0; i < n; i++) { double[] d = new double[n]; if (i == 1) [|c = d|]; d[0] = x; x += c[0]; }",
            "double[] c = a; for (int i = 0; i < n; i++) { double[] d = new double[n]; d[0] = x; if (i == 1) c = d; x += c[0]; }"),
        DiagnosticCase.Members("BPG105",
            "[Differentiable] static double[] G(double[] v) { v[0] *= 2; return new double[1]; } [Differentiable] static double F(double[] x) { double[] h = x; for (int i = 0; i < 3; i++) { [|h = G(h)|]; } return h[0]; }",
            "[Differentiable] static double[] G(double[] v) { double[] n = new double[1]; n[0] = v[0] * 2; return n; } [Differentiable] static double F(double[] x) { double[] h = x; for (int i = 0; i < 3; i++) { h = G(h); } return h[0]; }"),
        DiagnosticCase.Body("BPG105", "double[] c = b; [|c = table|]; x = c[0];", "double[] c = n > 0 ? b : table; x = c[0];"),
        DiagnosticCase.Body("BPG105", "double[]? [|c = null|];", "double[] c; if (n > 0) c = a; else c = new double[n]; x = c[0];"),
        DiagnosticCase.Members("BPG105",
            "[Differentiable] static double F(Memory<double> m) { [|m|] = m[1..]; return m.Span[0]; }",
            "[Differentiable] static double F(Memory<double> m) { Span<double> k = m.Span; k = k[1..]; return k[0]; }"),
        DiagnosticCase.Body("BPG106", "ref double r = ref [|cache|];", "ref double r = ref a[0]; r = x; ref double q = ref x; q = r;"),
        DiagnosticCase.Body("BPG106", "ref double r = ref a[0]; [|r = ref a[1]|];", "ref double r = ref a[0]; r = a[1];"),
        DiagnosticCase.Body("BPG111", "[|cache|] = x;", "count = n; x = cache;"),
        DiagnosticCase.Body("BPG111", "[|table[0]|] = x;", "a[0] = table[0];"),
        DiagnosticCase.Body("BPG111", "[|Array.Clear(table)|];", "Array.Clear(a);"),
        DiagnosticCase.Members("BPG111",
            "[Differentiable] static double F(double x, double[][] r, double[] a) { [|r[0]|] = a; return x; }",
            "[Differentiable] static double F(double x, double[][] r, double[] a) { r[0][0] = a[0]; return x; }"),
        DiagnosticCase.Members("BPG111",
            "[Differentiable] static double F(double x, [NoGradient] List<double> log) { log.Add([|x|]); return x; }",
            "[Differentiable] static double F(double x, [NoGradient] List<double> log) { log.Add(Gradient.Stop(x)); return x; }"),
        new("BPG112",
            "using Backprop; [Differentiable] partial class C { public double X; public virtual double Y => X * 2; [Differentiable] public double F(double x) => x * [|Y|]; }",
            "using Backprop; [Differentiable] partial class C { public double X; public double Y => X * 2; [Differentiable] public double F(double x) => x * Y; }"),
        DiagnosticCase.Members("BPG112",
            "[Differentiable] static double F(double[][] a) { double[][] b = (double[][])[|a.Clone()|]; return b[0][0]; }",
            "[Differentiable] static double F(double[][] a) { double[] b = (double[])a[0].Clone(); return b[0]; }"),
        DiagnosticCase.Members("BPG112",
            "[Differentiable] static double F(double[,] g, int d) => [|g.GetLength(d)|];",
            "[Differentiable] static double F(double[,] g, int d) => g.GetLength(1);"),
        DiagnosticCase.Members("BPG112",
            "[Differentiable] static double F(double x) => [|BitConverter.DoubleToInt64Bits(x)|];",
            "[Differentiable] static double F(double x) => (long)x;"),
        DiagnosticCase.Members("BPG112",
            "[Differentiable] static double F(double[] x) => [|Gradient.Stop(x)|][0];",
            "[Differentiable] static double F(double[] x) => Gradient.Stop(x[0]);"),
        DiagnosticCase.Members("BPG112",
            "[Differentiable] static double F(double[] x, Index i) => x[[|i|]];",
            "[Differentiable] static double F(double[] x, int i) => x[^i];"),
        DiagnosticCase.Members("BPG112",
            "[Differentiable] static double F(double[] x) { [|System.Numerics.Tensors.TensorPrimitives.BitIncrement<double>(x, x)|]; return x[0]; }",
            "[Differentiable] static double F(double[] x) { System.Numerics.Tensors.TensorPrimitives.Increment<double>(x, x); return x[0]; }"),
    ];

    private static IEnumerable<DiagnosticCase> OfFindings() =>
    [
        DiagnosticCase.Members("BPG202",
            "[Differentiable] static double [|F|](double x) => Math.Floor(x) > 2 ? 1 : 0;",
            "[Differentiable] static double F(double x) => Math.Floor(x) > 2 ? x : 0;"),
        DiagnosticCase.Members("BPG202",
            "[Differentiable] static double [|F|](double x) => Gradient.Stop(x);",
            "[Differentiable] static double F(double x, double[] y) { y[0] = x; return 0; }"),
        DiagnosticCase.Members("BPG203",
            "[Differentiable] static double F(double x, double [|y|]) => y > 0 ? x : -x;",
            "[Differentiable] static double F(double x, [NoGradient] double y) => y > 0 ? x : -x;"),
        DiagnosticCase.Members("BPG203",
            "[Differentiable] static double F(double x, double[] [|y|]) => x * y.Length;",
            "[Differentiable] static double F(double x, double[] y) => x * y[0];"),
        DiagnosticCase.Members("BPG205",
            "[Differentiable] static void F(ReadOnlySpan<double> x, Span<double> [|y|]) { for (int i = 0; i < x.Length; i++) y[i] = x[i]; }",
            "[Differentiable] static double F(ReadOnlySpan<double> x, Span<double> y) => x[0] * y[0];"),
        DiagnosticCase.Members("BPG205",
            "[Differentiable] static void F(double[] x, double[] [|y|]) { x[0] = y[0]; }",
            "[Differentiable] static void F(double[] x, float[] y) { x[0] = y[0]; }"),
        DiagnosticCase.Members("BPG207",
            "[NoGradient] static double G(double y) => y; [Differentiable] static double F(double x) => x + [|G(x)|];",
            "[NoGradient] static double G(double y) => y; [Differentiable] static double F(double x) => x + G(Gradient.Stop(x)) + G(2);"),
        DiagnosticCase.Members("BPG207",
            Quiet + "[Differentiable] public double F(double x) { [|Last = x * W|]; return Last; } }",
            Quiet + "[Differentiable] public double F(double x) { double y = x * W; Last = Gradient.Stop(y); return y + Last; } }"),
        DiagnosticCase.Members("BPG207",
            Quiet + "[Differentiable] public double F(double x, int i) { double[] seen = Seen; [|seen[i] += x|]; return Seen[0]; } }",
            Quiet + "[Differentiable] public double F(double x, int i) { double[] seen = Seen; seen[i] += Gradient.Stop(x); return x * Seen[0]; } }"),
        DiagnosticCase.Members("BPG207",
            Quiet + "[Differentiable] public double F(double x) { [|Other!.W = x|]; return W; } }",
            Quiet + "[Differentiable] public double F(double x) { Other!.W = 2; return W * x; } }"),
        DiagnosticCase.Members("BPG207",
            Quiet + "[Differentiable] public double F(double x) { [|Seen.AsSpan().Fill(x)|]; return Seen[0]; } }",
            Quiet + "[Differentiable] public double F(double x) { Seen.AsSpan().Fill(3); return Seen[0] * x; } }"),
        DiagnosticCase.Members("BPG207",
            Quiet + "[Differentiable] public double F(double[] x) { [|Array.Copy(x, Seen, 2)|]; return Seen[0]; } }",
            Quiet + "[Differentiable] public double F(double[] x) { Array.Copy(Seen, x, 2); return x[0]; } }"),
        DiagnosticCase.Members("BPG207",
            Quiet + "[Differentiable] static void Put(double[] a, double x) => a[0] = x; [Differentiable] public double F(double x) { [|Put(Seen, x)|]; return Seen[0]; } }",
            Quiet + "[Differentiable] static double Put([NoGradient] double[] a, double x) { a[0] = x; return a[0] * x; } [Differentiable] public double F(double x) => Put(Seen, x); }"),
        DiagnosticCase.Members("BPG301",
            "[Differentiable] static double F(double x, int n) { [|for|] (int i = 0; i < n; i++) x = Math.Sin(x); return x; }",
            "[Differentiable] static double F(double[] x) { double s = 0; for (int i = 0; i < x.Length; i++) s += Math.Sin(x[i]); return s; }"),
        DiagnosticCase.Members("BPG301",
            "[Differentiable] static double F(double x, int n) { [|while|] (x < n) x = Math.Exp(x) + x; return x; }",
            "[Differentiable] static double F(double x, int n) { while (n > 0) { x += 1; n--; } return x; }"),
    ];

    private static IEnumerable<DiagnosticCase> Twice(string fires, string twin, string before = "")
    {
        const string Callees = "[Differentiable] static double Write(double[] a, ReadOnlySpan<double> b) { a[0] *= 2; return a[0] * b[1]; } [Differentiable] static double Read(double[] a, ReadOnlySpan<double> b) => a[0] * b[1]; [Differentiable] static double Touch(double[][] a, double[][] b) { a[0][0] *= 2; return b[0][0]; } ";
        string Caller(string value) => $"{Callees} [Differentiable] static double F(double[] a, double[][] w) {{ double[] b = a; {before} return {value} * b[0]; }}";
        return [DiagnosticCase.Members("BPG109", Caller(fires), Caller(twin))];
    }

    private static IEnumerable<DiagnosticCase> OfCalls() =>
    [
        new("BPG109",
            "using Backprop; static class R { [Pullback(nameof(Rule))] public static double G(double x) => x; static void Rule(double x, double value, ref double dx, double seed) => dx += seed; } static partial class C { [Differentiable] static double F(double x) => [|R.G(x)|] * x; }",
            "using Backprop; static partial class R { [Pullback(nameof(Rule))] public static double G(double x) => x; static void Rule(double x, double value, ref double dx, double seed) => dx += seed; [Differentiable] static double F(double x) => G(x) * x; static partial class C { [Differentiable] static double F(double x) => G(x) * x; } }"),
        new("BPG109",
            "using Backprop; static class R { public static double G(double x) => x; [PullbackOf(typeof(R), nameof(G))] private static void Rule(double x, double value, ref double dx, double seed) => dx += seed; } static partial class C { [Differentiable] static double F(double x) => [|R.G(x)|] * x; }",
            "using Backprop; static class R { public static double G(double x) => x; [PullbackOf(typeof(R), nameof(G))] internal static void Rule(double x, double value, ref double dx, double seed) => dx += seed; } static partial class C { [Differentiable] static double F(double x) => R.G(x) * x; }"),
        DiagnosticCase.Body("BPG109", "Exchange(ref [|x|], ref x);", "double y = x; Exchange(ref x, ref y); x = Marked(x);"),
        DiagnosticCase.Body("BPG109", "Exchange(ref [|a[0]|], ref a[1]);", "Exchange(ref a[0], ref x);"),
        DiagnosticCase.Body("BPG109", "Scale(ref [|a[0]|], b);", "Scale(ref x, b);"),
        .. Twice("[|Write(a, a)|]", "Write(a, a.ToArray())"),
        .. Twice("[|Write(b, b)|]", "Read(b, b)"),
        .. Twice("[|Write(a, a.AsSpan())|]", "Read(a, a)"),
        .. Twice("[|Write(b, a.AsSpan()[..])|]", "Write(b, a.AsSpan(1))", "b = a;"),
        .. Twice("[|Write(c, c.AsSpan(0, 2))|]", "Write(c, c.AsSpan(2))", "double[] c = new double[2];"),
        .. Twice("[|Write(w[0], w[0])|]", "Write(w[0], w[1])"),
        .. Twice("[|Touch(w, w)|]", "Write(w[0], a)"),
        DiagnosticCase.Members("BPG109",
            "[Differentiable] static double[] Same(double[] a) { a[0] *= 2; return a; } [Differentiable] static double F(double[] a) { double[] b = [|Same(a)|]; return b[0] * a[0]; }",
            "[Differentiable] static double[] Same(double[] a) { a[0] *= 2; return a; } [Differentiable] static double F(double[] a) { Same(a); return a[0] * a[0]; }"),
        DiagnosticCase.Members("BPG109",
            "[Differentiable] static double[] One(double[] a, double[] b, int n) => n > 0 ? One(b, a, n - 1) : a; [Differentiable] static double F(double[] a) => [|One(a, [1], 0)|][0];",
            "[Differentiable] static double[] One(double[] a, int n) => n > 0 ? [a[0]] : [a[1]]; [Differentiable] static double F(double[] a) => One(a, 0)[0];"),
        DiagnosticCase.Body("BPG109", "Raise(ref [|x|], x);", "double y = x; Raise(ref x, y); Raise(ref x, x + 1);"),
        DiagnosticCase.Body("BPG109", "Raise(ref [|a[0]|], in a[1]);", "Raise(ref a[0], in b[1]); Raise(ref a[0], a[1] * 2);"),
        DiagnosticCase.Body("BPG109", "ref double same = ref x; Raise(ref [|x|], in same);", "ref double other = ref a[0]; Raise(ref x, in other);"),
        DiagnosticCase.Members("BPG109",
            "[Differentiable] static T F<T>(ReadOnlySpan<T> x) where T : System.Numerics.IRootFunctions<T> => [|System.Numerics.Tensors.TensorPrimitives.Norm(x)|];",
            "[Differentiable] static T F<T>(ReadOnlySpan<T> x) where T : System.Numerics.IFloatingPointIeee754<T> => System.Numerics.Tensors.TensorPrimitives.Norm(x);"),
        DiagnosticCase.Members("BPG109",
            "partial struct A { public float X; [Differentiable] public B Of(float x, out float r) { r = x; return new B(); } } struct B { public A Inner; public double Z; } [Differentiable] static double F(B b) { B c = [|b.Inner|].Of(2, out b.Inner.X); return c.Z; }",
            "partial struct A { public float X; [Differentiable] public B Of(float x, out float r) { r = x; return new B(); } } struct B { public A Inner; public double Z; } [Differentiable] static double F(B b) { B c = b.Inner.Of(2, out float r); return c.Z * r; }"),
        DiagnosticCase.Members(
            "BPG016",
            "[Differentiable, Recompute] static void [|F|](double[] a) => a[0] *= 2;",
            "[Differentiable, Recompute] static double F(double[] a) { double[] b = [a[0]]; b[0] *= 2; return b[0]; }"),
        DiagnosticCase.Body("BPG110", "x = First([|table|]);", "x = First(a);"),
        DiagnosticCase.Body("BPG110", "x = Write([|a|]);", "x = Read(a);"),
        DiagnosticCase.Body("BPG110", "Change([|ref x|]);", "x = Other(n);"),
        DiagnosticCase.Body("BPG110", "int.TryParse(s, [|out n|]);", "n = int.Parse(\"1\");"),
        DiagnosticCase.Body("BPG110", "Array.Sort([|a|]);", "Array.Sort(new int[2]); ArgumentNullException.ThrowIfNull(a);"),
    ];
}
