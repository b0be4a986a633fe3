using System.Numerics;
using System.Runtime.InteropServices;

namespace Backprop;

/// <summary>Sums the squares of all leaves, in double precision: not finite when one element is not.</summary>
internal struct GradientNorm : ILeafVisitor
{
    private double sum;

    public static double Of<TModel>(TModel gradient)
        where TModel : IDifferentiable<TModel>
    {
        var visitor = default(GradientNorm);
        gradient.VisitLeaves(ref visitor);
        return Math.Sqrt(visitor.sum);
    }

    public void Visit<T>(Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            sum += SumOfSquares(MemoryMarshal.Cast<T, float>(values));
        else if (typeof(T) == typeof(double))
            sum += SumOfSquares(MemoryMarshal.Cast<T, double>(values));
        else
            sum += SumOfOther(values);
    }

    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        // The square of a large single overflows single precision, so the sum is widened first.
        Vector<double> low = default, high = default;
        int width = Vector<float>.Count, i = 0;
        for (; i <= values.Length - width; i += width)
        {
            Vector.Widen(new Vector<float>(values.Slice(i, width)), out Vector<double> first, out Vector<double> second);
            low += first * first;
            high += second * second;
        }

        double total = Vector.Sum(low + high);
        for (; i < values.Length; i++)
            total += (double)values[i] * values[i];
        return total;
    }

    private static double SumOfSquares(ReadOnlySpan<double> values)
    {
        Vector<double> even = default, odd = default;
        int width = Vector<double>.Count, i = 0;
        for (; i <= values.Length - (2 * width); i += 2 * width)
        {
            var first = new Vector<double>(values.Slice(i, width));
            var second = new Vector<double>(values.Slice(i + width, width));
            even += first * first;
            odd += second * second;
        }

        double total = Vector.Sum(even + odd);
        for (; i < values.Length; i++)
            total += values[i] * values[i];
        return total;
    }

    private static double SumOfOther<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double total = 0;
        foreach (T value in values)
        {
            double wide = double.CreateSaturating(value);
            total += wide * wide;
        }

        return total;
    }
}
