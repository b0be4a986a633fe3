namespace Backprop.Generator.Tests.Diagnostics;

/// <summary>Ways in which a value that carries a derivative could come back without it.</summary>
internal static class LostCases
{
    private const string Bits = "System.Runtime.CompilerServices.Unsafe.BitCast";
    private const string Bytes = "System.Buffers.Binary.BinaryPrimitives";

    // What writes where it is read, and what sees what is written after it.
    private const string Written = "struct P { public double X; public P(in double a, double b) => X = a + b; public double Next { get { X = 2 * X; return X; } } public double Kept { get { return X; } } "
        + "public void Deconstruct(out double a, out double b) { a = X; b = X = 2 * X; } public double this[in double v] { get { X = 1; return v; } } public static P operator +(in P a, in P b) => new(a.X, b.X); } ";

    private const string Moving = "struct Dice { uint s; public double Next { get { s++; return s; } } public readonly double Last => s; } static Dice Thrown() => default; ";

    private const string Stepping = "partial struct W { public double X; public int N; public void Step(double k) => X += k; public int Count() => ++N; public void Through() => Step(1); "
        + "public bool Big() => X > 1; public readonly bool Small() => X < 0; [Differentiable] public void Known(double k) { X *= k; } } ";

    public static IEnumerable<DiagnosticCase> All => [.. Kept(), .. Unknown(), .. Disguised(), .. Ordered()];

