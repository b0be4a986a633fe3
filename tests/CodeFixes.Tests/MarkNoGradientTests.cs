namespace Backprop.CodeFixes.Tests;

public sealed class MarkNoGradientTests
{
    [Fact]
    public Task Marks_the_parameter() => Fix.Changes<MarkNoGradient>(
        """
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x, decimal {|BPG004:d|}) => x;
        }
        """,
        """
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x, [NoGradient] decimal d) => x;
        }
        """);

    [Fact]
    public Task Keeps_line_breaks_and_other_attributes() => Fix.Changes<MarkNoGradient>(
        """
        using System.Diagnostics.CodeAnalysis;
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(
                double x,
                [DisallowNull] object {|BPG004:o|}) => x;
        }
        """,
        """
        using System.Diagnostics.CodeAnalysis;
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(
                double x,
                [NoGradient][DisallowNull] object o) => x;
        }
        """);
}
