namespace Backprop.Integration;

/// <summary>Methods of structs and classes.</summary>
public static partial class InstanceMethods
{
    internal partial struct Ball
    {
        public double Radius, Mass;

        [Differentiable]
        public readonly double Inertia(double turn) => 0.4 * Mass * Radius * Radius * turn;

        /// <summary>Writes the struct.</summary>
        [Differentiable]
        public double Grow(double by)
        {
            Radius *= by;
            if (Radius > 5)
            {
                return Mass;
            }

            this.Mass += Radius;
            return Mass * by;
        }

        [Differentiable]
        public void Reset(double a)
        {
            this = new Ball { Radius = a * Mass, Mass = Radius };
        }

        [Differentiable]
        public readonly Ball Scaled(double a) => this with { Radius = Radius * a };
    }

    [Fact]
    public static void Readonly() => Check.Gradient(x => Laid.On<Ball>(x).Inertia(x[2]), (x, d, s) => Laid.On<Ball>(x).InertiaBackward(x[2], ref Laid.On<Ball>(d), ref d[2], s), [1, 2, 3]);

    [Fact]
    public static void Mutating() => Check.InPlace(x => Laid.On<Ball>(x).Grow(x[2]), (x, d, s) => Laid.On<Ball>(x).GrowBackward(x[2], ref Laid.On<Ball>(d), ref d[2], s), [1, 2, 3], [2, 2, 3]);

    [Fact]
    public static void Assigning_this() => Check.InPlace(x => Laid.On<Ball>(x).Reset(x[2]), (x, d) => Laid.On<Ball>(x).ResetBackward(x[2], ref Laid.On<Ball>(d), ref d[2]), [1, 2, 3]);

    [Fact]
    public static void A_struct_as_result() => Check.Gradient(
        x => Laid.On<Ball>(x).Scaled(x[2]).Radius,
        (x, d, s) => Laid.On<Ball>(x).ScaledBackward(x[2], ref Laid.On<Ball>(d), ref d[2], new Ball { Radius = s }).Radius,
        [1, 2, 3]);

    internal readonly partial record struct Gauss(double Mean, double Deviation)
    {
        private double Scaled(double x) => (x - Mean) / Deviation;

        private double Precision => 1 / (Deviation * Deviation);

        [Differentiable]
        public double LogDensity(double x) => -0.5 * (x - Mean) * (x - Mean) * Precision - Math.Log(Deviation);
    }

    [Fact]
    public static void Of_a_record() => Check.Gradient(x => Laid.On<Gauss>(x).LogDensity(x[2]), (x, d, s) => Laid.On<Gauss>(x).LogDensityBackward(x[2], ref Laid.On<Gauss>(d), ref d[2], s), [1, 2, 3]);

    internal partial struct Hidden
    {
        private double value;
        private readonly double rate;

        public Hidden(double value, double rate)
        {
            this.value = value;
            this.rate = rate;
        }

        [Differentiable]
        public double Next(double x)
        {
            value += rate * x * value;
            return value * x;
        }

        [Differentiable]
        public readonly double Look(double x) => value * rate * x;
    }

    [Fact]
    public static void Private_fields() => Check.Gradient(x => Laid.On<Hidden>(x).Look(x[2]), (x, d, s) => Laid.On<Hidden>(x).LookBackward(x[2], ref Laid.On<Hidden>(d), ref d[2], s), [1, 2, 3]);

    [Fact]
    public static void Private_fields_that_change() => Check.InPlace(x => Laid.On<Hidden>(x).Next(x[2]), (x, d, s) => Laid.On<Hidden>(x).NextBackward(x[2], ref Laid.On<Hidden>(d), ref d[2], s), [1, 2, 3]);

    /// <summary>No floating-point content.</summary>
    internal sealed partial class Plain(int power)
    {
        private readonly int power = power;

        [Differentiable]
        public double Power(double x)
        {
            double y = 1;
            for (int i = 0; i < power; i++)
            {
                y *= x;
            }

            return y;
        }
    }

    [Fact]
    public static void Of_a_class_without_numbers()
    {
        Plain cube = new(3);
        Check.Gradient(x => cube.Power(x[0]), (x, d, s) => cube.PowerBackward(x[0], ref d[0], s), [2], [-1.5]);
    }
}
