namespace Backprop;

/// <summary>
/// Says that the derivative of the marked method is written by hand: callers that are differentiated call <see cref="Method"/> in their backward
/// pass and do not look into the marked method.
/// </summary>
/// <remarks>
/// The pullback is a static method of the same type. It takes the parameters of the marked method; then its result, if it has one that carries a
/// derivative; then an accumulator for each differentiable parameter, to which it <em>adds</em>; then the cotangent of the result. For
/// <c>static double Foo(double x, ReadOnlySpan&lt;double&gt; w)</c> that is
/// <c>static void FooRule(double x, ReadOnlySpan&lt;double&gt; w, double value, ref double dx, Span&lt;double&gt; dw, double seed)</c>.
/// </remarks>
/// <param name="method">Name of the pullback, as <c>nameof(FooRule)</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PullbackAttribute(string method) : Attribute
{
    /// <summary>Name of the pullback.</summary>
    public string Method { get; } = method;
}
