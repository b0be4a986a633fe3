using CurveFit;

namespace Backprop.Tests;

/// <summary>The fit of samples/CurveFit, whose sum of squares is not zero at the end, so that rounding hides the last decreases.</summary>
public sealed class CurveFitTests
{
    private static readonly Measurements Data = Measurements.Take(seed: 1, count: 200);
    private static readonly double[] Start = [1, 2, 0.75, 0, 0];

    [Fact]
    public void The_truth_is_found_within_the_errors()
    {
        LeastSquaresResult fit = Fit();
        for (int i = 0; i < Start.Length; i++)
            Assert.InRange((fit.Parameters[i] - Measurements.Truth[i]) / fit.StandardErrors![i], -4, 4);
    }

    [Fact]
    public void Lbfgs_goes_as_far_as_rounding_lets_it_and_then_stops()
    {
        MinimizationResult result = new Lbfgs().Minimize(
            static (p, gradient) => Oscillation.SumOfSquaresBackward(p, Data.Times, Data.Values, gradient), Start);
        double[] expected = Fit().Parameters;
        for (int i = 0; i < Start.Length; i++) Assert.Equal(expected[i], result.Parameters[i], 1e-6);
        Assert.All(result.Gradient, static g => Assert.InRange(g, -5e-6, 5e-6));
        Assert.InRange(result.Evaluations, 1, 80);
    }

    private static LeastSquaresResult Fit() => new LevenbergMarquardt().Minimize(
        static (p, residuals, jacobian) => Oscillation.Residuals(p, Data.Times, Data.Values, residuals, jacobian), Start, Data.Times.Length);
}
