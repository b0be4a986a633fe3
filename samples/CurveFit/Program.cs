using System.Globalization;
using Backprop;
using CurveFit;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = System.Text.Encoding.UTF8;

string path = args.Length > 0 ? args[0] : "curve-fit.png";
if (args.Length > 1 || Path.GetExtension(path) != ".png")
{
    Console.Error.WriteLine("CurveFit [PICTURE.png]");
    return 2;
}

Measurements data = Measurements.Take(seed: 1, count: 200);
double[] start = [1, 2, 0.75, 0, 0];

LeastSquaresResult fit = new LevenbergMarquardt().Minimize(
    (p, residuals, jacobian) => Oscillation.Residuals(p, data.Times, data.Values, residuals, jacobian), start, data.Times.Length);
MinimizationResult check = new Lbfgs().Minimize(
    (p, gradient) => Oscillation.SumOfSquaresBackward(p, data.Times, data.Values, gradient), start);

Console.WriteLine("              true     start    Levenberg–Marquardt      L-BFGS   error / standard error");
bool isGood = fit.StandardErrors is not null;
for (int i = 0; i < start.Length && isGood; i++)
{
    double deviation = (fit.Parameters[i] - Measurements.Truth[i]) / fit.StandardErrors![i];
    Console.WriteLine(
        $"{Oscillation.Names[i],-11} {Measurements.Truth[i],7:F4} {start[i],9:F4} {fit.Parameters[i],12:F4} ± {fit.StandardErrors[i],-8:F4}"
        + $" {check.Parameters[i],9:F4} {deviation,12:F2}");
    isGood &= Math.Abs(deviation) < 4 && Math.Abs(fit.Parameters[i] - check.Parameters[i]) < 1e-4;
}

double noise = Math.Sqrt(fit.SumOfSquares / (data.Times.Length - start.Length));
Console.WriteLine();
Console.WriteLine($"Levenberg–Marquardt: {fit.Iterations} steps, {fit.Evaluations} evaluations, sum of squares {fit.SumOfSquares:F6} ({fit.Reason}).");
Console.WriteLine($"L-BFGS:              {check.Iterations} steps, {check.Evaluations} evaluations, sum of squares {check.Value:F6} ({check.Reason}).");
Console.WriteLine($"Noise: {noise:F4} estimated, {Measurements.Noise:F4} true.");
Picture.Save(path, data, fit);
Console.WriteLine($"Picture: {path}");
return isGood ? 0 : 1;
