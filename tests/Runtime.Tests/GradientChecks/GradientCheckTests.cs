using System.Numerics;

namespace Backprop.Tests;

/// <summary>Right gradients pass, whatever the parameters are; wrong ones fail, and the report says what is wrong and where.</summary>
public sealed class GradientCheckTests
{
    [Fact]
    public void A_number() => Assert.True(GradientCheck.Run(x => Math.Sin(x), (x, ref dx) => { dx += Math.Cos(x); return Math.Sin(x); }, at: 1.3).Passed);

    [Theory]
    [InlineData(1e-8)]
    [InlineData(3.0)]
    [InlineData(-2e9)]
    public void A_number_of_any_size(double at)
    {
        GradientReport report = GradientCheck.Run(x => x * x * x, (x, ref dx) => { dx += 3 * x * x; return x * x * x; }, at);
        Assert.InRange(report.Resolution, 0, 1e-8);
    }

    [Fact]
    public void Several_numbers_of_both_types()
        => GradientCheck.Run(
            (a, b, c) => Product(a, b, c),
            (a, b, c, ref da, ref db, ref dc) =>
            {
                da += b * c;
                db += (float)(a * c);
                dc += a * b;
                return Product(a, b, c);
            },
            at: (2.0, 3f, -1.5));

    private static double Product(double a, float b, double c) => a * b * c;

