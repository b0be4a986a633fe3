namespace Backprop.Integration.Calls;

/// <summary>Calls that run one of several bodies: virtual, abstract and interface methods.</summary>
public static partial class Slots
{
    [Differentiable]
    internal abstract partial class Layer
    {
        [Differentiable]
        public abstract double Apply(double x);

        [Differentiable]
        public virtual double Bend(double x) => x * x;
    }

    [Differentiable]
    internal partial class Dense : Layer
    {
        public double[] W = [];

        [Differentiable]
        public override double Apply(double x)
        {
            double s = 0;
            foreach (double w in W)
            {
                s += Math.Sin(w * x);
            }

            return s + Bend(x);
        }
    }

    [Differentiable]
    internal sealed partial class Scale : Layer
    {
        public double S;

        [Differentiable]
        public override double Apply(double x) => S * x;

        /// <summary>A parameter of another name, and the base class's own method.</summary>
        [Differentiable]
        public override double Bend(double y) => y * S * base.Bend(y);
    }

    [Differentiable]
    internal sealed partial class Repeated : Dense
    {
        public double B;

        [Differentiable]
        public override double Apply(double x)
        {
            double y = base.Apply(x);
            for (int i = 0; i < 3; i++)
            {
                y = base.Apply(y) * B + Bend(y) * 0.1;
            }

            return y;
        }

        /// <summary>Derives from the class in which it stands.</summary>
        [Differentiable]
        internal sealed partial class Inner : Dense
        {
            [Differentiable]
            public override double Apply(double x) => Math.Exp(x * W[0]);
        }
    }

    [Differentiable]
    internal sealed partial class Net
    {
        public Layer[] Layers = [];

        [Differentiable]
        public double Loss(double x)
        {
            foreach (Layer layer in Layers)
            {
                x = layer.Apply(x) + layer.Bend(x) * 0.1;
            }

            return x;
        }
    }

    private static Net NetOf(double[] x) => new() { Layers = [new Dense { W = [x[1], x[2]] }, new Scale { S = x[3] }, new Repeated { W = [x[4]], B = x[5] }, new Repeated.Inner { W = [x[6]] }] };

