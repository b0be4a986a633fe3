using Backprop;
using Backprop.Integration;

/// <summary>Outside every namespace.</summary>
public static partial class GlobalMethods
{
    [Fact]
    public static void In_the_global_namespace() => Check.Gradient(x => Cube(x[0]), (x, d, s) => CubeBackward(x[0], ref d[0], s), [1.5]);

    [Differentiable]
    internal static double Cube(double a) => a * a * a;
}

namespace Backprop.Integration
{
    /// <summary>Where emitted members stand, and what they and their variables are called.</summary>
    public static partial class Emitted
    {
        [Fact]
        public static void In_nested_types_of_every_kind()
        {
            Check.Gradient(x => Class.Square(x[0]), (x, d, s) => Class.SquareBackward(x[0], ref d[0], s), [1.5]);
            Check.Gradient(x => Class.Struct.Square(x[0]), (x, d, s) => Class.Struct.SquareBackward(x[0], ref d[0], s), [1.5]);
            Check.Gradient(x => Record.Square(x[0]), (x, d, s) => Record.SquareBackward(x[0], ref d[0], s), [1.5]);
            Check.Gradient(x => RecordStruct.Square(x[0]), (x, d, s) => RecordStruct.SquareBackward(x[0], ref d[0], s), [1.5]);
            Check.Gradient(x => IFace.Square(x[0]), (x, d, s) => IFace.SquareBackward(x[0], ref d[0], s), [1.5]);
        }

        internal partial class Class
        {
            [Differentiable]
            internal static double Square(double a) => a * a;

            internal readonly partial struct Struct
            {
                [Differentiable]
                internal static double Square(double a) => a * a;
            }
        }

        internal sealed partial record Record(int N)
        {
            [Differentiable]
            internal static double Square(double a) => a * a;
        }

        internal partial record struct RecordStruct(int N)
        {
            [Differentiable]
            internal static double Square(double a) => a * a;
        }

        internal partial interface IFace
        {
            [Differentiable]
            internal static double Square(double a) => a * a;
        }

        [Fact]
        public static void In_generic_types()
        {
            Check.Gradient(x => Box<string>.Inner<int>.Scale(x[0], "abc"), (x, d, s) => Box<string>.Inner<int>.ScaleBackward(x[0], "abc", ref d[0], s), [1.5]);
        }

        internal static partial class Box<T>
            where T : class
        {
            internal static partial class Inner<TItem>
                where TItem : struct
            {
                [Differentiable]
                internal static double Scale(double a, [NoGradient] T item) => item is null ? a : a * a;
            }
        }

        [Fact]
        public static void Keywords_as_names()
            => Check.Gradient(x => @class.@while(x[0], x[1]), (x, d, s) => @class.whileBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2]);

        internal static partial class @class
        {
            [Differentiable]
            internal static double @while(double @if, double @double)
            {
                double @for = @if * @double, @return = @for * @for;
                for (int @in = 0; @in < 2; @in++)
                {
                    @return += @for * @in;
                }

                return @return;
            }
        }

        [Fact]
        public static void Names_that_emitted_code_would_like_for_itself()
            => Check.Gradient(x => Taken(x[0], x[1], x[2]), (x, d, s) => TakenBackward(x[0], x[1], x[2], ref d[0], ref d[1], ref d[2], s), [1.5, 2, 0.3]);

        [Differentiable]
        internal static double Taken(double x, double dx, double seed)
        {
            double value = x * dx, dseed = value * seed, dSeed = dseed + 1, residuals = Math.Sin(dSeed), dvalue = residuals;
            double da = dvalue * value, product = da, sum = product + dx, test = sum, recordedX = 1, dy = 0;
            int trips = 2, at = 1, length = 3, trip = 4, i1 = 5;
            bool returned = x > dx;
            for (int i = 0; i < trips; i++)
            {
                for (int buffer = 0; buffer < length; buffer++)
                {
                    recordedX = Math.Tanh(recordedX * test + dy);
                    dy += recordedX * at;
                }
            }

            return returned ? da : recordedX * dy + trip * i1 * sum;
        }

        [Fact]
        public static void Names_of_types_and_members_that_meet_the_emitted_ones()
            => Check.Gradient(x => Crowded.Loss(x), (x, d, s) => Crowded.LossBackward(x, d, s), [1.5, 2, 0.3]);

        internal static partial class Crowded
        {
            internal static double Math => 3;

            internal static int ResidualStore => 1;

            internal static int Require => 1;

            [Differentiable]
            internal static double Loss(ReadOnlySpan<double> x)
            {
                double y = 0.5;
                foreach (double v in x)
                {
                    y = double.Sin(y) * v;
                }

                return y * Math * ResidualStore * Require;
            }
        }

        [Fact]
        public static void Overloads()
        {
            Check.Gradient(x => Many(x[0]), (x, d, s) => ManyBackward(x[0], ref d[0], s), [1.5]);
            Check.Gradient(x => Many(x[0], x[1]), (x, d, s) => ManyBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2]);
            Check.Gradient(x => Many(x), (x, d, s) => ManyBackward(x, d, s), [1.5, 2]);
            Check.Gradient(x => Many(x[0], 3), (x, d, s) => ManyBackward(x[0], 3, ref d[0], s), [1.5]);
        }

        [Differentiable]
        internal static double Many(double a) => a * a;

        [Differentiable]
        internal static double Many(double a, double b) => a * b;

        [Differentiable]
        internal static double Many(double a, int n) => a * n;

        [Differentiable]
        internal static double Many(ReadOnlySpan<double> a) => a[0] * a[1] * a[1];

        [Fact]
        public static void Private_and_public_members()
        {
            Check.Gradient(x => Secret(x[0]), (x, d, s) => SecretBackward(x[0], ref d[0], s), [1.5]);
            Assert.True(typeof(Emitted).GetMethod(nameof(SecretBackward), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.IsPrivate);
            Assert.NotNull(typeof(Parameters).GetMethod(nameof(Parameters.LossBackward)));
        }

        [Differentiable]
        private static double Secret(double a) => a * a;

        [Fact]
        public static void A_name_that_means_something_else_where_the_method_stands()
        {
            double[] weights = [2, 3];
            Check.Gradient(x => Shadow(x[0], weights), (x, d, s) => ShadowBackward(x[0], weights, ref d[0], s), [1.5]);
        }

        [Differentiable]
        internal static double Shadow(double Span, [NoGradient] ReadOnlySpan<double> System)
        {
            double Backprop = Span * System[0];
            double global = Backprop * Backprop;
            return global + System[1] * Span;
        }
    }
}
