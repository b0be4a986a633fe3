namespace Backprop.Generator.Tests.Transforms;

/// <summary>Storage that is written may forbid to reverse a loop on the spot.</summary>
public sealed class FusionGuardTests
{
    [Fact]
    public void A_sum_over_storage_that_nobody_writes_is_fused()
        => Fused("for (int i = 0; i < a.Length; i++) s += a[i] * a[i];");

    [Fact]
    public void A_store_before_the_loop_does_not_matter()
        => Fused("a[0] = 2 * x; for (int i = 0; i < a.Length; i++) s += a[i] * a[i];");

    [Fact]
    public void A_store_after_the_loop_prevents_it()
        => Apart("for (int i = 0; i < a.Length; i++) s += a[i] * a[i]; a[0] = x;");

    [Fact]
    public void A_store_into_other_storage_after_the_loop_does_not()
        => Fused("double[] b = new double[3]; for (int i = 0; i < a.Length; i++) s += a[i] * a[i]; b[0] = x; s += b[0];");

    [Fact]
    public void A_loop_that_writes_is_reversed_apart()
        => Apart("for (int i = 0; i < a.Length; i++) a[i] *= 2; s += a[0];");

    [Fact]
    public void A_loop_that_writes_its_own_storage_only_is_fused()
        => Fused("for (int i = 0; i < a.Length; i++) { double[] t = new double[2]; t[0] = a[i]; t[1] = t[0] * x; s += t[1]; }");

    private static void Fused(string body) => Assert.DoesNotContain("mirrors", Reversed(body));

    private static void Apart(string body) => Assert.Contains("mirrors", Reversed(body));

    private static string Reversed(string body) => Pass.Reversed.Text($"[Differentiable] static double F(double x, double[] a) {{ double s = 0; {body} return s; }}");
}