    [Fact]
    public static void A_model_of_layers() => Check.Gradient(
        x => NetOf(x).Loss(x[0]),
        (x, d, s) =>
        {
            Net net = NetOf(x), gradient = net.ZerosLike();
            double value = net.LossBackward(x[0], gradient, ref d[0], s);
            double[] found = [((Dense)gradient.Layers[0]).W[0], ((Dense)gradient.Layers[0]).W[1], ((Scale)gradient.Layers[1]).S, ((Repeated)gradient.Layers[2]).W[0], ((Repeated)gradient.Layers[2]).B, ((Dense)gradient.Layers[3]).W[0]];
            for (int i = 0; i < found.Length; i++)
            {
                d[i + 1] += found[i];
            }

            return value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        [0.4, 0.3, -0.4, 0.7, 0.2, 0.5, -0.3],
        [-0.7, 0.9, 1.4, 0.5, -0.6, 0.2, 0.3]);

    [Differentiable]
    internal static double Named(Repeated own, double x)
    {
        Layer layer = own;
        Dense dense = own;
        return Bent(own, layer.Apply(x)) + Bent(layer, x) * dense.W[0] + Bent(dense, x) * own.B;
    }

    [Differentiable]
    internal static double Bent(Layer layer, double x) => layer.Bend(x) * layer.Apply(x);

    [Fact]
    public static void An_object_by_the_names_of_the_classes_from_which_its_own_derives() => Check.Gradient(
        x => Named(new() { W = [x[1]], B = x[2] }, x[0]),
        (x, d, s) =>
        {
            Repeated own = new() { W = [x[1]], B = x[2] }, gradient = (Repeated)own.ZerosLike();
            double value = NamedBackward(own, x[0], gradient, ref d[0], s);
            d[1] += gradient.W[0];
            d[2] += gradient.B;
            return value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        [0.4, 0.3, -0.4],
        [-0.7, 0.9, 1.4]);

    [Fact]
    public static void An_abstract_class_has_the_friendly_form()
    {
        Layer layer = new Scale { S = 3 };
        (double value, (Layer @this, double x) gradient) = layer.ApplyGradient(2);
        Assert.Equal((6.0, 3.0, 2.0), (value, gradient.x, ((Scale)gradient.@this).S));
    }

    [Fact]
    public static void The_gradient_must_be_of_the_same_class()
    {
        double d = 0;
        Layer layer = new Scale { S = 3 };
        ArgumentException wrong = Assert.Throws<ArgumentException>(() => layer.ApplyBackward(2, new Dense(), ref d));
        Assert.Equal("dThis", wrong.ParamName);
        ArgumentException same = Assert.Throws<ArgumentException>(() => layer.ApplyBackward(2, layer, ref d));
        Assert.Equal("dThis", same.ParamName);
    }

    internal partial interface IActivation
    {
        [Differentiable]
        double Apply(double x, double w = 2);

        [Differentiable]
        static abstract double Make(double x);
    }

    internal sealed partial class Soft : IActivation
    {
        [Differentiable]
        public double Apply(double x, double w)
        {
            double y = Math.Exp(x * w);
            return Math.Log(1 + y) * y;
        }

        [Differentiable]
        public static double Make(double x) => Math.Exp(x) * x;
    }

    internal readonly partial struct Power(int n) : IActivation
    {
        private readonly int n = n;

        [Differentiable]
        public double Apply(double x, double w)
        {
            double y = w;
            for (int i = 0; i < n; i++)
            {
                y *= x;
            }

            return y;
        }

        [Differentiable]
        public static double Make(double x) => x * x;
    }

    private static readonly IActivation[] Activations = [new Soft(), new Power(3)];

    [Fact]
    public static void Interfaces() => Check.Gradient(
        x => Activated(x[0], x[1], Activations), (x, d, s) => ActivatedBackward(x[0], x[1], Activations, ref d[0], ref d[1], s), [0.6, 0.7], [-0.4, 0.3]);

    [Differentiable]
    internal static double Activated(double a, double b, IActivation[] activations)
    {
        double y = a;
        foreach (IActivation activation in activations)
        {
            y += activation.Apply(y * b) * activation.Apply(w: a, x: b);
        }

        return y;
    }

    [Fact]
    public static void Type_parameters() => Check.Gradient(x => Generic(x[0], new Power(3)), (x, d, s) => GenericBackward(x[0], new Power(3), ref d[0], s), [1.2], [-0.4]);

    [Differentiable]
    internal static double Generic<TActivation>(double a, [NoGradient] TActivation f)
        where TActivation : struct, IActivation
        => f.Apply(a * a) * a;

    [Fact]
    public static void Static_members_of_type_parameters() => Check.Gradient(x => Both(x[0]), (x, d, s) => BothBackward(x[0], ref d[0], s), [1.2], [-0.4]);

    [Differentiable]
    internal static double Made<TActivation>(double a)
        where TActivation : IActivation
        => TActivation.Make(a * a) * a;

    [Differentiable]
    internal static double Both(double a) => Made<Power>(a) * Made<Soft>(a) + Power.Make(a);

    internal abstract partial class Filter
    {
        [Differentiable]
        public abstract void Run(Span<double> x, ref double scale);

        [Differentiable]
        protected internal virtual double Sum(double[] x)
        {
            double sum = 0;
            foreach (double item in x)
            {
                sum += item * item;
            }

            return sum;
        }
    }

    internal sealed partial class Running : Filter
    {
        [Differentiable]
        public override void Run(Span<double> x, ref double scale)
        {
            for (int i = 1; i < x.Length; i++)
            {
                x[i] = x[i] * x[i - 1];
                scale *= x[i];
            }
        }

        /// <summary>Writes what the other only reads.</summary>
        [Differentiable]
        protected internal override double Sum(double[] y)
        {
            double sum = 1;
            for (int i = 0; i < y.Length; i++)
            {
                y[i] *= sum;
                sum += y[i] * y[i];
            }

            return sum;
        }
    }

    [Fact]
    public static void Memory_that_one_of_them_writes()
    {
        Running filter = new();
        Check.Gradient(x => Filtered(x[0], x[1], filter), (x, d, s) => FilteredBackward(x[0], x[1], filter, ref d[0], ref d[1], s), 1e-6, Check.Heap.UsedByTest, [0.9, 0.7], [-0.4, 1.1]);
    }

    [Differentiable]
    internal static double Filtered(double a, double b, Filter filter)
    {
        double[] x = [a, b, a * b];
        double scale = b;
        filter.Run(x, ref scale);
        double y = filter.Sum(x) * scale;
        filter.Run(x, ref y);
        return y + filter.Sum(x) + x[1];
    }

    internal partial class Tree
    {
        [Differentiable]
        public virtual double Grow(double x, int depth) => depth == 0 ? Math.Sin(x) : Grow(x * 0.5, depth - 1) * Grow(x + 1, depth - 1);
    }

    internal sealed partial class Wide : Tree
    {
        [Differentiable]
        public override double Grow(double x, int depth) => base.Grow(x, depth) + x * depth;
    }

    /// <summary>Its loop needs nothing of the object but the method of the base class.</summary>
    internal sealed partial class Deep : Tree
    {
        [Differentiable]
        public override double Grow(double x, int depth)
        {
            double y = Math.Sin(x);
            for (int i = 0; i < depth; i++)
            {
                y = base.Grow(y, 1) + Math.Exp(-y);
            }

            return y;
        }
    }

    [Fact]
    public static void A_loop_that_calls_the_base_class()
    {
        Tree deep = new Deep();
        Check.Gradient(x => deep.Grow(x[0], 1), (x, d, s) => deep.GrowBackward(x[0], 1, ref d[0], s), [0.4]);
    }

    [Fact]
    public static void Recursion()
    {
        Tree tree = new(), wide = new Wide();
        Check.Gradient(x => tree.Grow(x[0], 3), (x, d, s) => tree.GrowBackward(x[0], 3, ref d[0], s), [0.4]);
        Check.Gradient(x => wide.Grow(x[0], 3), (x, d, s) => wide.GrowBackward(x[0], 3, ref d[0], s), [0.4]);
    }

    [Fact]
    public static void The_pullback_can_be_run_twice()
    {
        Tree wide = new Wide();
        double value = wide.GrowForward(0.4, 3, out ResidualMemory residuals);
        double once = 0, twice = 0;
        wide.GrowPullback(0.4, 3, in residuals, ref once);
        wide.GrowPullback(0.4, 3, in residuals, ref twice);
        wide.GrowPullback(0.4, 3, in residuals, ref twice);
        double direct = 0;
        Assert.Equal(wide.GrowBackward(0.4, 3, ref direct), value);
        Assert.Equal(direct, once, 12);
        Assert.Equal(2 * once, twice, 12);
    }
}
