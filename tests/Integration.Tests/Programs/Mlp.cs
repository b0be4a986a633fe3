namespace Backprop.Programs;

/// <summary>Weights [outputs, inputs] and biases.</summary>
[Differentiable]
public sealed partial class Layer(int inputs, int outputs)
{
    public double[] Weights = new double[outputs * inputs];
    public double[] Biases = new double[outputs];

    [Differentiable]
    public void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int o = 0; o < y.Length; o++)
        {
            double sum = Biases[o];
            for (int i = 0; i < x.Length; i++)
            {
                sum += Weights[o * x.Length + i] * x[i];
            }

            y[o] = sum;
        }
    }
}

/// <summary>A perceptron with one hidden layer that tells classes.</summary>
[Differentiable]
public sealed partial class Mlp(int inputs, int hidden, int classes)
{
    public Layer Hidden = new(inputs, hidden);
    public Layer Output = new(hidden, classes);

    /// <summary>The cross-entropy of the right class.</summary>
    [Differentiable]
    public double Loss([NoGradient] ReadOnlySpan<double> x, int label)
    {
        double[] h = new double[Hidden.Biases.Length];
        double[] logits = new double[Output.Biases.Length];
        Hidden.Apply(x, h);
        for (int i = 0; i < h.Length; i++)
        {
            h[i] = Math.Tanh(h[i]);
        }

        Output.Apply(h, logits);
        return LogSumExp.Of(logits) - logits[label];
    }
}
