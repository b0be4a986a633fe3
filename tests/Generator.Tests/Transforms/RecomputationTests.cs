namespace Backprop.Generator.Tests.Transforms;

/// <summary>What the backward sweep of a loop computes again instead of keeping it.</summary>
public sealed class RecomputationTests
{
    [Fact]
    public void Sums_and_products_are_computed_again_from_what_the_loop_carries() => Pass.Final.Turns(
        "[Differentiable] static double F(double x, int n) { double s = 1; for (int i = 0; i < n; i++) { double t = s * x + 2; s = t * t; } return s; }",
        """
        adjoint int #1 = external pure int `global::System.Math.Max({0}, 0)`(n)
        adjoint Span<double> recordedS = external reads Span<double> `{0}.Rent<double>({1})`(residuals, #1)
        loop 1 for (i#2 = 0; i#2 < n; i#2 += 1)
        carried double s#3 = 1.0 next s#4 result s#5
          recordedS[i#2] = s#3
          double #6 = s#3 * x
          double t#7 = #6 + 2.0
          double s#4 = t#7 * t#7
        adjoint int #8 = n - 1
        loop 2 mirrors 1 for (i#9 = #8; i#9 >= 0; i#9 += -1)
        carried double dx#10 = 0.0 next dx#11 result dx#12
        carried double ds#13 = seed next ds#14 result ds#15
          adjoint double s#16 = recordedS[i#9]
          adjoint double #17 = s#16 * x
          adjoint double t#18 = #17 + 2.0
          adjoint double dt#19 = ds#13 * t#18
          adjoint double dt#20 = 2.0 * dt#19
          adjoint double ds#14 = dt#20 * x
          adjoint double dx#21 = dt#20 * s#16
          adjoint double dx#11 = dx#10 + dx#21
        dx#22 += dx#12
        return s#5
        """);

    [Theory]
    [InlineData("Math.Exp(s)")]
    [InlineData("Math.Sqrt(s)")]
    [InlineData("1 / s")]
    public void Dear_values_are_recorded(string dear) => Assert.Equal(2, Records($"double t = {dear}; s = t * t * s;"));

    [Theory]
    [InlineData("s * s")]
    [InlineData("s - 3")]
    [InlineData("Math.Max(s, 2)")]
    [InlineData("Math.Abs(s)")]
    [InlineData("s > 2 ? s : 1")]
    public void Cheap_values_are_not(string cheap) => Assert.Equal(1, Records($"double t = {cheap}; s = t * t * s;"));

    [Fact]
    public void Elements_that_nobody_writes_are_read_again() => Assert.Equal(1, Records("s = s * a[i];"));

    [Fact]
    public void Elements_that_are_written_are_recorded() => Assert.Equal(2, Records("double t = a[i]; a[i] = s; s = s * t;"));

    [Fact]
    public void Elements_that_are_written_before_are_read_again() => Assert.Equal(1, Records("s = s * a[i];", "a[0] = x; for (int k = 0; k < n; k++) { a[k] = 2; }"));

    [Fact]
    public void Elements_that_are_written_afterwards_are_recorded() => Assert.Equal(2, Records("s = s * a[i];", "", "a[0] = x;"));

    [Theory]
    [InlineData("i % 2")]
    [InlineData("i / 3")]
    [InlineData("i < 3 ? i : i + 1 - n")]
    public void Indices_are_computed_again(string index) => Assert.Equal(0, Records($"int k = {index}; s = s * b[k];"));

    [Fact]
    public void A_quotient_that_could_fail_is_recorded() => Assert.Equal(1, Records("int k = i / n; s = s * b[k];"));

    [Fact]
    public void A_value_is_recorded_once_however_often_it_is_needed() => Assert.Equal(2, Records("double t = Math.Exp(s); s = t * s; s = t * s; s = t * s;"));

    private static int Records(string body, string before = "", string after = "")
        => Pass.Final.Text($"[Differentiable] static double F(double x, Span<double> a, [NoGradient] ReadOnlySpan<double> b, int n) {{ double s = x; {before} for (int i = 0; i < n; i++) {{ {body} }} {after} return s; }}")
            .Split(".Rent<").Length - 1;
}
