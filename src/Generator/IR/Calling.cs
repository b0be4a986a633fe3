namespace Backprop.Generator.IR;

/// <summary>A method and the methods that it calls, by their keys.</summary>
internal sealed record Calling(string Method, EquatableArray<string> Callees)
{
    /// <summary>Which parameters' memory it writes.</summary>
    public Writing Writing { get; init; } = Writing.Nothing;

    public static Calling Of(Method method)
        => new(method.Key, method.Body.Deep().OfType<Call>().Select(static call => call.Callee.Key).Where(static key => key.Length > 0).Distinct().OrderBy(static key => key, StringComparer.Ordinal).ToEquatable());
}

/// <summary>Which parameters' memory a method writes; of parameters a bit each, the first one the lowest.</summary>
/// <param name="Certain">Those that it writes itself.</param>
/// <param name="Possible">Those that it hands to methods of which nothing is known here.</param>
/// <param name="Handed">Those that it hands to others: the key of the callee, the number of its parameter, the bits.</param>
internal sealed record Writing(int Certain, int Possible, EquatableArray<(string Callee, int Parameter, int Bits)> Handed)
{
    public static readonly Writing Nothing = new(0, 0, EquatableArray<(string, int, int)>.Empty);

    public static readonly Writing Unknown = new(0, -1, EquatableArray<(string, int, int)>.Empty);

    /// <summary>A parameter's bit; those beyond the number of bits share one.</summary>
    public static int BitOf(int parameter) => 1 << parameter;
}

/// <summary>What is known of a method that is called: which parameters' memory it writes, which it leaves as it is. The rest is known at run time.</summary>
internal sealed record WritesOf(string Callee, int Written, int Untouched);
