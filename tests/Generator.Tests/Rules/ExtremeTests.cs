namespace Backprop.Generator.Tests.Rules;

/// <summary>Slopes at points where differences are weak, against values computed with 60 digits.</summary>
public sealed class ExtremeTests
{
    public static TheoryData<string, object[], int, double, double> Known => new()
    {
        { "Math.Exp", [-700.0], 0, 9.85967654375977e-305, 1e-14 },
        { "Math.Log", [1e-300], 0, 9.999999999999999e+299, 1e-14 },
        { "Math.Log", [1e+300, 1.0001], 1, -69077552847.39546, 1e-12 },
        { "Math.Log10", [1e-300], 0, 4.342944819032518e+299, 1e-14 },
        { "double.ExpM1", [1e-15], 0, 1.000000000000001, 1e-14 },
        { "double.ExpM1", [-5.0], 0, 0.006737946999085467, 1e-13 },
        { "double.Exp2", [-1000.0], 0, 6.468890458846786e-302, 1e-14 },
        { "double.LogP1", [-0.999999999999], 0, 1000022122209.5028, 1e-14 },
        { "double.LogP1", [1e-300], 0, 1.0, 1e-14 },
        { "Math.Sqrt", [1e-300], 0, 5e+149, 1e-14 },
        { "Math.Cbrt", [1e-300], 0, 3.3333333333333334e+199, 1e-14 },
        { "Math.Cbrt", [-1e+300], 0, 3.3333333333333335e-201, 1e-14 },
        { "Math.Sin", [100000000.0], 0, -0.3633850893556905, 1e-14 },
        { "Math.Cos", [100000000.0], 0, -0.931639027109726, 1e-14 },
        { "Math.Tan", [100000000.0], 0, 7.572962282585354, 1e-13 },
        { "double.CosPi", [100000000.25], 0, -2.221441469079183, 1e-14 },
        { "double.TanPi", [0.499], 0, 318310.9333834084, 1e-12 },
        { "Math.Asin", [-0.999999999999], 0, 707114.6025256454, 1e-14 },
        { "Math.Acos", [0.999999999999], 0, -707114.6025256454, 1e-14 },
        { "double.AcosPi", [0.999999999999], 0, -225081.56864883454, 1e-14 },
        { "Math.Atan", [1e+100], 0, 1e-200, 1e-14 },
        { "Math.Atan2", [1e-200, 1e-200], 0, 5e+199, 1e-14 },
        { "Math.Atan2", [1e+200, -1e+200], 0, -5e-201, 1e-14 },
        { "Math.Atan2", [1e+200, -1e+200], 1, -5e-201, 1e-14 },
        { "Math.Atan2", [3e-300, 4e-300], 1, -1.2e+299, 1e-14 },
        { "double.Atan2Pi", [1e+200, 1e+200], 1, -1.5915494309189533e-201, 1e-14 },
        { "double.Hypot", [1e+200, 1e+200], 0, 0.7071067811865476, 1e-14 },
        { "double.Hypot", [3e-300, 4e-300], 1, 0.7999999999999999, 1e-14 },
        { "Math.Sinh", [-700.0], 0, 5.0711602736750225e+303, 1e-13 },
        { "Math.Cosh", [700.0], 0, 5.0711602736750225e+303, 1e-13 },
        { "Math.Tanh", [5.0], 0, 0.0001815832309438067, 1e-11 },
        { "Math.Asinh", [1e+200], 0, 1e-200, 1e-14 },
        { "Math.Asinh", [1e-200], 0, 1.0, 1e-14 },
        { "Math.Acosh", [1e+200], 0, 1e-200, 1e-14 },
        { "Math.Acosh", [1.0000000001], 0, 70710.67519157329, 1e-14 },
        { "Math.Atanh", [0.999999999999], 0, 500011061105.0014, 1e-14 },
        { "Math.Pow", [1e-200, 2.0], 0, 2e-200, 1e-14 },
        { "Math.Pow", [0.5, 1000.0], 0, 1.8665272370064378e-298, 1e-14 },
        { "Math.Pow", [1e-05, 0.1], 0, 3162.277660168379, 1e-14 },
        { "Math.Pow", [1.0001, 1000000.0], 1, 2.67457726647777e+39, 1e-12 },
        { "double.RootN", [1e+300, 7], 0, 1.0281223900016457e-258, 1e-13 },
        { "double.RootN", [-1e-300, 5], 0, 2e+239, 1e-13 },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void A_slope_is_exact_to_rounding(string primitive, object[] arguments, int operand, double expected, double relative)
    {
        double slope = Slopes.Of(primitive, arguments, operand);
        Assert.True(Math.Abs(slope - expected) <= relative * Math.Abs(expected), $"{slope:R}, not {expected:R}");
    }

    [Theory]
    [InlineData("MathF.Asinh", 1e30f, 1e-30)]
    [InlineData("MathF.Acosh", 1e30f, 1e-30)]
    [InlineData("MathF.Cbrt", 1e-30f, 3.3333333e19)]
    [InlineData("float.LogP1", -0.99999f, 99864.375)]
    public void Float_stays_in_its_range(string primitive, float x, double expected)
        => Assert.InRange(Slopes.Of(primitive, [x], 0) / expected, 1 - 1e-6, 1 + 1e-6);

    [Theory]
    [InlineData("MathF.Atan2", 1e-25f, 1e-25f, 0, 5e24)]
    [InlineData("MathF.Atan2", 1e25f, 1e25f, 1, -5e-26)]
    [InlineData("float.Atan2Pi", 1e-25f, 1e-25f, 0, 1.5915494e24)]
    [InlineData("float.Hypot", 1e25f, 1e25f, 0, 0.70710678)]
    public void Float_pairs_stay_in_their_range(string primitive, float a, float b, int operand, double expected)
        => Assert.InRange(Slopes.Of(primitive, [a, b], operand) / expected, 1 - 1e-6, 1 + 1e-6);
}
