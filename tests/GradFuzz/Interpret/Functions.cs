namespace Backprop.Fuzz.Interpret;

/// <summary>The functions of the programs, with derivatives from the textbook.</summary>
public static class Functions
{
    private static readonly double ln2 = Math.Log(2), ln10 = Math.Log(10);

    public static IReadOnlyList<Function> All { get; } =
    [
        Unary("Sin", Math.Sin, MathF.Sin, (x, y) => Math.Cos(x)),
        Unary("Cos", Math.Cos, MathF.Cos, (x, y) => -Math.Sin(x)),
        Unary("Tan", Math.Tan, MathF.Tan, (x, y) => 1 / (Math.Cos(x) * Math.Cos(x)), Domain.Unit),
        Unary("Exp", Math.Exp, MathF.Exp, (x, y) => Math.Exp(x), Domain.Moderate),
        Unary("Log", Math.Log, MathF.Log, (x, y) => 1 / x, Domain.Positive),
        Unary("Log2", Math.Log2, MathF.Log2, (x, y) => 1 / (x * ln2), Domain.Positive),
        Unary("Log10", Math.Log10, MathF.Log10, (x, y) => 1 / (x * ln10), Domain.Positive),
        Unary("Sqrt", Math.Sqrt, MathF.Sqrt, (x, y) => 0.5 / Math.Sqrt(x), Domain.Positive),
        Unary("Cbrt", Math.Cbrt, MathF.Cbrt, (x, y) => Math.Cbrt(x) / (3 * x), Domain.Positive),
        Unary("Tanh", Math.Tanh, MathF.Tanh, (x, y) => 1 / (Math.Cosh(x) * Math.Cosh(x))),
        Unary("Sinh", Math.Sinh, MathF.Sinh, (x, y) => Math.Cosh(x), Domain.Moderate),
        Unary("Cosh", Math.Cosh, MathF.Cosh, (x, y) => Math.Sinh(x), Domain.Moderate),
        Unary("Atan", Math.Atan, MathF.Atan, (x, y) => 1 / (1 + (x * x))),
        Unary("Asin", Math.Asin, MathF.Asin, (x, y) => 1 / Math.Sqrt(1 - (x * x)), Domain.Unit),
        Unary("Acos", Math.Acos, MathF.Acos, (x, y) => -1 / Math.Sqrt(1 - (x * x)), Domain.Unit),
        Unary("Asinh", Math.Asinh, MathF.Asinh, (x, y) => 1 / Math.Sqrt((x * x) + 1)),
        Unary("Acosh", Math.Acosh, MathF.Acosh, (x, y) => 1 / Math.Sqrt((x * x) - 1), Domain.AboveOne),
        Unary("Atanh", Math.Atanh, MathF.Atanh, (x, y) => 1 / (1 - (x * x)), Domain.Unit),
        Binary("Pow", Math.Pow, MathF.Pow, (x, p, y) => p * Math.Pow(x, p - 1), (x, p, y) => Math.Pow(x, p) * Math.Log(x), Domain.Positive),
        Binary("Atan2", Math.Atan2, MathF.Atan2, (a, b, y) => b / ((a * a) + (b * b)), (a, b, y) => -a / ((a * a) + (b * b)), Domain.Positive),
        Unary("Exp2", double.Exp2, float.Exp2, (x, y) => ln2 * Math.Pow(2, x), Domain.Moderate) with { IsOfMath = false },
        Unary("ExpM1", double.ExpM1, float.ExpM1, (x, y) => Math.Exp(x), Domain.Moderate) with { IsOfMath = false },
        Unary("LogP1", double.LogP1, float.LogP1, (x, y) => 1 / (1 + x), Domain.Positive) with { IsOfMath = false },
        Unary("SinPi", double.SinPi, float.SinPi, (x, y) => Math.PI * Math.Cos(Math.PI * x), Domain.Unit) with { IsOfMath = false },
        Unary("CosPi", double.CosPi, float.CosPi, (x, y) => -Math.PI * Math.Sin(Math.PI * x), Domain.Unit) with { IsOfMath = false },
        Unary("DegreesToRadians", double.DegreesToRadians, float.DegreesToRadians, (x, y) => Math.PI / 180) with { IsOfMath = false },
        Binary("Hypot", double.Hypot, float.Hypot, (a, b, y) => a / Math.Sqrt((a * a) + (b * b)), (a, b, y) => b / Math.Sqrt((a * a) + (b * b)), Domain.Positive) with { IsOfMath = false },
        new("FusedMultiplyAdd", 3, Domain.All, a => Math.FusedMultiplyAdd(a[0], a[1], a[2]), a => MathF.FusedMultiplyAdd(a[0], a[1], a[2]), (a, y) => [a[1], a[0], 1]),
        new("Lerp", 3, Domain.All, a => double.Lerp(a[0], a[1], a[2]), a => float.Lerp(a[0], a[1], a[2]), (a, y) => [1 - a[2], a[2], a[1] - a[0]]) { IsOfMath = false },
        Kinked(Unary("Abs", Math.Abs, MathF.Abs, (x, y) => Math.Sign(x)), a => Math.Abs(a[0]), a => Math.Sign(a[0])),
        Kinked(Unary("Floor", Math.Floor, MathF.Floor, (x, y) => 0), a => Math.Abs(a[0] - Math.Round(a[0])), a => (int)Math.Floor(a[0])),
        Kinked(Unary("Round", Math.Round, MathF.Round, (x, y) => 0), a => Math.Abs(a[0] - Math.Floor(a[0]) - 0.5), a => (int)Math.Round(a[0])),
        Kinked(Pair("Max", Math.Max, MathF.Max, a => a[0] > a[1]), a => Math.Abs(a[0] - a[1]), a => a[0] > a[1] ? 1 : 0),
        Kinked(Pair("Min", Math.Min, MathF.Min, a => a[0] < a[1]), a => Math.Abs(a[0] - a[1]), a => a[0] < a[1] ? 1 : 0),
        Kinked(Pair("MaxMagnitude", Math.MaxMagnitude, MathF.MaxMagnitude, a => Math.Abs(a[0]) > Math.Abs(a[1])), a => Math.Abs(Math.Abs(a[0]) - Math.Abs(a[1])), a => Math.Abs(a[0]) > Math.Abs(a[1]) ? 1 : 0),
        Kinked(Pair("CopySign", Math.CopySign, MathF.CopySign, a => true) with { Slopes = (a, y) => [Math.Sign(a[0]) * Math.Sign(a[1]), 0] }, a => Math.Min(Math.Abs(a[0]), Math.Abs(a[1])), a => (2 * Math.Sign(a[0])) + Math.Sign(a[1])),
        Kinked(
            new("Clamp", 3, Domain.All, a => Math.Clamp(a[0], a[1], a[2]), a => Math.Clamp(a[0], a[1], a[2]), (a, y) => a[0] < a[1] ? [0, 1, 0] : a[0] > a[2] ? [0, 0, 1] : [1, 0, 0]),
            a => Math.Min(Math.Abs(a[0] - a[1]), Math.Abs(a[0] - a[2])),
            a => a[0] < a[1] ? -1 : a[0] > a[2] ? 1 : 0) with { IsOfMath = false },
    ];

    public static IReadOnlyDictionary<string, Function> ByName { get; } = All.ToDictionary(function => function.Name);

    private static Function Unary(string name, Func<double, double> value, Func<float, float> single, Func<double, double, double> slope, Domain domain = Domain.All)
        => new(name, 1, domain, a => value(a[0]), a => single(a[0]), (a, y) => [slope(a[0], y)]);

    private static Function Binary(
        string name,
        Func<double, double, double> value,
        Func<float, float, float> single,
        Func<double, double, double, double> first,
        Func<double, double, double, double> second,
        Domain domain = Domain.All)
        => new(name, 2, domain, a => value(a[0], a[1]), a => single(a[0], a[1]), (a, y) => [first(a[0], a[1], y), second(a[0], a[1], y)]);

    private static Function Pair(string name, Func<double, double, double> value, Func<float, float, float> single, Func<double[], bool> first)
        => new(name, 2, Domain.All, a => value(a[0], a[1]), a => single(a[0], a[1]), (a, y) => first(a) ? [1, 0] : [0, 1]);

    private static Function Kinked(Function function, Func<double[], double> margin, Func<double[], int> side)
        => function with { Margin = margin, Side = (a, _) => side(a), IsKinked = true };
}
