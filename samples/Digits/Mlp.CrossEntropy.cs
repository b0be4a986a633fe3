using Backprop;

namespace Digits;

public sealed partial class Mlp
{
    /// <summary>The cross entropy of one digit.</summary>
    /// <param name="w1">W₁: [64, 784].</param>
    /// <param name="b1">b₁: [64].</param>
    /// <param name="w2">W₂: [10, 64].</param>
    /// <param name="b2">b₂: [10].</param>
    /// <param name="x">Pixels.</param>
    /// <param name="label">The digit.</param>
    /// <param name="scores">Receives the logits.</param>
    [Differentiable]
    private static float CrossEntropy(
        ReadOnlySpan<float> w1,
        ReadOnlySpan<float> b1,
        ReadOnlySpan<float> w2,
        ReadOnlySpan<float> b2,
        [NoGradient] ReadOnlySpan<float> x,
        int label,
        [NoGradient] Span<float> scores)
    {
        float[] hidden = new float[Hidden];
        for (int h = 0; h < Hidden; h++)
        {
            float sum = b1[h];
            for (int i = 0; i < Inputs; i++)
            {
                sum += w1[h * Inputs + i] * x[i];
            }

            hidden[h] = MathF.Max(0, sum);
        }

        float[] logits = new float[Classes];
        float highest = float.NegativeInfinity;
        for (int c = 0; c < Classes; c++)
        {
            float sum = b2[c];
            for (int h = 0; h < Hidden; h++)
            {
                sum += w2[c * Hidden + h] * hidden[h];
            }

            logits[c] = sum;
            scores[c] = sum;
            highest = MathF.Max(highest, Gradient.Stop(sum));
        }

        float total = 0;
        for (int c = 0; c < Classes; c++)
        {
            total += MathF.Exp(logits[c] - highest);
        }

        return highest + MathF.Log(total) - logits[label];
    }
}
