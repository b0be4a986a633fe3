using System.Reflection;
using Backprop.Generator.Rules;

namespace Backprop.Generator.Tests.Rules;

/// <summary>Every rule against differences of the function itself, at points all over its domain.</summary>
public sealed class DifferenceTests
{
    private static readonly double[] One =
        [-1e6, -23.7, -3.7, -1.3, -0.83, -0.4, -1e-3, -1e-9, 1e-120, 1e-9, 1e-3, 0.21, 0.6, 0.97, 1.9, 4.2, 23.7, 1e6, 1e120];

    private static readonly double[] Several = [-2.3, -0.71, 0.37, 0.9, 1.6, 3.1];
    private static readonly int[] Whole = [-3, -2, -1, 1, 2, 3, 4, 7];

    /// <summary>Give only some leading bits of their result: differences of them are noise.</summary>
    private static readonly string[] Estimates = ["ReciprocalEstimate", "ReciprocalSqrtEstimate"];

    public static TheoryData<string> Differentiable
        => new(RuleTable.All.Where(r => r.Kind == RuleKind.Differentiable && !Estimates.Contains(Primitives.MemberOf(r.Primitive)))
            .Select(r => r.Primitive));

    public static TheoryData<string> Steps
        => new(from rule in RuleTable.All
               where rule.Kind == RuleKind.Zero
               from method in Primitives.Overloads(rule.Primitive, 1)
               where method.ReturnType == typeof(double) || method.ReturnType == typeof(float)
               select rule.Primitive);

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void A_formula_agrees_with_differences(string primitive)
    {
        foreach (Partials overload in RuleTable.Find(primitive)!.Overloads)
        {
            MethodInfo[] methods = Primitives.Overloads(primitive, overload.Arity).ToArray();
            Assert.NotEmpty(methods);
            foreach (MethodInfo method in methods)
            {
                Agrees(primitive, method);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_step_is_flat_between_its_jumps(string primitive)
    {
        foreach (double x in new[] { -3.7, -0.4, 0.21, 4.2 })
        {
            Assert.Equal(0, Difference.Of(v => (double)Evaluator.Call(InDouble(primitive), v), x).Slope);
        }
    }

    [Fact]
    public void An_estimate_has_the_slope_of_what_it_estimates()
    {
        foreach (double x in new[] { 1e-9, 0.3, 1.7, 1e9 })
        {
            Near(-1 / (x * x), Slopes.Of("Math.ReciprocalEstimate", [x], 0), 1e-3);
            Near(-1 / (x * x), Slopes.Of("MathF.ReciprocalEstimate", [(float)x], 0), 1e-3);
            Near(-0.5 / (x * Math.Sqrt(x)), Slopes.Of("Math.ReciprocalSqrtEstimate", [x], 0), 1e-3);
            Near(-0.5 / (x * Math.Sqrt(x)), Slopes.Of("MathF.ReciprocalSqrtEstimate", [(float)x], 0), 1e-3);
        }
    }

    private static string InDouble(string primitive)
        => primitive.Replace("MathF.", "Math.").Replace("float.", "double.");

    private static void Agrees(string primitive, MethodInfo method)
    {
        Type[] types = method.GetParameters().Select(p => p.ParameterType).ToArray();
        MethodInfo reference = Primitives.InDouble(method);
        for (int operand = 0; operand < types.Length; operand++)
        {
            if (types[operand] == typeof(int))
            {
                continue;
            }

            int checkedPoints = Points(types).Count(point => IsChecked(primitive, reference, types, point, operand));
            Assert.True(checkedPoints >= 4, $"{primitive}: only {checkedPoints} points could be checked for operand {operand}");
        }
    }

    /// <summary>Compares at one point; false where the function or its differences say nothing there.</summary>
    private static bool IsChecked(string primitive, MethodInfo reference, Type[] types, double[] point, int operand)
    {
        object[] arguments = point.Zip(types, (x, type) => Evaluator.As(x, Primitives.TypeOf(type))).ToArray();
        double[] rounded = arguments.Select(System.Convert.ToDouble).ToArray();
        bool single = types.Contains(typeof(float));
        if (!rounded.All(double.IsFinite) || rounded.Contains(0))
        {
            return false;
        }

        double F(double x) => Call(reference, rounded, operand, x);
        double value = F(rounded[operand]);
        Difference expected = Difference.Of(F, rounded[operand]);
        double scale = Math.Max(Math.Abs(expected.Slope), Math.Abs(value / rounded[operand]));
        double precision = single ? float.Epsilon + 3e-5 : 1e-7;
        bool representable = !single || (Math.Abs(value) < 1e37 && scale is < 1e37 and (> 1e-37 or 0));
        if (IsBlind(primitive, rounded[operand], expected.Slope)
            || !double.IsFinite(value)
            || !(expected.Error <= 1e-6 * scale)
            || !representable
            || !IsClampDefined(primitive, rounded))
        {
            return false;
        }

        double slope = Slopes.Of(primitive, arguments, operand);
        double tolerance = (precision * scale) + (10 * expected.Error);
        Assert.True(
            Math.Abs(slope - expected.Slope) <= tolerance,
            $"{primitive}({string.Join(", ", arguments)}), operand {operand}: {slope} by the rule, {expected.Slope} by differences");
        return true;
    }

    /// <summary>Where differences can agree with each other and still be wrong: a step that jumps over whole periods or is too small
    /// to move the result, and the library's <c>f(1 + x)</c> and <c>f(x) − 1</c>, which are rounded to steps near zero.</summary>
    private static bool IsBlind(string primitive, double x, double slope)
        => Math.Abs(x) switch
        {
            < 1e-4 => slope == 0 || primitive.EndsWith("P1") || primitive.EndsWith("M1"),
            > 1e3 => slope == 0,
            _ => false,
        };

    private static bool IsClampDefined(string primitive, double[] point)
        => !primitive.Contains("Clamp") || point[1] < point[2];

    private static double Call(MethodInfo method, double[] point, int operand, double x)
    {
        object[] arguments = method.GetParameters()
            .Select((p, i) => Evaluator.As(i == operand ? x : point[i], Primitives.TypeOf(p.ParameterType)))
            .ToArray();
        try
        {
            return System.Convert.ToDouble(method.Invoke(null, arguments));
        }
        catch (TargetInvocationException outside) when (outside.InnerException is ArgumentException)
        {
            return double.NaN;
        }
    }

    private static IEnumerable<double[]> Points(Type[] types)
    {
        IEnumerable<double[]> points = [[]];
        foreach (Type type in types)
        {
            IEnumerable<double> next = type == typeof(int) ? Whole.Select(n => (double)n) : types.Length == 1 ? One : Several;
            points = points.SelectMany(p => next, (p, x) => p.Append(x * Stagger(p.Length, type)).ToArray());
        }

        return points.Where((p, i) => types.Length < 3 || i % 3 == 0);
    }

    /// <summary>Keeps arguments apart: points where two are equal are kinks, and those have their own tests.</summary>
    private static double Stagger(int operand, Type type) => type == typeof(int) ? 1 : 1 + (0.04 * operand);

    private static void Near(double expected, double actual, double relative)
        => Assert.InRange(actual, expected - (relative * Math.Abs(expected)), expected + (relative * Math.Abs(expected)));
}
