namespace Backprop.Integration.Calls;

/// <summary>Other names of a receiver's field and of an object in an array; found by random programs.</summary>
public static partial class FoundNames
{
    internal partial struct Pair(double x, double y)
    {
        public double X = x;
        public double Y = y;

        [Differentiable]
        public double Raised(double by)
        {
            ref double name = ref X;
            name += 0.5 * name * by;
            return name + Y;
        }
    }

    [Fact]
    public static void A_method_writes_its_struct_by_another_name() => Check.Gradient(x => Twice(x[0], x[1]), (x, d, s) => TwiceBackward(x[0], x[1], ref d[0], ref d[1], s), [0.7, 1.2], [-0.4, 0.3]);

    [Differentiable]
    internal static double Twice(double x, double y)
    {
        Pair pair = new(x, y);
        double first = pair.Raised(y);
        return first * pair.Raised(first) + pair.X;
    }

    [Differentiable]
    internal partial class Layer
    {
        public double B;
    }

    [Differentiable]
    internal sealed partial class Dense : Layer
    {
        public double S;
    }

    [Fact]
    public static void An_object_of_an_array_by_the_name_of_its_base() => Check.Gradient(
        x => Named([Of(x)], x[0]),
        (x, d, s) =>
        {
            Dense[] gradient = [new()];
            double value = NamedBackward([Of(x)], x[0], gradient, ref d[0], s);
            d[1] += gradient[0].B;
            d[2] += gradient[0].S;
            return value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        [0.7, 1.2, 0.4],
        [-0.4, 0.3, -2]);

    [Differentiable]
    internal static double Named(Dense[] layers, double x)
    {
        Layer name = layers[0];
        layers[0].S -= name.B * x;
        name.B *= x;
        return name.B * layers[0].S;
    }

    private static Dense Of(double[] x) => new() { B = x[1], S = x[2] };
}
