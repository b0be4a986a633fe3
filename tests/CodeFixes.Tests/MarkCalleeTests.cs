namespace Backprop.CodeFixes.Tests;

public sealed class MarkCalleeTests
{
    [Fact]
    public Task Marks_the_method_that_is_called() => Fix.Changes<MarkCallee>(
        """
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x) => x * {|BPG120:Other(x)|};

            /// <summary>Kept.</summary>
            static double Other(double y) => y * y;
        }
        """,
        """
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x) => x * Other(x);

            /// <summary>Kept.</summary>
            [Differentiable]
            static double Other(double y) => y * y;
        }
        """);

    [Fact]
    public Task A_method_without_source_cannot_be_marked() => Fix.Leaves<MarkCallee>(
        """
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x) => {|BPG120:System.Convert.ToDouble(x)|};
        }
        """);

    [Fact]
    public Task The_method_may_be_in_another_file_and_be_generic_or_an_extension() => Fix.Changes<MarkCallee>(
        [
            """
            using Backprop;

            static partial class C
            {
                [Differentiable]
                static double F(double x) => {|BPG120:Others.Square(x)|} + {|BPG120:x.Twice()|};
            }
            """,
            """
            using System.Numerics;

            static partial class Others
            {
                // Kept.
                [System.Obsolete]
                public static T Square<T>(T x)
                    where T : INumber<T> => x * x;

                public static double Twice(this double x) => 2 * x;
            }
            """,
        ],
        [
            """
            using Backprop;

            static partial class C
            {
                [Differentiable]
                static double F(double x) => Others.Square(x) + x.Twice();
            }
            """,
            """
            using System.Numerics;

            static partial class Others
            {
                // Kept.
                [Backprop.Differentiable]
                [System.Obsolete]
                public static T Square<T>(T x)
                    where T : INumber<T> => x * x;

                [Backprop.Differentiable]
                public static double Twice(this double x) => 2 * x;
            }
            """,
        ]);

    [Fact]
    public Task A_method_that_is_handed_memory() => Fix.Changes<MarkCallee>(
        """
        using System;
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double[] x)
            {
                Twice({|BPG110:x|});
                return x[0];
            }

            static void Twice(Span<double> x) => x[0] *= 2;
        }
        """,
        """
        using System;
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double[] x)
            {
                Twice(x);
                return x[0];
            }

            [Differentiable]
            static void Twice(Span<double> x) => x[0] *= 2;
        }
        """);

    [Fact]
    public Task A_method_that_is_called_twice_is_marked_once() => Fix.Changes<MarkCallee>(
        """
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x) => {|BPG120:Other(x)|} + {|BPG120:Other(2 * x)|};

            static double Other(double y) => y * y;
        }
        """,
        """
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x) => Other(x) + Other(2 * x);

            [Differentiable]
            static double Other(double y) => y * y;
        }
        """);
}
