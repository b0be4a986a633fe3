namespace Backprop.Generator.Tests.Transforms;

/// <summary>Where recorded values lie, and how much room there is for them.</summary>
public sealed class RecordsTests
{
    [Fact]
    public void The_number_of_the_iteration_is_the_place() => Pass.Final.Turns(
        "[Differentiable] static double F(double x, int n) { double s = 1; for (int i = 0; i < n; i++) s = s * x; return s; }",
        """
        adjoint int #1 = external pure int `global::System.Math.Max({0}, 0)`(n)
        adjoint Span<double> recordedS = external reads Span<double> `{0}.Rent<double>({1})`(residuals, #1)
        loop 1 for (i#2 = 0; i#2 < n; i#2 += 1)
        carried double s#3 = 1.0 next s#4 result s#5
          recordedS[i#2] = s#3
          double s#4 = s#3 * x
        adjoint int #6 = n - 1
        loop 2 mirrors 1 for (i#7 = #6; i#7 >= 0; i#7 += -1)
        carried double dx#8 = 0.0 next dx#9 result dx#10
        carried double ds#11 = seed next ds#12 result ds#13
          adjoint double s#14 = recordedS[i#7]
          adjoint double ds#12 = ds#11 * x
          adjoint double dx#15 = ds#11 * s#14
          adjoint double dx#9 = dx#8 + dx#15
        dx#16 += dx#10
        return s#5
        """);

    [Theory]
    [InlineData("int i = 0; i < 10; i++", "Rent<double>", "(residuals, 10)")]
    [InlineData("int i = 0; i < n; i++", "Math.Max", "`(n)")]
    [InlineData("int i = n; i > 0; i -= 3", "/ 3", "Math.Max")]
    public void Storage_is_exact_where_the_trips_are_known(string head, string size, string more)
    {
        string text = Loop(head, "s = s * x;");
        Assert.DoesNotContain("Grow", text);
        Assert.Contains(size, text);
        Assert.Contains(more, text);
    }

    [Fact]
    public void Storage_grows_where_they_are_not()
    {
        string text = Pass.Final.Text("[Differentiable] static double F(double x) { while (x < 100) { x = x * x; } return x; }");
        Assert.Contains("Grow<double>", text);
        Assert.Contains("(residuals, 64)", text);
    }

    [Fact]
    public void A_nested_loop_with_known_bounds_takes_their_product()
    {
        string text = Loop("int i = 0; i < n; i++", "for (int j = 0; j < 5; j++) s = s * x;");
        Assert.DoesNotContain("Grow", text);
        Assert.Contains("*checked", text);
    }

    [Fact]
    public void A_triangular_loop_grows() => Assert.Contains("Grow", Loop("int i = 0; i < n; i++", "for (int j = 0; j < i; j++) s = s * x;"));

    [Fact]
    public void A_nested_loop_counts_forward_and_back()
    {
        string text = Loop("int i = 0; i < n; i++", "for (int j = 0; j < i; j++) s = s * x;");
        Assert.Contains("at#", text);
        Assert.Contains("+ 1", text);
        Assert.Contains("- 1", text);
    }

    [Fact]
    public void All_records_of_a_loop_grow_together()
    {
        string text = Pass.Final.Text("[Differentiable] static double F(double x, double y) { while (x < 100) { x = x * y; y = y * x; } return x; }");
        Assert.Equal(2, text.Split("Grow<double>").Length - 1);
        Assert.Equal(1, text.Split(".Length").Length - 1);
    }

    [Fact]
    public void Integers_are_recorded_as_integers()
    {
        string text = Pass.Final.Text("[Differentiable] static double F(double x, int k) { while (x < 100) { if (x > k) { x = x * x; } else { x = x + 2; } k = k * 3 / 2; } return x; }");
        Assert.Contains("Rent<int>", text);
    }

    private static string Loop(string head, string body)
        => Pass.Final.Text($"[Differentiable] static double F(double x, int n) {{ double s = 1; for ({head}) {{ {body} }} return s; }}");
}
