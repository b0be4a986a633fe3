using System.Reflection;

namespace Backprop.Tests.TensorPullbackTests;

/// <summary>A parameter of a pullback is marked [Unread] if and only if what it holds makes no difference: a caller keeps nothing for it.</summary>
public sealed class UnreadTests
{
    private const int Length = 29;

    public static TheoryData<string> Names => [.. Members.Pairs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_marked_makes_no_difference_and_what_is_not_does(string name)
    {
        var (primal, pullback) = Members.Pairs[name];
        int count = primal.GetParameters().Length + (primal.ReturnType.IsGenericParameter ? 1 : 0);
        double[][] expected = Pulled(name, static _ => { });
        ParameterInfo[] given = [.. pullback.GetParameters().Take(count).Where(static p => p.ParameterType.ContainsGenericParameters)];
        ParameterInfo[] unread = [.. given.Where(p => others.All(other => Same(expected, Pulled(name, arguments => arguments[p.Position] = Filled(arguments[p.Position], other)))))];
        Assert.Equal(unread.Select(static p => p.Name), given.Where(static p => p.IsDefined(typeof(UnreadAttribute))).Select(static p => p.Name));
    }

    private static readonly double[] others = [double.NaN, 0, 1e3, -1e3, 0.3];

    private static double[][] Pulled(string name, Action<object[]> change)
    {
        var trial = new Trial<double>(name, Length, 0, seed: 5);
        object[] arguments = trial.PullbackArguments();
        change(arguments);
        try
        {
            trial.CallPullback(arguments);
        }
        catch (ArgumentException)
        {
            // A value that is none of the elements: it was read.
            return [];
        }

        return [.. trial.Accumulators, .. trial.Seeds];
    }

    private static object Filled(object argument, double other) => argument is double[] array ? array.Select(_ => other).ToArray() : other;

    private static bool Same(double[][] a, double[][] b)
        => a.Length == b.Length && a.Zip(b, static (x, y) => x.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(y.Select(BitConverter.DoubleToInt64Bits))).All(static same => same);
}
