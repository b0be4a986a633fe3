namespace Backprop.Benchmarks;

/// <summary>The same computations twice: divided into small differentiable methods, and written out by hand in one.</summary>
public static partial class Calls
{
    [Differentiable]
    public static double Step(double x, double by) => x * by + 1 / (1 + x * x);

    /// <summary>Ten methods, each of which calls the next.</summary>
    [Differentiable]
    public static double Chain(double x, double by) => Chain1(x * by + 1 / (1 + x * x), by);

    [Differentiable]
    public static double Chain1(double x, double by) => Chain2(x * by + 1 / (1 + x * x), by);

    [Differentiable]
    public static double Chain2(double x, double by) => Chain3(x * by + 1 / (1 + x * x), by);

    [Differentiable]
    public static double Chain3(double x, double by) => Chain4(x * by + 1 / (1 + x * x), by);

    [Differentiable]
    public static double Chain4(double x, double by) => Chain5(x * by + 1 / (1 + x * x), by);

    [Differentiable]
    public static double Chain5(double x, double by) => Chain6(x * by + 1 / (1 + x * x), by);

    [Differentiable]
    public static double Chain6(double x, double by) => Chain7(x * by + 1 / (1 + x * x), by);

    [Differentiable]
    public static double Chain7(double x, double by) => Chain8(x * by + 1 / (1 + x * x), by);

    [Differentiable]
    public static double Chain8(double x, double by) => Chain9(x * by + 1 / (1 + x * x), by);

    [Differentiable]
    public static double Chain9(double x, double by) => x * by + 1 / (1 + x * x);

    /// <summary>Ten calls, one after the other.</summary>
    [Differentiable]
    public static double Ten(double x, double by)
        => Step(Step(Step(Step(Step(Step(Step(Step(Step(Step(x, by), by), by), by), by), by), by), by), by), by);

    [Differentiable]
    public static double TenByHand(double x, double by)
    {
        x = x * by + 1 / (1 + x * x);
        x = x * by + 1 / (1 + x * x);
        x = x * by + 1 / (1 + x * x);
        x = x * by + 1 / (1 + x * x);
        x = x * by + 1 / (1 + x * x);
        x = x * by + 1 / (1 + x * x);
        x = x * by + 1 / (1 + x * x);
        x = x * by + 1 / (1 + x * x);
        x = x * by + 1 / (1 + x * x);
        x = x * by + 1 / (1 + x * x);
        return x;
    }

    /// <summary>A recurrence: the residuals of every call are recorded.</summary>
    [Differentiable]
    public static double Recurrence(double x, double by, int n)
    {
        for (int i = 0; i < n; i++)
        {
            x = Step(x, by);
        }

        return x;
    }

    [Differentiable]
    public static double RecurrenceByHand(double x, double by, int n)
    {
        for (int i = 0; i < n; i++)
        {
            x = x * by + 1 / (1 + x * x);
        }

        return x;
    }

    /// <summary>A sum of terms: each call is reversed on the spot.</summary>
    [Differentiable]
    public static double Sum(ReadOnlySpan<double> x, double by)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += Step(x[i], by);
        }

        return sum;
    }

    [Differentiable]
    public static double SumByHand(ReadOnlySpan<double> x, double by)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * by + 1 / (1 + x[i] * x[i]);
        }

        return sum;
    }
}
