namespace Backprop.Integration.Calls;

/// <summary>Functions inside a method.</summary>
public static partial class LocalFunctions
{
    [Fact]
    public static void With_captures() => Check.Gradient(x => Captures(x[0], x[1]), (x, d, s) => CapturesBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 0.5], [-1, 0.3]);

    [Differentiable]
    internal static double Captures(double a, double b)
    {
        double scale = a * b;
        double first = Scaled(a);
        scale += Scaled(b) * first;
        return Scaled(scale) + Scaled(a, 3);

        double Scaled(double x, int n = 1)
        {
            double y = Math.Sin(x) * n;
            return y * scale;
        }
    }

    [Fact]
    public static void That_write_what_they_capture() => Check.Gradient(x => Writes(x[0], x[1], 4), (x, d, s) => WritesBackward(x[0], x[1], 4, ref d[0], ref d[1], s), [1.5, 0.5], [-1, 0.35]);

    [Differentiable]
    internal static double Writes(double a, double b, int n)
    {
        double total = a;
        int calls = 0;
        for (int i = 0; i < n; i++)
        {
            Add(b * i);
            total = total + Next() * total + Next();
        }

        return total * calls;

        void Add(double x)
        {
            calls++;
            if (x > 0.6)
            {
                total += Math.Sin(x);
                return;
            }

            total *= Math.Cos(x);
        }

        double Next() => total *= 0.5;
    }

    [Fact]
    public static void That_leave_early_and_loop() => Check.Gradient(x => Leaves(x), (x, d, s) => LeavesBackward(x, d, s), [1.5, 0.5, 2, 3], [-1, 0.3, 0.2, 0.75]);

    [Differentiable]
    internal static double Leaves(double[] x)
    {
        return First(x, 1) * First(x, 2.5) + First(x, 100);

        double First(double[] from, double limit)
        {
            double sum = 0;
            foreach (double item in from)
            {
                if (item > limit)
                {
                    return item * sum + item;
                }

                sum += item * item;
            }

            return sum;
        }
    }

    [Fact]
    public static void That_call_each_other_and_other_methods() => Check.Gradient(x => Others(x[0]), (x, d, s) => OthersBackward(x[0], ref d[0], s), [1.5], [-1]);

    [Differentiable]
    internal static double Others(double x)
    {
        double Outer(double y) => Inner(y) * Inner(y + 1);
        double Inner(double y) => ScalarCalls.Wave(y, x);
        return Outer(x) + (Positive(x) ? x / 2 : 1);

        static bool Positive(double y) => y > 0;
    }

    [Fact]
    public static void Lambdas_in_a_local() => Check.Gradient(x => Lambdas(x[0], x[1]), (x, d, s) => LambdasBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 0.5], [-1, 0.3]);

    [Differentiable]
    internal static double Lambdas(double a, double b)
    {
        double scale = a;
        Func<double, double> f = x => Math.Exp(x) * scale;
        Func<double, double, double> g = (x, y) =>
        {
            double z = f(x) * y;
            return z > 0 ? z : z * 2;
        };
        double first = g(a, b);
        scale = b;
        return first * g(b, a) + f(first * 0.1);
    }

    [Fact]
    public static void With_structs_and_this()
    {
        Scene scene = new(2);
        Check.Gradient(x => scene.Area(x[0], x[1]), (x, d, s) => scene.AreaBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 0.5], [-1, 0.3]);
    }

    internal sealed partial class Scene(int size)
    {
        private readonly int size = size;

        [Differentiable]
        internal double Area(double a, double b)
        {
            (double X, double Y) p = Move((a, b));
            p = Move(p);
            return p.X * p.Y;

            (double X, double Y) Move((double X, double Y) q) => (q.X * size + q.Y, q.Y * a);
        }
    }

    [Fact]
    public static void What_is_read_by_reference_is_read_when_it_is_read()
        => Check.InPlace(a => Seen(a), (a, d, s) => SeenBackward(a, d, s), [1, 2, 0.5], [-0.5, 0.3, 2]);

    [Differentiable]
    internal static double Seen(double[] a)
    {
        double y = a[0];
        Raise(ref y, in y);
        Raise(ref y, y);
        Raise(ref a[1], in a[1]);
        Raise(ref a[1], a[2]);
        return y * Doubled(y) + y;

        void Raise(ref double x, in double by)
        {
            x *= 2;
            x += by * by;
        }

        double Doubled(in double x)
        {
            y *= 2;
            return x * x;
        }
    }
}
