using System.Runtime.InteropServices;

namespace Backprop.Integration;

/// <summary>Methods of [Differentiable] classes, and classes as parameters: fields and properties of an object are storage, its gradient is such an object.</summary>
public static partial class ClassMembers
{
    [Differentiable]
    internal sealed partial class Model : IDifferentiable<Model>
    {
        public double A;
        public Vec Center;
        public double[] W = new double[3];
        public Vec[] Points = new Vec[2];

        [NoGradient]
        public double[] Mean = [1, 2, 3];

        public int Power = 2;
        private double secret;

        public double Rate { get; private set; }

        public double Twice => 2 * A;

        public static Model Of(ReadOnlySpan<double> x) => new() { A = x[0], Center = new(x[1], x[2]), W = [x[3], x[4], x[5]], Points = [new(x[6], x[7]), new(x[8], x[9])], secret = x[10], Rate = x[11] };

        public void CopyTo(Span<double> x)
        {
            double[] all = [A, Center.X, Center.Y, .. W, Points[0].X, Points[0].Y, Points[1].X, Points[1].Y, secret, Rate];
            all.CopyTo(x);
        }

        [Differentiable]
        public double Loss(ReadOnlySpan<double> x)
        {
            double sum = 0;
            for (int i = 0; i < W.Length; i++)
            {
                double e = W[i] * x[i] - Mean[i] + secret;
                sum += Math.Pow(e, Power) * Rate;
            }

            return sum * A + Center * Points[1] + Center.Norm * Points[0].X;
        }

        [Differentiable]
        public double Update(double step)
        {
            A *= step;
            Center.X += A * step;
            W[1] *= Center.X;
            Points[0] = step * Points[1];
            Points[1].Y = secret * W[1];
            secret = A * Rate;
            Rate += step;
            return secret * Center.Norm;
        }

        public Model ZerosLike() => new();

        public Model Clone() => throw new NotSupportedException();

        public void Clear() => throw new NotSupportedException();

        public void AddScaled(Model other, double scale) => throw new NotSupportedException();

        public IReadOnlyList<LeafInfo> DescribeLeaves() => throw new NotSupportedException();

        public void VisitLeaves<TVisitor>(ref TVisitor visitor)
            where TVisitor : ILeafVisitor, allows ref struct
        {
            visitor.Visit(MemoryMarshal.CreateSpan(ref A, 1));
            visitor.Visit(MemoryMarshal.Cast<Vec, double>(MemoryMarshal.CreateSpan(ref Center, 1)));
            visitor.Visit<double>(W);
            visitor.Visit(MemoryMarshal.Cast<Vec, double>(Points.AsSpan()));
            visitor.Visit(MemoryMarshal.CreateSpan(ref secret, 1));
        }

        public void VisitLeaves<TVisitor>(Model other, ref TVisitor visitor)
            where TVisitor : ILeafPairVisitor, allows ref struct
        {
            visitor.Visit(MemoryMarshal.CreateSpan(ref A, 1), MemoryMarshal.CreateSpan(ref other.A, 1));
            visitor.Visit(MemoryMarshal.Cast<Vec, double>(MemoryMarshal.CreateSpan(ref Center, 1)), MemoryMarshal.Cast<Vec, double>(MemoryMarshal.CreateSpan(ref other.Center, 1)));
            visitor.Visit<double>(W, other.W);
            visitor.Visit(MemoryMarshal.Cast<Vec, double>(Points.AsSpan()), MemoryMarshal.Cast<Vec, double>(other.Points.AsSpan()));
            visitor.Visit(MemoryMarshal.CreateSpan(ref secret, 1), MemoryMarshal.CreateSpan(ref other.secret, 1));
        }
    }

    private const int Size = 12;

    private static readonly double[] point = [1.5, 0.3, 0.7, 2, 3, 4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.1, 0.2, 0.4, 0.6];

    [Fact]
    public static void Fields_and_properties_of_this() => Check.Gradient(
        x => Model.Of(x).Loss(x.AsSpan(Size)),
        (x, d, s) =>
        {
            Model gradient = Model.Of(d);
            double value = Model.Of(x).LossBackward(x.AsSpan(Size), gradient, d.AsSpan(Size), s);
            gradient.CopyTo(d);
            Assert.Equal([1, 2, 3], gradient.Mean);
            return value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        point);

    [Fact]
    public static void A_method_that_changes_its_object()
    {
        double[] left = [.. point.Take(Size)], leftBehind = [.. left], noGradient = new double[Size];
        double value = Updated(left, 0.2), dStep = 0;
        Model updated = Model.Of(leftBehind);
        Assert.Equal(value, updated.UpdateBackward(0.2, Model.Of(noGradient), ref dStep));
        updated.CopyTo(leftBehind);
        Assert.Equal(left, leftBehind);

        // What the object is left with counts by weights.
        Check.Gradient(
            x =>
            {
                double[] a = [.. x.Take(Size)];
                return Updated(a, x[Size]) + a.Select((v, i) => v * Math.Cos(i)).Sum();
            },
            (x, d, s) =>
            {
                Model model = Model.Of(x), gradient = Model.Of([.. Enumerable.Range(0, Size).Select(i => s * Math.Cos(i))]);
                double[] a = new double[Size], da = new double[Size];
                double result = model.UpdateBackward(x[Size], gradient, ref d[Size], s);
                model.CopyTo(a);
                gradient.CopyTo(da);
                for (int i = 0; i < Size; i++)
                {
                    d[i] += da[i];
                }

                return result + a.Select((v, i) => v * Math.Cos(i)).Sum();
            },
            1e-6,
            Check.Heap.UsedByTest,
            [.. point.Take(Size + 1)]);
    }

    private static double Updated(double[] x, double step)
    {
        Model model = Model.Of(x);
        double value = model.Update(step);
        model.CopyTo(x);
        return value;
    }

    [Fact]
    public static void An_object_as_parameter() => Check.Gradient(
        x => Distance(Model.Of(x), x[Size]),
        (x, d, s) =>
        {
            Model gradient = Model.Of(d);
            double value = DistanceBackward(Model.Of(x), x[Size], gradient, ref d[Size], s);
            gradient.CopyTo(d);
            return value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        [.. point.Take(Size + 1)]);

    [Differentiable]
    internal static double Distance(Model model, double a)
    {
        Vec moved = model.Center + a * model.Points[0];
        double sum = model.Rate;
        foreach (Vec p in model.Points)
        {
            sum += (p - moved).Norm * model.W[1];
        }

        return sum * model.A;
    }
}
