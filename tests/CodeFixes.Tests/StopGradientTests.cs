namespace Backprop.CodeFixes.Tests;

public sealed class StopGradientTests
{
    [Fact]
    public Task Stops_the_numbers_that_the_call_is_given() => Fix.Changes<StopGradient>(
        """
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x) => x * {|BPG120:Other(2 * x, 3, 1.5)|};

            static double Other(double y, int n, double z) => y;
        }
        """,
        """
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x) => x * Other(Gradient.Stop(2 * x), 3, 1.5);

            static double Other(double y, int n, double z) => y;
        }
        """);

    [Fact]
    public Task Without_a_using_the_name_is_qualified() => Fix.Changes<StopGradient>(
        """
        static partial class C
        {
            [Backprop.Differentiable]
            static double F(double x) => x + {|BPG120:Other(x)|};

            static double Other(double y) => y;
        }
        """,
        """
        static partial class C
        {
            [Backprop.Differentiable]
            static double F(double x) => x + Other(Backprop.Gradient.Stop(x));

            static double Other(double y) => y;
        }
        """);

    [Fact]
    public Task A_value_that_is_kept_by_an_object() => Fix.Changes<StopGradient>(
        """
        using System.Collections.Generic;
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x, [NoGradient] List<double> history)
            {
                history.Add(/* kept */ {|BPG111:x * x|}); // Kept, too.
                return x;
            }
        }
        """,
        """
        using System.Collections.Generic;
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x, [NoGradient] List<double> history)
            {
                history.Add(/* kept */ Gradient.Stop(x * x)); // Kept, too.
                return x;
            }
        }
        """);

    [Fact]
    public Task A_value_that_may_be_read_again() => Fix.Changes<StopGradient>(
        """
        using Backprop;

        static partial class C
        {
            static double last;

            [Differentiable]
            static double F(double x)
            {
                {|BPG113:Log(message: "x", value: x)|};
                return x * last;
            }

            static void Log(double value, string message) => last = value;
        }
        """,
        """
        using Backprop;

        static partial class C
        {
            static double last;

            [Differentiable]
            static double F(double x)
            {
                Log(message: "x", value: Gradient.Stop(x));
                return x * last;
            }

            static void Log(double value, string message) => last = value;
        }
        """);

    [Fact]
    public Task A_store_is_no_argument() => Fix.Leaves<StopGradient>(
        """
        using Backprop;

        static partial class C
        {
            static double last;

            [Differentiable]
            static double F(double x)
            {
                {|BPG111:last|} = x;
                return x;
            }
        }
        """);

    [Fact]
    public Task Two_calls_in_one_expression() => Fix.Changes<StopGradient>(
        """
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x) => x * {|BPG120:A(x)|} + {|BPG120:B(x)|};

            static double A(double y) => y;

            static double B(double y) => y;
        }
        """,
        """
        using Backprop;

        static partial class C
        {
            [Differentiable]
            static double F(double x) => x * A(Gradient.Stop(x)) + B(Gradient.Stop(x));

            static double A(double y) => y;

            static double B(double y) => y;
        }
        """);
}
