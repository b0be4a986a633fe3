using System.Globalization;
using System.Numerics;
using System.Reflection;

namespace Backprop.Tests.TensorPullbackTests;

/// <summary>One pair of primal and pullback with random arguments of one length.</summary>
internal sealed class Trial<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly MethodInfo primal, pullback;
    private readonly bool[] isOperand, isDestination;

    /// <summary>What is called: arrays for spans and boxes for scalars.</summary>
    public object[] Arguments { get; }

    /// <summary>One for each operand, as long as it; scalars have one element.</summary>
    public T[][] Accumulators { get; }

    /// <summary>One for each destination, as long as it; the seed alone where the result is a number.</summary>
    public T[][] Seeds { get; private set; }

    public ParameterInfo[] Parameters => pullback.GetParameters();

    public int Length { get; }

    public Trial(string name, int length, int extra, int seed)
    {
        var pair = Members.Pairs[name];
        (primal, pullback, Length) = (pair.Primal.MakeGenericMethod(typeof(T)), pair.Pullback.MakeGenericMethod(typeof(T)), length);
        var random = new Random(seed);
        var parameters = primal.GetParameters();
        isOperand = [.. parameters.Select(static p => p.ParameterType == typeof(ReadOnlySpan<T>) || p.ParameterType == typeof(T))];
        isDestination = [.. parameters.Select(static p => p.ParameterType == typeof(Span<T>))];
        Arguments = [.. parameters.Select(p => Argument(p, length, extra, random))];
        Accumulators = [.. Operands.Select(static x => new T[x is T[] array ? array.Length : 1])];
        Seeds = primal.ReturnType == typeof(T)
            ? [[Random(random, -1, 1)]]
            : [.. Destinations.Select(d => d.Select(_ => Random(random, -1, 1)).ToArray())];
    }

    public IEnumerable<object> Operands => Arguments.Where((_, i) => isOperand[i]);

    public IEnumerable<T[]> Destinations => Arguments.Where((_, i) => isDestination[i]).Cast<T[]>();

    public int[] OperandIndices => [.. Enumerable.Range(0, Arguments.Length).Where(i => isOperand[i])];

    public object? CallPrimal() => Members.Call(primal, Arguments);

    /// <summary>The arguments of the pullback after a call of the primal.</summary>
    public object[] PullbackArguments()
    {
        object? value = CallPrimal();
        return value is null
            ? [.. Arguments, .. Accumulators, .. Seeds]
            : [.. Arguments, value, .. Accumulators, Seeds[0][0]];
    }

    public void CallPullback() => Members.Call(pullback, PullbackArguments());

    public void CallPullback(object[] arguments) => Members.Call(pullback, arguments);

    /// <summary>The scalar whose gradient the pullback must give: the seeds times what the call leaves.</summary>
    public T Objective()
    {
        object? value = CallPrimal();
        return value is T number ? Seeds[0][0] * number
            : Destinations.Zip(Seeds).Aggregate(T.Zero, static (sum, pair) => sum + pair.First.Zip(pair.Second).Aggregate(T.Zero, static (s, p) => s + p.First * p.Second));
    }

    private object Argument(ParameterInfo p, int length, int extra, Random random)
    {
        var (low, high) = Domains.Of(primal.Name, p.Name!);
        return p.ParameterType switch
        {
            var type when type == typeof(ReadOnlySpan<T>) => Enumerable.Range(0, length).Select(_ => Random(random, low, high)).ToArray(),
            var type when type == typeof(T) => Random(random, low, high),
            var type when type == typeof(Span<T>) => Enumerable.Range(0, length + extra).Select(_ => Random(random, -1, 1)).ToArray(),
            var type when type == typeof(int) => p.Name == "digits" ? 0 : 3,
            var type when type == typeof(MidpointRounding) => MidpointRounding.ToEven,
            var type => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{type} of {primal.Name}: say what to pass.")),
        };
    }

    /// <summary>Numbers that a float holds exactly, so that both types see the same.</summary>
    private static T Random(Random random, double low, double high) => T.CreateTruncating((float)(low + (high - low) * random.NextDouble()));
}
