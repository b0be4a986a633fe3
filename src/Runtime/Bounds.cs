using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>Argument checks. The name in the message is that of the property or parameter being set.</summary>
internal static class Bounds
{
    internal static double Finite(double value, [CallerMemberName] string name = "") =>
        double.IsFinite(value) ? value : throw Bad(name, value, "a finite number");

    internal static double NonNegative(double value, [CallerMemberName] string name = "") =>
        double.IsFinite(value) && value >= 0 ? value : throw Bad(name, value, "finite and not negative");

    internal static double Positive(double value, [CallerMemberName] string name = "") =>
        double.IsFinite(value) && value > 0 ? value : throw Bad(name, value, "finite and greater than zero");

    internal static double UnitInterval(double value, [CallerMemberName] string name = "") =>
        value is >= 0 and <= 1 ? value : throw Bad(name, value, "in [0, 1]");

    /// <summary>A decay rate of a moving average: one would never forget its start.</summary>
    internal static double Decay(double value, [CallerMemberName] string name = "") =>
        value is >= 0 and < 1 ? value : throw Bad(name, value, "in [0, 1)");

    internal static int AtLeast(int minimum, int value, [CallerMemberName] string name = "") =>
        value >= minimum ? value : throw Bad(name, value, $"at least {minimum}");

    internal static long AtLeast(long minimum, long value, [CallerMemberName] string name = "") =>
        value >= minimum ? value : throw Bad(name, value, $"at least {minimum}");

    internal static TEnum Defined<TEnum>(TEnum value, [CallerMemberName] string name = "")
        where TEnum : struct, Enum =>
        Enum.IsDefined(value) ? value : throw Bad(name, value, $"one of {string.Join(", ", Enum.GetNames<TEnum>())}");

    private static ArgumentOutOfRangeException Bad(string name, object value, string expected) =>
        new(name, value, $"{name} must be {expected}.");
}
