namespace Backprop;

/// <summary>How often steps are logged. Ends of epochs always are.</summary>
internal static class LogInterval
{
    public static int Check(int value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Zero for no steps at all, or how many to a row.");

    public static bool IsDue(in StepResult result, int interval) => interval > 0 && (result.Step + 1) % interval == 0;
}
