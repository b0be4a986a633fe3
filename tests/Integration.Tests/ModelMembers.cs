using System.Numerics;

namespace Backprop.Integration;

/// <summary>Properties and indexers of models that compute, patterns over models, and what may be null: bodies in the user's own source are part of the method.</summary>
public static partial class ModelMembers
{
    [Differentiable]
    internal sealed partial class Spring
    {
        private readonly double[] weights = [1, 2, 3];
        private double stiffness = 0.7;

        public double Rest = 1.3;
        public Vector3 Axis = new(1, 2, 3);
        public Spring? Next;

        public double Stiffness
        {
            get => stiffness * 2;
            set
            {
                if (value > 0.1)
                {
                    stiffness = value / 2;
                }
                else
                {
                    stiffness = 0;
                }
            }
        }

        public double this[int i]
        {
            get => i == 0 ? stiffness : Rest;
            set
            {
                if (i == 0)
                {
                    stiffness = value;
                }
                else
                {
                    Rest = value;
                }
            }
        }

        public Vector3 Direction => Vector3.Normalize(Axis);

        public ReadOnlySpan<double> Weights => weights;

        public double Total
        {
            get
            {
                double sum = 0;
                foreach (double w in weights)
                {
                    sum += w * Rest;
                }

                return sum;
            }
        }

        public double Chained => Next is null ? Rest : Next.Stiffness * Rest;

        [NoGradient]
        public double Frozen => stiffness * Rest;

        public static Spring Of(ReadOnlySpan<double> x) => new() { stiffness = x[0], Rest = x[1], Axis = new((float)x[2], 2, 3), Next = x.Length > 3 ? new() { stiffness = x[3], Rest = x[4] } : null };

        public void AddTo(Span<double> dx)
        {
            dx[0] += stiffness;
            dx[1] += Rest;
            dx[2] += Axis.X;
            if (Next is not null)
            {
                dx[3] += Next.stiffness;
                dx[4] += Next.Rest;
            }
        }

        [Differentiable]
        public double Read(double x) => Stiffness * x + this[0] * this[1] + Total * Weights[1] * x + Chained;

        [Differentiable]
        public float Turned(float x) => Direction.X * x + Direction.Y;

        [Differentiable]
        public double Written(double x)
        {
            Stiffness = x * Stiffness;
            this[1] *= x;
            Stiffness += this[0] * Next!.Rest;
            Next[0] = Rest;
            return Stiffness * this[1] * Next.Stiffness;
        }

        [Differentiable]
        public double Stopped(double x) => Frozen * Rest * x;
    }

    private delegate double Backward(Spring spring, double x, Spring dSpring, ref double dx, double seed);

