using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.Analyses;

/// <summary>Where the values live that an adjoint elsewhere needs.</summary>
public sealed class RegionsTests
{
    [Fact]
    public void A_value_of_a_loop_that_is_reversed_apart_is_in_its_region()
    {
        (Regions regions, Block body) = Of("for (int i = 0; i < n; i++) { double t = s * x; s = t * t; } return s;");
        Variable t = Named(body, "t");
        Loop loop = body.Deep().OfType<Loop>().First(l => l.Mirrors == 0);
        Assert.Equal(new ReversedRegion(loop.Id, Side.Body, null), regions.Of(t));
        Assert.True(regions.IsIn(t, regions.Inside(loop.Id)));
        Assert.Equal(loop.Id, regions.AnchorOf(loop.Id));
    }

    [Fact]
    public void A_value_of_a_fused_loop_is_in_none()
    {
        (Regions regions, Block body) = Of("for (int i = 0; i < n; i++) { double t = x * i; s += t; } return s;");
        Assert.Null(regions.Of(Named(body, "t")));
    }

    [Fact]
    public void Regions_nest_and_share_the_anchor_of_the_outermost_loop()
    {
        (Regions regions, Block body) = Of("for (int i = 0; i < n; i++) { for (int j = 0; j < i; j++) { double t = s * x; s = t * t; } } return s;");
        Loop[] loops = [.. body.Deep().OfType<Loop>().Where(l => l.Mirrors == 0)];
        Assert.Equal([loops[1].Id, loops[0].Id], regions.Of(Named(body, "t"))!.Loops());
        Assert.Equal(loops[0].Id, regions.AnchorOf(loops[1].Id));
    }

    [Fact]
    public void A_branch_in_a_loop_is_a_region_in_the_loops()
    {
        (Regions regions, Block body) = Of("for (int i = 0; i < n; i++) { if (s > 2) { double t = s * x; s = t * t; } } return s;");
        ReversedRegion region = regions.Of(Named(body, "t"))!;
        Assert.Equal((Side.Then, Side.Body), (region.Side, region.Parent!.Side));
    }

    [Fact]
    public void A_bound_from_inside_the_anchor_is_not_known_before_it()
    {
        (Regions regions, Block body) = Of("for (int i = 0; i < n; i++) { int m = n - i; for (int j = 0; j < m; j++) { s = s * x; } } return s;");
        int anchor = body.Deep().OfType<Loop>().First(l => l.Mirrors == 0).Id;
        Assert.False(regions.IsKnownBefore(anchor, Named(body, "m")));
        Assert.True(regions.IsKnownBefore(anchor, new Variable(-1, "n", IrType.Int32)));
    }

    private static Variable Named(Block body, string name) => body.Deep().SelectMany(static stmt => stmt.Introduces()).First(variable => variable.Name == name);

    private static (Regions Regions, Block Body) Of(string body)
    {
        Method method = Source.LowerMethod($"[Differentiable] static double F(double x, int n) {{ double s = 1; {body} }}");
        Block? reversed = null;
        Differentiator.Differentiate(method, (name, block) => reversed = name == "simplified" ? block : reversed);
        return (Regions.Of(reversed!), reversed!);
    }
}
