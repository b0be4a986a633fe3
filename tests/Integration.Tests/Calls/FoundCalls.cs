namespace Backprop.Integration.Calls;

/// <summary>Calls that once gave wrong numbers.</summary>
public static partial class FoundCalls
{
    [Differentiable]
    internal static void Set(ref double a, double b) => a = b;

    [Differentiable]
    internal static void Swap(ref double a, ref double b)
    {
        double t = a;
        a = b;
        b = t;
    }

    [Differentiable]
    internal static void Rotate(ref double a, ref double b, ref double c)
    {
        double t = a;
        a = b;
        b = c;
        c = t;
    }

    [Differentiable]
    internal static void Double(ref double a, ref double b)
    {
        double t = a * 2;
        a = b;
        b = t;
    }

    [Fact]
    public static void Variables_that_are_exchanged() => Check.InPlace(
        a => Swap(ref a[0], ref a[1]), (a, d) => SwapBackward(ref a[0], ref a[1], ref d[0], ref d[1]), [1.5, 2.25]);

    [Fact]
    public static void Variables_that_go_round() => Check.InPlace(
        a => Rotate(ref a[0], ref a[1], ref a[2]), (a, d) => RotateBackward(ref a[0], ref a[1], ref a[2], ref d[0], ref d[1], ref d[2]), [1.5, 2.25, -1]);

    [Fact]
    public static void A_variable_that_takes_an_argument() => Check.InPlace(
        a => Set(ref a[0], a[1]), (a, d) => SetBackward(ref a[0], a[1], ref d[0], ref d[1]), [1.5, 2.25]);

    [Fact]
    public static void Exchanged_by_calls() => Check.Gradient(
        x => Exchanged(x[0], x[1]), (x, d, s) => ExchangedBackward(x[0], x[1], ref d[0], ref d[1], s), [1.2, 0.7], [-2, 3]);

    [Differentiable]
    internal static double Exchanged(double a, double b)
    {
        double c = a * b;
        Rotate(ref a, ref b, ref c);
        Swap(ref a, ref b);
        Double(ref c, ref b);
        Set(ref a, c);
        Set(ref c, b);
        return c * a + b * b * c;
    }

    internal struct Point
    {
        public double X, Y;
        public float Z;
    }

    /// <summary>Leaves a field as it is.</summary>
    [Differentiable]
    internal static void Bump(this ref Point p, double by)
    {
        p.X *= by;
        p.Y += p.X;
    }

    [Differentiable]
    internal static void Mix(ref Point p, ref double x)
    {
        double t = p.X;
        p.X = x;
        x = t;
    }

    [Fact]
    public static void Structs_that_change_in_part() => Check.Gradient(
        x => InPart(x[0], x[1]), (x, d, s) => InPartBackward(x[0], x[1], ref d[0], ref d[1], s), [1.2, 0.7], [-2, 3]);

    [Differentiable]
    internal static double InPart(double a, double b)
    {
        Point p = new() { X = a, Y = b };
        p.Bump(b);
        Bump(ref p, a);
        Point[] two = [p, new Point { X = b }];
        for (int i = 0; i < 2; i++)
        {
            two[i].Bump(a * i + b);
            Double(ref two[i].X, ref b);
            Mix(ref two[1 - i], ref a);
        }

        return p.X * two[0].Y + two[1].X * a + two[0].X * two[1].Y + b;
    }

    [Differentiable]
    internal sealed partial class Model
    {
        public double[] W = [];

        public double S = 2;

        [Differentiable]
        public double Dot(double x) => W[0] * x + W[1] * S;

        [Differentiable]
        public double Recursive(double x, int n) => n == 0 ? Dot(x) : Recursive(Other(this, x), n - 1) * S;

        [Differentiable]
        private static double Other(Model model, double x) => model.Dot(x) * x;

        /// <summary>Methods of one object, in turns.</summary>
        [Differentiable]
        public double Loss(double x)
        {
            double y = 0;
            for (int i = 0; i < 3; i++)
            {
                y += Dot(x * i) * Recursive(x * 0.5, i) + Other(this, y);
            }

            return y * Dot(y);
        }
    }

    private static Model ModelOf(double[] x) => new() { W = [x[1], x[2]], S = x[3] };

    [Fact]
    public static void Methods_of_one_object() => Check.Gradient(
        x => ModelOf(x).Loss(x[0]),
        (x, d, s) =>
        {
            Model model = ModelOf(x), gradient = model.ZerosLike();
            double value = model.LossBackward(x[0], gradient, ref d[0], s);
            (d[1], d[2], d[3]) = (d[1] + gradient.W[0], d[2] + gradient.W[1], d[3] + gradient.S);
            return value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        [0.4, 0.3, -0.4, 0.7]);
}
