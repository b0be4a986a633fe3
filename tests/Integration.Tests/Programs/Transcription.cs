namespace Backprop.Programs;

/// <summary>Connectionist temporal classification (Graves et al. 2006): labels without times. Symbol 0 is the blank between labels.</summary>
public static partial class Transcription
{
    /// <summary>The negative logarithm of the probability that the frames read as the labels. logits [frames, symbols].</summary>
    [Differentiable]
    public static double Loss(ReadOnlySpan<double> logits, int symbols, int[] labels)
    {
        int frames = logits.Length / symbols, states = 2 * labels.Length + 1;
        double[,] alpha = new double[frames, states];
        for (int t = 0; t < frames; t++)
        {
            ReadOnlySpan<double> frame = logits.Slice(t * symbols, symbols);
            double norm = LogSumExp.Of(frame);
            for (int s = 0; s < states; s++)
            {
                int symbol = s % 2 == 0 ? 0 : labels[s / 2];
                double before;
                if (t == 0)
                {
                    before = s < 2 ? 0 : double.NegativeInfinity;
                }
                else
                {
                    before = alpha[t - 1, s];
                    if (s > 0)
                    {
                        before = LogAdd(before, alpha[t - 1, s - 1]);
                    }

                    // A blank may be left out between different labels.
                    if (s > 1 && symbol != 0 && symbol != labels[s / 2 - 1])
                    {
                        before = LogAdd(before, alpha[t - 1, s - 2]);
                    }
                }

                alpha[t, s] = before + frame[symbol] - norm;
            }
        }

        double last = alpha[frames - 1, states - 1];
        return states == 1 ? -last : -LogAdd(last, alpha[frames - 1, states - 2]);
    }

    [Differentiable]
    private static double LogAdd(double a, double b)
    {
        double max = Math.Max(a, b);
        if (double.IsNegativeInfinity(max))
        {
            return max;
        }

        return max + Math.Log(Math.Exp(a - max) + Math.Exp(b - max));
    }
}