    private static IEnumerable<DiagnosticCase> Ordered() =>
    [
        DiagnosticCase.Members("BPG108",
            Written + "[Differentiable] static double F(P p) => p is { [|Next: var n|] } ? n * p.X : 0;",
            Written + "[Differentiable] static double F(P p) => p is { Kept: var n } ? n * p.Next * p.X : 0;"),
        DiagnosticCase.Members("BPG108",
            Written + "[Differentiable] static double F(P p) => p is [|(var a, var b)|] ? a * b * p.X : 0;",
            Written + "[Differentiable] static double F(P p) { var (a, b) = p; return a * b * p.X; }"),
        DiagnosticCase.Members("BPG110",
            Moving + "[Differentiable] static double F(double x) { Dice dice = Thrown(); return x * [|dice|].Next; }",
            Moving + "[Differentiable] static double F(double x) { Dice dice = Thrown(); return x * dice.Last * Thrown().Next; }"),
        DiagnosticCase.Members("BPG110",
            Stepping + "[Differentiable] static double F(W w) { [|w|].Step(2); return w.X; }",
            Stepping + "[Differentiable] static double F(W w) { w.Big(); return w.Big() ? w.X : w.Small() ? 2 * w.X : 3; }"),
        DiagnosticCase.Members("BPG110",
            Stepping + "[Differentiable] static double F(W[] w) => [|w[1]|].Count() > 2 ? w[1].X : w[0].X;",
            Stepping + "[Differentiable] static double F(W[] w) => w[1].Big() ? w[1].X : w[0].X;"),
        DiagnosticCase.Members("BPG110",
            Stepping + "struct O { public W In; } [Differentiable] static double F(O o) { [|o.In|].Through(); return o.In.X; }",
            Stepping + "struct O { public W In; } [Differentiable] static double F(O o) { o.In.Known(2); return o.In.X; }"),
        DiagnosticCase.Members("BPG110",
            "struct Dice { int n; public int Roll() => ++n; } [Differentiable] static double F(in Dice d, double x) => x * [|d|].Roll();",
            "struct Dice { int n; public readonly int Roll() => n + 1; } [Differentiable] static double F(in Dice d, double x) => x * d.Roll();"),
        DiagnosticCase.Members("BPG110",
            "struct Dice { int n; public int Roll() => ++n; } [Differentiable] static double F(double x) { var d = new Dice[2]; return x * [|d[0]|].Roll(); }",
            "struct Dice { int n; public readonly int Roll() => n + 1; } [Differentiable] static double F(double x) { var d = new Dice[2]; return x * d[0].Roll(); }"),
        DiagnosticCase.Members("BPG109", Constant("[|Put(a, m)|]; return m[0] * a[1];"), Constant("return Look(a, m) * m[0];")),
        DiagnosticCase.Members("BPG109", Constant("double[] t = [1, 2]; [|Put(a, t)|]; return t[0] * a[1];"), Constant("double[] t = [1, 2]; Put(a, t); return Gradient.Stop(t[0]) * a[1];")),
        DiagnosticCase.Members("BPG109", Constant("[|Put(a, m)|]; return a[1];"), Constant("Put(a, n); return a[1];")),
        DiagnosticCase.Members("BPG109", Constant("double y = 1; double z = [|Into(a[0], ref y)|]; return y * z;"), Constant("double y = 1; return Into(a[0], ref y);")),
        DiagnosticCase.Members("BPG207", Constant("for (int i = 0; i < 2; i++) { [|n[i] = a[i]|]; } return n[0] * a[1];"), Constant("for (int i = 0; i < 2; i++) { n[i] = a[i]; } return a[1];")),
        DiagnosticCase.Members("BPG207", Constant("foreach (ref double e in n.AsSpan()) { [|e = a[0]|]; } return n[0] * a[1];"), Constant("foreach (ref double e in n.AsSpan()) { e = Gradient.Stop(a[0]); } return n[0] * a[1];")),
        DiagnosticCase.Members("BPG207", Constant("[|a.CopyTo(n, 0)|]; return n[0] * a[1];"), Constant("m.CopyTo(n, 0); return a[1];")),
        .. Rerun("o.Held.D[0] = 1;"),
        .. Rerun("Touch(o);"),
        .. Uncopied("System.Collections.Generic.List<double[]>", "q[0][0]"),
        .. Uncopied("double[,][]", "q[0, 0][0]"),
        DiagnosticCase.Members("BPG109",
            Written + "[Differentiable] static double F(P p, P q) => ([|p|] + (p = q)).X;",
            Written + "[Differentiable] static double F(P p, P q) => (p + q + p).X;"),
        DiagnosticCase.Members("BPG109",
            Written + "[Differentiable] static double F(P p, P q) { [|p|] += (p = q); return p.X; }",
            Written + "[Differentiable] static double F(P p, P q) { p += q; return p.X; }"),
        DiagnosticCase.Members("BPG109",
            Written + "[Differentiable] static double F(double x, double y) => new P([|x|], x = y).X;",
            Written + "[Differentiable] static double F(double x, double y) => new P(x + 0, x = y).X;"),
        DiagnosticCase.Members("BPG109",
            Written + "[Differentiable] static double F(double[] x) { double[] w = [x[0]]; return new P([|w[0]|], w[0] = x[1]).X; }",
            Written + "[Differentiable] static double F(double[] x) { double[] w = [x[0]]; return new P(w[0], w[0]).X; }"),
        DiagnosticCase.Members("BPG109",
            Moving.Replace("readonly double Last => s;", "readonly double Since(double k) => s - k;") + "[Differentiable] static double F(double x) { Dice dice = Thrown(); return x * [|dice|].Since((dice = Thrown()).Since(1)); }",
            Moving.Replace("readonly double Last => s;", "readonly double Since(double k) => s - k;") + "[Differentiable] static double F(double x) { Dice dice = Thrown(); return x * dice.Since(Thrown().Since(1)); }"),
        DiagnosticCase.Members("BPG109",
            "struct Q { public double X; public double this[in double k] { get => X * k; set => X = k + value; } } [Differentiable] static double F(Q q, double k) { q[[|k|]] = k = 3; return q.X; }",
            "struct Q { public double X; public double this[in double k] { get => X * k; set => X = k + value; } } [Differentiable] static double F(Q q, double k) { q[k] = 3 * k; return q.X; }"),
        DiagnosticCase.Members("BPG109",
            Written + "[Differentiable] static double F(P p) => [|p[p.X]|];",
            Written + "[Differentiable] static double F(P p) => p[p.X + 0];"),
        DiagnosticCase.Members("BPG109",
            "static double G(in double a, double b) => a + b; [Differentiable] static double F(double x) { double c = 1; return x * G([|c|], c = 2); }",
            "static double G(in double a, double b) => a + b; [Differentiable] static double F(double x) { double c = 1; return x * G(c, 2); }"),
        DiagnosticCase.Members("BPG109",
            "partial struct P { public double X; [Differentiable] public readonly double Take(ref double v) { v *= 2; return X * v; } } [Differentiable] static double F(P p) => p.Take(ref [|p.X|]);",
            "partial struct P { public double X; [Differentiable] public readonly double Take(ref double v) { v *= 2; return X * v; } } [Differentiable] static double F(P p, double x) => p.Take(ref x);"),
        DiagnosticCase.Members("BPG111",
            "struct P { public double X; public P Plus(double v) { X += v; return this; } } [Differentiable] static double F(double x) { P p = default; P q = p.Plus([|x|]); return q.X; }",
            "struct P { public double X; [Differentiable] public P Plus(double v) { X += v; return this; } } [Differentiable] static double F(double x) { P p = default; P q = p.Plus(x); return q.X; }"),
        DiagnosticCase.Members("BPG104",
            "[Differentiable] static double F(double[] x) { double[] w = [x[0]]; double[] v = [.. w, [|w[0] = x[1]|]]; return v[0] * v[1]; }",
            "[Differentiable] static double F(double[] x) { double[] w = [x[0]]; double[] v = [.. w, x[1]]; return v[0] * v[1]; }"),
    ];

