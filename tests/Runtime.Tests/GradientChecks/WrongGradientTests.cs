namespace Backprop.Tests;

/// <summary>Wrong gradients fail, and the report says what is wrong and where.</summary>
public sealed class WrongGradientTests
{
    private static readonly double[] point = [0.5, -1.5, 2, 3];

    private static double Primal(double[] w, double b) => (w[0] * w[1] * b) + Math.Exp(w[2]) + (w[3] * w[3] * b);

    private static GradientReport Examine(Func<double[], double, (double[] W, double B)> gradient) => GradientCheck.Examine(
        (w, b) => Primal(w, b),
        (w, b, ref dw, ref db) =>
        {
            (double[] gw, double gb) = gradient(w, b);
            for (int i = 0; i < w.Length; i++)
            {
                dw[i] += gw[i];
            }

            db += gb;
            return Primal(w, b);
        },
        at: (point, 1.25));

    private static (double[] W, double B) Right(double[] w, double b) => ([w[1] * b, w[0] * b, Math.Exp(w[2]), 2 * w[3] * b], (w[0] * w[1]) + (w[3] * w[3]));

    [Fact]
    public void The_right_one_passes()
    {
        GradientReport report = Examine(Right);
        Assert.True(report.Passed, report.ToString());
        Assert.InRange(report.Error, 0, 1e-9);
        Assert.InRange(report.Resolution, 0, 1e-8);
    }

    [Fact]
    public void A_factor_is_told()
    {
        GradientReport report = Examine(static (w, b) => ([.. Right(w, b).W.Select(static g => 2 * g)], Right(w, b).B));
        Assert.Equal((GradientFault.Wrong, "w", 3), (report.Fault, report.Worst!.Path, report.Worst.Index));
        Assert.Equal("the gradient of 'w' is 2 times what it should be.", report.Explanation);
        Assert.Equal(4, report.Mismatches.Count);
        Assert.Equal(7.5, report.Worst.Difference, 1e-6);
        Assert.Equal(15, report.Worst.Gradient);
    }

    [Fact]
    public void A_sign_is_told()
    {
        GradientReport report = Examine(static (w, b) => (Right(w, b).W, -Right(w, b).B));
        Assert.Equal(("b", "", "the gradient of 'b' has the wrong sign."), (report.Worst!.Path, report.Worst.IndexText, report.Explanation));
    }

    [Fact]
    public void A_missing_number_is_told()
    {
        GradientReport report = Examine(static (w, b) => ([Right(w, b).W[0], 0, .. Right(w, b).W[2..]], Right(w, b).B));
        Assert.Equal(("w", 1, "1"), (report.Worst!.Path, report.Worst.Index, report.Worst.IndexText));
        Assert.Equal("the gradient of one of the 4 numbers of 'w' is zero where it should not be: the backward pass leaves it out.", report.Explanation);
        Assert.Single(report.Mismatches);
    }

