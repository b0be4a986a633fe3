namespace Backprop.Generator.Tests.Frontend;

/// <summary>Conversions.</summary>
public sealed class ConversionsTests
{
    [Fact]
    public void Numbers_are_converted_explicitly() => Assert.Equal(
        """
        double y = (double)x
        long l = (long)n
        int k = (int)c
        double #1 = (double)l
        double #2 = y * #1
        double #3 = (double)k
        double #4 = #2 * #3
        return #4
        """,
        Source.BodyText("""
            [Differentiable] static double F(float x, int n, char c)
            {
                double y = x;
                long l = n;
                int k = c;
                return y * l * k;
            }
            """));

    [Fact]
    public void A_narrowing_conversion_keeps_its_overflow_context() => Assert.Equal(
        """
        int k = (int)x
        byte b = (byte checked)k
        float #1 = (float)x
        float #2 = (float)k
        float #3 = #1 * #2
        float #4 = (float)b
        float #5 = #3 * #4
        double #6 = (double)#5
        return #6
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x)
            {
                int k = (int)x;
                byte b = checked((byte)k);
                return (float)x * k * b;
            }
            """));

    [Fact]
    public void An_identity_conversion_is_nothing() => Assert.Equal(
        """
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x) => (double)x;
            """));

    [Fact]
    public void An_enumeration_is_converted_as_text() => Assert.Equal(
        """
        global::System.DayOfWeek e = external pure global::System.DayOfWeek `(global::System.DayOfWeek){0}`(n)
        int #1 = external pure int `(int){0}`(d)
        double #2 = (double)#1
        double #3 = x * #2
        int #4 = external pure int `(int){0}`(e)
        double #5 = (double)#4
        double #6 = #3 * #5
        return #6
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, DayOfWeek d, int n)
            {
                DayOfWeek e = (DayOfWeek)n;
                return x * (int)d * (int)e;
            }
            """));

    [Fact]
    public void An_array_becomes_a_span_over_all_of_it() => Assert.Equal(
        """
        int #1 = a.Length
        Span<double> s = slice Span<double> of a from 0 count #1
        int #2 = s.Length
        ReadOnlySpan<double> r = slice ReadOnlySpan<double> of s from 0 count #2
        double #3 = r[0]
        return #3
        """,
        Source.BodyText("""
            [Differentiable] static double F(double[] a)
            {
                Span<double> s = a;
                ReadOnlySpan<double> r = s;
                return r[0];
            }
            """));

    [Fact]
    public void A_decimal_constant_of_the_caller_may_be_read() => Assert.Equal(
        """
        double #1 = external pure double `(double){0}`(d)
        double #2 = x * #1
        return #2
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, [NoGradient] decimal d) => x * (double)d;
            """));

    [Fact]
    public void Objects_are_tested_and_cast_as_text() => Assert.Equal(
        """
        bool #1 = external pure bool `{0} is string`(o)
        double #2
        if 1 (#1)
          string #3 = external pure string `(string){0}`(o)
          int #4 = external pure int `{0}.Length`(#3)
          double #5 = (double)#4
          #2 = #5 * x
        else
          #2 = x
        return #2
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, [NoGradient] object o) => o is string ? ((string)o).Length * x : x;
            """));
}
