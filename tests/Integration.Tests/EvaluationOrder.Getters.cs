namespace Backprop.Integration;

/// <summary>Getters that write their struct, and variables that are passed by reference to be read.</summary>
public static partial class EvaluationOrder
{
    internal partial struct Cell
    {
        public double X;
        public double Y;

        public Cell(double x, double y)
        {
            X = x;
            Y = y;
        }

        public double Popped
        {
            get
            {
                double before = X;
                X = 2 * X;
                return before;
            }
        }

        public double Scaled => X *= Y;

        public double PoppedTwice => Popped + Popped;

        [Differentiable]
        public double Grown(double by)
        {
            X *= by;
            return X + Y;
        }

        [Differentiable]
        public readonly double Times(double by) => X * by;

        public double this[int i]
        {
            get
            {
                Y += X;
                return X * i;
            }
        }

        public void Deconstruct(out double x, out double y)
        {
            x = Y;
            y = X;
            X = 7 * X;
        }
    }

    internal partial struct Outer
    {
        public readonly Cell Fixed;
        public Cell Free;

        public Outer(Cell cell)
        {
            Fixed = cell;
            Free = cell;
        }

        public double Both => Fixed.Popped + Free.Popped + Free.X;
    }

    [Differentiable]
    internal static double GetterThatWrites(double[] x)
    {
        Cell p = new(x[0], x[1]);
        return p.X + 10 * p.Popped + 100 * p.X;
    }

    [Differentiable]
    internal static double GetterThatLeadsToOne(double[] x)
    {
        Cell p = new(x[0], x[1]);
        return p.X + 10 * p.PoppedTwice + 100 * p.X;
    }

    [Differentiable]
    internal static double GetterThatScales(double[] x)
    {
        Cell p = new(x[0], x[1]);
        return p.X * p.Scaled * p.X;
    }

    [Differentiable]
    internal static double IndexerThatWrites(double[] x)
    {
        Cell p = new(x[0], x[1]);
        return p.Y + 10 * p[2] + 100 * p.Y;
    }

    [Differentiable]
    internal static double ArgumentThatWrites(double[] x)
    {
        Cell p = new(x[0], x[1]);
        return Three(p.X, p.Popped, p.X) + Math.Max(p.X, p.Popped);
    }

    [Differentiable]
    internal static double CompoundOverGetter(double[] x)
    {
        Cell p = new(x[0], x[1]);
        p.X += p.Popped;
        p.Y *= p[1];
        return p.X * p.Y;
    }

    [Differentiable]
    internal static double ListOfGetters(double[] x)
    {
        Cell p = new(x[0], x[1]);
        double[] w = [p.X, p.Popped, p.X];
        return w[0] + 10 * w[1] + 100 * w[2];
    }

    [Differentiable]
    internal static double TupleOfGetters(double[] x)
    {
        Cell p = new(x[0], x[1]);
        (double a, double b, double c) = (p.X, p.Popped, p.X);
        return a + 10 * b + 100 * c;
    }

    [Differentiable]
    internal static double ConstructorOfGetters(double[] x)
    {
        Cell p = new(x[0], x[1]);
        Cell q = new(p.X, p.Popped);
        return q.X + 10 * q.Y;
    }

    [Differentiable]
    internal static double LoopOfGetters(double[] x)
    {
        Cell p = new(x[0], x[1]);
        double s = 0;
        for (int i = 0; i < 3; i++)
        {
            s += p.X * p.Popped;
        }

        return s;
    }

    [Differentiable]
    internal static double BranchOfGetters(double[] x)
    {
        Cell p = new(x[0], x[1]);
        return p.X + 10 * (p.Popped > 0 ? p.X : p.Y);
    }

    [Differentiable]
    internal static double DeconstructThatWrites(double[] x)
    {
        Cell p = new(x[0], x[1]);
        (double a, double b) = p;
        return a * b * p.X;
    }

    [Differentiable]
    internal static double ReadonlyPart(double[] x)
    {
        Outer h = new(new(x[0], x[1]));
        return h.Fixed.Popped + 10 * h.Fixed.X + 100 * h.Free.Popped + 1000 * h.Free.X + h.Both;
    }

    [Differentiable]
    internal static double IterationVariable(double[] x)
    {
        Cell[] cells = [new(x[0], x[1]), new(x[2], x[3])];
        double s = 0;
        foreach (Cell c in cells)
        {
            s += c.Popped + 10 * c.X * c.X;
        }

        return s + cells[0].X;
    }

    [Differentiable]
    internal static double ReadonlyReference(double[] x)
    {
        Cell p = new(x[0], x[1]);
        ref readonly Cell r = ref p;
        return r.Popped + 10 * p.X * r.X;
    }

    [Differentiable]
    internal static double SeenAfterWrite(double[] x)
    {
        double a = x[0];
        return Seen(in a, a = x[1]);
    }

    [Differentiable]
    internal static double SeenPartAfterWrite(double[] x)
    {
        Cell p = new(x[0], x[1]);
        return SeenCell(in p, p.X = x[2]);
    }

    [Differentiable]
    internal static double ReceiverAfterWrite(double[] x)
    {
        Cell p = new(x[0], x[1]);
        return p.Times(p.Grown(x[2])) * p.X + p.Times(p.Popped);
    }

    [Differentiable]
    internal static double SeenElementAfterWrite(double[] x)
    {
        double[] w = [x[0]];
        return Seen(w[0], w[0] = x[1]) * Seen(w[0], w[0]);
    }

    [Differentiable]
    internal static double Seen(in double a, double b) => a + 10 * b * b;

    [Differentiable]
    internal static double SeenCell(in Cell a, double b) => a.X + 10 * b * b;
}
