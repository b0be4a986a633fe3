using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.Analyses;

/// <summary>Which storage a variable may name, and what is written.</summary>
public sealed class MemoryTests
{
    [Fact]
    public void A_slice_shares_the_root_of_what_it_was_taken_from()
    {
        Analysed f = new("[Differentiable] static double F(Span<double> a) { Span<double> s = a.Slice(1, 2); Span<double> t = s[1..]; t[0] = 3; return a[0] * t[0]; }");
        Assert.Equal([f["a"].Id], f.Memory.RootsOf(f["t"].Read()));
        Assert.True(f.Memory.IsWritten(f["a"].Read()));
    }

    [Fact]
    public void A_row_shares_the_root_of_its_array()
    {
        Analysed f = new("[Differentiable] static double F(double[][] a, double x) { double[] row = a[1]; row[0] = x; return a[0][0]; }");
        Assert.Equal([f["a"].Id], f.Memory.RootsOf(f["row"].Read()));
    }

    [Fact]
    public void A_branch_may_name_either()
    {
        Analysed f = new("[Differentiable] static double F(double[] a, double[] b, bool first, double x) { double[] c = first ? a : b; c[0] = x; return a[0] + b[0]; }");
        Assert.Equal([f["a"].Id, f["b"].Id], f.Memory.RootsOf(f["c"].Read()).Order());
        Assert.True(f.Memory.IsWritten(f["b"].Read()));
    }

    [Fact]
    public void A_loop_that_swaps_may_name_either()
    {
        Analysed f = new("[Differentiable] static double F(double[] a, double[] b, int n) { for (int i = 0; i < n; i++) { (a, b) = (b, a); b[0] = a[0] * 2; } return a[0]; }");
        Assert.All(f.Memory.Roots, root => Assert.True(f.Memory.IsWritten(root)));
    }

    [Fact]
    public void A_new_array_is_a_root_of_its_own()
    {
        Analysed f = new("[Differentiable] static double F(double[] a) { double[] b = new double[2]; b[0] = a[0]; return b[0]; }");
        Assert.Equal([f["b"].Id], f.Memory.RootsOf(f["b"].Read()));
        Assert.False(f.Memory.IsWritten(f["a"].Read()));
    }

    [Theory]
    [InlineData("a[0] = 2;", true)]
    [InlineData("a[0] += 2;", true)]
    [InlineData("Array.Clear(a);", true)]
    [InlineData("a.AsSpan().Fill(1);", true)]
    [InlineData("b.AsSpan().CopyTo(a);", true)]
    [InlineData("a.AsSpan().CopyTo(b);", false)]
    [InlineData("x = a[0];", false)]
    public void Every_way_to_write_is_seen(string statement, bool isWritten)
    {
        Analysed f = new($"[Differentiable] static double F(double[] a, double[] b, double x) {{ {statement} return a[0] * b[0] * x; }}");
        Assert.Equal(isWritten, f.Memory.IsWritten(f["a"].Read()));
    }
}
