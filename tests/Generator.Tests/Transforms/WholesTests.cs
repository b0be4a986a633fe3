namespace Backprop.Generator.Tests.Transforms;

/// <summary>Structs go in and out as a person would write it.</summary>
public sealed class WholesTests
{
    private const string Types = """
        public struct V { public double X, Y; }

        public readonly record struct P(double X, double Y);

        """;

    private static string Emitted(string method) => new Consumer().Generate(Source.InClass(Types + "[Differentiable] public static " + method)).CompilesCleanly().Text;

    [Fact]
    public void Of_an_output_only_the_parts_that_changed_are_written()
    {
        string text = Emitted("void F(ref V v, double s) { v.X *= s; }");
        Assert.Contains("v.X = ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("v.Y", text, StringComparison.Ordinal);
        Assert.DoesNotContain("new ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_written_part_by_part_is_made_anew()
        => Assert.Contains("p = new global::C.P(", Emitted("void F(ref P p, double s) { p = p with { X = s }; }"), StringComparison.Ordinal);

    [Fact]
    public void A_parameter_that_was_not_written_is_itself()
        => Assert.Contains("return v;", Emitted("V F(V v, double s) { if (s > 0) throw new Exception(); return v; }"), StringComparison.Ordinal);

    [Fact]
    public void What_a_call_gave_and_what_it_adds_to_are_handed_on_whole()
    {
        string text = Emitted("double F(double x) => Sum(Twice(x)); [Differentiable] static V Twice(double x) => new V { X = x, Y = x * x }; [Differentiable] static double Sum(V v) => v.X * v.Y;");
        Assert.Contains("double sum = SumForward(twice, out ", text, StringComparison.Ordinal);
        Assert.Contains("SumPullback(twice, in sumResiduals, ref dv, seed);", text, StringComparison.Ordinal);
        Assert.Contains("TwicePullback(x, in twiceResiduals, ref dx1, dv);", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_was_written_is_not_what_it_was()
    {
        string text = Emitted("V F(ref V v) { V old = v; v.X = 5; return old; }");
        Assert.Contains("return new global::C.V", text, StringComparison.Ordinal);
        Assert.DoesNotContain("return v;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_are_added_in_the_order_of_declaration()
    {
        string text = Emitted("double F(double a, V v, V w) => w.Y * v.Y * a + w.X * v.X;");
        string[] targets = ["da += ", "dv.X += ", "dv.Y += ", "dw.X += ", "dw.Y += "];
        Assert.Equal(targets, targets.OrderBy(target => text.IndexOf(target, StringComparison.Ordinal)));
        Assert.All(targets, target => Assert.Contains(target, text, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_emptied_to_be_filled_is_only_filled()
    {
        string text = Emitted("void F(ref V v) { V old = v; v.X = old.Y; v.Y = old.X * old.Y; }");
        Assert.DoesNotContain("= 0;", text, StringComparison.Ordinal);
        Assert.Contains("dv.X = ", text, StringComparison.Ordinal);
        Assert.Contains("dv.Y = ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_emptied_and_gets_nothing_stays_empty()
        => Assert.Contains("dv.X = 0;", Emitted("double F(ref V v, double a) { v.X = a; return a * v.Y; }"), StringComparison.Ordinal);
}
