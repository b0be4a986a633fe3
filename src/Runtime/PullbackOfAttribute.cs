namespace Backprop;

/// <summary>
/// Says that the marked static method is the pullback of a method that cannot be marked itself, because it is not the user's own. Which overload is
/// meant follows from the parameters: see <see cref="PullbackAttribute"/> for what a pullback takes.
/// </summary>
/// <param name="type">The type that declares the method.</param>
/// <param name="method">Its name, as <c>nameof(Foo)</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class PullbackOfAttribute(Type type, string method) : Attribute
{
    /// <summary>The type that declares the method.</summary>
    public Type Type { get; } = type;

    /// <summary>Name of the method.</summary>
    public string Method { get; } = method;
}