    private static void Of(Func<Spring, double, double> primal, Backward backward, params double[][] points) => Check.Gradient(
        x => primal(Spring.Of(x.AsSpan(1)), x[0]),
        (x, d, s) =>
        {
            Spring gradient = Spring.Of(x.AsSpan(1)).ZerosLike();
            double value = backward(Spring.Of(x.AsSpan(1)), x[0], gradient, ref d[0], s);
            gradient.AddTo(d.AsSpan(1));
            return value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        points);

    [Fact]
    public static void Properties_and_indexers_are_read() => Of(
        static (m, x) => m.Read(x), static (m, x, dm, ref dx, s) => m.ReadBackward(x, dm, ref dx, s), [0.5, 0.7, 1.3, 1], [-1, 0.2, 0.4, 1, 0.3, 2]);

    [Fact]
    public static void Setters_write() => Of(
        static (m, x) => m.Written(x), static (m, x, dm, ref dx, s) => m.WrittenBackward(x, dm, ref dx, s), [0.5, 0.7, 1.3, 1, 0.6, 0.8], [0.02, 0.2, 0.4, 1, 0.3, 2]);

    [Fact]
    public static void A_property_that_returns_a_vector()
    {
        Spring spring = new(), gradient = spring.ZerosLike();
        float dx = 0;
        float length = MathF.Sqrt(14);
        Assert.Equal(spring.Turned(2), spring.TurnedBackward(2, gradient, ref dx));
        Assert.Equal(1 / length, dx, 1e-6f);
        Assert.Equal((2 * 13 - 2) / (14 * length), gradient.Axis.X, 1e-6f);
    }

    [Fact]
    public static void A_property_that_is_no_gradient_is_a_constant()
    {
        Spring spring = new(), gradient = spring.ZerosLike();
        double dx = 0;
        double value = spring.StoppedBackward(2, gradient, ref dx);
        Assert.Equal(spring.Frozen * 1.3 * 2, value);
        Assert.Equal(spring.Frozen * 2, gradient.Rest);
        Assert.Equal(0, gradient[0]);

        Plate plate = new() { X = 2, Y = 3 }, dPlate = default;
        Assert.Equal(12, FrozenBackward(plate, ref dPlate));
        Assert.Equal(new Plate { X = 6 }, dPlate);
    }

    internal struct Plate
    {
        public double X, Y;

        [NoGradient]
        public readonly double Area => X * Y;
    }

    [Differentiable]
    internal static double Frozen(Plate plate) => plate.Area * plate.X;

    [Fact]
    public static void Of_another_object() => Of(
        static (m, x) => Elsewhere(m, x), static (m, x, dm, ref dx, s) => ElsewhereBackward(m, x, dm, ref dx, s), [0.5, 0.7, 1.3, 1, 0.6, 0.8], [0.02, 0.2, 0.4, 1, 0.3, 2]);

    [Differentiable]
    internal static double Elsewhere(Spring spring, double x)
    {
        for (int i = 0; i < 3; i++)
        {
            spring.Stiffness += x * spring[i % 2];
            spring[1] = spring.Stiffness * 0.1;
        }

        return spring.Stiffness * spring.Next!.Chained + spring.Weights[0];
    }

    [Fact]
    public static void Patterns() => Of(
        static (m, x) => Matched(m, x), static (m, x, dm, ref dx, s) => MatchedBackward(m, x, dm, ref dx, s), [0.5, 0.7, 1.3, 1, 0.6, 0.8], [0.02, 0.2, 0.4, 1, 0.3, 2], [0.5, 0.7, 1.3, 1], [0.5, 0.7, -1.3, 1]);

    [Differentiable]
    internal static double Matched(Spring spring, double x)
    {
        double y = spring is { Rest: > 1, Stiffness: var k, Weights.Length: > 2 } ? k * x : spring is { Rest: < 0 } ? x * x * x : x * spring.Rest;
        if (spring.Next is { } next)
        {
            return y * next.Rest * spring.Rest;
        }

        return spring switch
        {
            { Next: null, Rest: > 0 and var rest } => y * rest,
            _ => y * y,
        };
    }

    [Fact]
    public static void What_may_be_null() => Of(
        static (m, x) => Optional(m, x), static (m, x, dm, ref dx, s) => OptionalBackward(m, x, dm, ref dx, s), [0.5, 0.7, 1.3, 1, 0.6, 0.8], [0.5, 0.7, 1.3, 1]);

    [Differentiable]
    internal static double Optional(Spring spring, double x) => (spring.Next?.Rest ?? 2) * x + (spring.Next?.Stiffness ?? x) * spring.Rest;

    [Fact]
    public static void The_gradient_of_an_array_of_models_has_its_shape()
    {
        Spring shared = new();
        Spring[] springs = [shared, new() { Rest = 2 }, shared];
        (double value, (Spring[] springs, double x) gradient) = AllGradient(springs, 0.5);
        Assert.Equal(All(springs, 0.5), value);
        Assert.Same(gradient.springs[0], gradient.springs[2]);
        Assert.Equal(0.5 * 2, gradient.springs[0].Rest);
        Assert.Equal(0.5, gradient.springs[1].Rest);
        Assert.Equal(1.3 + 2 + 1.3, gradient.x, 1e-12);
        Assert.Null(SparseGradient([null, new()], 0.5).Gradient.springs[0]);
    }

    [Differentiable]
    internal static double All(Spring[] springs, double x)
    {
        double sum = 0;
        foreach (Spring spring in springs)
        {
            sum += spring.Rest * x;
        }

        return sum;
    }

    [Differentiable]
    internal static double Sparse(Spring?[] springs, double x) => springs[1]!.Rest * x;
}
