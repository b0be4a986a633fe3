namespace Backprop.Tests;

/// <summary>The losses in single precision against those in double precision.</summary>
public sealed class SingleLossTests
{
    private const float Seed = 0.7f;
    private static readonly float[] Input = Numbers.Normal<float>(20, 1), Target = [.. Numbers.Normal<float>(20, 2).Select(static x => 1 / (1 + MathF.Exp(x)))];
    private static readonly int[] Labels = [3, -100, 0, 4];

    [Theory]
    [InlineData(Reduction.Mean)]
    [InlineData(Reduction.Sum)]
    public void They_agree(Reduction reduction)
    {
        Check(
            (x, t, dx, dt) => Losses.SquaredErrorBackward(x, t, reduction, dx, dt, Seed),
            (x, t, dx, dt) => Losses.SquaredErrorBackward(x, t, reduction, dx, dt, Seed));
        Check(
            (x, t, dx, dt) => Losses.AbsoluteErrorBackward(x, t, reduction, dx, dt, Seed),
            (x, t, dx, dt) => Losses.AbsoluteErrorBackward(x, t, reduction, dx, dt, Seed));
        Check(
            (x, t, dx, dt) => Losses.HuberBackward(x, t, 0.5f, reduction, dx, dt, Seed),
            (x, t, dx, dt) => Losses.HuberBackward(x, t, 0.5, reduction, dx, dt, Seed));
        Check(
            (x, t, dx, dt) => Losses.LogitBinaryCrossEntropyBackward(x, t, [1, 2], [3], reduction, dx, dt, Seed),
            (x, t, dx, dt) => Losses.LogitBinaryCrossEntropyBackward(x, t, [1, 2], [3], reduction, dx, dt, Seed));
        Check(
            (x, _, dx, _) => Losses.CrossEntropyBackward(x, Labels, 5, 1, [1, 2, 3, 4, 5], 0.1f, -100, reduction, dx, Seed),
            (x, _, dx, _) => Losses.CrossEntropyBackward(x, Labels, 5, 1, [1, 2, 3, 4, 5], 0.1, -100, reduction, dx, Seed));
    }

    private static void Check(Func<float[], float[], float[], float[], float> single, Func<double[], double[], double[], double[], double> wide)
    {
        float[] dx = new float[20], dt = new float[20];
        double[] wideX = new double[20], wideT = new double[20];
        double expected = wide([.. Input.Select(static x => (double)x)], [.. Target.Select(static x => (double)x)], wideX, wideT);
        Assert.Equal(expected, single(Input, Target, dx, dt), 1e-5 * Math.Abs(expected));
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(wideX[i], dx[i], 1e-5);
            Assert.Equal(wideT[i], dt[i], 1e-5);
        }
    }
}
