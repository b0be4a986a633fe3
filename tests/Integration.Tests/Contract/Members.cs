using System.Numerics;

namespace Backprop.Integration.Contract;

/// <summary>One differentiable method for each row of the tables: what is emitted for it is read by <see cref="MembersTests"/>.</summary>
public static partial class Members
{
    public struct Vec
    {
        public double X, Y;
        public int Tag;
    }

    public readonly record struct Pair(double A, float B);

    [Differentiable]
    public static double Line(double slope, double intercept, [NoGradient] ReadOnlySpan<double> x, [NoGradient] ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double error = slope * x[i] + intercept - y[i];
            sum += error * error;
        }

        return sum / x.Length;
    }

    [Differentiable]
    internal static float Single(float x) => x * x;

    [Differentiable]
    private static double Secret(double x) => x * x;

    [Differentiable]
    public static T Generic<T>(T x, ReadOnlySpan<T> w)
        where T : IFloatingPointIeee754<T> => T.Exp(x) * w[0];

    [Differentiable]
    public static double Structs(Vec v, Pair pair, (double First, float Second) tuple, Vector3 place, Quaternion turn, Complex z)
        => v.X * pair.A + tuple.First * tuple.Second + place.X * turn.W * z.Real;

    [Differentiable]
    public static double Memories(double[] a, Span<float> b, ReadOnlySpan<double> c, Memory<double> d, ReadOnlyMemory<float> e)
        => a[0] * b[0] * c[0] * d.Span[0] * e.Span[0];

    [Differentiable]
    public static double Tables(double[,] a, float[,,] b, double[][] c) => a[0, 1] * b[0, 1, 0] * c[0][1];

    [Differentiable]
    public static double Constants(double x, int n, bool b, char c, string s, DayOfWeek d, Func<int, int> f, [NoGradient] double k, [NoGradient] double[] ks) => x * n * k * f(2);

    [Differentiable]
    public static double Defaults(double x, double by = 2.5, int n = 3, string? s = null) => x * by * n;

    [Differentiable]
    public static double Variables(in double x, in Vec v) => x * v.X;

    [Differentiable]
    public static double Many(double x, params double[] w) => x * w[0];

    [Differentiable]
    public static Vector3 OfVector(Vector3 v, float s) => v * s;

    [Differentiable]
    public static (double A, double B) OfTuple(double x) => (x, x * x);

    [Differentiable]
    public static double[] OfArray(double[] x)
    {
        double[] y = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] * x[i];
        }

        return y;
    }

    [Differentiable]
    public static void OfNothing(double[] x) => x[0] *= x[1];

    [Differentiable]
    public static int OfInteger(double[] x)
    {
        x[0] *= x[1];
        return x[0] > 0 ? 1 : 2;
    }

    [Differentiable]
    public static bool OfBool(ref double x)
    {
        x *= 2;
        return x > 0;
    }

    [Differentiable]
    public static double Ref(ref double x, double y) => x * y;

    [Differentiable]
    public static double Out(double x, out double square)
    {
        square = x * x;
        return x * 3;
    }

    [Differentiable]
    public static double Written(double[] x, double by)
    {
        x[0] *= by;
        return x[0];
    }

    [Differentiable]
    public static double WrittenSpan(Span<double> x, double by)
    {
        x[0] *= by;
        return x[0];
    }

    [Differentiable]
    public static double WrittenTable(double[,] x)
    {
        x[0, 0] *= 2;
        return x[0, 0];
    }
}

/// <summary>Extension methods.</summary>
public static partial class MemberExtensions
{
    [Differentiable]
    public static double Squared(this in Vector3 v, double k) => v.X * v.X * k;
}

/// <summary>A model with methods of its own.</summary>
[Differentiable]
public sealed partial class MemberModel
{
    public double Weight = 3;

    [Differentiable]
    public double Loss(ReadOnlySpan<double> x, int label) => Weight * x[0] + label;

    [Differentiable]
    public void Act(Span<double> y) => y[0] *= Weight;
}

/// <summary>A struct with a method of its own.</summary>
public partial struct MemberStruct
{
    public double A;

    [Differentiable]
    public readonly double Scaled(double x) => A * x;

    [Differentiable]
    public static double Of(MemberModel model, MemberModel[] models, [NoGradient] MemberModel constant, MemberStruct s) => model.Weight * models[0].Weight * constant.Weight * s.A;
}

/// <summary>A class without numbers.</summary>
public partial class MemberPlain
{
    public int Count = 2;

    [Differentiable]
    protected internal double Times(double x) => Count * x;
}
