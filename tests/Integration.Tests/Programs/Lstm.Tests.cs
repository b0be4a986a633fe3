using Backprop.Integration;

namespace Backprop.Programs;

public static class LstmTests
{
    private const int B = 3, Layers = 2, Steps = 5, Main = Layers * 8 * B;

    private static readonly double[] initial = [.. Enumerable.Range(0, Layers * 2 * B).Select(t => 0.1 * Math.Cos(t))];

    private static readonly double[] sequence = [.. Enumerable.Range(0, Steps * B).Select(i => (7 * (i / B) + i % B) % 14 < 3 ? 1.0 : 0.25 * (i % 2))];

    [Fact]
    public static void The_gradient_is_that_of_backpropagation_through_time()
    {
        double[] x = [.. Enumerable.Range(0, Main + 3 * B).Select(t => 0.3 * Math.Sin(t))];
        Check.Formula(Backward, x, ThroughTime(x));
        Check.Gradient(Primal, Backward, x);
    }

    private static double Primal(double[] x) => Lstm.Loss(x.AsSpan(0, Main), x.AsSpan(Main), initial, sequence);

    private static double Backward(double[] x, double[] d, double seed)
        => Lstm.LossBackward(x.AsSpan(0, Main), x.AsSpan(Main), initial, sequence, d.AsSpan(0, Main), d.AsSpan(Main), seed);

    // Entries do not meet but in the last sum: each is a network of its own, and its tape an array.
    private static double[] ThroughTime(double[] x)
    {
        double[] gradient = new double[x.Length];
        (double Y, double H, double C, double F, double I, double O, double A, double New)[,,] tape = new (double, double, double, double, double, double, double, double)[Steps, Layers, B];
        double[,] last = new double[Steps, B], logits = new double[Steps, B];
        for (int i = 0; i < B; i++)
        {
            double[] h = new double[Layers], c = new double[Layers];
            for (int q = 0; q < Layers; q++)
            {
                (h[q], c[q]) = (initial[2 * q * B + i], initial[(2 * q + 1) * B + i]);
            }

            for (int t = 0; t < Steps - 1; t++)
            {
                double y = sequence[t * B + i] * x[Main + i];
                for (int q = 0; q < Layers; q++)
                {
                    double W(int gate) => x[(8 * q + gate) * B + i];
                    double f = Logistic(y * W(0) + W(4)), g = Logistic(h[q] * W(1) + W(5)), o = Logistic(y * W(2) + W(6)), a = Math.Tanh(h[q] * W(3) + W(7));
                    double next = c[q] * f + g * a;
                    tape[t, q, i] = (y, h[q], c[q], f, g, o, a, next);
                    (c[q], h[q]) = (next, o * Math.Tanh(next));
                    y = h[q];
                }

                last[t, i] = y;
                logits[t, i] = y * x[Main + B + i] + x[Main + 2 * B + i];
            }
        }

        for (int i = 0; i < B; i++)
        {
            double[] dh = new double[Layers], dc = new double[Layers];
            for (int t = Steps - 2; t >= 0; t--)
            {
                double sum = 2, target = 0;
                for (int j = 0; j < B; j++)
                {
                    sum += Math.Exp(logits[t, j]);
                    target += sequence[(t + 1) * B + j];
                }

                double dLogit = -(sequence[(t + 1) * B + i] - target * Math.Exp(logits[t, i]) / sum) / ((Steps - 1) * B);
                gradient[Main + B + i] += dLogit * last[t, i];
                gradient[Main + 2 * B + i] += dLogit;
                double dy = dLogit * x[Main + B + i];
                for (int q = Layers - 1; q >= 0; q--)
                {
                    var (y, h, c, f, g, o, a, next) = tape[t, q, i];
                    double tanh = Math.Tanh(next), total = dh[q] + dy, dNext = dc[q] + total * o * (1 - tanh * tanh);
                    double[] dGates = [dNext * c * f * (1 - f), dNext * a * g * (1 - g), total * tanh * o * (1 - o), dNext * g * (1 - a * a)];
                    for (int gate = 0; gate < 4; gate++)
                    {
                        gradient[(8 * q + gate) * B + i] += dGates[gate] * (gate % 2 == 0 ? y : h);
                        gradient[(8 * q + 4 + gate) * B + i] += dGates[gate];
                    }

                    dy = dGates[0] * x[8 * q * B + i] + dGates[2] * x[(8 * q + 2) * B + i];
                    dh[q] = dGates[1] * x[(8 * q + 1) * B + i] + dGates[3] * x[(8 * q + 3) * B + i];
                    dc[q] = dNext * f;
                }

                gradient[Main + i] += dy * sequence[t * B + i];
            }
        }

        return gradient;
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
