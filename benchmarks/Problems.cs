using Backprop.Programs;

namespace Backprop.Benchmarks;

/// <summary>The problems of the table, with their inputs: formulas, so no files are needed.</summary>
public static class Problems
{
    public static IEnumerable<Case> All() =>
    [
        Rosen(), SumOfSquares(), MatVec(), Perceptron(), Tensors(), Layers(), LogSum(), Options(), Lorenz(), LorenzArrays(), Kepler(), SinExp(), LeastSquares(),
        Ode(1000, 10), Ode(1000, 100), Determinant(5), Determinant(7), Determinant(9), Mixture(2, 5), Mixture(10, 25), Memory(2, 1024), Memory(4, 4096), Bundle(),
    ];

    private static Case Rosen()
        => Of("rosen1000", Vector(1000, i => 1 + 0.1 * Math.Sin(i)), a => Rosenbrock.Value(a), (a, da) => Rosenbrock.ValueBackward(a, da)) with { Bar = 2, Peers = (1.74, 0.54) };

    private static Case SumOfSquares()
        => Of("sumofsquares1000", Vector(1000, i => 1 + 0.1 * Math.Sin(i)), a => Objectives.SumOfSquares(a), (a, da) => Objectives.SumOfSquaresBackward(a, da)) with { Bar = 1.5 };

    private static Case MatVec() => Of(
        "matvec64x8", Vector(32832, t => t < 32768 ? 0.1875 * Math.Sin(t) : Math.Cos(t)), a => Objectives.MatVec(a), (a, da) => Objectives.MatVecBackward(a, da)) with { Peers = (1.06, 2.30) };

    private static Case Perceptron()
    {
        double[] x = Vector(784, j => 0.5 + 0.5 * Math.Cos(0.11 * j));
        return Of("mlp784_128_10", Vector(101770, t => 0.05 * Math.Sin(0.37 * t)), a => Objectives.Perceptron(a, x, 128, 10, 3), (a, da) => Objectives.PerceptronBackward(a, x, 128, 10, 3, da)) with { Peers = (0.58, 2.31) };
    }

    /// <summary>The same by members of TensorPrimitives.</summary>
    private static Case Tensors()
    {
        double[] x = Vector(784, j => 0.5 + 0.5 * Math.Cos(0.11 * j));
        return Of("mlp by tensors", Vector(101770, t => 0.05 * Math.Sin(0.37 * t)), a => Objectives.PerceptronOfTensors(a, x, 128, 10, 3), (a, da) => Objectives.PerceptronOfTensorsBackward(a, x, 128, 10, 3, da));
    }

    /// <summary>The gradient by loops, then by members of TensorPrimitives.</summary>
    public static Case TensorsToLoops()
        => Tensors() with { Name = "mlp, tensors to loops", Primal = Perceptron().Backward };

    /// <summary>The same as a model with layers.</summary>
    private static Case Layers()
    {
        double[] x = Vector(784, j => 0.5 + 0.5 * Math.Cos(0.11 * j));
        Mlp model = new(784, 128, 10), gradient = model.ZerosLike();
        double[][] leaves = [model.Hidden.Weights, model.Hidden.Biases, model.Output.Weights, model.Output.Biases];
        double[][] slopes = [gradient.Hidden.Weights, gradient.Hidden.Biases, gradient.Output.Weights, gradient.Output.Biases];
        double[] start = Vector(101770, t => 0.05 * Math.Sin(0.37 * t));
        void Set(double[][] of, double[] to)
        {
            int next = 0;
            foreach (double[] leaf in of)
            {
                to.AsSpan(next, leaf.Length).CopyTo(leaf);
                next += leaf.Length;
            }
        }

        double Primal(double[] p)
        {
            Set(leaves, p);
            return model.Loss(x, 3);
        }

        double Backward(double[] p, double[] d)
        {
            Set(leaves, p);
            Set(slopes, d);
            double value = model.LossBackward(x, 3, gradient);
            slopes.SelectMany(leaf => leaf).ToArray().CopyTo(d, 0);
            return value;
        }

        return new("mlp as a model", () => model.Loss(x, 3), () => model.LossBackward(x, 3, gradient), () => Differences.Error(Primal, start, Backward));
    }

    private static Case LogSum()
        => Of("lse1000", Vector(1000, i => 3 * Math.Sin(i)), a => LogSumExp.Of(a), (a, da) => LogSumExp.OfBackward(a, da)) with { Bar = 3, Peers = (1.01, 2.05) };

