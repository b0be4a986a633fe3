using System.Numerics.Tensors;

namespace Backprop.Integration;

/// <summary>Memory that a branch or an iteration makes or gets from elsewhere, and that a loop inside hands on.</summary>
public static partial class BranchMemory
{
    private static readonly double[] known = [1, -2, 3, 0.5];
    private static readonly double[][] points = [[0.7, 1.2, -0.5, 0.8], [-0.4, 0.3, 2, -1.1]];

    private static ReadOnlySpan<double> Known(int from) => known.AsSpan(from);

    [Fact]
    public static void An_array_of_a_branch_whose_loop_hands_it_on()
        => Check.Gradient(static p => HandedOn(p), static (p, d, s) => HandedOnBackward(p, d, s), points);

    [Differentiable]
    internal static double HandedOn(ReadOnlySpan<double> a)
    {
        double y = 1;
        if (a[0] > 0)
        {
            double[] weights = [a[0], y, 2, a[1]];
            for (int i = 0; i < 3; i++)
            {
                y += 0.1 * TensorPrimitives.Dot<double>(weights, a) * a[i];
            }
        }
        else
        {
            Span<double> squares = stackalloc double[4];
            TensorPrimitives.Multiply(a, a, squares);
            int i = 0;
            while (y < 9 && i++ < 3)
            {
                y += 0.1 * TensorPrimitives.Dot(a[1..], squares[1..]) * y;
            }
        }

        return y * a[1];
    }

    [Fact]
    public static void An_array_of_a_branch_whose_loops_read_its_elements()
        => Check.Gradient(static p => Read(p), static (p, d, s) => ReadBackward(p, d, s), points);

    [Differentiable]
    internal static double Read(ReadOnlySpan<double> a)
    {
        double y = 1;
        if (a[0] > 0)
        {
            double[] squares = new double[4];
            for (int i = 0; i < 4; i++)
            {
                squares[i] = a[i] * a[i];
            }

            if (a[1] > 0)
            {
                for (int i = 0; i < 3; i++)
                {
                    y += squares[i] * squares[i + 1] * y;
                }
            }

            y *= squares[0];
        }
        else
        {
            double[,] table = new double[2, 2];
            table[1, 0] = a[2] * a[3];
            for (int i = 0; i < 4; i++)
            {
                y += a[i] * table[1 - (i & 1), i & 1] * y;
            }
        }

        return y * a[1];
    }

    [Fact]
    public static void One_of_two_arrays_of_a_branch()
        => Check.Gradient(static p => Chosen(p), static (p, d, s) => ChosenBackward(p, d, s), points);

    [Differentiable]
    internal static double Chosen(ReadOnlySpan<double> a)
    {
        double y = 1;
        if (a[3] < 2)
        {
            double[] one = [a[0] * a[0], a[1], 1], other = [y, a[2] * a[0], a[3]];
            double[] chosen = a[0] > 0 ? one : other;
            for (int i = 0; i < 3; i++)
            {
                y += 0.1 * chosen[i] * one[2 - i] * y;
                y += 0.1 * TensorPrimitives.Dot<double>(chosen, other);
            }
        }

        return y * a[1];
    }

    // No record can hold a span.
    [Fact]
    public static void A_span_that_every_iteration_gets_from_elsewhere()
        => Check.Gradient(static p => Fetched(p), static (p, d, s) => FetchedBackward(p, d, s), points);

    [Differentiable]
    internal static double Fetched(ReadOnlySpan<double> a)
    {
        double y = 1;
        for (int i = 0; i < 3; i++)
        {
            ReadOnlySpan<double> weights = Known(i);
            y += 0.1 * TensorPrimitives.Dot(weights, a[i..]) * y;
            if (i == 1)
            {
                ReadOnlySpan<double> others = Known(0);
                for (int j = 0; j < 2; j++)
                {
                    y += 0.1 * TensorPrimitives.Dot(others[j..], a[j..]) * weights[j];
                }
            }
        }

        return y * a[1];
    }
}
