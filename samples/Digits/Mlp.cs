using Backprop;

namespace Digits;

/// <summary>Two layers: logits = W₂·max(0, W₁x + b₁) + b₂.</summary>
/// <remarks>Written by hand what the generator will write for a type marked <c>[Differentiable]</c>.</remarks>
public sealed partial class Mlp : IDifferentiable<Mlp>
{
    public const int Inputs = Digit.Size * Digit.Size, Hidden = 64, Classes = 10;

    private static readonly LeafInfo[] Leaves =
    [
        new("Hidden.Weights", [Hidden, Inputs], typeof(float)),
        new("Hidden.Bias", [Hidden], typeof(float)),
        new("Output.Weights", [Classes, Hidden], typeof(float)),
        new("Output.Bias", [Classes], typeof(float)),
    ];

    private readonly float[][] numbers = [.. Leaves.Select(static leaf => new float[leaf.Length])];

    /// <summary>A model to begin with. He, Zhang, Ren and Sun, <em>Delving Deep into Rectifiers</em>, 2015.</summary>
    public static Mlp Create(ulong seed)
    {
        var model = new Mlp();
        for (int leaf = 0; leaf < Leaves.Length; leaf++)
        {
            if (Leaves[leaf].Shape is not [_, int inputs])
            {
                continue;
            }

            var random = new RandomStream(seed, "weights", leaf);
            for (int i = 0; i < model.numbers[leaf].Length; i++)
            {
                model.numbers[leaf][i] = (float)(Math.Sqrt(2.0 / inputs) * random.NormalsAt(i).First);
            }
        }

        return model;
    }

    /// <summary>The cross entropy of a digit, and its gradient.</summary>
    public float LossBackward(Digit digit, Mlp gradient, float seed)
    {
        Span<float> scores = stackalloc float[Classes];
        return CrossEntropyBackward(
            numbers[0], numbers[1], numbers[2], numbers[3], digit.Pixels, digit.Label, scores,
            gradient.numbers[0], gradient.numbers[1], gradient.numbers[2], gradient.numbers[3], seed);
    }

    /// <summary>The cross entropy of a digit, and its ten scores.</summary>
    public float Loss(Digit digit, Span<float> scores) =>
        CrossEntropy(numbers[0], numbers[1], numbers[2], numbers[3], digit.Pixels, digit.Label, scores);

    public Mlp ZerosLike() => new();

    public Mlp Clone()
    {
        var copy = new Mlp();
        copy.AddScaled(this, 1);
        return copy;
    }

    public void Clear()
    {
        foreach (float[] leaf in numbers)
        {
            Array.Clear(leaf);
        }
    }

    public void AddScaled(Mlp other, double scale)
    {
        for (int leaf = 0; leaf < numbers.Length; leaf++)
        {
            for (int i = 0; i < numbers[leaf].Length; i++)
            {
                numbers[leaf][i] += (float)scale * other.numbers[leaf][i];
            }
        }
    }

    public IReadOnlyList<LeafInfo> DescribeLeaves() => Leaves;

    public void VisitLeaves<TVisitor>(ref TVisitor visitor)
        where TVisitor : ILeafVisitor, allows ref struct
    {
        foreach (float[] leaf in numbers)
        {
            visitor.Visit(leaf.AsSpan());
        }
    }

    public void VisitLeaves<TVisitor>(Mlp other, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        for (int leaf = 0; leaf < numbers.Length; leaf++)
        {
            visitor.Visit(numbers[leaf].AsSpan(), other.numbers[leaf].AsSpan());
        }
    }
}
