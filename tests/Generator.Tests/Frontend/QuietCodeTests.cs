namespace Backprop.Generator.Tests.Frontend;

/// <summary>Methods of the user's that are not differentiated: those that only look, and those that may write what others see.</summary>
public sealed class QuietCodeTests
{
    [Theory]
    [InlineData("static int G(int i) => i * 3 + 1;")]
    [InlineData("static int G(int i) { int k = 0; while (k < table.Length - 1 && table[k + 1] < i) { k++; } return k; }")]
    [InlineData("static int G(int i) { int s = 0; foreach (double t in table) { s += (int)t; i--; } (s, i) = (i, s); return s; }")]
    [InlineData("static int G(int i) => i < 0 ? throw new ArgumentException($\"bad {i}\" + nameof(i)) : i;")]
    [InlineData("static int G(int i) => i == 0 ? 1 : i * G(i - 1);")]
    [InlineData("static int G(int i) => i == 0 ? 1 : H(i); static int H(int i) => G(i - 1);")]
    [InlineData("static int G(int i) => box.Next.N + count + Math.Abs(i) + grid.GetLength(0) + text.Length + list.Count + list[0];")]
    [InlineData("static int G(int i) => Span(table); static int Span(ReadOnlySpan<double> s) => s.Slice(1).Length + (int)s[^1];")]
    [InlineData("static int G(int i) { try { return checked(i * 2); } catch (OverflowException) { return 0; } }")]
    [InlineData("static int G(int i) => i switch { 0 => 1, > 3 and < 5 => 2, _ => 3 };")]
    [InlineData("static int G(int i) => (int)(new Number(i) + new Number(2)); readonly struct Number { readonly int n; public Number(int i) => n = i; public static int operator +(Number a, Number b) => a.n + b.n; }", "writes")]
    [InlineData("static int G(int i) => (int)default(Number) + (default(Number) + default(Number)); struct Number { int n; public static explicit operator int(Number a) => a.n; public static int operator +(Number a, Number b) => a.n; }")]
    [InlineData("static int G(int i) => count = i;", "writes")]
    [InlineData("static int G(int i) => count++;", "writes")]
    [InlineData("static int G(int i) { table[0] = i; return i; }", "writes")]
    [InlineData("static int G(int i) { Span<double> s = table; s[0] = i; return i; }", "writes")]
    [InlineData("static int G(int i) { foreach (ref double t in table.AsSpan()) { t = i; } return i; }", "writes")]
    [InlineData("static int G(int i) { ref double t = ref table[0]; t = i; return i; }", "writes")]
    [InlineData("static int G(int i) { (table[0], i) = (i, 2); return i; }", "writes")]
    [InlineData("static int G(int i) { box.N += i; return i; }", "writes")]
    [InlineData("static int G(int i) { H(out count); return i; } static int H(out int n) { n = 2; return n; }", "writes")]
    [InlineData("static int G(int i) { Array.Clear(table); return i; }", "writes")]
    [InlineData("static int G(int i) { Console.Write(i); return i; }", "writes")]
    [InlineData("static int G(int i) => H(i); static int H(int i) => I(i); static int I(int i) => count = i;", "writes")]
    [InlineData("static int G(int i) => i > 5 ? H(i) : 0; static int H(int i) { count = 1; return G(i - 1); }", "writes")]
    [InlineData("static int G(int i) { Func<int> f = () => i; return f(); }", "writes")]
    [InlineData("static int G(int i) { int H() => count = i; return H(); }", "writes")]
    [InlineData("static int G(int i) => box.Virtual();", "writes")]
    [InlineData("static int G(int i) => box.Counted;", "writes")]
    [InlineData("static int G(int i) { foreach (int k in list) { i += k; } return i; }", "writes")]
    [InlineData("static int G(int i) => $\"{box}\".Length;", "writes")]
    [InlineData("static int G(int i) => new Box().N + i;", "writes")]
    [InlineData("static int G(int i) => lazy.Value + i;", "writes")]
    public void What_the_source_shows(string members, string effect = "reads") => Assert.Contains($"external {effect} int `global::C.G({{0}})`", Source.BodyText(members + """

        static readonly double[] table = [1, 2]; static readonly double[,] grid = new double[2, 2]; static string text = ""; static List<int> list = [1]; static readonly Lazy<int> lazy = new(() => count++);
        static int count; static Box box = new(); class Box { public int N; public Box Next => this; public int Counted => N++; public virtual int Virtual() => N; }
        [Differentiable] static double F(double x, int n) => x * G(n);
        """), StringComparison.Ordinal);
}
