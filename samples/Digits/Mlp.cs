using System.Runtime.InteropServices;
using Backprop;

namespace Digits;

/// <summary>Two layers: logits = W₂·max(0, W₁x + b₁) + b₂.</summary>
[Differentiable]
public sealed partial class Mlp
{
    public const int Inputs = Digit.Size * Digit.Size, Hidden = 64, Classes = Digit.Classes;

    public Layer First = new(Hidden, Inputs);
    public Layer Last = new(Classes, Hidden);

    /// <summary>A model to begin with. He, Zhang, Ren and Sun, <em>Delving Deep into Rectifiers</em>, 2015.</summary>
    public static Mlp Create(ulong seed)
    {
        var model = new Mlp();
        model.First.Scatter(new RandomStream(seed, "weights", 0));
        model.Last.Scatter(new RandomStream(seed, "weights", 2));
        return model;
    }

    /// <summary>The cross entropy of a digit, and its gradient.</summary>
    public float LossBackward(Digit digit, Mlp gradient, float seed)
    {
        Span<float> scores = stackalloc float[Classes];
        return CrossEntropyBackward(
            First.Rows, First.Bias, Last.Rows, Last.Bias, digit.Pixels, digit.Label, scores,
            gradient.First.Rows, gradient.First.Bias, gradient.Last.Rows, gradient.Last.Bias, seed);
    }

    /// <summary>The cross entropy of a digit, and its ten scores.</summary>
    public float Loss(Digit digit, Span<float> scores) =>
        CrossEntropy(First.Rows, First.Bias, Last.Rows, Last.Bias, digit.Pixels, digit.Label, scores);
}

/// <summary>Weights and a bias.</summary>
[Differentiable]
public sealed partial class Layer(int outputs, int inputs)
{
    public float[,] Weights = new float[outputs, inputs];
    public float[] Bias = new float[outputs];

    /// <summary>The weights, row after row.</summary>
    public Span<float> Rows => MemoryMarshal.CreateSpan(ref Weights[0, 0], Weights.Length);

    /// <summary>Draws the weights from a normal distribution of variance 2 / inputs.</summary>
    public void Scatter(RandomStream random)
    {
        Span<float> rows = Rows;
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = (float)(Math.Sqrt(2.0 / Weights.GetLength(1)) * random.NormalsAt(i).First);
        }
    }
}
