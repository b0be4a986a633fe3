using System.Numerics;
using System.Reflection;
using Backprop.Tests.TensorPullbackTests;

namespace Backprop.Generator.Tests.Tensors;

/// <summary>The gradient of every member of TensorPrimitives on <c>double</c>, through the generator, is that of differences.</summary>
public sealed class TensorGradientTests
{
    private const int Length = 11;

    private static readonly TensorMember[] members =
        [.. TensorMember.All.Where(static m => m.LeavesNumbers && !m.HasHalves && !TensorDocs.Refused.Contains(m.Member.Name) && m.Member.IsGenericMethod && m.Member.GetGenericArguments().All(static t => t == typeof(double)))];

    private static readonly Lazy<Type> calls = new(static () => new Consumer().Generate(Text()).Load("Calls"));

    public static TheoryData<string> Names => [.. members.Select(static member => member.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_that_of_differences(string name)
    {
        TensorMember member = members.Single(member => member.ToString() == name);
        var value = calls.Value.GetMethod("V" + member.Number)!.CreateDelegate<Func<double[][], double>>();
        var gradient = calls.Value.GetMethod("G" + member.Number)!.CreateDelegate<Action<double[][], double[][]>>();
        Random random = new(member.Number);
        double[][] arguments = [.. member.Member.GetParameters().Select(p => Argument(member, p, random))];
        double[][] direction = [.. arguments.Select(a => a.Select(_ => random.NextDouble() - 0.5).ToArray())];
        double[][] found = [.. arguments.Select(static a => new double[a.Length])];
        gradient(Copy(arguments), found);

        double expected = (value(Moved(arguments, direction, 1e-6)) - value(Moved(arguments, direction, -1e-6))) / 2e-6;
        double actual = found.Zip(direction).Sum(static pair => pair.First.Zip(pair.Second).Sum(static p => p.First * p.Second));
        double tolerance = Domains.Tolerance(name, 1e-6);
        if (!name.Contains("Estimate", StringComparison.Ordinal))
        {
            Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{name}, seed {member.Number}: the gradient is {actual}, differences give {expected}.");
        }

        Assert.True(double.IsFinite(actual));
    }

    private static double[][] Copy(double[][] arguments) => [.. arguments.Select(static a => (double[])a.Clone())];

    private static double[][] Moved(double[][] arguments, double[][] direction, double step)
        => [.. arguments.Zip(direction, (a, d) => a.Zip(d, (x, v) => x + (step * v)).ToArray())];

    /// <summary>Each operand has its own lattice, wider than a step, so that no step crosses a kink.</summary>
    private static double[] Argument(TensorMember member, ParameterInfo p, Random random)
    {
        bool isSpan = p.ParameterType.IsGenericType;
        var (low, high) = Domains.Of(member.Member.Name, p.Name!);
        return [.. Enumerable.Range(0, isSpan ? Length : 1).Select(_ => (Math.Floor((low + ((high - low) * random.NextDouble())) * 4096) + (0.2 * (p.Position + 1))) / 4096)];
    }

    private static string Text() => $$"""
        using System; using System.Numerics; using System.Numerics.Tensors; using Backprop;
        public static partial class Calls {
        static double Weighted(double[] y) { double sum = 0; for (int i = 0; i < y.Length; i++) sum += Math.Cos(i + 1) * y[i]; return sum; }
        static void Weigh(double[] dy) { for (int i = 0; i < dy.Length; i++) dy[i] = Math.Cos(i + 1); }
        {{string.Join("\n", members.Select(Call))}}
        }
        """;

    private static string Call(TensorMember member)
    {
        ParameterInfo[] parameters = member.Member.GetParameters();
        string arguments = string.Join(", ", parameters.Select(Given));
        string accumulators = string.Concat(parameters.Where(static p => TensorMember.Carries(p.ParameterType)).Select(static p => p.ParameterType.IsGenericType ? $", d[{p.Position}]" : $", ref d[{p.Position}][0]"));
        string left = string.Join(" + ", member.Destinations.Select(static p => $"Weighted(a[{p.Position}])"));
        string weigh = string.Concat(member.Destinations.Select(static p => $"Weigh(d[{p.Position}]); "));
        string value = left.Length == 0 ? $"return {member.Name}({arguments});" : $"{member.Name}({arguments}); return {left};";
        return $"{member.Method}\npublic static double V{member.Number}(double[][] a) {{ {value} }}\npublic static void G{member.Number}(double[][] a, double[][] d) {{ {weigh}{member.Name}Backward({arguments}{accumulators}); }}";
    }

    private static string Given(ParameterInfo p) => p.ParameterType == typeof(int) ? (p.Name == "digits" ? "0" : "3")
        : p.ParameterType == typeof(MidpointRounding) ? "MidpointRounding.ToEven"
        : p.ParameterType.IsGenericType ? $"a[{p.Position}]" : $"a[{p.Position}][0]";
}
