namespace Backprop.Programs;

/// <summary>A number and its slope along one direction (Clifford 1873): derivatives forward, as an independent check of those backward.</summary>
internal readonly record struct Dual(double Value, double Slope)
{
    public static implicit operator Dual(double value) => new(value, 0);

    public static Dual operator +(Dual a, Dual b) => new(a.Value + b.Value, a.Slope + b.Slope);

    public static Dual operator -(Dual a, Dual b) => new(a.Value - b.Value, a.Slope - b.Slope);

    public static Dual operator *(Dual a, Dual b) => new(a.Value * b.Value, a.Slope * b.Value + a.Value * b.Slope);

    public static Dual operator /(Dual a, Dual b) => new(a.Value / b.Value, (a.Slope - a.Value / b.Value * b.Slope) / b.Value);

    public static Dual Log(Dual a) => new(Math.Log(a.Value), a.Slope / a.Value);

    public static Dual Sqrt(Dual a) => new(Math.Sqrt(a.Value), a.Slope / (2 * Math.Sqrt(a.Value)));

    /// <summary>The gradient, one direction after the other.</summary>
    public static double[] Gradient(Func<Dual[], Dual> function, double[] x)
        => [.. x.Select((_, i) => function([.. x.Select((value, j) => new Dual(value, i == j ? 1 : 0))]).Slope)];
}