    private static Case Options()
    {
        double[] x = [.. Enumerable.Range(0, 1000).SelectMany(q => OptionOf(Math.Sin(q)))];
        return Of("bs1000", x, a => BlackScholes.Portfolio(Laid<Option>(a)), (a, da) => BlackScholes.PortfolioBackward(Laid<Option>(a), Laid<Option>(da))) with { Peers = (1.46, 1.59) };
    }

    private static double[] OptionOf(double u) => [100 + 10 * u, 100, 0.03 + 0.01 * u, 0.2 + 0.05 * u, 1 + 0.5 * u];

    /// <summary>A thousand steps make the system forget where it began: the gradient is compared after 200.</summary>
    private static Case Lorenz()
    {
        double[] p = [1, 1, 1, 10, 28, 8.0 / 3], d = new double[6];
        double Primal(double[] x, int steps) => Objectives.Lorenz(x[0], x[1], x[2], x[3], x[4], x[5], steps);
        double Backward(double[] x, double[] dx, int steps)
            => Objectives.LorenzBackward(x[0], x[1], x[2], x[3], x[4], x[5], steps, ref dx[0], ref dx[1], ref dx[2], ref dx[3], ref dx[4], ref dx[5]);
        return new("lorenz1000", () => Primal(p, 1000), () => Backward(p, d, 1000), () => Differences.Error(x => Primal(x, 200), p, (x, dx) => Backward(x, dx, 200)))
        {
            Bar = 4, Peers = (2.46, 2.19),
        };
    }

    /// <summary>The same by spans, with arrays that every stage overwrites.</summary>
    private static Case LorenzArrays()
    {
        double[] p = [10, 28, 8.0 / 3], start = [1, 1, 1], state = new double[3], dState = new double[3], d = new double[6];
        double Primal(double[] parameters, int steps)
        {
            start.CopyTo(state, 0);
            RungeKutta.Lorenz(state, parameters, 0.005, steps);
            return state[0] + state[1] + state[2];
        }

        double Backward(double[] parameters, double[] dParameters, int steps)
        {
            start.CopyTo(state, 0);
            dState.AsSpan().Fill(1);
            RungeKutta.LorenzBackward(state, parameters, 0.005, steps, dState, dParameters.AsSpan(0, 3));
            return state[0] + state[1] + state[2];
        }

        return new("lorenz1000 in arrays", () => Primal(p, 1000), () => Backward(p, d, 1000), () => Differences.Error(x => Primal(x, 200), p, (x, dx) => Backward(x, dx, 200)));
    }

    private static Case Kepler() => Of(
        "kepler1000", [1, 0, 0, 1.1], p => Objectives.Kepler(p[0], p[1], p[2], p[3], 1000),
        (p, d) => Objectives.KeplerBackward(p[0], p[1], p[2], p[3], 1000, ref d[0], ref d[1], ref d[2], ref d[3])) with { Bar = 4, Peers = (1.74, 2.03) };

    private static Case SinExp()
        => Of("sinexp1000", Vector(1000, i => Math.Sin(i)), a => Objectives.SinExp(a), (a, da) => Objectives.SinExpBackward(a, da)) with { Bar = 3, Peers = (1.20, 1.17) };

    private static Case LeastSquares()
        => Of("llsq", Vector(128, j => Math.Cos(j)), a => Objectives.LeastSquares(a, 4096), (a, da) => Objectives.LeastSquaresBackward(a, 4096, da));

    /// <summary>The value underflows for so many factors: what is compared is a shorter product.</summary>
    private static Case Ode(int n, int steps)
    {
        double[] x = Vector(n, i => 1 + 0.1 * Math.Sin(i));
        return Of($"ode{n}, {steps} steps", x, a => RungeKutta.Products(a, steps), (a, da) => RungeKutta.ProductsBackward(a, steps, da)) with
        {
            Check = () => Differences.Error(a => RungeKutta.Products(a, steps), x[..8], (a, da) => RungeKutta.ProductsBackward(a, steps, da)),
        };
    }

    private static Case Determinant(int n)
        => Of($"det{n}", Vector(n * n, t => Math.Sin(1 + t * t)), a => Programs.Determinant.ByMinors(a, n), (a, da) => Programs.Determinant.ByMinorsBackward(a, n, da));

