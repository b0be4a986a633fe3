namespace Backprop.Programs;

/// <summary>One head of self-attention (Vaswani et al. 2017) in which a word sees itself and those before it.</summary>
public static partial class Attention
{
    /// <summary>x [n, width]; queries, keys, values [width, head]; output [n, head].</summary>
    [Differentiable]
    public static void Head(ReadOnlySpan<double> x, ReadOnlySpan<double> queries, ReadOnlySpan<double> keys, ReadOnlySpan<double> values, int n, Span<double> output)
    {
        int width = x.Length / n, head = queries.Length / width;
        double[] q = new double[n * head], k = new double[n * head], v = new double[n * head], weights = new double[n];
        Multiply(x, queries, q, width, head);
        Multiply(x, keys, k, width, head);
        Multiply(x, values, v, width, head);
        double scale = 1 / Math.Sqrt(head);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                weights[j] = scale * Dot(q.AsSpan(i * head, head), k.AsSpan(j * head, head));
            }

            Softmax(weights.AsSpan(0, i + 1));
            for (int h = 0; h < head; h++)
            {
                double sum = 0;
                for (int j = 0; j <= i; j++)
                {
                    sum += weights[j] * v[j * head + h];
                }

                output[i * head + h] = sum;
            }
        }
    }

    /// <summary>result = a b, a [rows, inner], b [inner, columns].</summary>
    [Differentiable]
    private static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result, int inner, int columns)
    {
        for (int i = 0; i < a.Length / inner; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double sum = 0;
                for (int k = 0; k < inner; k++)
                {
                    sum += a[i * inner + k] * b[k * columns + j];
                }

                result[i * columns + j] = sum;
            }
        }
    }

    [Differentiable]
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    [Differentiable]
    private static void Softmax(Span<double> x)
    {
        double max = x[0];
        foreach (double xi in x)
        {
            max = Math.Max(max, xi);
        }

        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = Math.Exp(x[i] - max);
            sum += x[i];
        }

        for (int i = 0; i < x.Length; i++)
        {
            x[i] /= sum;
        }
    }
}
