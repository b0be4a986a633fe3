namespace Backprop.Integration;

/// <summary>Arguments that are the same place: refused before any work, because their cotangents could not be told apart.</summary>
public static partial class Aliases
{
    public struct Pair
    {
        public double A;
        public double B;

        public void Add(in Pair other)
        {
            A += other.A;
            B += other.A;
        }
    }

    [Fact]
    public static void A_variable_by_in_and_by_ref()
    {
        double x = 2, dx = 0, dy = 0;
        Assert.Throws<ArgumentException>(() => SquareInto_Backward(ref x, ref dx, ref dy));
        double y = 3;
        Assert.Equal(0, SquareIntoBackward(in x, ref y, ref dx, ref dy));
        Assert.Equal(4, y);
    }

    private static double SquareInto_Backward(ref double x, ref double dx, ref double dy) => SquareIntoBackward(in x, ref x, ref dx, ref dy);

    [Differentiable]
    internal static double SquareInto(in double x, ref double y)
    {
        y = x;
        y *= x;
        return 0;
    }

    [Fact]
    public static void An_element_and_its_array()
    {
        double[] x = [1, 2], dx = new double[2];
        double d = 0;
        Assert.Throws<ArgumentException>(() => FirstBackward(ref x[0], x, ref d, dx));
        double[] y = [1, 2];
        double first = 5;
        FirstBackward(ref first, y, ref d, dx);
        Assert.Equal(6, first);
    }

    [Differentiable]
    internal static void First(ref double a, double[] x)
    {
        a += x[0];
        x[1] *= a;
    }

    [Fact]
    public static void A_number_inside_a_struct_of_a_span()
    {
        Pair[] x = [new Pair { A = 1, B = 2 }], dx = new Pair[1];
        double d = 0;
        Assert.Throws<ArgumentException>(() => InsideBackward(ref x[0].B, x, ref d, dx));
        double apart = 1;
        InsideBackward(ref apart, x, ref d, dx);
        Assert.Equal(2, apart);
    }

    [Differentiable]
    internal static void Inside(ref double a, ReadOnlySpan<Pair> x) => a *= x[0].B;

    [Fact]
    public static void A_struct_twice()
    {
        Pair p = new() { A = 1, B = 2 }, q = p, dp = default, dq = default;
        Assert.Throws<ArgumentException>(() => ShiftBackward(in p, ref p, ref dp, ref dq));
        ShiftBackward(in p, ref q, ref dp, ref dq);
        Assert.Equal(3, q.A);
    }

    [Differentiable]
    internal static void Shift(in Pair by, ref Pair p)
    {
        p.A += by.B;
        p.B += by.A;
    }

    [Fact]
    public static void A_result_in_the_place_of_an_argument()
    {
        double x = 2, dx = 0;
        Assert.Throws<ArgumentException>(() => HalfBackward(in x, out x, ref dx, 1));
        HalfBackward(in x, out double half, ref dx, 1);
        Assert.Equal((2.5, 1.5), (half, dx));
    }

    [Differentiable]
    internal static void Half(in double x, out double half)
    {
        half = 1;
        half += x * 1.5 / 2;
        half += x * 1.5 / 2 - 1.5;
    }
}