    private static Case Mixture(int d, int k)
    {
        const int N = 1000;
        int triangle = d * (d - 1) / 2, means = k, logs = means + k * d, lowers = logs + k * d;
        double[] points = Vector(N * d, t => Math.Sin(0.7 * t));
        double[] x = [.. Vector(k, c => Math.Sin(c)), .. Vector(k * d, t => 0.5 * Math.Cos(t)), .. Vector(k * d, t => 0.1 * Math.Sin(t)), .. Vector(k * triangle, t => 0.1 * Math.Cos(t))];
        return Of(
            $"gmm d={d} k={k}",
            x,
            a => GaussianMixture.LogLikelihood(a.AsSpan(0, k), a.AsSpan(means, k * d), a.AsSpan(logs, k * d), a.AsSpan(lowers), points),
            (a, da) => GaussianMixture.LogLikelihoodBackward(
                a.AsSpan(0, k), a.AsSpan(means, k * d), a.AsSpan(logs, k * d), a.AsSpan(lowers), points,
                da.AsSpan(0, k), da.AsSpan(means, k * d), da.AsSpan(logs, k * d), da.AsSpan(lowers))) with { Peers = d == 10 ? (1.90, 2.86) : (null, null) };
    }

    private static Case Memory(int layers, int steps)
    {
        const int B = 14;
        int main = layers * 8 * B;
        double[] state = Vector(layers * 2 * B, t => 0.1 * Math.Cos(t)), sequence = Vector(steps * B, i => (7 * (i / B) + i % B) % 14 < 3 ? 1 : 0);
        return Of(
            $"lstm {layers} layers, {steps}",
            Vector(main + 3 * B, t => 0.3 * Math.Sin(t)),
            a => Lstm.Loss(a.AsSpan(0, main), a.AsSpan(main), state, sequence),
            (a, da) => Lstm.LossBackward(a.AsSpan(0, main), a.AsSpan(main), state, sequence, da.AsSpan(0, main), da.AsSpan(main))) with { Peers = layers == 2 ? (1.15, 2.29) : (1.22, 2.50) };
    }

    private static Case Bundle()
    {
        const int Cameras = 49, Points = 7776, Seen = 31843, CameraSize = 11, FirstPoint = Cameras * CameraSize, FirstWeight = FirstPoint + 3 * Points;
        double[] camera = [0.1, -0.2, 0.05, 0, 0, -5, 500, 0, 0, -0.1, 0.01];
        double[] x =
        [
            .. Enumerable.Range(0, Cameras).SelectMany(c => camera.Select((v, i) => v + (i < 6 ? 0.01 * Math.Sin(c * CameraSize + i) : 0))),
            .. Vector(3 * Points, t => Math.Sin(2.0 * t)),
            .. Vector(Seen, i => 1 + 0.1 * Math.Cos(i)),
        ];
        Observation[] observations = [.. Enumerable.Range(0, Seen).Select(i =>
        {
            (double u, double v) = BundleAdjustment.Project(Laid<Camera>(x)[i % Cameras], Laid<Vec3>(x.AsSpan(FirstPoint))[i % Points]);
            return new Observation(i % Cameras, i % Points, u + 0.5 * Math.Sin(i), v + 0.5 * Math.Sin(i));
        })];
        return Of(
            "ba loss",
            x,
            a => BundleAdjustment.Loss(Laid<Camera>(a)[..Cameras], Laid<Vec3>(a.AsSpan(FirstPoint))[..Points], a.AsSpan(FirstWeight), observations),
            (a, d) => BundleAdjustment.LossBackward(
                Laid<Camera>(a)[..Cameras], Laid<Vec3>(a.AsSpan(FirstPoint))[..Points], a.AsSpan(FirstWeight), observations,
                Laid<Camera>(d)[..Cameras], Laid<Vec3>(d.AsSpan(FirstPoint))[..Points], d.AsSpan(FirstWeight))) with { Peers = (2.74, 3.05) };
    }

    private static Case Of(string name, double[] x, Func<double[], double> primal, Func<double[], double[], double> backward)
    {
        double[] d = new double[x.Length];
        return new(name, () => primal(x), () => backward(x, d), () => Differences.Error(primal, x, backward));
    }

    private static double[] Vector(int length, Func<int, double> entry) => [.. Enumerable.Range(0, length).Select(entry)];

    private static Span<T> Laid<T>(Span<double> numbers)
        where T : struct => System.Runtime.InteropServices.MemoryMarshal.Cast<double, T>(numbers);
}
