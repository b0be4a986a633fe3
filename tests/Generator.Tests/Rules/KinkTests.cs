namespace Backprop.Generator.Tests.Rules;

/// <summary>The slopes that docs/rules.md promises at singular points.</summary>
public sealed class KinkTests
{
    private const double NaN = double.NaN;
    private const double Infinity = double.PositiveInfinity;

    [Theory]
    [InlineData("Abs", 0.0, 0)]
    [InlineData("Abs", NaN, 0)]
    [InlineData("Abs", -Infinity, -1)]
    [InlineData("Sqrt", -1.0, NaN)]
    [InlineData("Sqrt", Infinity, 0)]
    [InlineData("Cbrt", 0.0, Infinity)]
    [InlineData("Log", Infinity, 0)]
    [InlineData("Asin", 1.0, Infinity)]
    [InlineData("Asin", -1.0, Infinity)]
    [InlineData("Asin", 2.0, NaN)]
    [InlineData("Acos", 1.0, -Infinity)]
    [InlineData("Acos", -1.0, -Infinity)]
    [InlineData("Acosh", 1.0, Infinity)]
    [InlineData("Acosh", 0.5, NaN)]
    [InlineData("Atanh", 1.0, Infinity)]
    [InlineData("Atanh", -1.0, Infinity)]
    [InlineData("Atan", Infinity, 0)]
    [InlineData("Asinh", -Infinity, 0)]
    [InlineData("Tanh", Infinity, 0)]
    [InlineData("Tanh", -Infinity, 0)]
    [InlineData("Exp", -Infinity, 0)]
    [InlineData("Exp", 800.0, Infinity)]
    [InlineData("Sin", Infinity, NaN)]
    [InlineData("Floor", 2.0, 0)]
    [InlineData("Ceiling", 2.0, 0)]
    [InlineData("Round", 2.5, 0)]
    [InlineData("Truncate", 0.0, 0)]
    public void One_argument(string member, double x, double expected)
    {
        OnBothHosts(member, [x], 0, expected);
        OnBothHosts(member, [x == 0 ? -0.0 : x], 0, expected);
    }

    [Theory]
    [InlineData("Sqrt")]
    [InlineData("Log")]
    [InlineData("Log2")]
    [InlineData("Log10")]
    public void A_domain_that_ends_at_0_takes_the_sign_of_the_zero(string member)
    {
        OnBothHosts(member, [0.0], 0, Infinity);
        OnBothHosts(member, [-0.0], 0, -Infinity);
    }

    [Fact]
    public void Zeros_of_unlike_sign_are_equal_numbers()
    {
        foreach (string member in new[] { "Max", "Min", "MaxMagnitude", "MinMagnitude" })
        {
            OnBothHosts(member, [-0.0, 0.0], 0, 1);
            OnBothHosts(member, [0.0, -0.0], 0, 1);
            OnBothHosts(member, [0.0, -0.0], 1, 0);
        }
    }

    [Fact]
    public void The_sign_of_a_zero_is_a_sign() => OnBothHosts("CopySign", [3.0, -0.0], 0, -1);

