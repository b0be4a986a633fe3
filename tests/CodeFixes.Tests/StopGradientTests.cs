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
}
