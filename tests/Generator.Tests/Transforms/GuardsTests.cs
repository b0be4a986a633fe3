namespace Backprop.Generator.Tests.Transforms;

/// <summary>What a backward method checks before it begins.</summary>
public sealed class GuardsTests
{
    [Fact]
    public void Numbers_need_no_check() => Assert.Empty(Checks("double x, [NoGradient] double y, int n", "x * y * n"));

    [Fact]
    public void An_accumulator_is_as_long_as_its_parameter_and_apart_from_it() => Assert.Equal(
        ["SameLength(dx.Length, x.Length, nameof(dx))", "Apart<double>(dx, x, nameof(dx), nameof(x))"],
        Checks("ReadOnlySpan<double> x", "x[0]"));

    [Fact]
    public void Shapes_of_rectangles_and_of_rows_are_compared()
    {
        Assert.Equal(["SameShape(da, a, nameof(da))", "NotSame(da, a, nameof(da), nameof(a))"], Checks("double[,] a", "a[0, 0]"));
        Assert.Equal(["SameRows(da, a, nameof(da))"], Checks("double[][] a", "a[0][0]"));
        Assert.Equal(["SameRows(da, a, nameof(da))", "SharedAlike(da, a, nameof(da))"], Checks("double[][] a", "a[0][0] *= 2"));
    }

    [Fact]
    public void An_accumulator_is_apart_from_every_argument_of_its_type() => Assert.Equal(
        ["Apart<double>(da, a, nameof(da), nameof(a))", "Apart<double>(da, b, nameof(da), nameof(b))"],
        Checks("double[] a, [NoGradient] double[] b, [NoGradient] float[] c, [NoGradient] int[] d", "a[0] * b[0] * c[0] * d[0]").Skip(1));

    [Fact]
    public void Two_readers_of_one_memory_need_not_be_apart()
        => Assert.DoesNotContain(Checks("double[] a, double[] b", "a[0] * b[0]"), check => check.StartsWith("Apart<double>(a, b", StringComparison.Ordinal));

    [Fact]
    public void What_is_written_is_apart_from_the_others_and_so_are_their_cotangents()
    {
        string[] checks = Checks("double[] a, double[] b", "a[0] = b[0]");
        Assert.Contains("Apart<double>(a, b, nameof(a), nameof(b))", checks);
        Assert.Contains("Apart<double>(da, db, nameof(da), nameof(db))", checks);
    }

    [Theory]
    [InlineData("double[] a, double[][] b", "a[0] = b[0][0]", "Apart(Reachable.Memory<double>(a), Reachable.Rows<double>(b), nameof(a), nameof(b))", "Apart(Reachable.Memory<double>(da), Reachable.Rows<double>(db), nameof(da), nameof(db))")]
    [InlineData("double[][] a, double[][] b", "a[0][0] = b[0][0]", "NotSame(da, b, nameof(da), nameof(b))", "NotSame(db, a, nameof(db), nameof(a))", "Apart(Reachable.Rows<double>(a), Reachable.Rows<double>(b), nameof(a), nameof(b))", "Apart(Reachable.Rows<double>(da), Reachable.Rows<double>(db), nameof(da), nameof(db))")]
    [InlineData("double[][] a, float[] b", "b[0] = (float)a[0][0]")]
    [InlineData("ref double a, double[][] b", "a = b[0][0]", "Apart(Reachable.Variable(in a), Reachable.Rows<double>(b), nameof(a), nameof(b))")]
    [InlineData("Span<int> a, [NoGradient] ReadOnlySpan<int> b, double[] c", "a[0] = b[0]", "Apart<int>(a, b, nameof(a), nameof(b))")]
    public void What_is_reached_from_two_arguments_is_apart(string parameters, string result, params string[] expected)
        => Assert.Equal(expected, Checks(parameters, result).Where(static check => (check.StartsWith("Apart", StringComparison.Ordinal) || check.StartsWith("NotSame", StringComparison.Ordinal)) && !check.Contains("nameof(da), nameof(a)") && !check.Contains("nameof(db), nameof(b)") && !check.Contains("nameof(dc)")));

    [Fact]
    public void Two_references_are_two_variables() => Assert.Equal(
        [
            "Distinct(in x, in y, nameof(x), nameof(y))", "Distinct(in dx, in dy, nameof(dx), nameof(dy))",
            "Distinct(in dx, in x, nameof(dx), nameof(x))", "Distinct(in dx, in y, nameof(dx), nameof(y))", "Distinct(in dy, in x, nameof(dy), nameof(x))", "Distinct(in dy, in y, nameof(dy), nameof(y))",
        ],
        Checks("ref double x, ref double y", "x = x * y"));

    [Fact]
    public void A_variable_that_takes_a_gradient_is_none_that_is_read_and_outside_of_what_is_written()
    {
        Assert.Equal(["Distinct(in dx, in x, nameof(dx), nameof(x))"], Checks("in double x", "x * x"));
        Assert.Equal(
            ["Outside<double, double>(in dy, x, nameof(dy), nameof(x))", "Outside<double, double>(in dy, dx, nameof(dy), nameof(dx))"],
            Checks("double[] x, double y", "x[0] *= y").Where(static check => check.StartsWith("Outside", StringComparison.Ordinal)));
    }

    private static string[] Checks(string parameters, string result)
        => [.. new Consumer().Generate(Source.InClass($"[Differentiable] public static double F({parameters}) {{ return {result}; }}")).CompilesCleanly().Text.Split('\n')
            .Select(line => line.Trim()).Where(line => line.StartsWith("Require.", StringComparison.Ordinal)).Select(line => line["Require.".Length..].TrimEnd(';'))];
}
