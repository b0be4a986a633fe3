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

    [Fact]
    public Task All_types_around_it_are_made_partial_at_once() => Fix.Changes<MakePartial>(
        """
        using Backprop;

        // Kept.
        class Outer
        {
            struct Middle
            {
                private static class Inner
                {
                    [Differentiable]
                    public static double {|BPG001:F|}(double x) => x;
                }
            }
        }
        """,
        """
        using Backprop;

        // Kept.
        partial class Outer
        {
            partial struct Middle
            {
                private static partial class Inner
                {
                    [Differentiable]
                    public static double F(double x) => x;
                }
            }
        }
        """);

    [Fact]
    public Task A_type_with_two_methods_is_changed_once() => Fix.Changes<MakePartial>(
        """
        using Backprop;

        static class C
        {
            [Differentiable]
            public static double {|BPG001:F|}(double x) => x;

            [Differentiable]
            public static double {|BPG001:G|}(double x) => x;
        }

        static class D
        {
            [Differentiable]
            public static double {|BPG001:F|}(double x) => x;
        }
        """,
        """
        using Backprop;

        static partial class C
        {
            [Differentiable]
            public static double F(double x) => x;

            [Differentiable]
            public static double G(double x) => x;
        }

        static partial class D
        {
            [Differentiable]
            public static double F(double x) => x;
        }
        """);

    [Fact]
    public Task A_model_and_what_is_around_it() => Fix.Changes<MakePartial>(
        """
        using Backprop;

        static class Models
        {
            /// <summary>Kept.</summary>
            [Differentiable]
            public sealed record {|BPG001:M|}(double X);
        }
        """,
        """
        using Backprop;

        static partial class Models
        {
            /// <summary>Kept.</summary>
            [Differentiable]
            public sealed partial record M(double X);
        }
        """);

    [Fact]
    public Task Every_file_of_the_project() => Fix.Changes<MakePartial>(
        [
            "using Backprop; class C { [Differentiable] public static double {|BPG001:F|}(double x) => x; }",
            "using Backprop; interface I { [Differentiable] public static double {|BPG001:F|}(double x) => x; }",
        ],
        [
            "using Backprop; partial class C { [Differentiable] public static double F(double x) => x; }",
            "using Backprop; partial interface I { [Differentiable] public static double F(double x) => x; }",
        ]);
}
