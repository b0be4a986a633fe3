namespace Backprop.Tests;

/// <summary>Optimizers and settings without reference trajectories, against their formulas written out element by element.</summary>
public sealed class FormulaTests
{
    private const int Rows = 3, Columns = 5, Steps = 6;
    private const double Tolerance = 1e-13;

    [Fact]
    public void Lion()
    {
        var m = new double[Rows * Columns];
        Follow(new Lion { LearningRate = 0.02, WeightDecay = 0.1, Beta1 = 0.8, Beta2 = 0.95 }, (x, g, t) =>
        {
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = x[i] * (1 - 0.02 * 0.1) - 0.02 * Math.Sign(0.8 * m[i] + 0.2 * g[i]);
                m[i] = 0.95 * m[i] + 0.05 * g[i];
            }
        });
    }

    [Fact]
    public void Lamb()
    {
        double[] m = new double[Rows * Columns], v = new double[Rows * Columns];
        Follow(new Lamb { LearningRate = 0.02, WeightDecay = 0.1, EpsilonInsideRoot = 1e-4 }, (x, g, t) =>
        {
            var u = new double[x.Length];
            for (int i = 0; i < x.Length; i++)
            {
                m[i] = 0.9 * m[i] + 0.1 * g[i];
                v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
                u[i] = m[i] / (1 - Math.Pow(0.9, t)) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, t)) + 1e-4) + 1e-6) + 0.1 * x[i];
            }
            double ratio = Norm(x) / Norm(u);
            for (int i = 0; i < x.Length; i++) x[i] -= 0.02 * ratio * u[i];
        });
    }

    [Theory]
    [InlineData(TrustRatioForm.SumOfNorms, MomentumForm.HeavyBall)]
    [InlineData(TrustRatioForm.NormOfSum, MomentumForm.Nesterov)]
    public void Lars(TrustRatioForm ratioForm, MomentumForm momentumForm)
    {
        var b = new double[Rows * Columns];
        var optimizer = new Lars { LearningRate = 0.5, WeightDecay = 0.1, TrustCoefficient = 0.1, Epsilon = 1e-3, TrustRatioForm = ratioForm, MomentumForm = momentumForm };
        Follow(optimizer, (x, g, t) =>
        {
            double[] sum = [.. x.Zip(g, static (a, d) => d + 0.1 * a)];
            double below = ratioForm == TrustRatioForm.NormOfSum ? Norm(sum) : Norm(g) + 0.1 * Norm(x);
            double rate = 0.5 * 0.1 * Norm(x) / (below + 1e-3);
            for (int i = 0; i < x.Length; i++)
            {
                b[i] = 0.9 * b[i] + rate * sum[i];
                x[i] -= momentumForm == MomentumForm.Nesterov ? rate * sum[i] + 0.9 * b[i] : b[i];
            }
        });
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(5, 3)]
    [InlineData(4, 4)]
    public void Muon(int rows, int columns)
    {
        var b = new double[rows * columns];
        Follow(new Muon { LearningRate = 0.02, WeightDecay = 0.1 }, (x, g, t) =>
        {
            var u = new double[rows, columns];
            for (int i = 0; i < x.Length; i++)
            {
                b[i] = 0.95 * b[i] + 0.05 * g[i];
                u[i / columns, i % columns] = 0.95 * b[i] + 0.05 * g[i];
            }
            double norm = Norm([.. u.Cast<double>()]);
            u = Map(u, value => value / norm);
            for (int k = 0; k < 5; k++)
            {
                double[,] a = Product(u, Transposed(u)), aa = Product(a, a);
                double[,] next = Product(Sum(Map(a, static value => -4.7750 * value), Map(aa, static value => 2.0315 * value)), u);
                u = Sum(Map(u, static value => 3.4445 * value), next);
            }
            double scale = Math.Sqrt(Math.Max(1, (double)rows / columns));
            for (int i = 0; i < x.Length; i++) x[i] = x[i] * (1 - 0.02 * 0.1) - 0.02 * scale * u[i / columns, i % columns];
        }, rows, columns);
    }

    [Fact]
    public void Adam_with_Optax_settings()
    {
        double[] m = new double[Rows * Columns], v = new double[Rows * Columns], peak = new double[Rows * Columns];
        var optimizer = new Adam { LearningRate = 0.02, EpsilonInsideRoot = 1e-3, Epsilon = 1e-2, SecondMoment = SecondMoment.MaximumCorrected };
        Follow(optimizer, (x, g, t) =>
        {
            for (int i = 0; i < x.Length; i++)
            {
                m[i] = 0.9 * m[i] + 0.1 * g[i];
                v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
                peak[i] = Math.Max(peak[i], v[i] / (1 - Math.Pow(0.999, t)));
                x[i] -= 0.02 * (m[i] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(peak[i] + 1e-3) + 1e-2);
            }
        });
    }

    [Fact]
    public void NAdam_with_constant_momentum()
    {
        double[] m = new double[Rows * Columns], v = new double[Rows * Columns];
        Follow(new NAdam { LearningRate = 0.02, MomentumForm = NAdamMomentum.Constant }, (x, g, t) =>
        {
            for (int i = 0; i < x.Length; i++)
            {
                m[i] = 0.9 * m[i] + 0.1 * g[i];
                v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
                double hat = 0.9 * m[i] / (1 - Math.Pow(0.9, t + 1)) + 0.1 * g[i] / (1 - Math.Pow(0.9, t));
                x[i] -= 0.02 * hat / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
            }
        });
    }

    [Fact]
    public void RAdam_with_epsilon_after_the_correction()
    {
        double[] m = new double[Rows * Columns], v = new double[Rows * Columns];
        var optimizer = new RAdam { LearningRate = 0.02, Beta2 = 0.9, Epsilon = 0.1, EpsilonForm = EpsilonForm.AfterCorrection };
        Follow(optimizer, (x, g, t) =>
        {
            double limit = 2 / 0.1 - 1, power = Math.Pow(0.9, t), length = limit - 2 * t * power / (1 - power);
            for (int i = 0; i < x.Length; i++)
            {
                m[i] = 0.9 * m[i] + 0.1 * g[i];
                v[i] = 0.9 * v[i] + 0.1 * g[i] * g[i];
                double hat = m[i] / (1 - Math.Pow(0.9, t));
                double r = Math.Sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length));
                x[i] -= length > 5 ? 0.02 * hat * r / (Math.Sqrt(v[i] / (1 - power)) + 0.1) : 0.02 * hat;
            }
        }, steps: 15);
    }

    [Fact]
    public void Adafactor_of_a_batch_of_matrices_is_that_of_each()
    {
        double[] x = Numbers.Normal<double>(24, 1), g = Numbers.Normal<double>(24, 2);
        var optimizer = new Adafactor();
        optimizer.Prepare([new LeafInfo("W", [2, 3, 4], typeof(double))]);
        optimizer.Step(x, g);
        // The factored moment of one matrix, times what is common to the leaf.
        double[] u = [.. Moments(g[..12]), .. Moments(g[12..])], start = Numbers.Normal<double>(24, 1);
        double clip = Math.Max(1, Norm(u) / Math.Sqrt(24)), rate = Math.Max(1e-3, Norm(start) / Math.Sqrt(24)) * 0.01;
        for (int i = 0; i < x.Length; i++) Assert.Equal(start[i] - rate / clip * u[i], x[i], Tolerance);

        static double[] Moments(double[] g)
        {
            double mean = g.Sum(static value => value * value) / 12;
            return [.. g.Select((value, i) => value / Math.Sqrt(
                g.Skip(i / 4 * 4).Take(4).Sum(static d => d * d) / 4 * (g.Where((_, j) => j % 4 == i % 4).Sum(static d => d * d) / 3) / mean))];
        }
    }

    private static void Follow(Optimizer optimizer, Action<double[], double[], int> formula, int rows = Rows, int columns = Columns, int steps = Steps)
    {
        double[] expected = Numbers.Normal<double>(rows * columns, 1), actual = [.. expected];
        optimizer.Prepare([new LeafInfo("W", [rows, columns], typeof(double))]);
        for (int t = 1; t <= steps; t++)
        {
            double[] g = Numbers.Normal<double>(rows * columns, 10 + t);
            formula(expected, g, t);
            optimizer.Step(actual, g);
            for (int i = 0; i < actual.Length; i++) Assert.Equal(expected[i], actual[i], Tolerance);
        }
    }

    private static double Norm(double[] x) => Math.Sqrt(x.Sum(static value => value * value));

    private static double[,] Map(double[,] a, Func<double, double> map) => Build(a.GetLength(0), a.GetLength(1), (i, j) => map(a[i, j]));

    private static double[,] Sum(double[,] a, double[,] b) => Build(a.GetLength(0), a.GetLength(1), (i, j) => a[i, j] + b[i, j]);

    private static double[,] Transposed(double[,] a) => Build(a.GetLength(1), a.GetLength(0), (i, j) => a[j, i]);

    private static double[,] Product(double[,] a, double[,] b) => Build(
        a.GetLength(0), b.GetLength(1), (i, j) => Enumerable.Range(0, b.GetLength(0)).Sum(k => a[i, k] * b[k, j]));

    private static double[,] Build(int rows, int columns, Func<int, int, double> element)
    {
        var result = new double[rows, columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) result[i, j] = element(i, j);
        return result;
    }
}
