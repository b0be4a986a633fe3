using System.Globalization;

namespace Backprop;

/// <summary>One check of one gradient: from the cheapest question to the dearest, until one is answered with no.</summary>
internal sealed class Examination
{
    private const double SingleTolerance = 1e-2, DoubleTolerance = 1e-6, Blurred = 0.1;

    private readonly CheckedFunction function;
    private readonly GradientCheckOptions options;
    private readonly double tolerance, value;
    private readonly double[] gradient, scales;
    private double error, resolution;

    private Examination(CheckedFunction function, GradientCheckOptions options, double value, double[] gradient)
    {
        (this.function, this.options, this.value, this.gradient) = (function, options, value, gradient);
        bool isSingle = function.Leaves.Any(static l => l.Leaf.ElementType == typeof(float));
        tolerance = options.Tolerance ?? (isSingle ? SingleTolerance : DoubleTolerance);
        scales = Scales(function);
    }

    public static GradientReport Run(CheckedFunction function, GradientCheckOptions? chosen)
    {
        GradientCheckOptions options = chosen ?? new GradientCheckOptions();
        options.Check();
        double value = function.Value(function.Point);
        (double returned, double[] gradient) = function.Backward(0);
        var examination = new Examination(function, options, value, gradient);
        return examination.OfNumbers(returned) ?? examination.OfAccumulation() ?? examination.OfSlopes();
    }

    private GradientReport? OfNumbers(double returned)
    {
        if (!double.IsFinite(value))
        {
            return Fail(GradientFault.NotFinite, $"the primal is {Text(value)} at the point, so it has no derivative there.");
        }

        if (BitConverter.DoubleToInt64Bits(value) != BitConverter.DoubleToInt64Bits(returned))
        {
            return Fail(GradientFault.Value, $"the backward pass returns {Text(returned)}, the primal {Text(value)}.");
        }

        int bad = Array.FindIndex(gradient, static g => !double.IsFinite(g));
        return bad < 0 ? null : Fail(
            GradientFault.NotFinite, $"the gradient of {Name(bad)} is {Text(gradient[bad])}, although the primal is finite; look for 0/0, 0·∞ or the logarithm or root of 0 in its backward pass.", MismatchOf(bad, double.NaN));
    }

    private GradientReport? OfAccumulation()
    {
        if (!options.Accumulates)
        {
            return null;
        }

        (_, double[] again) = function.Backward(1);
        double[] off = [.. gradient.Zip(again, static (g, a) => Math.Abs(a - 1 - g) / (1 + Math.Abs(g)))];
        int worst = Array.IndexOf(off, off.Max(static o => double.IsNaN(o) ? double.PositiveInfinity : o));
        if (worst >= 0 && off[worst] <= 1e-3)
        {
            return null;
        }

        worst = Math.Max(worst, 0);
        return Fail(
            GradientFault.NotAccumulated,
            $"the backward pass does not add to its accumulators: that of {Name(worst)} held 1 before and {Text(again[worst])} after, which should be {Text(1 + gradient[worst])}; write 'd += …', not 'd = …'.",
            new GradientMismatch(function.Locate(worst).Leaf.Path, function.Locate(worst).Index, IndexTextOf(worst), again[worst], 1 + gradient[worst]));
    }

    private GradientReport OfSlopes()
    {
        var directions = new Directions(function, scales, options.Seed);
        double noise = Noise.Of(function, value, directions.Random(0));
        var finder = new SlopeFinder(function, value, gradient, noise);
        var found = new List<(double[] Direction, Slope Slope)>();
        for (int i = 0; i < options.Directions; i++)
        {
            double[] direction = directions.Random(i);
            Slope slope = finder.Along(direction);
            if (!slope.IsFinite)
            {
                return Fail(GradientFault.NotFinite, "the primal is not finite however near to the point, so differences cannot be taken; check at a point inside its domain.");
            }

            if (IsOff(direction, slope))
            {
                found.Add((direction, slope));
            }
        }

        bool checksEach = gradient.Length <= options.CheckEachUpTo;
        if (found.Count == 0 && !checksEach)
        {
            return Verdict();
        }

        var components = new Components(function, scales, gradient, finder, tolerance);
        List<Component> wrong = components.Wrong(checksEach ? [.. Enumerable.Range(0, gradient.Length)] : components.Suspects(directions));
        return wrong.Count == 0 && found.Count == 0 ? Verdict() : Wrong(components, wrong, found);
    }

