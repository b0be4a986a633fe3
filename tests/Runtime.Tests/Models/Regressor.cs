namespace Backprop.Tests;

/// <summary>y = W2·tanh(W1·x + B1) + B2 with a squared error: a model as the generator would write it, with single and
/// double leaves, a matrix, a vector and a scalar.</summary>
public sealed class Regressor : IDifferentiable<Regressor>
{
    public const int Inputs = 3;
    public const int Hidden = 4;
    private static readonly LeafInfo[] Leaves =
    [
        new("W1", [Hidden, Inputs], typeof(float)),
        new("B1", [Hidden], typeof(float)),
        new("Out.W", [Hidden], typeof(double)),
        new("Out.B", [], typeof(double)),
    ];

    public float[] W1 = new float[Hidden * Inputs];
    public float[] B1 = new float[Hidden];
    public double[] W2 = new double[Hidden];
    public double B2;

    public static Regressor Create(int seed)
    {
        var random = new Random(seed);
        var model = new Regressor();
        foreach (ref float w in model.W1.AsSpan())
            w = (float)(random.NextDouble() - 0.5);
        foreach (ref double w in model.W2.AsSpan())
            w = random.NextDouble() - 0.5;
        return model;
    }

    public double Predict(Sample sample)
    {
        double y = B2;
        for (int h = 0; h < Hidden; h++)
            y += W2[h] * Activation(sample, h);
        return y;
    }

    public double Loss(Sample sample) => (Predict(sample) - sample.Y) * (Predict(sample) - sample.Y);

    public double LossBackward(Sample sample, Regressor gradient, double seed)
    {
        double error = Predict(sample) - sample.Y;
        double dy = 2 * error * seed;
        gradient.B2 += dy;
        for (int h = 0; h < Hidden; h++)
        {
            double t = Activation(sample, h);
            gradient.W2[h] += dy * t;
            float dz = (float)(dy * W2[h] * (1 - (t * t)));
            gradient.B1[h] += dz;
            gradient.W1[(h * Inputs) + 0] += dz * sample.X0;
            gradient.W1[(h * Inputs) + 1] += dz * sample.X1;
            gradient.W1[(h * Inputs) + 2] += dz * sample.X2;
        }

        return error * error;
    }

    private double Activation(Sample s, int h)
    {
        int row = h * Inputs;
        return Math.Tanh(B1[h] + (W1[row] * s.X0) + (W1[row + 1] * s.X1) + (W1[row + 2] * s.X2));
    }

    public Regressor ZerosLike() => new();

    public Regressor Clone() => new()
    {
        W1 = [.. W1],
        B1 = [.. B1],
        W2 = [.. W2],
        B2 = B2,
    };

    public void Clear()
    {
        Array.Clear(W1);
        Array.Clear(B1);
        Array.Clear(W2);
        B2 = 0;
    }

    public void AddScaled(Regressor other, double scale)
    {
        for (int i = 0; i < W1.Length; i++)
            W1[i] += (float)scale * other.W1[i];
        for (int i = 0; i < B1.Length; i++)
            B1[i] += (float)scale * other.B1[i];
        for (int i = 0; i < W2.Length; i++)
            W2[i] += scale * other.W2[i];
        B2 += scale * other.B2;
    }

    public IReadOnlyList<LeafInfo> DescribeLeaves() => Leaves;

    public void VisitLeaves<TVisitor>(ref TVisitor visitor)
        where TVisitor : ILeafVisitor, allows ref struct
    {
        visitor.Visit<float>(W1);
        visitor.Visit<float>(B1);
        visitor.Visit<double>(W2);
        visitor.Visit<double>(new Span<double>(ref B2));
    }

    public void VisitLeaves<TVisitor>(Regressor other, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        visitor.Visit<float>(W1, other.W1);
        visitor.Visit<float>(B1, other.B1);
        visitor.Visit<double>(W2, other.W2);
        visitor.Visit<double>(new Span<double>(ref B2), new Span<double>(ref other.B2));
    }

    public byte[] Bits()
    {
        var checkpoint = new Checkpoint();
        checkpoint.Root.AddLeaves(this);
        return checkpoint.Tensors.OrderBy(t => t.Key, StringComparer.Ordinal).SelectMany(t => t.Value.Data.ToArray()).ToArray();
    }
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