    [Fact]
    public void Arrays_of_every_rank()
    {
        GradientCheck.Run(x => Squares(x), (x, ref dx) => { Add(dx, x); return Squares(x); }, at: new double[] { 1, 2, 0, -4 });
        GradientCheck.Run(x => Squares(x), (x, ref dx) => { Add(dx, x); return Squares(x); }, at: new float[] { 1, 2, 0, -4 });
        GradientCheck.Run(
            (x, y) => Weighted(x, y),
            (x, y, ref dx, ref dy) =>
            {
                for (int i = 0; i < 2; i++)
                {
                    for (int j = 0; j < 3; j++)
                    {
                        dx[i, j] += 2 * x[i, j] * y[j][i];
                        dy[j][i] += x[i, j] * x[i, j];
                    }
                }

                return Weighted(x, y);
            },
            at: (new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }, new double[][] { [1, 2], [3, 4], [5, 6] }));
    }

    private static double Weighted(double[,] x, double[][] y)
    {
        double sum = 0;
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                sum += x[i, j] * x[i, j] * y[j][i];
            }
        }

        return sum;
    }

    private static double Squares(double[] x) => x.Sum(static v => v * v);

    private static float Squares(float[] x) => x.Aggregate(0f, static (sum, v) => sum + (v * v));

    private static void Add(double[] dx, double[] x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            dx[i] += 2 * x[i];
        }
    }

    private static void Add(float[] dx, float[] x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            dx[i] += 2 * x[i];
        }
    }

    [Fact]
    public void Structs_and_tuples()
    {
        GradientCheck.Run(p => p.Mass * p.Mass * p.Position.Y, (p, ref dp) =>
        {
            dp = dp with { Mass = dp.Mass + (2 * p.Mass * p.Position.Y), Position = dp.Position + new Vector3(0, (float)(p.Mass * p.Mass), 0) };
            return p.Mass * p.Mass * p.Position.Y;
        }, at: new Body("a", 2, new(1, 2, 3)));
        GradientCheck.Run(t => t.Item1 * t.Item2.Item1, (t, ref dt) =>
        {
            dt.Item1 += t.Item2.Item1;
            dt.Item2.Item1 += t.Item1;
            return t.Item1 * t.Item2.Item1;
        }, at: (2.0, (3.0, 5)));
        GradientCheck.Run(v => Lengths(v), (v, ref dv) =>
        {
            for (int i = 0; i < v.Length; i++)
            {
                dv[i] += 2 * v[i];
            }

            return Lengths(v);
        }, at: new Vector2[] { new(1, 2), new(3, 4) });
    }

    private readonly record struct Body(string Name, double Mass, Vector3 Position);

    private static float Lengths(Vector2[] v) => v.Aggregate(0f, static (sum, w) => sum + w.LengthSquared());

    [Fact]
    public void Models()
    {
        Regressor model = Regressor.Create(3);
        Sample sample = Sample.Create(1)[0];
        GradientReport report = GradientCheck.Run(m => m.Loss(sample), (m, dm) => m.LossBackward(sample, dm, 1), at: model);
        Assert.InRange(report.Error, 0, 1e-2);
        GradientCheck.Run(
            (m, s) => s * m.Loss(sample),
            (m, s, ref dm, ref ds) =>
            {
                m.LossBackward(sample, dm, s);
                ds += m.Loss(sample);
                return s * m.Loss(sample);
            },
            at: (model, 2.5));
        var tensors = new Tensors<double>().Add("w", [2], 3, 4);
        GradientCheck.Run(t => t["w"][0] * t["w"][1], (t, dt) =>
        {
            dt["w"][0] += t["w"][1];
            dt["w"][1] += t["w"][0];
            return t["w"][0] * t["w"][1];
        }, at: tensors);
    }

    [Fact]
    public void A_primal_that_writes_its_argument()
    {
        double[] at = [1, 2];
        GradientCheck.Run(x => InPlace(x), (x, ref dx) =>
        {
            dx[0] += 2 * x[0];
            dx[1] += 1;
            return InPlace(x);
        }, at);
        Assert.Equal([1, 2], at);
    }

    private static double InPlace(double[] x)
    {
        x[0] *= x[0];
        return x[0] + x[1];
    }

    [Fact]
    public void Many_numbers()
    {
        double[] at = [.. Enumerable.Range(0, 3000).Select(static i => Math.Cos(i))];
        GradientReport report = GradientCheck.Run(x => Squares(x), (x, ref dx) => { Add(dx, x); return Squares(x); }, at);
        Assert.True(report.Evaluations < 300, report.ToString());
        GradientReport wrong = GradientCheck.Examine(x => Squares(x), (x, ref dx) => { Add(dx, x); dx[2345] += 0.5; return Squares(x); }, at);
        Assert.Equal((GradientFault.Wrong, "x", 2345), (wrong.Fault, wrong.Worst!.Path, wrong.Worst.Index));
    }

    [Fact]
    public void Noise_of_single_numbers_passes()
    {
        float[] at = [.. Enumerable.Range(0, 200).Select(static i => (float)Math.Sin(i))];
        GradientReport report = GradientCheck.Run(x => 1000 + Energy(x), (x, ref dx) =>
        {
            for (int i = 0; i < x.Length; i++)
            {
                float e = MathF.Exp(x[i]);
                dx[i] += e / (1 + e);
            }

            return 1000 + Energy(x);
        }, at);
        Assert.InRange(report.Resolution, 1e-6, 0.1);
    }

    private static float Energy(float[] x)
    {
        float sum = 0;
        foreach (float v in x)
        {
            sum += MathF.Log(1 + MathF.Exp(v));
        }

        return sum;
    }

    [Fact]
    public void A_constant_passes() => GradientCheck.Run(x => 3.5, (x, ref dx) => 3.5, at: new double[] { 1, 2 });

    [Fact]
    public void The_same_seed_gives_the_same_report()
    {
        double[] at = [1, 2, 3];
        Assert.Equal(Report(1).ToString(), Report(1).ToString());
        Assert.NotEqual(Report(1).ToString(), Report(2).ToString());

        GradientReport Report(ulong seed) => GradientCheck.Run(x => Math.Exp(x[0] * x[1]) + x[2], (x, ref dx) =>
        {
            dx[0] += x[1] * Math.Exp(x[0] * x[1]);
            dx[1] += x[0] * Math.Exp(x[0] * x[1]);
            dx[2] += 1;
            return Math.Exp(x[0] * x[1]) + x[2];
        }, at, new GradientCheckOptions { Seed = seed });
    }

    [Fact]
    public void A_wrong_argument_is_refused()
    {
        Assert.Throws<ArgumentException>(() => GradientCheck.Run(n => n, (n, ref dn) => n, at: 3));
        Assert.Throws<ArgumentException>(() => GradientCheck.Run(x => x.Length, (x, ref dx) => x.Length, at: Array.Empty<double>()));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientCheck.Run(x => x, (x, ref dx) => x, 1.0, new GradientCheckOptions { Directions = 0 }));
    }
}
