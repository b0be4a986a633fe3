using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.IR;

/// <summary>A pass costs what it changes: what it leaves alone stays the object that it is.</summary>
public sealed class TraversalTests
{
    private const string Method = """
        [Differentiable]
        static double F(double x, double[] a, ref double last)
        {
            double sum = 0;
            for (int i = 0; i < a.Length; i++)
            {
                if (a[i] > 3) continue;
                a[i] = Math.Exp(x * a[i]);
                sum += a[i] > x ? a[i] : -x;
            }

            while (sum > 10) { sum /= 2; if (sum < x) break; }
            last = sum;
            if (sum < 0) throw new ArgumentException("negative");
            return Math.Sqrt(sum) + G(x);
        }

        [Differentiable]
        static double G(double x) => x * x;
        """;

    [Fact]
    public void A_statement_of_which_nothing_changes_is_the_very_same()
    {
        Method method = Source.LowerMethod(Method);
        List<Stmt> statements = [.. method.Body.Deep(), .. new Prepared(method).Primal.Deep()];
        Assert.Contains(statements, static stmt => stmt is Loop { Head: Counted, Carried.Count: > 0 });
        Assert.Contains(statements, static stmt => stmt is If { Joins.Count: > 0 });
        Assert.All(statements, static stmt => Assert.Same(stmt, stmt.Map(static expr => expr.Substitute(static _ => null), static block => block)));
        Assert.Same(method.Body, method.Body.Substitute(static _ => null));
    }

    [Fact]
    public void Every_statement_is_found_once_outer_before_inner()
    {
        Block body = new Prepared(Source.LowerMethod(Method)).Primal;
        List<Stmt> deep = body.Deep();
        Assert.Equal(deep.Count, deep.Distinct(ReferenceComparer<Stmt>.Instance).Count());
        Assert.All(deep, stmt => Assert.All(stmt.Blocks().SelectMany(static block => block.Statements), inner => Assert.True(deep.FindIndex(s => ReferenceEquals(s, inner)) > deep.FindIndex(s => ReferenceEquals(s, stmt)))));
    }
}
