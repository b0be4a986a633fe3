namespace Backprop.Generator.Tests.Frontend;

/// <summary>Primitives and C# that the IR does not look into.</summary>
public sealed class CallsTests
{
    [Fact]
    public void Floating_functions_are_primitives() => Assert.Equal(
        """
        double #1 = Math.Pow(x, 2.0)
        float #2 = MathF.Sqrt(y)
        double #3 = (double)#2
        double #4 = #1 + #3
        double #5 = (double)y
        double #6 = double.Hypot(x, #5)
        double #7 = #4 + #6
        double #8 = Math.Clamp(x, 0.0, 1.0)
        double #9 = #7 + #8
        double #10 = Math.Round(x, 2)
        double #11 = #9 + #10
        float #12 = Math.Max(y, 1.0f)
        double #13 = (double)#12
        double #14 = #11 + #13
        float #15 = float.Lerp(y, 1.0f, 0.5f)
        double #16 = (double)#15
        double #17 = #14 + #16
        return #17
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, float y) => Math.Pow(x, 2) + MathF.Sqrt(y) + double.Hypot(x, y) + Math.Clamp(x, 0, 1) + Math.Round(x, 2) + Math.Max(y, 1f) + float.Lerp(y, 1, 0.5f);
            """));

    [Fact]
    public void Functions_of_integers_and_predicates_are_text() => Assert.Equal(
        """
        bool #1 = external pure bool `double.IsNaN({0})`(x)
        int #2
        if 1 (#1)
          #2 = external pure int `global::System.Math.Max({0}, {1})`(n, 2)
        else
          int #3 = external pure int `global::System.Math.Sign({0})`(x)
          int #4 = external pure int `global::System.Math.Abs({0})`(n)
          #2 = #3 * #4
        double #5 = (double)#2
        return #5
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int n) => double.IsNaN(x) ? Math.Max(n, 2) : Math.Sign(x) * Math.Abs(n);
            """));

    [Fact]
    public void A_stop_is_kept() => Assert.Equal(
        """
        double #1 = x * x
        double #2 = stop(#1)
        double #3 = (double)n
        double #4 = #2 * #3
        return #4
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int n) => Gradient.Stop(x * x) * Gradient.Stop(n);
            """));

    [Fact]
    public void Another_method_is_text_with_a_site() => Assert.Equal(
        """
        double #1 = external reads double `global::C.Other({0}, {1})`(x, 2)
        double #2 = #1 * x
        return #2
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x) => Other(x, 2) * x;
            static double Other(double y, int k) => y * k;
            """));

    [Fact]
    public void Arguments_are_evaluated_as_written_and_put_in_order() => Assert.Equal(
        """
        int #1 = i
        i = #1 + 1
        double #2 = (double)i
        double #3 = x * #2
        double #4 = external reads double `global::C.Other({0}, b: {1})`(#3, #1)
        return #4
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int i) => Other(b: i++, a: x * i);
            static double Other(double a, double c = 3, int b = 2) => a;
            """));

    [Fact]
    public void A_params_array_is_written_out() => Assert.Equal(
        """
        evaluate external writes void `global::System.Console.WriteLine("{{0}} {{1}}", {0}, {1})`(x, n)
        string #1 = external pure string `string.Join(",", "a", "b")`()
        int #2 = external pure int `{0}.Length`(#1)
        double #3 = (double)#2
        double #4 = #3 * x
        return #4
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int n)
            {
                Console.WriteLine("{0} {1}", x, n);
                return string.Join(",", "a", "b").Length * x;
            }
            """));

    [Fact]
    public void Objects_of_the_caller_may_be_used() => Assert.Equal(
        """
        double #1 = external writes double `{0}.NextDouble()`(r)
        double #2 = external writes double `{0}({1})`(f, 2.0)
        double #3 = #1 * #2
        global::System.Random #4 = external reads global::System.Random `global::System.Random.Shared`()
        int #5 = external writes int `{0}.Next({1})`(#4, 3)
        double #6 = (double)#5
        double #7 = #3 * #6
        double #8 = #7 * x
        return #8
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, [NoGradient] Random r, [NoGradient] Func<double, double> f) => r.NextDouble() * f(2) * Random.Shared.Next(3) * x;
            """));

    [Fact]
    public void An_extension_method_is_called_as_what_it_is() => Assert.Equal(
        """
        int #1 = external writes int `global::System.Linq.Enumerable.Sum({0})`(l)
        double #2 = (double)#1
        double #3 = #2 * x
        return #3
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, [NoGradient] List<int> l) => l.Sum() * x;
            """));
}
