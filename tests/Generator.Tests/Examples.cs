namespace Backprop.Generator.Tests;

/// <summary>A differentiable method, as a member of a static partial class.</summary>
internal sealed record Example(string Name, string Members)
{
    public string Source => $$"""
        using System;
        using Backprop;

        namespace Models;

        public static partial class {{Name}}
        {
            {{Members.ReplaceLineEndings("\n    ").Replace("\n    \n", "\n\n", StringComparison.Ordinal)}}
        }

        """.ReplaceLineEndings("\n");

    public override string ToString() => Name;
}

/// <summary>Methods that together go through every pass; what users would write.</summary>
internal static class Examples
{
    public static IReadOnlyList<Example> All { get; } =
    [
        new("Line", """
            /// <summary>Mean squared error of a line.</summary>
            [Differentiable]
            public static double Loss(double slope, double intercept,
                                      [NoGradient] ReadOnlySpan<double> x, [NoGradient] ReadOnlySpan<double> y)
            {
                double sum = 0;
                for (int i = 0; i < x.Length; i++)
                {
                    double error = slope * x[i] + intercept - y[i];
                    sum += error * error;
                }
                return sum / x.Length;
            }
            """),
        new("Rosenbrock", """
            [Differentiable]
            public static double Value(ReadOnlySpan<double> x)
            {
                double sum = 0;
                for (int i = 0; i < x.Length - 1; i++)
                {
                    double a = x[i + 1] - x[i] * x[i];
                    double b = 1 - x[i];
                    sum += 100 * a * a + b * b;
                }
                return sum;
            }
            """),
        new("RungeKutta", """
            [Differentiable]
            public static double Pendulum(double angle, double speed, double length, int steps)
            {
                const double H = 0.05;
                for (int step = 0; step < steps; step++)
                {
                    double k1 = -9.81 / length * Math.Sin(angle);
                    double speed2 = speed + 0.5 * H * k1;
                    double k2 = -9.81 / length * Math.Sin(angle + 0.5 * H * speed);
                    double speed3 = speed + 0.5 * H * k2;
                    double k3 = -9.81 / length * Math.Sin(angle + 0.5 * H * speed2);
                    double speed4 = speed + H * k3;
                    double k4 = -9.81 / length * Math.Sin(angle + H * speed3);
                    angle += H / 6 * (speed + 2 * speed2 + 2 * speed3 + speed4);
                    speed += H / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
                }
                return angle * angle + speed;
            }
            """),
        new("EarlyReturns", """
            [Differentiable]
            public static double Huber(double error, double width)
            {
                if (width <= 0)
                {
                    throw new ArgumentOutOfRangeException(nameof(width));
                }
                if (error > width)
                {
                    return width * (error - 0.5 * width);
                }
                if (error < -width)
                {
                    return -width * (error + 0.5 * width);
                }
                return 0.5 * error * error;
            }
            """),
        new("WhileLoop", """
            [Differentiable]
            public static double Decay(double height, double rate)
            {
                double time = 0;
                while (height > 0.01)
                {
                    double speed = rate * Math.Sqrt(height);
                    height = height * Math.Exp(-speed) - 0.005;
                    time += 0.1 / speed;
                }
                return time * height;
            }
            """),
        new("NestedLoops", """
            [Differentiable]
            public static double Power(double scale, ReadOnlySpan<double> x)
            {
                double state = scale;
                for (int i = 0; i < x.Length; i++)
                {
                    for (int j = 0; j <= i; j++)
                    {
                        state = Math.Tanh(state * x[j]) + 0.5 * state;
                    }
                    state *= x[i];
                }
                return state;
            }
            """),
        new("InPlace", """
            [Differentiable]
            public static double PrefixProducts(double[] a)
            {
                for (int i = 1; i < a.Length; i++)
                {
                    a[i] *= a[i - 1];
                }
                double sum = 0;
                for (int i = 0; i < a.Length; i++)
                {
                    sum += a[i] * a[i];
                }
                return sum;
            }
            """),
        new("LocalArray", """
            [Differentiable]
            public static double Mixed(ReadOnlySpan<double> x, double weight)
            {
                double[] hidden = new double[x.Length];
                for (int i = 0; i < x.Length; i++)
                {
                    hidden[i] = Math.Tanh(weight * x[i]);
                }
                double sum = 0;
                for (int i = 0; i < x.Length; i++)
                {
                    sum += hidden[i] * hidden[x.Length - 1 - i];
                }
                return sum;
            }
            """),
        new("Jagged", """
            [Differentiable]
            public static double Chain(ReadOnlySpan<double> x, ReadOnlySpan<double> weights)
            {
                double[][] level = new double[x.Length][];
                double[][] scaled = new double[2][];
                for (int i = 0; i < level.Length; i++)
                {
                    level[i] = new double[x.Length - i];
                }
                for (int i = 0; i < scaled.Length; i++)
                {
                    scaled[i] = new double[x.Length];
                    scaled[i][0] = weights[i];
                }
                x.CopyTo(level[0]);
                for (int i = 1; i < level.Length; i++)
                {
                    double[] here = level[i];
                    for (int j = 0; j < here.Length; j++)
                    {
                        here[j] = level[i - 1][j] * level[i - 1][j + 1];
                        scaled[i % 2][j] += here[j];
                    }
                }
                return level[^1][0] * scaled[0][0] + scaled[1][x.Length - 1];
            }
            """),
        new("ArrayResult", """
            [Differentiable]
            public static double[] Softplus(ReadOnlySpan<double> x, double sharpness)
            {
                double[] y = new double[x.Length];
                for (int i = 0; i < x.Length; i++)
                {
                    y[i] = Math.Log(1 + Math.Exp(sharpness * x[i])) / sharpness;
                }
                return y;
            }
            """),
        new("Switching", """
            [Differentiable]
            public static double Activate(double x, int kind)
            {
                double gain = kind switch { 0 => 1, 1 or 2 => x, > 2 => 2 * x, _ => -x };
                switch (kind)
                {
                    case 0:
                        return gain * Math.Tanh(x);
                    case 3:
                        x *= gain;
                        break;
                    default:
                        x += gain;
                        break;
                }
                return Math.Exp(-x);
            }
            """),
        new("RefAndOut", """
            [Differentiable]
            public static void Rotate(ref double x, ref double y, double angle, out double radius)
            {
                double c = Math.Cos(angle), s = Math.Sin(angle);
                (x, y) = (c * x - s * y, s * x + c * y);
                radius = Math.Sqrt(x * x + y * y);
            }
            """),
        new("LogSumExp", """
            [Differentiable]
            public static double Value(ReadOnlySpan<double> x)
            {
                double max = double.NegativeInfinity;
                for (int i = 0; i < x.Length; i++)
                {
                    max = Math.Max(max, x[i]);
                }
                double sum = 0;
                for (int i = 0; i < x.Length; i++)
                {
                    sum += Math.Exp(x[i] - max);
                }
                return max + Math.Log(sum);
            }
            """),
        new("CrossEntropy", """
            [Differentiable]
            public static float Loss(ReadOnlySpan<float> logits, ReadOnlySpan<float> weights, [NoGradient] ReadOnlySpan<float> x, int label)
            {
                Span<float> scores = stackalloc float[logits.Length];
                float max = float.NegativeInfinity;
                for (int i = 0; i < logits.Length; i++)
                {
                    scores[i] = logits[i] + weights[i] * x[i];
                    max = MathF.Max(max, scores[i]);
                }
                float sum = 0;
                foreach (float score in scores)
                {
                    sum += MathF.Exp(score - max);
                }
                return max + MathF.Log(sum) - scores[label];
            }
            """),
        new("LeavingALoop", """
            [Differentiable]
            public static double FirstAbove(ReadOnlySpan<double> x, double limit)
            {
                double sum = 0;
                foreach (double value in x)
                {
                    if (value < 0)
                    {
                        continue;
                    }
                    sum += value * value;
                    if (sum > 2)
                    {
                        break;
                    }
                }
                return sum > limit ? sum - limit : sum * limit;
            }
            """),
        new("DoLoop", """
            [Differentiable]
            public static double SquareRoot(double x)
            {
                double y = 1;
                int n = 0;
                do
                {
                    y = 0.5 * (y + x / y);
                    n++;
                }
                while (n < 6);
                return y * x;
            }
            """),
        new("StraightLine", """
            [Differentiable]
            public static double Call(double spot, double strike, double rate, double volatility, double time = 1)
            {
                double root = volatility * Math.Sqrt(time);
                double d1 = (Math.Log(spot / strike) + (rate + 0.5 * volatility * volatility) * time) / root;
                double n1 = 1 / (1 + Math.Exp(-1.702 * d1)), n2 = 1 / (1 + Math.Exp(-1.702 * (d1 - root)));
                return spot * n1 - strike * Math.Exp(-rate * time) * n2;
            }
            """),
        new("BranchInALoop", """
            [Differentiable]
            public static double Walk(ReadOnlySpan<double> x, double state)
            {
                for (int i = 0; i < x.Length; i++)
                {
                    if (x[i] * state > 0.8)
                    {
                        state = Math.Sqrt(state + x[i]);
                    }
                    else
                    {
                        double grown = Math.Exp(x[i]) * state;
                        state = grown / (1 + grown);
                    }
                }
                return state;
            }
            """),
        new("MixedPrecision", """
            [Differentiable]
            public static float Blend(float a, double b, ReadOnlySpan<float> x)
            {
                double sum = a;
                for (int i = x.Length - 1; i >= 0; i -= 2)
                {
                    sum = sum * b + (double)x[i];
                }
                return (float)sum * a;
            }
            """),
        new("Gather", """
            [Differentiable]
            public static double Pick(double[] table, [NoGradient] int[] index, double scale)
            {
                double sum = 0;
                for (int i = 0; i < index.Length; i++)
                {
                    double value = table[index[index.Length - 1 - i]];
                    table[i] = scale * value;
                    sum += value * table[index[i]];
                }
                return sum;
            }
            """),
        new("Buffers", """
            [Differentiable]
            public static double Rounds(ReadOnlySpan<double> x, int rounds)
            {
                double total = 1;
                for (int r = 0; r < rounds; r++)
                {
                    double[] row = new double[x.Length];
                    for (int i = 0; i < row.Length; i++)
                    {
                        row[i] = Math.Sin(x[i] * total);
                    }
                    double best = row[0];
                    for (int i = 1; i < row.Length; i++)
                    {
                        best = Math.Max(best, row[i]);
                    }
                    total *= best + 1;
                }
                return total;
            }
            """),
    ];

    public static Example Named(string name) => All.Single(example => example.Name == name);

    public static TheoryData<string> Names => [.. All.Select(example => example.Name)];
}
