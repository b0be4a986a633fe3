namespace Backprop.Generator.IR;

/// <summary>A method and the methods that it calls, by their keys.</summary>
internal sealed record Calling(string Method, EquatableArray<string> Callees)
{
    /// <summary>What it does with what it is given, as far as it does so itself.</summary>
    public Conduct Own { get; init; } = Conduct.Nothing;

    /// <summary>The parameters whose memory it hands to others: the key of the callee, the number of its parameter, the bits.</summary>
    public EquatableArray<(string Callee, int Parameter, int Bits)> Handed { get; init; }

    /// <summary>The methods of which any of several bodies runs and whose emitted members it calls or overrides, where they are of the same compilation.</summary>
    public EquatableArray<string> Slots { get; init; }

    public static Calling Of(Method method)
    {
        List<Callee> callees = [.. method.Body.Deep().OfType<Call>().Select(static call => call.Callee)];
        return new(method.Key, Ordered(callees.Select(static callee => callee.Key))) { Slots = Ordered(callees.Select(static callee => callee.Slot).Append(method.Slot?.Overridden ?? "")) };
    }

    private static EquatableArray<string> Ordered(IEnumerable<string> keys) => keys.Where(static key => key.Length > 0).Distinct().OrderBy(static key => key, StringComparer.Ordinal).ToEquatable();
}

/// <summary>What a method does with memory, which its signature does not tell.</summary>
/// <param name="Written">The parameters whose memory it writes: a bit each, the first one the lowest.</param>
/// <param name="ReturnsArgument">Whether its result may be an array that it was given.</param>
/// <param name="RunsForeign">Whether code of the user's that is not differentiated runs in it: that may write memory which it was not given.</param>
internal readonly record struct Conduct(int Written, bool ReturnsArgument, bool RunsForeign)
{
    /// <summary>The constants of emitted code that tell callers in other assemblies.</summary>
    public const string WrittenName = "WrittenParameters", ReturnsName = "ReturnsArgument", ForeignName = "RunsForeignCode";

    public static readonly Conduct Nothing = new(0, false, false);

    /// <summary>A parameter's bit; those beyond the number of bits share one.</summary>
    public static int BitOf(int parameter) => 1 << parameter;
}
