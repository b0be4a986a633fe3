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
}
