namespace Backprop.Programs;

public static partial class LogisticRegression
{
    /// <summary>The mean negative log-likelihood of labels, and a penalty on large weights. samples [n, weights].</summary>
    [Differentiable]
    public static double Loss(ReadOnlySpan<double> weights, double bias, [NoGradient] double[,] samples, bool[] labels, [NoGradient] double decay)
    {
        double loss = 0;
        for (int n = 0; n < labels.Length; n++)
        {
            double z = bias;
            for (int j = 0; j < weights.Length; j++)
            {
                z += weights[j] * samples[n, j];
            }

            loss += SoftPlus(labels[n] ? -z : z);
        }

        double squares = 0;
        foreach (double w in weights)
        {
            squares += w * w;
        }

        return loss / labels.Length + 0.5 * decay * squares;
    }

    [Differentiable]
    private static double SoftPlus(double z) => z > 0 ? z + Math.Log(1 + Math.Exp(-z)) : Math.Log(1 + Math.Exp(z));
}
