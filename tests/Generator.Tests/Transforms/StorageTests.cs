namespace Backprop.Generator.Tests.Transforms;

/// <summary>Local arrays come from the residual store.</summary>
public sealed class StorageTests
{
    [Fact]
    public void A_local_array_is_rented_zeroed_and_so_are_its_cotangents()
    {
        string text = Pass.Final.Text("[Differentiable] static double F(double x, int n) { double[] a = new double[n]; a[0] = x; return a[n - 1] * x; }");
        Assert.Equal(2, text.Split("RentZeroed<double>").Length - 1);
        Assert.DoesNotContain("new local", text);
    }

    [Fact]
    public void An_array_that_is_handed_out_is_on_the_heap()
    {
        string text = Pass.Final.Text("[Differentiable] static double[] F(double x) { double[] a = new double[3]; a[0] = x; return a; }");
        Assert.Contains("new escapes double[](3)", text);
        Assert.Equal(1, text.Split("RentZeroed<double>").Length - 1);
    }

    [Fact]
    public void An_array_made_in_a_loop_has_one_buffer_for_all_iterations()
    {
        string text = Pass.Final.Text("[Differentiable] static double F(double x, int n) { double s = 0; for (int i = 1; i < n; i++) { double[] a = new double[i]; a[0] = x * x; s += a[i - 1]; } return s; }");
        string[] lines = text.Split('\n');
        int loop = Array.FindIndex(lines, line => line.StartsWith("loop", StringComparison.Ordinal));
        Assert.Equal(2, lines.Take(loop).Count(line => line.Contains("uffer", StringComparison.Ordinal) && line.Contains("Rent<double>", StringComparison.Ordinal)));
        Assert.Contains(lines.Skip(loop), line => line.TrimStart().StartsWith("fill a", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("new double[n]")]
    [InlineData("stackalloc double[n]")]
    public void An_array_bears_the_name_of_the_span_that_it_was_made_for(string array)
    {
        string text = new Consumer().Generate(Source.InClass($"[Differentiable] public static double F(double x, int n) {{ Span<double> table = {array}; table[0] = x; return table[n - 1] * x; }}")).CompilesCleanly().Text;
        Assert.Contains("Span<double> table = residuals.RentZeroed<double>(n);", text);
        Assert.Contains("Span<double> dTable = residuals.RentZeroed<double>(n);", text);
        Assert.DoesNotContain("Slice", text);
    }

    [Fact]
    public void An_array_of_integers_has_no_cotangents()
        => Assert.Equal(1, Pass.Final.Text("[Differentiable] static double F(double x, int n) { int[] k = new int[n]; k[0] = 2; return x * k[0]; }").Split("RentZeroed<").Length - 1);
}