    [Theory]
    [InlineData("Max", 2.0, 2.0, 1, 0)]
    [InlineData("Max", 2.0, 3.0, 0, 1)]
    [InlineData("Max", 3.0, 2.0, 1, 0)]
    [InlineData("Max", NaN, 1.0, 1, 0)]
    [InlineData("Max", 1.0, NaN, 0, 1)]
    [InlineData("Max", -Infinity, Infinity, 0, 1)]
    [InlineData("Min", 2.0, 2.0, 1, 0)]
    [InlineData("Min", 2.0, 3.0, 1, 0)]
    [InlineData("Min", 3.0, 2.0, 0, 1)]
    [InlineData("Min", NaN, 1.0, 1, 0)]
    [InlineData("Min", 1.0, NaN, 0, 1)]
    [InlineData("MaxMagnitude", -2.0, 2.0, 0, 1)]
    [InlineData("MaxMagnitude", 2.0, -2.0, 1, 0)]
    [InlineData("MaxMagnitude", 2.0, 2.0, 1, 0)]
    [InlineData("MaxMagnitude", -3.0, 2.0, 1, 0)]
    [InlineData("MaxMagnitude", NaN, 1.0, 1, 0)]
    [InlineData("MaxMagnitude", 1.0, NaN, 0, 1)]
    [InlineData("MinMagnitude", -2.0, 2.0, 1, 0)]
    [InlineData("MinMagnitude", 2.0, -2.0, 0, 1)]
    [InlineData("MinMagnitude", -3.0, 2.0, 0, 1)]
    [InlineData("MinMagnitude", NaN, 1.0, 1, 0)]
    [InlineData("CopySign", -3.0, 2.0, -1, 0)]
    [InlineData("CopySign", -3.0, -2.0, 1, 0)]
    [InlineData("CopySign", 0.0, -1.0, 0, 0)]
        [InlineData("Atan2", 0.0, 0.0, NaN, NaN)]
    [InlineData("Atan2", 0.0, -1.0, -1, 0)]
    [InlineData("Atan2", 1.0, 0.0, 0, -1)]
    [InlineData("Pow", 0.0, 0.0, 0, -Infinity)]
    [InlineData("Pow", 0.0, 0.5, Infinity, 0)]
    [InlineData("Pow", 0.0, 1.0, 1, 0)]
    [InlineData("Pow", 0.0, 2.0, 0, 0)]
    [InlineData("Pow", 0.0, 3.5, 0, 0)]
    [InlineData("Pow", 0.0, 3.0, 0, 0)]
    [InlineData("Pow", 0.0, -1.0, -Infinity, -Infinity)]
    [InlineData("Pow", -2.0, 3.0, 12, NaN)]
    [InlineData("Pow", -2.0, 0.0, 0, NaN)]
    [InlineData("Pow", -2.0, 0.5, NaN, NaN)]
    [InlineData("Pow", Infinity, -1.0, 0, 0)]
    [InlineData("Pow", NaN, 0.0, 0, NaN)]
    [InlineData("Log", 1.0, 2.0, 1 / 0.6931471805599453, 0)]
    public void Two_arguments(string member, double a, double b, double expectedA, double expectedB)
    {
        OnBothHosts(member, [a, b], 0, expectedA);
        OnBothHosts(member, [a, b], 1, expectedB);
    }

    [Theory]
    [InlineData("Hypot", 0.0, 0.0, 0, 0)]
    [InlineData("Hypot", 0.0, -2.0, 0, -1)]
    [InlineData("MaxNumber", NaN, 1.0, 0, 1)]
    [InlineData("MaxNumber", 1.0, NaN, 1, 0)]
    [InlineData("MaxNumber", 1.0, 1.0, 1, 0)]
    [InlineData("MinNumber", NaN, 1.0, 0, 1)]
    [InlineData("MinNumber", 1.0, 1.0, 1, 0)]
    [InlineData("MaxMagnitudeNumber", -2.0, 2.0, 0, 1)]
    [InlineData("MaxMagnitudeNumber", NaN, 2.0, 0, 1)]
    [InlineData("MinMagnitudeNumber", -2.0, 2.0, 1, 0)]
    [InlineData("MinMagnitudeNumber", 2.0, NaN, 1, 0)]
    [InlineData("MaxNative", 2.0, 2.0, 1, 0)]
    [InlineData("MaxNative", 1.0, 2.0, 0, 1)]
    [InlineData("MinNative", 2.0, 2.0, 1, 0)]
    [InlineData("MinNative", 1.0, 2.0, 1, 0)]
    [InlineData("Ieee754Remainder", 5.0, 3.0, 1, -2)]
    [InlineData("Ieee754Remainder", 5.0, 0.0, 1, NaN)]
    public void Two_arguments_of_the_types(string member, double a, double b, double expectedA, double expectedB)
    {
        OnBothTypes(member, [a, b], 0, expectedA);
        OnBothTypes(member, [a, b], 1, expectedB);
    }

