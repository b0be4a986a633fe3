namespace Backprop.Integration;

/// <summary>Types that only the user's own class may name, of which a value is kept for the pullback.</summary>
public static partial class HiddenTypes
{
    private enum Mode { Square, Sine }

    private readonly record struct Steps(int First, int Count);

    private sealed class Settings
    {
        public int Rounds { get; init; } = 2;
    }

    [Fact]
    public static void An_enum() => Check.Gradient(x => Calls(x[0], x[1]), (x, d, s) => CallsBackward(x[0], x[1], ref d[0], ref d[1], s), [0.7, 1.2], [-1, 0.3]);

    [Fact]
    public static void A_struct_and_a_class() => Check.Gradient(x => Twice(x[0], x[1]), (x, d, s) => TwiceBackward(x[0], x[1], ref d[0], ref d[1], s), [0.7, 0.2]);

    [Fact]
    public static void A_struct_as_a_receiver()
        => Check.Slope(x => Paired(x[0], x[1]), (x, d, s) => PairedBackward(x[0], x[1], ref d[0], ref d[1], s), [0.5, 1.25], 2 * (((2 * 0.5 + 1) * 1.25) + 1), 2 * 0.5 * 1.5);

    [Differentiable]
    internal static double Calls(double x, double y) => OfEnum(x, 3) * OfEnum(y, 1);

    [Differentiable]
    private static double OfEnum(double x, int n)
    {
        Mode mode = Pick(n);
        double y = Math.Exp(x);
        switch (mode)
        {
            case Mode.Square: y *= y; break;
            default: y = Math.Sin(y); break;
        }

        return y;
    }

    [Differentiable]
    internal static double Twice(double x, double y) => Kept(x, 1) + Kept(y, 2);

    [Differentiable]
    private static double Kept(double x, int n)
    {
        Steps steps = Of(n);
        Settings settings = Make();
        double y = Math.Exp(x);
        for (int i = steps.First; i < steps.Count + settings.Rounds; i++)
        {
            y = Math.Sin(y * steps.Count);
        }

        return steps.Count > 1 && settings.Rounds == 2 ? y * y : y;
    }

    [Differentiable]
    internal static double Paired(double x, double z) => Receiver(new Pair { X = new Inner { X = (float)x }, Z = z });

    [Differentiable]
    private static double Receiver(Pair pair)
    {
        Pair made = pair.X.Of(2, out float r);
        return ((made.Z + 1) * r * pair.Z) + r;
    }

    private partial struct Inner
    {
        public float X;

        [Differentiable]
        public readonly Pair Of(int x, out float r)
        {
            r = x * X;
            return new Pair { Z = X };
        }
    }

    private struct Pair
    {
        public Inner X;
        public double Z;
    }

    private static Mode Pick(int n) => n > 2 ? Mode.Square : Mode.Sine;

    private static Steps Of(int n) => new(n - 1, n);

    private static readonly Settings usual = new();

    private static Settings Make() => usual;
}
