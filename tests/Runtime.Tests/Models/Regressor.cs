namespace Backprop.Tests;

/// <summary>y = Out.W·tanh(W1·x + B1) + Out.B with a squared error: a model with single and double leaves, a matrix, a vector, a scalar and a part.</summary>
[Differentiable]
public sealed partial class Regressor
{
    public const int Inputs = 3;
    public const int Hidden = 4;

    public float[,] W1 = new float[Hidden, Inputs];
    public float[] B1 = new float[Hidden];
    public Neuron Out = new();

    public static Regressor Create(int seed)
    {
        var random = new Random(seed);
        var model = new Regressor();
        for (int i = 0; i < model.W1.Length; i++)
            model.W1[i / Inputs, i % Inputs] = (float)(random.NextDouble() - 0.5);
        foreach (ref double w in model.Out.W.AsSpan())
            w = random.NextDouble() - 0.5;
        return model;
    }

    public double Predict(Sample sample)
    {
        double y = Out.B;
        for (int h = 0; h < Hidden; h++)
            y += Out.W[h] * Activation(sample, h);
        return y;
    }

    public double Loss(Sample sample) => (Predict(sample) - sample.Y) * (Predict(sample) - sample.Y);

    public double LossBackward(Sample sample, Regressor gradient, double seed)
    {
        double error = Predict(sample) - sample.Y;
        double dy = 2 * error * seed;
        gradient.Out.B += dy;
        for (int h = 0; h < Hidden; h++)
        {
            double t = Activation(sample, h);
            gradient.Out.W[h] += dy * t;
            float dz = (float)(dy * Out.W[h] * (1 - (t * t)));
            gradient.B1[h] += dz;
            gradient.W1[h, 0] += dz * sample.X0;
            gradient.W1[h, 1] += dz * sample.X1;
            gradient.W1[h, 2] += dz * sample.X2;
        }

        return error * error;
    }

    private double Activation(Sample s, int h)
        => Math.Tanh(B1[h] + (W1[h, 0] * s.X0) + (W1[h, 1] * s.X1) + (W1[h, 2] * s.X2));

    public byte[] Bits()
    {
        var checkpoint = new Checkpoint();
        checkpoint.Root.AddLeaves(this);
        return checkpoint.Tensors.OrderBy(t => t.Key, StringComparer.Ordinal).SelectMany(t => t.Value.Data.ToArray()).ToArray();
    }
}

/// <summary>The last layer, of one output.</summary>
[Differentiable]
public sealed partial class Neuron
{
    public double[] W = new double[Regressor.Hidden];
    public double B;
}

public readonly record struct Sample(float X0, float X1, float X2, double Y)
{
    public static Sample[] Create(int count, int seed = 1)
    {
        var random = new Random(seed);
        var samples = new Sample[count];
        for (int i = 0; i < count; i++)
        {
            float a = random.NextSingle() - 0.5f, b = random.NextSingle() - 0.5f, c = random.NextSingle() - 0.5f;
            samples[i] = new Sample(a, b, c, Math.Sin(2 * a) + (b * c));
        }

        return samples;
    }
}