    [Theory]
    [InlineData("ExpM1", -Infinity, 0)]
    [InlineData("LogP1", -1.0, Infinity)]
    [InlineData("TanPi", 0.0, Math.PI)]
    [InlineData("TanPi", 0.5, Infinity)]
    [InlineData("CosPi", 1.0, 0)]
    [InlineData("SinPi", 1.0, -Math.PI)]
    [InlineData("AsinPi", 1.0, Infinity)]
    [InlineData("AcosPi", 1.0, -Infinity)]
    public void One_argument_of_the_types(string member, double x, double expected) => OnBothTypes(member, [x], 0, expected);

    [Theory]
    [InlineData(0.5, 1, 0, 0)]
    [InlineData(0.0, 1, 0, 0)]
    [InlineData(1.0, 1, 0, 0)]
    [InlineData(-0.5, 0, 1, 0)]
    [InlineData(1.5, 0, 0, 1)]
    [InlineData(NaN, 1, 0, 0)]
    public void Clamp_between_0_and_1(double x, double expectedX, double expectedMin, double expectedMax)
    {
        foreach (string member in new[] { "Clamp", "ClampNative" })
        {
            OnBothTypes(member, [x, 0.0, 1.0], 0, expectedX);
            OnBothTypes(member, [x, 0.0, 1.0], 1, expectedMin);
            OnBothTypes(member, [x, 0.0, 1.0], 2, expectedMax);
        }

        Equal(expectedX, Slopes.Of("Math.Clamp", [x, 0.0, 1.0], 0));
        Equal(expectedX, Slopes.Of("Math.Clamp", [(float)x, 0f, 1f], 0));
    }

    [Theory]
    [InlineData(0.0, 1, 1)]
    [InlineData(0.0, 2, Infinity)]
    [InlineData(0.0, 3, Infinity)]
    [InlineData(0.0, -1, -Infinity)]
    [InlineData(0.0, -3, -Infinity)]
    [InlineData(-8.0, 3, 1.0 / 12)]
    [InlineData(-8.0, 2, NaN)]
    [InlineData(5.0, 0, NaN)]
    public void RootN(double x, int n, double expected)
    {
        Equal(expected, Slopes.Of("double.RootN", [x, n], 0));
        Equal(expected, Slopes.Of("double.RootN", [x == 0 ? -0.0 : x, n], 0));
        Equal((float)expected, Slopes.Of("float.RootN", [(float)x, n], 0));
    }

    [Theory]
    [InlineData(3.5, 4, 16)]
    [InlineData(0.0, -1, 0.5)]
    public void ScaleB(double x, int n, double expected)
    {
        Equal(expected, Slopes.Of("Math.ScaleB", [x, n], 0));
        Equal(expected, Slopes.Of("float.ScaleB", [(float)x, n], 0));
    }

    private static void OnBothHosts(string member, double[] point, int operand, double expected)
    {
        Equal(expected, Slopes.Of("Math." + member, point.Cast<object>().ToArray(), operand));
        Equal((float)expected, Slopes.Of("MathF." + member, point.Select(x => (object)(float)x).ToArray(), operand));
        OnBothTypes(member, point, operand, expected);
    }

    private static void OnBothTypes(string member, double[] point, int operand, double expected)
    {
        Equal(expected, Slopes.Of("double." + member, point.Cast<object>().ToArray(), operand));
        Equal((float)expected, Slopes.Of("float." + member, point.Select(x => (object)(float)x).ToArray(), operand));
    }

    /// <summary>Zeros of either sign are equal here, and so are NaNs; a few ulps are rounding.</summary>
    private static void Equal(double expected, double actual)
    {
        double precision = double.IsFinite(expected) && expected % 1 != 0 ? 4e-7 * Math.Abs(expected) : 0;
        Assert.True(
            actual.Equals(expected) || (actual == 0 && expected == 0) || Math.Abs(actual - expected) <= precision,
            $"{actual:R}, not {expected:R}");
    }
}
