namespace Backprop.CodeFixes.Tests;

public sealed class MakePartialTests
{
    [Fact]
    public Task Adds_the_modifier_after_the_others() => Fix.Changes<MakePartial>(
        """
        using Backprop;

        /// <summary>Kept.</summary>
        public static class C
        {
            [Differentiable]
            public static double {|BPG001:F|}(double x) => x;
        }
        """,
        """
        using Backprop;

        /// <summary>Kept.</summary>
        public static partial class C
        {
            [Differentiable]
            public static double F(double x) => x;
        }
        """);

    [Fact]
    public Task A_type_without_modifiers_keeps_its_comments() => Fix.Changes<MakePartial>(
        """
        using Backprop;

        // Kept.
        struct S
        {
            [Differentiable]
            public static double {|BPG001:F|}(double x) => x;
        }
        """,
        """
        using Backprop;

        // Kept.
        partial struct S
        {
            [Differentiable]
            public static double F(double x) => x;
        }
        """);

    [Fact]
    public Task An_enclosing_type_is_made_partial_too() => Fix.Changes<MakePartial>(
        """
        using Backprop;

        class Outer
        {
            internal partial class Inner
            {
                [Differentiable]
                public static double {|BPG001:F|}(double x) => x;
            }
        }
        """,
        """
        using Backprop;

        partial class Outer
        {
            internal partial class Inner
            {
                [Differentiable]
                public static double F(double x) => x;
            }
        }
        """);
}
