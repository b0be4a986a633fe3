namespace Backprop.Programs;

/// <summary>A network of cells with a long short-term memory (Hochreiter and Schmidhuber 1997) that predicts the next sample of a sequence. Every gate has
/// one weight and one bias for each of its b entries.</summary>
public static partial class Lstm
{
    /// <summary>main [layers, 8, b], extra [3, b], initial [layers, 2, b], sequence [steps, b].</summary>
    [Differentiable]
    public static double Loss(
        ReadOnlySpan<double> main, ReadOnlySpan<double> extra, [NoGradient] ReadOnlySpan<double> initial, [NoGradient] ReadOnlySpan<double> sequence)
    {
        int b = extra.Length / 3, layers = main.Length / (8 * b), steps = sequence.Length / b;
        double[] state = new double[initial.Length];
        initial.CopyTo(state);
        double[] y = new double[b];
        double total = 0;
        for (int t = 0; t < steps - 1; t++)
        {
            for (int i = 0; i < b; i++)
            {
                y[i] = sequence[t * b + i] * extra[i];
            }

            for (int layer = 0; layer < layers; layer++)
            {
                Cell(main.Slice(layer * 8 * b, 8 * b), state.AsSpan(2 * layer * b, b), state.AsSpan((2 * layer + 1) * b, b), y);
            }

            double sum = 2;
            for (int i = 0; i < b; i++)
            {
                y[i] = y[i] * extra[b + i] + extra[2 * b + i];
                sum += Math.Exp(y[i]);
            }

            double log = Math.Log(sum);
            for (int i = 0; i < b; i++)
            {
                total += sequence[(t + 1) * b + i] * (y[i] - log);
            }
        }

        return -total / ((steps - 1) * b);
    }

    /// <summary>weights [8, b]: weights of forget, input and output gate and change, then their biases. On return y is the cell's output.</summary>
    [Differentiable]
    private static void Cell(ReadOnlySpan<double> weights, Span<double> hidden, Span<double> memory, Span<double> y)
    {
        int b = y.Length;
        for (int i = 0; i < b; i++)
        {
            double forget = Sigmoid(y[i] * weights[i] + weights[4 * b + i]);
            double input = Sigmoid(hidden[i] * weights[b + i] + weights[5 * b + i]);
            double output = Sigmoid(y[i] * weights[2 * b + i] + weights[6 * b + i]);
            double change = Math.Tanh(hidden[i] * weights[3 * b + i] + weights[7 * b + i]);
            memory[i] = memory[i] * forget + input * change;
            hidden[i] = output * Math.Tanh(memory[i]);
            y[i] = hidden[i];
        }
    }

    [Differentiable]
    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