    private GradientReport Verdict() => resolution > Blurred
        ? Fail(GradientFault.Unresolved, $"the differences have a relative error of {Text(resolution)} themselves, so they cannot tell: the primal is noisy, or its value is large beside its changes; check a smaller part, or in double.")
        : Report();

    private GradientReport Wrong(Components components, List<Component> wrong, List<(double[] Direction, Slope Slope)> found)
    {
        GradientMismatch[] mismatches = [.. wrong.Take(8).Select(c => MismatchOf(c.Number, c.Difference))];
        Slope slope = wrong.Count > 0 ? wrong[0].Slope : found[0].Slope;
        string place = wrong.Count > 0 ? $"at {Name(wrong[0].Number)} = {Text(function.Point[wrong[0].Number])}" : "along a random direction";
        double contribution = wrong.Count > 0 ? scales[wrong[0].Number] : 1;
        if (slope.Jump > 1e-3 * Math.Max(Math.Abs(slope.Forward), Math.Abs(slope.Backward)))
        {
            return Fail(
                GradientFault.Kink,
                $"the primal has a kink {place}: its slope is {Text(slope.Backward / contribution)} below and {Text(slope.Forward / contribution)} above, so there is no gradient to compare with; check at another point.",
                mismatches);
        }

        return wrong.Count > 0
            ? Fail(GradientFault.Wrong, Diagnosis.Of(components, wrong), mismatches)
            : Fail(GradientFault.Wrong, $"along a random direction the derivative is {Text(found[0].Slope.Value)} by differences and {Text(found[0].Direction.Zip(gradient, static (d, g) => d * g).Sum())} by the gradient.");
    }

    private bool IsOff(double[] direction, Slope slope)
    {
        double claimed = direction.Zip(gradient, static (d, g) => d * g).Sum();
        double size = Math.Max(direction.Zip(gradient, static (d, g) => Math.Abs(d * g)).Sum(), Math.Abs(slope.Value));
        double off = Math.Abs(claimed - slope.Value);
        bool isNoise = off <= 2 * slope.Error;
        if (size > 2 * slope.Error || !isNoise)
        {
            error = Math.Max(error, off / size);
            resolution = Math.Max(resolution, slope.Error / size);
        }

        return off > (tolerance * size) + (2 * slope.Error);
    }

    private GradientReport Report() => new()
    {
        Value = value, Error = error, Resolution = resolution, Tolerance = tolerance, Evaluations = function.Evaluations, Seed = options.Seed,
    };

    private GradientReport Fail(GradientFault fault, string explanation, params GradientMismatch[] mismatches)
        => Report() with { Fault = fault, Explanation = explanation, Mismatches = mismatches };

    private GradientMismatch MismatchOf(int number, double difference)
    {
        (LeafInfo leaf, int index) = function.Locate(number);
        return new GradientMismatch(leaf.Path, index, IndexTextOf(number), gradient[number], difference);
    }

    private string IndexTextOf(int number) => function.Locate(number) is var (leaf, index) && leaf.Shape.Count > 0 ? IndexText.Of(index, leaf.Shape) : "";

    private string Name(int number) => function.Locate(number).Leaf.Path + (IndexTextOf(number) is { Length: > 0 } text ? $"[{text}]" : "");

    private static string Text(double number) => number.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>How far to go from each number: about as far as it is large, or as its neighbours are.</summary>
    private static double[] Scales(CheckedFunction function)
    {
        double[] scales = new double[function.Point.Length];
        foreach ((LeafInfo leaf, int start) in function.Leaves)
        {
            double largest = function.Point.Skip(start).Take(leaf.Length).Select(Math.Abs).DefaultIfEmpty(0).Max();
            for (int i = start; i < start + leaf.Length; i++)
            {
                scales[i] = largest == 0 ? 1 : Math.Max(Math.Abs(function.Point[i]), 1e-3 * largest);
            }
        }

        return scales;
    }
}
