namespace Backprop.Integration;

/// <summary>What random programs found.</summary>
public static partial class Successions
{
    /// <summary>Found by random programs: what comes after the way out was never recorded.</summary>
    [Fact]
    public static void A_way_out_before_an_inner_loop() => Agrees(x => OutOf(x), (x, d, s) => OutOfBackward(x, d, s));

    [Differentiable]
    internal static double OutOf(double[] x) => OutBefore(x) * OutBefore(x);

    [Differentiable]
    internal static double OutBefore(double[] x)
    {
        double[] h = x;
        double sum = x[0];
        for (int t = 0; t < 3; t++)
        {
            sum = Math.Tanh(x[t] + sum);
            if (sum > 0.6)
            {
                return sum * h[0];
            }

            for (int k = 0; k < t; k++)
            {
                if (sum > 0.3)
                {
                    continue;
                }

                h = Step(h, sum);
            }

            if (h[1] > 0.4)
            {
                h = Longer(h, sum);
                break;
            }
        }

        return sum + h[0] * h[^1];
    }

    /// <summary>Found by random programs: in the pullback one of the two is a span.</summary>
    [Fact]
    public static void A_choice_that_is_handed_on() => Agrees(x => HandedTwice(x), (x, d, s) => HandedTwiceBackward(x, d, s));

    [Differentiable]
    internal static double HandedTwice(double[] x) => Handed(x) + Handed(x);

    [Differentiable]
    internal static double Handed(double[] x)
    {
        double[] b = x;
        double[] n = new double[5];
        n[1] = x[0] * x[1];
        if (x[0] > 0.5)
        {
            b = n;
        }

        double[] c = StepOfArray(b, x[2]);
        return c[0] + c[1];
    }

    /// <summary>Found by random programs: an outer loop that turned out not to be reversible on the spot.</summary>
    [Fact]
    public static void Inside_a_loop_that_ends_with_another_value() => Agrees(x => Overwritten(x[1]), (x, d, s) => OverwrittenBackward(x[1], ref d[1], s));

    [Differentiable]
    internal static T Overwritten<T>(T x)
        where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        for (int i = 0; i < 2; i += 2)
        {
            T[] b = new T[3];
            for (int j = 0; j < 1; j += 2)
            {
                b = [T.CreateChecked(1.0), T.CreateChecked(1.5), x];
            }

            foreach (T e in b)
            {
                x = e * x;
            }
        }

        return x;
    }

    /// <summary>Found by random programs: the copy of the parameter stood behind the way out.</summary>
    [Fact]
    public static void A_parameter_at_the_end_of_a_loop_that_is_left() => Agrees(x => Reset(x, 3) * Reset(x, 0), (x, d, s) => ResetTwiceBackward(x, d, s));

    [Differentiable]
    internal static double ResetTwice(double[] x) => Reset(x, 3) * Reset(x, 0);

    [Differentiable]
    internal static double Reset(double[] x, int n)
    {
        double[] b = new double[3];
        double sum = 0;
        int trips = 0;
        do
        {
            b = [sum, x[1], 1];
            do
            {
                sum += b[1] * x[0];
                b = x;
                trips++;
            }
            while (trips < n);
        }
        while (trips++ < n);
        return b[2] * sum;
    }

    [Fact]
    public static void Single_precision()
    {
        float[] x = [0.5f, -0.25f], d = [0, 0];
        float value = SinglesBackward(x, d);
        Assert.Equal(Singles(x), value);
        Assert.Equal(16 * 0.125f * -0.25f, d[0], 1e-5f);
    }

    [Differentiable]
    internal static float Singles(float[] x)
    {
        float[] h = new float[1];
        h[0] = x[1];
        for (int t = 0; t < 2; t++)
        {
            float[] n = new float[1];
            n[0] = h[0] * x[0] * x[0] * 2;
            h = n;
        }

        return h[0];
    }
}
