namespace Backprop.Integration;

/// <summary>Structs on which members are called whose arguments change what the struct is, or where it is.</summary>
public static partial class EvaluationOrder
{
    internal partial struct Frame(double x, double y)
    {
        public double X = x;
        public double Y = y;

        public double Popped => Y *= 2;

        public double Other
        {
            get => X;
            set => Y = value * 2;
        }

        public double this[int k]
        {
            get => (k * X) + Y;
            set
            {
                X = value * k;
                Y += value;
            }
        }

        public double this[double v] => v * X;

        [Differentiable]
        public readonly double Look(double k) => X * k;

        [Differentiable]
        public double Change(double k)
        {
            X *= k;
            return X;
        }
    }

    [Differentiable]
    internal static double IndexOfReceiver(double[] x)
    {
        Frame[] c = [new(x[0], x[1]), new(x[2], x[3])];
        int i = 0;
        return c[i][i++] + 10 * c[i][i--] * c[i].X;
    }

    [Differentiable]
    internal static double IndexOfWrittenReceiver(double[] x)
    {
        Frame[] c = [new(x[0], x[1]), new(x[2], x[3])];
        int i = 0;
        c[i][++i] = x[0];
        c[i][i--] += x[1];
        c[i][i++] = i * x[2];
        return c[0].X * c[0].Y + c[1].X * c[1].Y * i;
    }

    [Differentiable]
    internal static double IndexOfCalledReceiver(double[] x)
    {
        Frame[] c = [new(x[0], x[1]), new(x[2], x[3])];
        int i = 0;
        return c[i].Look(i++ * c[i].X + 1) + c[i].Change(i-- + x[0]) * c[0].X * c[1].X;
    }

    [Differentiable]
    internal static double IndexThatMoves(double[] x)
    {
        Frame[] c = [new(x[0], x[1]), new(x[2], x[3])];
        int i = 0;
        double first = c[i++].Change(x[0]) * i;
        double second = c[--i].Change(c[i++].X) * i;
        return first * second * c[i].X + c[i--].Look(2) * c[i++].Look(x[1]) * i + c[i--].Popped + c[++i].Other;
    }

    /// <summary>An array that stands for another one is no rented storage.</summary>
    [Fact]
    public static void The_array_that_an_argument_replaces()
        => Check.Gradient(x => ArrayOfReceiver(x[0], x[1], x[2]), (x, d, s) => ArrayOfReceiverBackward(x[0], x[1], x[2], ref d[0], ref d[1], ref d[2], s), 1e-6, Check.Heap.UsedByTest, [0.7, 1.3, 0.4]);

    [Differentiable]
    internal static double ArrayOfReceiver(double x, double y, double z)
    {
        Frame[] c = [new(x, y), new(z, x)], d = [new(y, x)];
        return c[0][(c = d)[0].X] * c[0].X;
    }

    [Differentiable]
    internal static double ReceiverReplaced(double[] x)
    {
        Frame p = new(x[0], x[1]);
        return p[(p = new(x[2], x[3])).X] * p.X + p.Look((p = new(x[1], x[0])).Y);
    }

    [Differentiable]
    internal static double ReceiverWritten(double[] x)
    {
        Frame p = new(x[0], x[1]);
        return p[p.Popped] + 10 * p.Look(p.Popped);
    }

    [Differentiable]
    internal static double IndexOfProperty(double[] x)
    {
        Frame[] c = [new(x[0], x[1]), new(x[2], x[3])];
        int i = 0;
        double z = c[i].Other = c[i++].Other;
        z += c[i].Other++ * i--;
        (c[i].Other, i) = (c[++i].X, 0);
        return z * c[0].Y + c[1].Y * c[i].X;
    }

    [Differentiable]
    internal static double ListOfReceivers(double[] x)
    {
        Frame[] c = [new(x[0], x[1]), new(x[2], x[3])];
        int i = 0;
        double[] w = [c[i].X, c[i++].X, c[i][i--], c[i].Popped, c[i++].Y, c[i].Change(2), c[i].X];
        return w[0] + 10 * w[1] + 100 * w[2] * w[3] + w[4] * w[5] * w[6];
    }

    [Differentiable]
    internal static double IndexOfRow(double[] x)
    {
        Frame[][] c = [[new(x[0], x[1])], [new(x[2], x[3])]];
        int i = 0;
        return c[i][0][i++ + 1] * c[i][0].X + (c[i--][0] with { X = i + 2.0 }).X * c[i][0].Y;
    }

    [Differentiable]
    internal static double PartOfTuple(double[] x)
    {
        (Frame a, int n) t = (new(x[0], x[1]), 1);
        return t.a[t.n++] + 10 * t.a[t.n] * t.a.X + t.a[t.n = 3];
    }
}
