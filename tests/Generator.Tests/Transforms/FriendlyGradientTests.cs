namespace Backprop.Generator.Tests.Transforms;

/// <summary>The method that returns value and gradient.</summary>
public sealed class FriendlyGradientTests
{
    [Fact]
    public void One_parameter_gives_its_gradient_alone() => Assert.Equal(
        """
        public static (double Value, double Gradient) FGradient(double x, int n = 2)
        double dx = 0;
        double value = FBackward(x, n, ref dx);
        return (value, dx);
        """,
        Friendly("static double F(double x, int n = 2) { return x * n; }"));

    [Fact]
    public void Several_parameters_give_a_tuple_with_their_names() => Assert.Equal(
        """
        public static (float Value, (float x, float[] @in, float[,] m) Gradient) FGradient(
        float x,
        ReadOnlySpan<float> @in,
        float[,] m)
        float dx = 0;
        float[] dIn = new float[@in.Length];
        float[,] dm = new float[m.GetLength(0), m.GetLength(1)];
        float value = FBackward(x, @in, m, ref dx, dIn, dm);
        return (value, (dx, dIn, dm));
        """,
        Friendly("static float F(float x, ReadOnlySpan<float> @in, float[,] m) { return x * @in[0] * m[0, 0]; }"));

    [Theory]
    [InlineData("static double F(ref double x) { return x * x; }")]
    [InlineData("static double F(double x, out double y) { y = x; return x; }")]
    [InlineData("static double F(double[] a) { a[0] *= 2; return a[0]; }")]
    [InlineData("static void F(double x, Span<double> a) { a[0] = x; }")]
    [InlineData("static double[] F(double x) { return new[] { x }; }")]
    public void There_is_none_where_the_method_writes_or_returns_no_number(string method) => Assert.Equal("", Friendly(method));

    [Fact]
    public void An_in_parameter_stays_one() => Assert.Contains("FBackward(in x, ref dx)", Friendly("static double F(in double x) { return x * x; }"));

    private static string Friendly(string method)
    {
        string text = new Consumer().Generate(Source.InClass("[Differentiable] public " + method)).CompilesCleanly().Text;
        int start = text.LastIndexOf("    public static (", StringComparison.Ordinal);
        return start < 0 ? "" : string.Join("\n", text[start..].Split('\n').Select(line => line.Trim()).Where(line => line is not ("{" or "}" or "")));
    }
}
