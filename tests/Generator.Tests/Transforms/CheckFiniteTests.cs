using System.Reflection;

namespace Backprop.Generator.Tests.Transforms;

/// <summary>A build with <c>BackpropCheckFinite</c> names file, line and expression of the first result that is not finite.</summary>
public sealed class CheckFiniteTests
{
    /// <summary>Line 7 of the file is the method's first line, and so on.</summary>
    private const string Class = """
        using System;
        using System.Numerics;
        using Backprop;
        public static partial class C
        {
            [Differentiable]
        METHODS
        }
        """;

    [Theory]
    [InlineData("an operation", 8, "'Math.Log(x + 1.0)' is NaN in 'double y = Math.Log(x + 1);'", -2.0, """
            public static double F(double x)
            {   double y = Math.Log(x + 1);
                return y * y; }
        """)]
    [InlineData("an operation on values without names", 7, "'Math.Sqrt((x * x) - 2.0)' is NaN in '3 * Math.Sqrt(x * x - 2)'", 1.0, "    public static double F(double x) => 3 * Math.Sqrt(x * x - 2);")]
    [InlineData("a loop", 9, "'y * y' is Infinity in 'y = y * y;'", 1e10, """
            public static double F(double x)
            {   double y = x; for (int i = 0; i < 9; i++)
                { y = y * y; }
                return y; }
        """)]
    [InlineData("a derivative", 9, "'dArea' is Infinity in the backward pass of 'double side = Math.Sqrt(area);'", 0.0, """
            public static double F(double x)
            {   double area = x * x;
                double side = Math.Sqrt(area);
                return 2 * side; }
        """)]
    [InlineData("a derivative in a loop that could be reversed on the spot", 9, "is Infinity in the backward pass of 'sum += Math.Sqrt(i * x);'", 0.0, """
            public static double F(double x)
            {   double sum = 0; for (int i = 1; i < 3; i++)
                { sum += Math.Sqrt(i * x); }
                return sum; }
        """)]
    [InlineData("a divisor known before the loop", 9, "'x / ((double)0)' is NaN in 'return x / n;'", 0.0, """
            public static double F(double x)
            {   int n = 0;
                return x / n; }
        """)]
    [InlineData("a method that is called", 8, "'Math.Log(y)' is NaN in 'Math.Log(y)'", -1.0, """
            public static double F(double x) => G(x) + 1;
            [Differentiable] public static double G(double y) => Math.Log(y);
        """)]
    [InlineData("the pullback of a method that is called", 8, "'dy' is Infinity in the backward pass of 'Math.Sqrt(y)'", 0.0, """
            public static double F(double x) => G(x) + 1;
            [Differentiable] public static double G(double y) => Math.Sqrt(y);
        """)]
    [InlineData("a method whose own rule is called", 7, "'Half(…)' is NaN in 'Half(x) + 1'", 0.0, """
            public static double F(double x) => Half(x) + 1;
            [Pullback(nameof(Rule))] public static double Half(double y) => y / 0 * 0;
            private static void Rule(double y, double value, ref double dy, double seed) => dy += seed;
        """)]
    [InlineData("single precision", 8, "'(float)x' is Infinity in 'float y = (float)x;'", 1e300, """
            public static double F(double x)
            {   float y = (float)x;
                return y; }
        """)]
    [InlineData("a vector", 8, "'Vector2.Normalize((vX, 0.0f)).X' is NaN in 'Vector2 n = Vector2.Normalize(v);'", 0.0, """
            public static double F(double x) { Vector2 v = new((float)x, 0);
                Vector2 n = Vector2.Normalize(v);
                return n.X; }
        """)]
    [InlineData("a statement with quotes and braces", 7, "'x / 0.0' is NaN in '(x / 0) +$\"{{\\\"}}\".Length'", 0.0, "    public static double F(double x) => (x / 0) + $\"{{\\\"}}\".Length;")]
    public void Names_the_place(string what, int line, string message, double x, string methods)
    {
        Exception error = Assert.Throws<NotFiniteNumberException>(() => Gradient(methods, x, "true"));
        Assert.True(error.Message.StartsWith($"File0.cs({line}): ", StringComparison.Ordinal) && error.Message.Contains(message), $"{what}: {error.Message}");
    }

    [Theory]
    [InlineData("a good point", 2.0, "public static double F(double x) { double sum = 0; for (int i = 0; i < 3; i++) { sum += Math.Log(x + i) * x; } return sum; }")]
    [InlineData("an infinity that was written down", 2.0, "public static double F(double x) { double best = double.NegativeInfinity; for (int i = 0; i < 3; i++) { best = Math.Max(best, x * i); } return best; }")]
    [InlineData("a quotient that the rule does not take", 0.0, "public static double F(double x) => Math.Pow(x, 2) + Math.Max(x, 1);")]
    public void Says_nothing_at(string what, double x, string method)
    {
        (double value, double gradient) = Gradient(method, x, "true");
        (double plainValue, double plainGradient) = Gradient(method, x, null);
        Assert.True(BitConverter.DoubleToInt64Bits(plainValue) == BitConverter.DoubleToInt64Bits(value), what);
        Assert.Equal(plainGradient, gradient, 1e-14 * (1 + Math.Abs(plainGradient)));
    }

    [Theory]
    [InlineData("nan", 0.0, false)]
    [InlineData("NaN", -1.0, true)]
    [InlineData("True", 0.0, true)]
    [InlineData("false", -1.0, false)]
    [InlineData("", -1.0, false)]
    [InlineData(null, -1.0, false)]
    public void Refuses_what_the_property_says(string? property, double x, bool isRefused)
    {
        const string Log = "public static double F(double x) => Math.Log(x);";
        Exception? error = Record.Exception(() => Gradient(Log, x, property));
        Assert.Equal(isRefused, error is NotFiniteNumberException);
        Assert.Equal(isRefused, error is not null);
    }

    [Fact]
    public void A_project_without_the_property_is_the_same_text_wherever_a_method_stands()
    {
        const string Text = "using Backprop; public static partial class C { [Differentiable] public static double F(double x) => x * x; }";
        Assert.Equal(new Consumer().Generate(Text).Text, new Consumer().Generate("\n\n" + Text).Text);
        Assert.NotEqual(new Consumer { CheckFinite = "true" }.Generate(Text).Text, new Consumer { CheckFinite = "true" }.Generate("\n\n" + Text).Text);
    }

    [Fact]
    public void Every_example_compiles_cleanly()
    {
        foreach (Example example in Examples.All)
        {
            Output output = new Consumer { CheckFinite = "true" }.Generate(example.Source).CompilesCleanly();
            Assert.True(output.Text.Contains("CheckFinite.", StringComparison.Ordinal), example.Name);
        }
    }

    private static (double Value, double Gradient) Gradient(string methods, double x, string? property)
    {
        Type type = new Consumer { CheckFinite = property }.Generate(Class.Replace("METHODS", methods)).CompilesCleanly().Load("C");
        MethodInfo gradient = type.GetMethod("FGradient")!;
        try
        {
            return ((double, double))gradient.Invoke(null, [x])!;
        }
        catch (TargetInvocationException error)
        {
            throw error.InnerException!;
        }
    }
}
