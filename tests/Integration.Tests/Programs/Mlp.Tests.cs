using Backprop.Integration;

namespace Backprop.Programs;

public static class MlpTests
{
    private const int Inputs = 4, Hidden = 3, Classes = 3, Label = 1;

    private static readonly double[] sample = [0.5, -1, 0.25, 2];

    [Fact]
    public static void The_gradient_is_that_of_the_textbook()
    {
        double[] x = [.. Enumerable.Range(0, Hidden * (Inputs + 1) + Classes * (Hidden + 1)).Select(t => 0.5 * Math.Sin(0.37 * t))];
        Check.Formula(Backward, x, Textbook(x));
        Check.Gradient(a => Model(a).Loss(sample, Label), Backward, 1e-6, Check.Heap.UsedByTest, x);
    }

    [Fact]
    public static void The_second_call_allocates_nothing()
    {
        Mlp model = Model(new double[Hidden * (Inputs + 1) + Classes * (Hidden + 1)]), gradient = model.ZerosLike();
        model.LossBackward(sample, Label, gradient);
        long before = GC.GetAllocatedBytesForCurrentThread();
        model.LossBackward(sample, Label, gradient);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static double Backward(double[] x, double[] d, double seed)
    {
        Mlp gradient = Model(d);
        double value = Model(x).LossBackward(sample, Label, gradient, seed);
        double[] left = [.. gradient.Hidden.Weights, .. gradient.Hidden.Biases, .. gradient.Output.Weights, .. gradient.Output.Biases];
        left.CopyTo(d, 0);
        return value;
    }

    private static Mlp Model(double[] x)
    {
        Mlp model = new(Inputs, Hidden, Classes);
        int next = 0;
        foreach (double[] leaf in new[] { model.Hidden.Weights, model.Hidden.Biases, model.Output.Weights, model.Output.Biases })
        {
            x.AsSpan(next, leaf.Length).CopyTo(leaf);
            next += leaf.Length;
        }

        return model;
    }

    private static double[] Textbook(double[] x)
    {
        Mlp model = Model(x);
        double[] h = [.. Enumerable.Range(0, Hidden).Select(o => Math.Tanh(model.Hidden.Biases[o] + Enumerable.Range(0, Inputs).Sum(i => model.Hidden.Weights[o * Inputs + i] * sample[i])))];
        double[] exp = [.. Enumerable.Range(0, Classes).Select(o => Math.Exp(model.Output.Biases[o] + Enumerable.Range(0, Hidden).Sum(i => model.Output.Weights[o * Hidden + i] * h[i])))];
        double[] dLogits = [.. exp.Select((e, o) => e / exp.Sum() - (o == Label ? 1 : 0))];
        double[] dh = [.. h.Select((hi, i) => (1 - hi * hi) * dLogits.Select((d, o) => d * model.Output.Weights[o * Hidden + i]).Sum())];
        return [.. dh.SelectMany(d => sample.Select(s => d * s)), .. dh, .. dLogits.SelectMany(d => h.Select(hi => d * hi)), .. dLogits];
    }
}
