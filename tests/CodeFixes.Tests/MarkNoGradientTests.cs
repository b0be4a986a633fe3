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

    [Fact]
    public Task Marks_a_member_of_a_model() => Fix.Changes<MarkNoGradient>(
        """
        using System.Collections.Generic;
        using Backprop;

        [Differentiable]
        sealed partial class C
        {
            public double W;

            /// <summary>Kept.</summary>
            public IReadOnlyList<double> {|BPG013:Scales|} = [];

            public decimal {|BPG013:Price|} { get; set; } // Kept, too.
        }
        """,
        """
        using System.Collections.Generic;
        using Backprop;

        [Differentiable]
        sealed partial class C
        {
            public double W;

            /// <summary>Kept.</summary>
            [NoGradient]
            public IReadOnlyList<double> Scales = [];

            [NoGradient]
            public decimal Price { get; set; } // Kept, too.
        }
        """);

    [Fact]
    public Task Marks_a_parameter_on_which_nothing_depends() => Fix.Changes<MarkNoGradient>(
        """
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x, double {|BPG203:y|}) => y > 0 ? x : -x;
        }
        """,
        """
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x, [NoGradient] double y) => y > 0 ? x : -x;
        }
        """);

    [Fact]
    public Task Marks_a_parameter_of_a_record() => Fix.Changes<MarkNoGradient>(
        "[Backprop.Differentiable] partial record C(double X, /* kept */ decimal {|BPG013:Y|});",
        "[Backprop.Differentiable] partial record C(double X, /* kept */ [Backprop.NoGradient] decimal Y);");
}
