using Backprop;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace MathNetFit;

/// <summary>Generated gradients in the shape that MathNet.Numerics' minimisers take. Copy this file into a project of your own.</summary>
public static class Adapters
{
    /// <summary>For <see cref="BfgsMinimizer"/>, <see cref="LimitedMemoryBfgsMinimizer"/>, <see cref="ConjugateGradientMinimizer"/>
    /// and whatever else needs a value and a gradient.</summary>
    /// <param name="objective">A generated <c>…Backward</c> of a span.</param>
    public static IObjectiveFunction ToObjectiveFunction(this Objective objective) => ObjectiveFunction.Gradient(x =>
    {
        // A minimiser keeps the gradients it is given, so each is a new one.
        double[] gradient = new double[x.Count];
        double value = objective(x.AsArray() ?? x.ToArray(), gradient);
        return (value, Vector<double>.Build.Dense(gradient));
    });

    /// <summary>For <see cref="LevenbergMarquardtMinimizer"/> and <see cref="TrustRegionMinimizerBase"/>.</summary>
    /// <param name="residuals">Residuals and their Jacobian, whose rows are generated gradients.</param>
    /// <param name="count">Number of residuals.</param>
    public static IObjectiveModel ToObjectiveModel(this ResidualFunction residuals, int count)
    {
        // MathNet fits a curve to values; residuals are a curve that should be zero.
        Vector<double> none = Vector<double>.Build.Dense(count);
        return ObjectiveFunction.NonlinearModel(
            (parameters, _) =>
            {
                double[] values = new double[count];
                residuals(parameters.ToArray(), values, default);
                return Vector<double>.Build.Dense(values);
            },
            (parameters, _) =>
            {
                double[] values = new double[count], jacobian = new double[count * parameters.Count];
                residuals(parameters.ToArray(), values, jacobian);
                return Matrix<double>.Build.DenseOfRowMajor(count, parameters.Count, jacobian);
            },
            none,
            none);
    }
}
