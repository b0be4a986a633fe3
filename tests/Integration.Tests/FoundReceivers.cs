using System.Numerics;

namespace Backprop.Integration;

/// <summary>Found by GradFuzz.</summary>
public static partial class FoundReceivers
{
    internal partial struct Pair
    {
        public double X, Y;

        /// <summary>Its checks tell the struct from the variable, and have to name both.</summary>
        [Differentiable]
        public double Replace(double by, ref Pair other)
        {
            double y = other.Y;
            other = this;
            return Math.Sin(X * by) * y;
        }

        [Differentiable]
        public readonly double Area(double by) => X * Y * by;
    }

    [Fact]
    public static void A_struct_beside_a_reference_to_another()
    {
        Pair pair = new() { X = 1.5, Y = 2 }, other = new() { X = 0.5, Y = 3 }, dPair = default, dOther = default;
        double by = 0.5, dBy = 0;
        Assert.Equal(Math.Sin(0.75) * 3, pair.ReplaceBackward(by, ref other, ref dPair, ref dBy, ref dOther));
        Assert.Equal(1.5, other.X);
        Assert.Equal(Math.Cos(0.75) * 0.5 * 3, dPair.X, 1e-12);
        Assert.Equal(Math.Cos(0.75) * 1.5 * 3, dBy, 1e-12);
        Assert.Equal(Math.Sin(0.75), dOther.Y, 1e-12);
        Assert.Equal(0, dOther.X);
    }

    [Fact]
    public static void The_message_names_the_struct_and_the_reference()
    {
        Pair pair = new() { X = 1.5, Y = 2 }, dPair = default, dOther = default;
        double dBy = 0;
        string message = Assert.Throws<ArgumentException>(() => pair.ReplaceBackward(0.5, ref pair, ref dPair, ref dBy, ref dOther)).Message;
        Assert.Contains("'this'", message, StringComparison.Ordinal);
        Assert.Contains("'other'", message, StringComparison.Ordinal);
    }

    [Differentiable]
    internal static Pair Turned(double x, double y) => new() { X = x * y, Y = x + y * y };

    [Differentiable]
    internal static double Sum(Pair pair, double by, Pair other = default) => Math.Sin(pair.X) * pair.Y + by * other.X;

    [Differentiable]
    internal static double Area((double Width, double Height) size) => size.Width * size.Height * size.Height;

    [Differentiable]
    internal static (double Width, double Height) Size(double x, double y) => (x * y, Math.Exp(x) + y);

    [Differentiable]
    internal static Complex Root(double x, double y) => new(x * y, x - y);

    [Differentiable]
    internal static double HandedOn(double x, double y) => Sum(Turned(x, y), x);

    [Differentiable]
    internal static double CalledOn(double x, double y) => Turned(x, y).Area(y);

    [Differentiable]
    internal static double OfATuple(double x, double y) => Area(Size(x, y));

    [Differentiable]
    internal static double ToAPrimitive(double x, double y) => Complex.Abs(Complex.Exp(Root(x, y)));

    [Differentiable]
    internal static double InTurns(double x, double y)
    {
        double sum = 1;
        for (int i = 0; i < 3; i++)
        {
            sum += Sum(Turned(sum, y), Sum(i == 1 ? Turned(y, x) : Turned(x, x), x), Turned(x, sum));
        }

        return sum;
    }

    [Fact]
    public static void A_struct_that_a_call_gives_is_handed_on() => Check.Gradient(
        x => HandedOn(x[0], x[1]), (x, d, s) => HandedOnBackward(x[0], x[1], ref d[0], ref d[1], s), [0.7, 0.4], [-1.5, 2]);

    [Fact]
    public static void A_method_of_a_struct_that_a_call_gives() => Check.Gradient(
        x => CalledOn(x[0], x[1]), (x, d, s) => CalledOnBackward(x[0], x[1], ref d[0], ref d[1], s), [0.7, 0.4], [-1.5, 2]);

    [Fact]
    public static void A_tuple_that_a_call_gives_is_handed_on() => Check.Gradient(
        x => OfATuple(x[0], x[1]), (x, d, s) => OfATupleBackward(x[0], x[1], ref d[0], ref d[1], s), [0.7, 0.4], [-1.5, 2]);

    [Fact]
    public static void A_primitive_takes_what_a_call_gives() => Check.Gradient(
        x => ToAPrimitive(x[0], x[1]), (x, d, s) => ToAPrimitiveBackward(x[0], x[1], ref d[0], ref d[1], s), [0.7, 0.4], [-1.5, 2]);

    [Fact]
    public static void Calls_of_calls_in_a_loop() => Check.Gradient(
        x => InTurns(x[0], x[1]), (x, d, s) => InTurnsBackward(x[0], x[1], ref d[0], ref d[1], s), [0.7, 0.4], [-0.5, 0.2]);
}