    [Fact]
    public void A_small_number_beside_large_ones_is_found()
    {
        GradientReport report = GradientCheck.Examine(x => (1e6 * x[0]) + (1e-2 * x[1]), (x, ref dx) =>
        {
            dx[0] += 1e6;
            dx[1] += 2e-2;
            return (1e6 * x[0]) + (1e-2 * x[1]);
        }, at: new double[] { 1, 1 });
        Assert.Equal(("x", 1), (report.Worst?.Path, report.Worst?.Index));
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    public void A_transposed_matrix_is_told(int rows, int columns)
    {
        var at = new double[rows, columns];
        for (int i = 0; i < at.Length; i++)
        {
            at[i / columns, i % columns] = i + 1;
        }

        GradientReport report = GradientCheck.Examine(m => Quadratic(m), (m, ref dm) =>
        {
            for (int k = 0; k < m.Length; k++)
            {
                int transposed = (k % rows * columns) + (k / rows);
                dm[k / columns, k % columns] += 2 * m[transposed / columns, transposed % columns];
            }

            return Quadratic(m);
        }, at);
        Assert.Equal(GradientFault.Wrong, report.Fault);
        Assert.Contains("is transposed", report.Explanation, StringComparison.Ordinal);
        Assert.Equal("m", report.Worst!.Path);
    }

    private static double Quadratic(double[,] m) => m.Cast<double>().Sum(static v => v * v);

    [Fact]
    public void Exchanged_accumulators_are_told()
    {
        GradientReport report = GradientCheck.Examine((a, b) => (2 * a) + (3 * b), (a, b, ref da, ref db) =>
        {
            da += 3;
            db += 2;
            return (2 * a) + (3 * b);
        }, at: (1.0, 1.0));
        Assert.Contains("the accumulators are exchanged", report.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void An_overwritten_accumulator_is_told()
    {
        GradientReport report = GradientCheck.Examine(x => x[0] * x[1], (x, ref dx) =>
        {
            dx[0] += x[1];
            dx[1] = x[0];
            return x[0] * x[1];
        }, at: new double[] { 2, 3 });
        Assert.Equal((GradientFault.NotAccumulated, "x", 1), (report.Fault, report.Worst!.Path, report.Worst.Index));
        Assert.Contains("write 'd += …'", report.Explanation, StringComparison.Ordinal);
        GradientCheck.Run(x => x, (x, ref dx) => { dx = 1; return x; }, 2.0, new GradientCheckOptions { Accumulates = false });
    }

    [Fact]
    public void A_kink_is_explained()
    {
        GradientReport report = GradientCheck.Examine(x => Math.Max(x[0], 0) + x[1], (x, ref dx) =>
        {
            dx[1] += 1;
            return Math.Max(x[0], 0) + x[1];
        }, at: new double[] { 0, 2 });
        Assert.Equal((GradientFault.Kink, "x", 0), (report.Fault, report.Worst!.Path, report.Worst.Index));
        Assert.Contains("its slope is 0 below and 1 above", report.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kink_near_the_point_is_stepped_inside_of()
        => GradientCheck.Run(x => Math.Abs(x - 1), (x, ref dx) => { dx += Math.Sign(x - 1); return Math.Abs(x - 1); }, at: 1.0001);

    [Fact]
    public void What_is_not_finite_is_explained()
    {
        Assert.Contains("the primal is NaN at the point", NotFinite(x => Math.Log(x[0]), -1, 1), StringComparison.Ordinal);
        Assert.Contains("the gradient of x[0] is NaN", NotFinite(x => x[0], 1, double.NaN), StringComparison.Ordinal);
        Assert.Contains("not finite however near", NotFinite(x => Math.Sqrt(x[0]), 0, 1), StringComparison.Ordinal);
        GradientCheck.Run(x => Math.Log(x), (x, ref dx) => { dx += 1 / x; return Math.Log(x); }, at: 1e-12);

        static string NotFinite(Func<double[], double> primal, double at, double slope)
        {
            GradientReport report = GradientCheck.Examine(primal, (x, ref dx) => { dx[0] += slope; return primal(x); }, at: new double[] { at });
            Assert.Equal(GradientFault.NotFinite, report.Fault);
            return report.Explanation;
        }
    }

    [Fact]
    public void Another_value_is_told()
    {
        GradientReport report = GradientCheck.Examine(x => x * x, (x, ref dx) => { dx += 2 * x; return 0; }, at: 3.0);
        Assert.Equal((GradientFault.Value, "the backward pass returns 0, the primal 9."), (report.Fault, report.Explanation));
    }

    [Fact]
    public void Too_much_noise_does_not_pass_for_agreement()
    {
        GradientReport report = GradientCheck.Examine(x => (float)(1e8 + Math.Sin(x)), (x, ref dx) => { dx += Math.Cos(x); return (float)(1e8 + Math.Sin(x)); }, at: 1f);
        Assert.Equal(GradientFault.Unresolved, report.Fault);
    }

    [Fact]
    public void Run_throws_the_report()
    {
        GradientReport report = Assert.Throws<GradientCheckException>(() => GradientCheck.Run(x => x * x, (x, ref dx) => { dx += x; return x * x; }, at: 3.0)).Report;
        string[] lines = report.ToString().Split('\n');
        Assert.Equal("The gradient did not pass: the gradient of 'x' is 0.5 times what it should be.", lines[0]);
        Assert.Equal("  x: gradient 3, differences 6", lines[1]);
        Assert.StartsWith("  value 9, relative error 0.5, tolerance 1E-06, resolution of the differences ", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_leaf_of_a_model_is_named()
    {
        Sample sample = Sample.Create(1)[0];
        GradientReport report = GradientCheck.Examine(m => m.Loss(sample), (m, dm) =>
        {
            double loss = m.LossBackward(sample, dm, 1);
            dm.W1[2, 1] += 0.5f;
            return loss;
        }, at: Regressor.Create(3));
        Assert.Equal(("W1", 7, "2, 1"), (report.Worst!.Path, report.Worst.Index, report.Worst.IndexText));
        Assert.Contains("W1[2, 1]: gradient ", report.ToString(), StringComparison.Ordinal);
    }
}
