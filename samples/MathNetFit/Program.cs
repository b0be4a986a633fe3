using System.Globalization;
using Backprop;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using MathNetFit;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = System.Text.Encoding.UTF8;
bool isGood = true;

Console.WriteLine("Rosenbrock's valley in 10 dimensions, from (-1, …, -1):");
Objective valley = (x, gradient) => Problems.ValleyBackward(x, gradient);
Vector<double> start = Vector<double>.Build.Dense(10, -1);
Show("MathNet BFGS", new BfgsMinimizer(1e-8, 1e-10, 1e-12, 1000).FindMinimum(valley.ToObjectiveFunction(), start));
Show("MathNet L-BFGS", new LimitedMemoryBfgsMinimizer(1e-8, 1e-10, 1e-12, 10, 1000).FindMinimum(valley.ToObjectiveFunction(), start));
Show("MathNet conjugate gradients", new ConjugateGradientMinimizer(1e-6, 5000).FindMinimum(valley.ToObjectiveFunction(), start));
Backprop.MinimizationResult own = new Lbfgs().Minimize(valley, start.ToArray());
Line("Lbfgs", own.Value, own.Parameters, (int)own.Iterations);

Console.WriteLine();
Console.WriteLine("A dose and its response, 60 measurements with noise of 0.02:");
double[] truth = [0.1, 1.2, 5, 1.7], guess = [0, 1, 3, 1];
(double[] doses, double[] responses) = Problems.Measure(truth, 60, 0.02);
ResidualFunction residuals = (p, r, jacobian) => Problems.Residuals(p, doses, responses, r, jacobian);
NonlinearMinimizationResult fit = new LevenbergMarquardtMinimizer().FindMinimum(residuals.ToObjectiveModel(doses.Length), Vector<double>.Build.Dense(guess));
LeastSquaresResult check = new LevenbergMarquardt().Minimize(residuals, guess, doses.Length);
Console.WriteLine("         true   MathNet Levenberg–Marquardt    LevenbergMarquardt");
string[] names = ["bottom", "top", "half", "slope"];
for (int i = 0; i < names.Length; i++)
{
    Console.WriteLine($"{names[i],-6} {truth[i],6:F2} {fit.MinimizingPoint[i],12:F5} ± {fit.StandardErrors[i],-10:F5} {check.Parameters[i],12:F5} ± {check.StandardErrors![i]:F5}");
    isGood &= Math.Abs(fit.MinimizingPoint[i] - check.Parameters[i]) < 1e-4 && Math.Abs(check.Parameters[i] - truth[i]) < 4 * check.StandardErrors[i];
}

return isGood ? 0 : 1;

void Show(string name, MathNet.Numerics.Optimization.MinimizationResult result)
    => Line(name, result.FunctionInfoAtMinimum.Value, result.MinimizingPoint.ToArray(), result.Iterations);

void Line(string name, double value, double[] point, int iterations)
{
    double error = point.Max(static x => Math.Abs(x - 1));
    isGood &= error < 1e-4;
    Console.WriteLine($"  {name,-28} value {value:E1}, largest error {error:E1}, {iterations} iterations");
}
