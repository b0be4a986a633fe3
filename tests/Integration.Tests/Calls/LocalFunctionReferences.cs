namespace Backprop.Integration.Calls;

/// <summary>Local functions that write variables of their caller or return memory, and references that only the primal needs.</summary>
public static partial class LocalFunctionReferences
{
    private static readonly double[] point = [0.7, 1.3, 0.45], other = [-0.6, 0.8, 1.4];

    internal struct Pair
    {
        public double X, Y;
    }

    [Fact]
    public static void Ref_to_variables() => Check.Gradient(x => Swaps(x), (x, d, s) => SwapsBackward(x, d, s), point, other);

    [Differentiable]
    internal static double Swaps(ReadOnlySpan<double> x)
    {
        double a = x[0], b = x[1];
        Exchange(ref a, ref b);
        Exchange(ref b, ref a);
        Exchange(ref a, ref a);
        return a * b;

        static void Exchange(ref double p, ref double q)
        {
            double t = p + (q = q * 2);
            p = q;
            q = t * t;
        }
    }

    [Fact]
    public static void Ref_to_elements_and_parts() => Check.Gradient(x => Elements(x), (x, d, s) => ElementsBackward(x, d, s), point, other);

    [Differentiable]
    internal static double Elements(ReadOnlySpan<double> x)
    {
        double[] a = x.ToArray();
        var pair = new Pair { X = x[0], Y = x[1] };
        for (int i = 0; i < 2; i++)
        {
            Scale(ref a[i], a[i + 1]);
            Scale(ref pair.X, a[i]);
        }

        Flip(ref pair);
        return a[0] * a[1] * pair.X + pair.Y;

        void Scale(ref double p, double k)
        {
            p *= k;
            p += 1;
        }

        void Flip(ref Pair p) => p = new Pair { X = p.Y, Y = p.X * p.Y };
    }

    [Fact]
    public static void Out() => Check.Gradient(x => Divided(x), (x, d, s) => DividedBackward(x, d, s), point, other);

    [Differentiable]
    internal static double Divided(ReadOnlySpan<double> x)
    {
        static double Square(double a, out double cube)
        {
            double square = a * a;
            cube = square * a;
            return square;
        }

        double sum = Square(x[0], out double first) + Square(x[1], out _);
        sum *= Square(first, out var second);
        return sum * second;
    }

    [Fact]
    public static void Another_name_for_a_variable() => Check.Gradient(x => Named(x), (x, d, s) => NamedBackward(x, d, s), point, other);

    [Differentiable]
    internal static double Named(ReadOnlySpan<double> x)
    {
        double a = x[0];
        ref double r = ref a;
        r *= a;
        double sum = a + (r = x[1] * a) + a;
        a *= x[2];
        return sum * r;
    }

    [Fact]
    public static void A_text_that_a_call_needs_in_each_iteration()
        => Check.Gradient(x => Modes(x), (x, d, s) => ModesBackward(x, d, s), point, other);

    [Differentiable]
    internal static double Modes(ReadOnlySpan<double> x)
    {
        string mode = "square";
        double product = 1;
        for (int i = 0; i < x.Length; i++)
        {
            product *= Apply(x[i] + product, mode);
            mode = mode == "square" ? "sine" : "square";
        }

        return product;
    }

    [Differentiable]
    internal static double Apply(double v, string mode) => mode == "square" ? v * v : Math.Sin(v);

    [Fact]
    public static void Memory_from_a_local_function() => Check.Gradient(x => Powers(x), (x, d, s) => PowersBackward(x, d, s), 1e-6, Check.Heap.UsedByTest, point, other);

    [Differentiable]
    internal static double Powers(ReadOnlySpan<double> x)
    {
        double[] PowersOf(double a)
        {
            var powers = new double[2];
            powers[0] = a;
            powers[1] = a * a;
            return powers;
        }

        double[] first = PowersOf(x[0]), second = PowersOf(x[1]);
        return first[1] * second[1] + first[0];
    }
}
