namespace Backprop.Generator.Tests.Semantics;

/// <summary>What programs of the random tests call: every call leaves a trace, and some read what others wrote.</summary>
public static class Host
{
    [ThreadStatic]
    private static List<double>? trace;

    public static List<double> Trace => trace ??= [];

    /// <summary>Writes.</summary>
    public static double Log(double value)
    {
        Trace.Add(value);
        return (value * 0.5) + Trace.Count;
    }

    /// <summary>Reads what <see cref="Log"/> wrote.</summary>
    public static double Peek(double value) => value + Trace.Count;

    /// <summary>Neither.</summary>
    public static double Mix(double left, double right) => (left * 0.75) - right;
}

public delegate double Program(double p, double q, int n, int k, bool flag, double[] a, double[] b, ref double acc);
