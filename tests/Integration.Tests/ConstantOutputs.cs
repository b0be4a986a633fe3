namespace Backprop.Integration;

/// <summary>A number marked [NoGradient] that is passed by reference: inside the method it is differentiated like a local variable, and it has no accumulator.</summary>
public static partial class ConstantOutputs
{
    private static readonly double[][] points = [[0.7, 1.2], [-0.4, 0.3]];

    [Fact]
    public static void By_ref()
        => Check.Gradient(static p => { double y = 1; return Ref(p[0], p[1], ref y); }, static (p, d, s) => { double y = 1; return RefBackward(p[0], p[1], ref y, ref d[0], ref d[1], s); }, 1e-6, Check.Heap.UsedByTest, points);

    [Differentiable]
    internal static double Ref(double x, double w, [NoGradient] ref double y)
    {
        y += x * 2;
        return y * w * x;
    }

    [Fact]
    public static void By_out()
        => Check.Gradient(static p => Out(p[0], p[1], out _), static (p, d, s) => OutBackward(p[0], p[1], out _, ref d[0], ref d[1], s), 1e-6, Check.Heap.UsedByTest, points);

    [Differentiable]
    internal static double Out(double x, double w, [NoGradient] out double y)
    {
        y = x;
        for (int i = 0; i < 2; i++)
        {
            y *= w;
        }

        return y * x;
    }
}
