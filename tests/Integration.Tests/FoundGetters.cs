namespace Backprop.Integration;

/// <summary>Found by GradFuzz.</summary>
public static partial class FoundGetters
{
    private static readonly double[][] points = [[0.7, 1.2, 3], [2.5, -0.3, 0.4], [-1.1, 0.6, 0.9]];

    internal partial struct Pair
    {
        public double X, Y;

        public Pair(double x, double y) => (X, Y) = (x, y);

        /// <summary>The second use declares the reference anew, in the side that an early return leaves.</summary>
        public readonly double Later
        {
            get
            {
                if (Y > 1)
                {
                    return Y * X;
                }

                ref readonly double x = ref X;
                return Math.Sin(x) * x;
            }
        }

        public double Earlier
        {
            get
            {
                if (Y > 1)
                {
                    return Y;
                }

                ref double x = ref X;
                x *= 2;
                return x * X;
            }
        }

        private readonly double Part => X / 1.5;

        public readonly double Level => Part > 1 ? Part : Part;

        public readonly double Settled
        {
            get
            {
                double y = Level;
                for (int i = 0; i < 3; i++)
                {
                    y = Level;
                }

                return y;
            }
        }
    }

    [Differentiable]
    internal static double Twice(double x) => x * x;

    [Differentiable]
    internal static double OfElement(Pair[] a, double y) => new Pair(a[0].Later, y).Later * a[1].Later;

    [Differentiable]
    internal static double OfChanged(Pair[] a, double y)
    {
        Pair own = new(a[0].Earlier, y);
        ref Pair same = ref own;
        return own.Earlier * same.Earlier + own.X * a[0].X;
    }

    /// <summary>The branch is seen to choose nothing when it is known that the call writes nothing.</summary>
    [Differentiable]
    internal static double OfNoChoice(Pair[] a, double y) => Twice(a[0].Level) * y;

    [Differentiable]
    internal static double OfNoLoop(Pair[] a, double y) => Twice(a[0].Settled) * Twice(a[1].Settled * y);

    [Differentiable]
    internal static double OfNoChoiceInALoop(Pair[] a, double y)
    {
        for (int i = 0; i < 3; i++)
        {
            y += Twice(a[i % 2].Level) + Twice(a[1].Settled) * y;
        }

        return y;
    }

    private delegate double Backward(Pair[] a, double y, Pair[] da, ref double dy, double seed);

    [Fact]
    public static void A_reference_to_a_field_of_an_element_and_of_a_variable()
        => Equal(static (a, y) => OfElement(a, y), static (Pair[] a, double y, Pair[] da, ref double dy, double s) => OfElementBackward(a, y, da, ref dy, s));

    [Fact]
    public static void A_reference_through_which_a_getter_writes()
        => Equal(static (a, y) => OfChanged(a, y), static (Pair[] a, double y, Pair[] da, ref double dy, double s) => OfChangedBackward(a, y, da, ref dy, s));

    [Fact]
    public static void A_branch_with_two_equal_sides()
        => Equal(static (a, y) => OfNoChoice(a, y), static (Pair[] a, double y, Pair[] da, ref double dy, double s) => OfNoChoiceBackward(a, y, da, ref dy, s));

    [Fact]
    public static void A_loop_that_always_gives_the_same()
        => Equal(static (a, y) => OfNoLoop(a, y), static (Pair[] a, double y, Pair[] da, ref double dy, double s) => OfNoLoopBackward(a, y, da, ref dy, s));

    [Fact]
    public static void Such_a_branch_and_loop_in_a_loop()
        => Equal(static (a, y) => OfNoChoiceInALoop(a, y), static (Pair[] a, double y, Pair[] da, ref double dy, double s) => OfNoChoiceInALoopBackward(a, y, da, ref dy, s));

    /// <summary>A point is two numbers of a first pair, and one that is both of a second one's and the other argument.</summary>
    private static void Equal(Func<Pair[], double, double> primal, Backward backward) => Check.Gradient(
        x => primal([new(x[0], x[1]), new(x[2], x[2])], x[2]),
        (x, d, s) =>
        {
            Pair[] a = [new(x[0], x[1]), new(x[2], x[2])], da = new Pair[2];
            double dy = 0;
            double value = backward(a, x[2], da, ref dy, s);
            d[0] += da[0].X;
            d[1] += da[0].Y;
            d[2] += da[1].X + da[1].Y + dy;
            return value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        points);
}
