namespace Backprop.CodeFixes.Tests;

public sealed class WritePullbackTests
{
    [Fact]
    public Task A_method_that_is_called_gets_a_mark_and_a_stub() => Fix.Changes<WritePullback>(
        """
        using System;
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x, double[] w) => x * {|BPG120:Norm(x, w, 2)|};

            /// <summary>Kept.</summary>
            public static double Norm(double scale, ReadOnlySpan<double> values, int power) => scale * values[power];
        }
        """,
        """
        using System;
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x, double[] w) => x * Norm(x, w, 2);

            /// <summary>Kept.</summary>
            [Pullback(nameof(NormRule))]
            public static double Norm(double scale, ReadOnlySpan<double> values, int power) => scale * values[power];

            public static void NormRule(double scale, ReadOnlySpan<double> values, int power, double value, ref double dScale, Span<double> dValues, double seed)
            {
                // Add to each accumulator what its argument owes to the seed.
                throw new NotImplementedException("The pullback of Norm is not written yet.");
            }
        }
        """);

    [Fact]
    public Task A_method_of_others_gets_a_stub_beside_the_caller() => Fix.Changes<WritePullback>(
        """
        using System;
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x)
            {
                return {|BPG120:Convert.ToDouble(x)|};
            }

            static int ToDoubleRule;
        }
        """,
        """
        using System;
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x)
            {
                return Convert.ToDouble(x);
            }

            [PullbackOf(typeof(Convert), nameof(Convert.ToDouble))]
            internal static void ToDoubleRule1(double value, double value1, ref double dValue, double seed)
            {
                // Add to each accumulator what its argument owes to the seed.
                throw new NotImplementedException("The pullback of ToDouble is not written yet.");
            }

            static int ToDoubleRule;
        }
        """);

    [Fact]
    public Task The_method_may_be_in_another_file_and_be_generic() => Fix.Changes<WritePullback>(
        [
            """
            using Backprop;

            static partial class C
            {
                [Differentiable]
                static double F(double x) => {|BPG120:Outer.Others.Square(x)|};
            }
            """,
            """
            static class Outer
            {
                internal static class Others
                {
                    internal static T Square<T>(T x)
                        where T : System.Numerics.INumber<T> => x * x;
                }
            }
            """,
        ],
        [
            """
            using Backprop;

            static partial class C
            {
                [Differentiable]
                static double F(double x) => Outer.Others.Square(x);
            }
            """,
            """
            static class Outer
            {
                internal static class Others
                {
                    [Backprop.Pullback(nameof(SquareRule))]
                    internal static T Square<T>(T x)
                        where T : System.Numerics.INumber<T> => x * x;

                    internal static void SquareRule<T>(T x, T value, ref T dx, T seed)
                        where T : System.Numerics.INumber<T>
                    {
                        // Add to each accumulator what its argument owes to the seed.
                        throw new System.NotImplementedException("The pullback of Square is not written yet.");
                    }
                }
            }
            """,
        ]);

    [Fact]
    public Task A_mark_that_names_nothing() => Fix.Changes<WritePullback>(
        """
        using Backprop;

        static partial class C
        {
            [{|BPG015:Pullback("Rule")|}]
            private static double G(double x, float[] w) => x;

            static int last;
        }
        """,
        """
        using System;
        using Backprop;

        static partial class C
        {
            [Pullback("Rule")]
            private static double G(double x, float[] w) => x;

            private static void Rule(double x, float[] w, double value, ref double dx, Span<float> dw, double seed)
            {
                // Add to each accumulator what its argument owes to the seed.
                throw new NotImplementedException("The pullback of G is not written yet.");
            }

            static int last;
        }
        """.Replace("using System;\n", "", StringComparison.Ordinal).Replace("Span<float>", "System.Span<float>", StringComparison.Ordinal).Replace("new NotImpl", "new System.NotImpl", StringComparison.Ordinal));

    [Fact]
    public Task A_method_of_another_shape_stays() => Fix.Changes<WritePullback>(
        """
        using System;
        using Backprop;

        static partial class C
        {
            [{|BPG015:Pullback(nameof(Rule))|}]
            static double G(double x) => x;

            static double Rule(double x) => 1;
        }
        """,
        """
        using System;
        using Backprop;

        static partial class C
        {
            [Pullback(nameof(Rule))]
            static double G(double x) => x;

            static void Rule(double x, double value, ref double dx, double seed)
            {
                // Add to each accumulator what its argument owes to the seed.
                throw new NotImplementedException("The pullback of G is not written yet.");
            }

            static double Rule(double x) => 1;
        }
        """);

    [Fact]
    public Task A_method_with_as_many_parameters_gets_the_right_ones() => Fix.Changes<WritePullback>(
        """
        using Backprop;

        static partial class C
        {
            [{|BPG015:Pullback(nameof(Rule))|}]
            static double G(double x) => x;

            /// <summary>Kept.</summary>
            static void Rule(double x, double value, double dx, double seed)
            {
                // Kept, too.
                dx += seed;
            }
        }
        """,
        """
        using Backprop;

        static partial class C
        {
            [Pullback(nameof(Rule))]
            static double G(double x) => x;

            /// <summary>Kept.</summary>
            static void Rule(double x, double value, ref double dx, double seed)
            {
                // Kept, too.
                dx += seed;
            }
        }
        """);

    [Fact]
    public Task A_pullback_of_a_method_of_others_gets_the_right_parameters() => Fix.Changes<WritePullback>(
        """
        using System;
        using Backprop;

        static partial class C
        {
            [{|BPG015:PullbackOf(typeof(Convert), nameof(Convert.ToSingle))|}]
            static void Rule(float value, ref float dValue)
            {
                dValue += 1;
            }
        }
        """,
        """
        using System;
        using Backprop;

        static partial class C
        {
            [PullbackOf(typeof(Convert), nameof(Convert.ToSingle))]
            static void Rule(float value, float value1, ref float dValue, float seed)
            {
                dValue += 1;
            }
        }
        """);

    [Fact]
    public Task Two_calls_get_two_stubs() => Fix.Changes<WritePullback>(
        """
        using System;
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x) => {|BPG120:A(x)|} + {|BPG120:B(x)|};

            static double A(double y) => y;

            static double B(double y) => y;
        }
        """,
        """
        using System;
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x) => A(x) + B(x);

            [Pullback(nameof(ARule))]
            static double A(double y) => y;

            static void ARule(double y, double value, ref double dy, double seed)
            {
                // Add to each accumulator what its argument owes to the seed.
                throw new NotImplementedException("The pullback of A is not written yet.");
            }

            [Pullback(nameof(BRule))]
            static double B(double y) => y;

            static void BRule(double y, double value, ref double dy, double seed)
            {
                // Add to each accumulator what its argument owes to the seed.
                throw new NotImplementedException("The pullback of B is not written yet.");
            }
        }
        """);

    [Fact]
    public Task An_instance_method_and_a_delegate_have_none() => Fix.Leaves<WritePullback>(
        """
        using System;
        using Backprop;

        sealed class D
        {
            public double Twice(double x) => 2 * x;
        }

        static partial class C
        {
            [Differentiable]
            static double F(double x, [NoGradient] D d, Func<double, double> f) => {|BPG120:d.Twice(x)|} + {|BPG120:f(x)|};
        }
        """);
}