    private static IEnumerable<DiagnosticCase> Kept() =>
    [
        DiagnosticCase.Members("BPG113",
            "static double kept; static void Keep(double y) => kept = y; [Differentiable] static double F(double x) { [|Keep(x)|]; return x * kept; }",
            "static double kept; static void Keep(double y) => kept = y; [Differentiable] static double F(double x) { Keep(Gradient.Stop(x)); return x * kept; }"),
        DiagnosticCase.Members("BPG113",
            "static readonly double[] kept = [0]; static void Keep(ReadOnlySpan<double> y) => kept[0] = y[0]; [Differentiable] static double F(double[] x) { [|Keep(x)|]; return x[1] * kept[0]; }",
            "static readonly double[] kept = [0]; static void Look(ReadOnlySpan<double> y) { } [Differentiable] static double F(double[] x) { Look(x); return x[1]; }"),
        DiagnosticCase.Members("BPG113",
            "static double kept; static bool Ask(double y) { kept = y; return true; } [Differentiable] static double F(double x) => [|Ask(x)|] ? kept * x : x;",
            "static readonly double[] knots = [0]; static int Find(double y) => 0; static readonly double scale = 2; [Differentiable] static double F(double x) => knots[Find(x)] * scale * x;"),
        DiagnosticCase.Members("BPG113",
            "static readonly double[] kept = [0]; static int Keep(double y) { kept[0] = y; return 1; } [Differentiable] static double F(double x) => [|Keep(x)|] * x * kept[0];",
            "static readonly double[] kept = [0]; static int Find(double y) { int k = 0; while (k < kept.Length && kept[k] < y) { k++; } return k; } [Differentiable] static double F(double x) => Find(x) * x * kept[0];"),
        DiagnosticCase.Members("BPG113",
            "sealed class Box { public double V; } static readonly Box box = new(); static int Keep(double y) { box.V = y; return 1; } [Differentiable] static double F(double x) => [|Keep(x)|] * x * box.V;",
            "sealed class Box { public double V; } static readonly Box box = new(); static int Keep(double y) { box.V = y; return 1; } [Differentiable] static double F(double x) => Keep(Gradient.Stop(x)) * x * box.V;"),
        DiagnosticCase.Members("BPG113",
            "static double kept; static int Keep(double y) { kept = y; return 1; } static double Kept() => kept; [Differentiable] static double F(double x) => [|Keep(x)|] * x * Kept();",
            "static double kept; static int Look(double y) => (int)(y * kept); static double Kept() => kept; [Differentiable] static double F(double x) => Look(x) * x * Kept();"),
        DiagnosticCase.Members("BPG113",
            "static double kept; static void Keep(double y) => kept = y; [Differentiable] static double F(double x) { [|Keep(x)|]; return G(x); } [Differentiable] static double G(double y) => y * kept;",
            "static int Cell(double y) => (int)y; [Differentiable] static double F(double x) { Console.WriteLine(x); return Cell(x) * G(x); } [Differentiable] static double G(double y) => y;"),
        DiagnosticCase.Members("BPG113",
            "static string text = \"\"; [Differentiable] static double F(double x) { [|text = x.ToString()|]; return double.Parse(text); }",
            "static string text = \"\"; [Differentiable] static double F(double x) { text = x.ToString(); return x; }"),
        DiagnosticCase.Members("BPG113",
            $"static long bits; [Differentiable] static double F(double x) {{ [|bits = {Bits}<double, long>(x)|]; return {Bits}<long, double>(bits); }}",
            $"static long bits; [Differentiable] static double F(double x) {{ bits = {Bits}<double, long>(x); return x; }}"),
    ];

