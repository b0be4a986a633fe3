namespace Backprop.Generator.IR;

/// <summary>A method and the methods that it calls, by their keys.</summary>
internal sealed record Calling(string Method, EquatableArray<string> Callees)
{
    public static Calling Of(Method method)
        => new(method.Key, method.Body.Deep().OfType<Call>().Select(static call => call.Callee.Key).Where(static key => key.Length > 0).Distinct().OrderBy(static key => key, StringComparer.Ordinal).ToEquatable());
}
