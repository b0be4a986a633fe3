namespace Backprop.Integration;

/// <summary>Properties that are declared in one part of a type and computed in another.</summary>
public static partial class PartialMembers
{
    internal partial struct Line
    {
        public double X;

        public partial double Doubled { get; set; }

        public partial double this[int i] { get; set; }

        public partial double Grown { get; }
    }

    internal partial struct Line
    {
        public partial double Doubled
        {
            get => X * 2;
            set => X = value * 3;
        }

        public partial double this[int i]
        {
            get => X + i;
            set => X = value * i;
        }

        public partial double Grown => X *= 2;
    }

    [Differentiable]
    internal sealed partial class Layer
    {
        public double X;

        public partial double Squared { get; set; }

        [Differentiable]
        public double Mixed(double k)
        {
            X *= k;
            Squared = Squared * k;
            return X + Squared;
        }
    }

    internal sealed partial class Layer
    {
        public partial double Squared
        {
            get => X * X;
            set => X = value * X;
        }
    }

    [Fact]
    public static void Of_a_struct()
        => Check.Gradient(x => Through(x[0], x[1]), (x, d, s) => ThroughBackward(x[0], x[1], ref d[0], ref d[1], s), [0.7, 1.3], [-0.4, 0.6]);

    [Differentiable]
    internal static double Through(double x, double y)
    {
        Line line = new() { X = x };
        line.Doubled = line.Doubled * y;
        double before = line.Doubled++;
        return (line.X * before) + (line[2] * (line[3] = line.X)) + line.X + (10 * line.Grown) + (100 * line.X);
    }

    [Fact]
    public static void Of_a_model()
    {
        Layer layer = new() { X = 0.7 }, dLayer = new() { X = 0.25 };
        double dk = 0;
        double expected = new Layer { X = 0.7 }.Mixed(1.3);
        Assert.Equal(expected, layer.MixedBackward(1.3, dLayer, ref dk));

        // X ends as (kx)²·k·kx = k⁴x³ and the result is that and its square.
        double left = Math.Pow(1.3, 4) * Math.Pow(0.7, 3), cotangent = 1 + (2 * left) + 0.25;
        Assert.Equal(left, layer.X, 1e-12);
        Assert.Equal(cotangent * 3 * left / 0.7, dLayer.X, 1e-12);
        Assert.Equal(cotangent * 4 * left / 1.3, dk, 1e-12);
    }
}
