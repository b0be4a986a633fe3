namespace Backprop.Tests.TensorPullbackTests;

/// <summary>Where each member is smooth enough to be compared with differences.</summary>
internal static class Domains
{
    public static (double Low, double High) Of(string member, string parameter) => (member, parameter) switch
    {
        ("Log", "y") => (1.5, 4),
        ("Log" or "Log2" or "Log10" or "Sqrt" or "Cbrt" or "RootN", _) => (0.2, 3),
        ("LogP1" or "Log2P1" or "Log10P1", _) => (-0.6, 2),
        ("Reciprocal" or "ReciprocalEstimate" or "ReciprocalSqrt" or "ReciprocalSqrtEstimate", _) => (0.3, 3),
        ("Asin" or "Acos" or "Atanh" or "AsinPi" or "AcosPi", _) => (-0.9, 0.9),
        ("Acosh", _) => (1.2, 4),
        ("Tan", _) => (-1.2, 1.2),
        ("TanPi", _) => (-0.4, 0.4),
        ("Pow", "x") => (0.3, 3),
        ("Divide", "y") => (0.5, 2),
        ("Remainder" or "Ieee754Remainder", "x") => (-9, 9),
        ("Remainder" or "Ieee754Remainder", "y") => (1, 3),
        ("Clamp", "min") => (-1, 0),
        ("Clamp", "max") => (0, 1),
        ("Product", _) => (0.8, 1.2),
        ("ProductOfSums", _) => (0.4, 0.6),
        ("ProductOfDifferences", "x") => (1.5, 1.7),
        ("ProductOfDifferences", "y") => (0.5, 0.7),
        _ => (-1.5, 1.5),
    };

    /// <summary>Steps of an estimate are coarse: its differences are taken of the function it estimates.</summary>
    public static string Exact(string name) => name.Replace("Estimate(", "(");

    public static double Tolerance(string name, double exact) => name.StartsWith("Reciprocal") && name.Contains("Estimate(") ? 2e-3 : exact;
}
