namespace Backprop.Generator.Tests.Frontend;

/// <summary>Fields, properties, new objects, text.</summary>
public sealed class MembersTests
{
    [Fact]
    public void Fields_and_properties() => Assert.Equal(
        """
        double #1 = external pure double `global::C.scale`()
        double #2 = x * #1
        double #3 = external reads double `global::C.offset`()
        double #4 = #2 + #3
        double #5 = external reads double `{0}[{1}]`(l, 2)
        double #6 = #4 + #5
        int #7 = external reads int `{0}.Count`(l)
        double #8 = (double)#7
        double #9 = #6 + #8
        int #10 = external pure int `{0}.Length`(s)
        double #11 = (double)#10
        double #12 = #9 + #11
        char #13 = external pure char `{0}[{1}]`(s, 0)
        double #14 = (double)#13
        double #15 = #12 + #14
        int #16 = external reads int `{0}.Year`(t)
        double #17 = (double)#16
        double #18 = #15 + #17
        return #18
        """,
        Source.BodyText("""
            static readonly double scale = 2;
            static double offset;
            [Differentiable] static double F(double x, [NoGradient] List<double> l, string s, DateTime t) => x * scale + offset + l[2] + l.Count + s.Length + s[0] + t.Year;
            """));

    [Fact]
    public void A_property_with_a_body_may_do_anything_but_what_its_source_shows() => Assert.Equal(
        """
        int #1 = external reads int `global::C.Plain`()
        double #2 = (double)#1
        double #3 = x * #2
        int #4 = external reads int `global::C.Computed`()
        double #5 = (double)#4
        double #6 = #3 * #5
        int #7 = external writes int `global::C.Counted`()
        double #8 = (double)#7
        double #9 = #6 * #8
        return #9
        """,
        Source.BodyText("""
            static int Plain { get; set; }
            static int Computed => 3;
            static int Counted => Plain++;
            [Differentiable] static double F(double x) => x * Plain * Computed * Counted;
            """));

    [Fact]
    public void Text_with_values_in_it() => Assert.Equal(
        """
        bool #1 = n > 1
        string #2
        if 1 (#1)
          #2 = external pure string `"many"`()
        else
          #2 = external pure string `"one"`()
        string s = external reads string `$"{{{{n}}}}: {{({0}),4}} \"{{({1}):F2}}\" {{("x")}} {{({2})}}"`(n, x, #2)
        int #3 = external pure int `{0}.Length`(s)
        double #4 = (double)#3
        double #5 = #4 * x
        return #5
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int n)
            {
                string s = $"{{n}}: {n,4} \"{x:F2}\" {nameof(x)} {(n > 1 ? "many" : "one")}";
                return s.Length * x;
            }
            """));

    [Fact]
    public void New_objects() => Assert.Equal(
        """
        global::System.Random r = external writes global::System.Random `new global::System.Random({0})`(seed)
        double #1 = external writes double `{0}.NextDouble()`(r)
        double #2 = #1 * x
        return #2
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int seed)
            {
                var r = new Random(seed);
                return r.NextDouble() * x;
            }
            """));
}
