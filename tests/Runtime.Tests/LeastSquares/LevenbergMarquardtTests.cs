namespace Backprop.Tests;

public sealed class LevenbergMarquardtTests
{
    // Misra1a of the NIST Statistical Reference Datasets: y = b₁(1 − exp(−b₂x)), with certified values.
    private static readonly double[] X = [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0];
    private static readonly double[] Y = [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78];

    public static TheoryData<Damping> Strategies => [.. Enum.GetValues<Damping>()];

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Finds_the_certified_values_of_Misra1a(Damping damping)
    {
        foreach (double[] start in (double[][])[[500, 0.0001], [250, 0.0005]])
        {
            LeastSquaresResult fit = new LevenbergMarquardt { Damping = damping }.Minimize(Misra1a, start, X.Length);
            Assert.Equal(2.3894212918e2, fit.Parameters[0], 2e-7);
            Assert.Equal(5.5015643181e-4, fit.Parameters[1], 1e-12);
            Assert.Equal(1.2455138894e-1, fit.SumOfSquares, 1e-10);
            Assert.Equal(2.7070075241, fit.StandardErrors![0], 1e-7);
            Assert.Equal(7.2668688436e-6, fit.StandardErrors![1], 1e-13);
            Assert.True(fit.Reason is Termination.SmallGradient or Termination.SmallChange, fit.Reason.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Finds_the_zero_of_a_valley(Damping damping)
    {
        var solver = new LevenbergMarquardt { Damping = damping, DampingScale = DampingScale.Identity, MaxIterations = 500 };
        LeastSquaresResult fit = solver.Minimize(
            static (p, r, j) =>
            {
                (r[0], r[1]) = (10 * (p[1] - p[0] * p[0]), 1 - p[0]);
                if (j.IsEmpty) return;
                (j[0], j[1], j[2], j[3]) = (-20 * p[0], 10, -1, 0);
            },
            [-1.2, 1],
            2);
        Assert.Equal(1, fit.Parameters[0], 1e-8);
        Assert.Equal(1, fit.Parameters[1], 1e-8);
        Assert.Null(fit.Covariance);
    }

    [Fact]
    public void A_parameter_without_effect_stays_and_leaves_no_covariance()
    {
        LeastSquaresResult fit = new LevenbergMarquardt().Minimize(
            static (p, r, j) =>
            {
                for (int i = 0; i < 3; i++)
                {
                    r[i] = p[0] - i;
                    if (j.IsEmpty) continue;
                    (j[2 * i], j[2 * i + 1]) = (1, 0);
                }
            },
            [7, 3],
            3);
        Assert.Equal(1, fit.Parameters[0], 1e-8);
        Assert.Equal(3, fit.Parameters[1]);
        Assert.Null(fit.Covariance);
    }

    [Fact]
    public void Numbers_that_are_not_finite_at_the_start_are_reported()
    {
        LeastSquaresResult fit = new LevenbergMarquardt().Minimize(static (p, r, j) => r.Fill(double.NaN), [1], 2);
        Assert.Equal(Termination.NotFinite, fit.Reason);
        fit = new LevenbergMarquardt().Minimize(
            static (p, r, j) =>
            {
                r.Fill(1);
                j.Fill(double.NaN);
            },
            [1],
            2);
        Assert.Equal(Termination.NotFinite, fit.Reason);
    }

    [Fact]
    public void A_start_at_the_solution_ends_at_once()
    {
        LeastSquaresResult fit = new LevenbergMarquardt().Minimize(
            static (p, r, j) =>
            {
                r[0] = p[0];
                if (!j.IsEmpty) j[0] = 1;
            },
            [0],
            1);
        Assert.Equal((Termination.SmallGradient, 0), (fit.Reason, fit.Iterations));
    }

    [Fact]
    public void Nothing_to_fit_is_refused()
    {
        Assert.Throws<ArgumentException>("start", static () => new LevenbergMarquardt().Minimize(static (p, r, j) => { }, [], 2));
        Assert.Throws<ArgumentOutOfRangeException>("count", static () => new LevenbergMarquardt().Minimize(static (p, r, j) => { }, [1], 0));
    }

    private static void Misra1a(ReadOnlySpan<double> b, Span<double> residuals, Span<double> jacobian)
    {
        for (int i = 0; i < X.Length; i++)
        {
            double decay = Math.Exp(-b[1] * X[i]);
            residuals[i] = b[0] * (1 - decay) - Y[i];
            if (jacobian.IsEmpty) continue;
            jacobian[2 * i] = 1 - decay;
            jacobian[2 * i + 1] = b[0] * X[i] * decay;
        }
    }
}
