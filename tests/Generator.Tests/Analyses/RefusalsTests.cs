namespace Backprop.Generator.Tests.Analyses;

/// <summary>Calls of what is not differentiable matter only where a derivative would go through them.</summary>
public sealed class RefusalsTests
{
    [Theory]
    [InlineData("return G(x);", 1)]
    [InlineData("return G(c) * x;", 0)]
    [InlineData("double unused = G(x); return x;", 0)]
    [InlineData("double y = G(x); return y > 1 ? x : 2 * x;", 0)]
    [InlineData("double y = G(x) + G(2 * x); return y;", 2)]
    [InlineData("return x * Count(x);", 0)]
    [InlineData("return Gradient.Stop(G(x)) * x;", 0)]
    public void A_call_is_refused_where_a_derivative_flows_through_it(string body, int refused)
        => Assert.Equal(refused, new Prepared(Source.LowerMethod(
            $"[Differentiable] static double F(double x, [NoGradient] double c) {{ {body} }} static double G(double v) => v; static int Count(double v) => (int)v;")).Refusals.Count);

    [Fact]
    public void Nothing_is_emitted_for_a_refused_method()
        => Assert.Null(Differentiator.Differentiate(Source.LowerMethod("[Differentiable] static double F(double x) { return G(x); } static double G(double v) => v;")));
}