    private static IEnumerable<DiagnosticCase> Unknown() =>
    [
        Case("x * [|G(x)|]", "x * G(Gradient.Stop(x))", "static double G(double y) => y;"),
        Case("[|double.Parse(x.ToString())|]", "x * double.Parse(\"1\")"),
        Case($"[|{Bits}<long, double>({Bits}<double, long>(x))|]", $"x * {Bits}<long, double>({Bits}<double, long>(2))"),
        Case("[|Back(Bits(x) & ~1L)|]", "Back(2) * x * Bits(x)", "static long Bits(double y) => 0; static double Back(long b) => 0;"),
        Case("[|b.G(x)|]", "b.G(2) * x", "class B { public virtual double G(double y) => y; } static readonly B b = new();"),
        DiagnosticCase.Members("BPG120",
            "[Differentiable] static double F(double x) => x + [|Math.BitIncrement(x)|];",
            "[Differentiable] static double F(double x) => x * Math.BitIncrement(2.0);"),
        DiagnosticCase.Members("BPG120",
            $"[Differentiable] static double F(double x) {{ Span<byte> b = stackalloc byte[8]; {Bytes}.WriteDoubleLittleEndian(b, x); return [|{Bytes}.ReadDoubleLittleEndian(b)|]; }}",
            $"[Differentiable] static double F(double x) {{ Span<byte> b = stackalloc byte[8]; {Bytes}.WriteDoubleLittleEndian(b, 2); return x * {Bytes}.ReadDoubleLittleEndian(b); }}"),
        DiagnosticCase.Members("BPG120",
            "[Differentiable] static double F(double x, Func<double, bool> f) => [|f(x)|] ? x : 1;",
            "[Differentiable] static double F(double x, [NoGradient] double c, Func<double, bool> f) => f(c) && f(Gradient.Stop(x)) ? x : 1;"),
        DiagnosticCase.Members("BPG120",
            "[Differentiable] static double F(double x, Action<double> f) { [|f(x)|]; return x; }",
            "[Differentiable] static double F(double x, Action<double> f) { f(2); return x; }"),
    ];

    private static IEnumerable<DiagnosticCase> Disguised() =>
    [
        DiagnosticCase.Members("BPG109",
            "[Differentiable] static double F(double x) => [|G(x.ToString(), x)|]; [Differentiable] static double G(string s, double y) => s.Length * y;",
            "[Differentiable] static double F(double x) => G(\"\", x); [Differentiable] static double G(string s, double y) => s.Length * y;"),
        DiagnosticCase.Members("BPG103",
            "[Differentiable] static double F(double x, [NoGradient] dynamic d) => x * (double)[|d|];",
            "[Differentiable] static double F(double x, [NoGradient] double d) => x * d;"),
        DiagnosticCase.Members("BPG102",
            "[Differentiable] static double F(double[] x) { [|Parallel.For|](0, 2, i => x[i] *= 2); return x[0]; }",
            "[Differentiable] static double F(double[] x) { for (int i = 0; i < 2; i++) x[i] *= 2; return x[0]; }"),
    ];

    private static DiagnosticCase Case(string fires, string twin, string beside = "") => DiagnosticCase.Members(
        "BPG120", $"{beside} [Differentiable] static double F(double x) => {fires};", $"{beside} [Differentiable] static double F(double x) => {twin};");

    private static IEnumerable<DiagnosticCase> Rerun(string write)
    {
        const string Known = "struct Held { public int[] D; } [Differentiable] sealed partial class Net { public double A; public Held Held = new() { D = [0] }; } [Differentiable] static void Touch(Net o) { o.Held.D[0] = 1; } ";
        string Caller(string mark, string before, string after, string call) => $"{Known}[Differentiable{mark}] static double Give(Net o, double[] x) => x[o.Held.D[0]] * o.A; [Differentiable] static double F(Net o, double[] x) {{ {before} double s = {call}; {after} return s * o.A; }}";
        return
        [
            DiagnosticCase.Members("BPG109", Caller(", Recompute", "", write, "[|Give(o, x)|]"), Caller(", Recompute", write, "o.A = 2;", "Give(o, x)")),
            DiagnosticCase.Members("BPG109", Caller(", Recompute", "", write, "[|Give(o, x)|]"), Caller("", "", write, "Give(o, x)")),
        ];
    }

    private static IEnumerable<DiagnosticCase> Uncopied(string type, string read)
    {
        string Caller(string statements) => $"[Differentiable] static double Give([NoGradient] {type} q, double x) => x * {read}; [Differentiable] static double F([NoGradient] {type} q, double x) {{ {statements} return x; }}";
        return
        [
            DiagnosticCase.Members("BPG109", Caller($"x = [|Give(q, x)|]; {read} = 3;"), Caller($"{read} = 3; x = Give(q, x);")),
            DiagnosticCase.Members("BPG109", Caller($"for (int i = 0; i < 2; i++) {{ x = [|Give(q, x)|]; {read} = i; }}"), Caller("double[] own = [x]; for (int i = 0; i < 2; i++) { x = Give(q, x); own[0] += x; } x = own[0];")),
        ];
    }

    private static string Constant(string statements)
        => "[Differentiable] static void Put(double[] a, [NoGradient] double[] m) { m[0] = a[0] * 2; } [Differentiable] static double Look(double[] a, [NoGradient] double[] m) => m[0] * a[0];"
            + " [Differentiable] static double Into(double x, [NoGradient] ref double y) { y = x * 2; return y * x; }"
            + $" [Differentiable] static double F(double[] a, double[] m, [NoGradient] double[] n) {{ {statements} }}";
}
