namespace Backprop.Bits;

/// <summary>A part of the network.</summary>
[Differentiable]
internal sealed partial class Layer
{
    public float[,] W = new float[5, 3];
    public double[] B = new double[5];
}

/// <summary>A model with parts, a dictionary, a constant and a struct.</summary>
[Differentiable]
internal sealed partial class Network
{
    public Layer[] Layers = [new(), new()];
    public Dictionary<string, double> Scales = new() { ["out"] = 0.5, ["in"] = 2 };
    [NoGradient] public double[] Mean = [0.1, 0.2, 0.3];
    public (double Offset, float Slope) Last = (0.25, 1.5f);

    public static Network Create()
    {
        RandomStream random = new(7, "weights", 0);
        Network network = new();
        foreach (Layer layer in network.Layers)
        {
            for (int i = 0; i < 15; i++)
            {
                layer.W[i / 3, i % 3] = (float)(random.NextDouble() - 0.5);
            }
        }

        return network;
    }

    [Differentiable]
    public double Loss([NoGradient] ReadOnlySpan<double> x, double target)
    {
        double sum = Last.Offset;
        for (int i = 0; i < 5; i++)
        {
            double a = Layers[0].B[i], b = Layers[1].B[i];
            for (int j = 0; j < 3; j++)
            {
                a += Layers[0].W[i, j] * (x[j] - Mean[j]);
                b += Layers[1].W[i, j] * x[j];
            }

            sum += Math.Tanh(a) * b * Last.Slope;
        }

        double error = sum - target;
        return error * error;
    }
}
