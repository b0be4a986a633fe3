using System.Reflection;

namespace Backprop.Integration;

/// <summary>What an expression has read stays what it was, whatever runs after it in the same statement: accessors that write their struct above all.</summary>
public static partial class EvaluationOrder
{
    private delegate double SpanBackward(double[] x, Span<double> dx, double seed);

    public static TheoryData<string> Cases => [.. Methods.Select(static method => method.Name)];

    private static IEnumerable<MethodInfo> Methods => typeof(EvaluationOrder).GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
        .Where(static method => method.GetCustomAttribute<DifferentiableAttribute>() is not null && method.GetParameters() is [{ ParameterType: var type }] && type == typeof(double[]));

    [Theory]
    [MemberData(nameof(Cases))]
    public static void What_was_read_stays_what_it_was(string name)
    {
        MethodInfo method = Methods.Single(candidate => candidate.Name == name);
        var primal = method.CreateDelegate<Check.Primal>();
        SpanBackward backward = typeof(EvaluationOrder).GetMethod(name + "Backward", BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate<SpanBackward>();
        Check.Gradient(primal, (x, dx, seed) => backward(x, dx, seed), [0.7, 1.3, 0.4, 1.1], [1.2, 0.6, 1.5, 0.9]);
    }

    // Setters that do more than they say.
    internal partial struct Pair
    {
        public double X;
        public double Y;

        public Pair(double x, double y)
        {
            X = x;
            Y = y;
        }

        public Pair(double x)
        {
            Y = x;
            X = Flat = Y;
        }

        public double Flat
        {
            get => Y;
            set => Y = 1;
        }

        public double this[int i]
        {
            get => Y;
            set => Y = i;
        }

        public double Doubled
        {
            get => Y;
            set
            {
                Y = 2 * value;
                X += value;
            }
        }

        public double Area
        {
            get => X * Y;
            set
            {
                X = value;
                Y = value * value;
            }
        }

        public Pair Swapped
        {
            get => this;
            set
            {
                X = value.Y;
                Y = value.X;
            }
        }
    }

    // The parameter of a primary constructor is a variable of its own.
    internal partial struct Primary(double x)
    {
        public double A = x *= 2;
        public double B = x + (x = 3);
    }

    [Differentiable]
    internal static double ValueOfSetter(double[] x)
    {
        Pair p = new(x[0], x[1]);
        return p.Flat = p.Y;
    }

    [Differentiable]
    internal static double ValueOfIndexer(double[] x)
    {
        Pair p = new(x[0], x[1]);
        return (p[3] = p.Y) * p.Y;
    }

    [Differentiable]
    internal static double ValueOfSetterDeclared(double[] x)
    {
        Pair p = new(x[0], x[1]);
        double z = p.Flat = p.Y;
        return z * p.Y + p.X;
    }

    [Differentiable]
    internal static double PostfixOfProperty(double[] x)
    {
        Pair p = new(x[0], x[1]);
        double z = p.Doubled++;
        return z * p.Y + p.X;
    }

    [Differentiable]
    internal static double PrefixOfProperty(double[] x)
    {
        Pair p = new(x[0], x[1]);
        double z = ++p.Doubled;
        return z * p.Y + p.X;
    }

    [Differentiable]
    internal static double CompoundOverWriteOfPart(double[] x)
    {
        Pair p = new(x[0], x[1]);
        double z = p.Doubled += p.Y = x[2];
        return z * p.Y + p.X;
    }

    [Differentiable]
    internal static double CompoundOverItself(double[] x)
    {
        Pair p = new(x[0], x[1]);
        double z = p.Doubled *= p.Doubled = x[2];
        return z * p.Y + p.X;
    }

    [Differentiable]
    internal static double CompoundOverOtherProperty(double[] x)
    {
        Pair p = new(x[0], x[1]);
        p.Doubled += (p.Area = x[2]) * p.X;
        return p.Y + p.X;
    }

    [Differentiable]
    internal static double WholeThroughSetter(double[] x)
    {
        Pair p = new(x[0], x[1]);
        Pair q = p.Swapped = p;
        return q.X * p.X + q.Y * p.Y * p.Y;
    }

    [Differentiable]
    internal static double ChainOfProperties(double[] x)
    {
        Pair p = new(x[0], x[1]);
        double a = p.Doubled = p.Area = p.X = x[3];
        return a * p.X * p.Y * p.Y;
    }

    [Differentiable]
    internal static double ConstructorWithSetter(double[] x)
    {
        Pair p = new(x[1]);
        return p.X * p.Y * p.Y;
    }

    [Differentiable]
    internal static double PrimaryConstructor(double[] x)
    {
        double q = x[0];
        q *= x[1];
        Primary p = new(q);
        q += 1;
        return p.A * p.B * q;
    }

    [Differentiable]
    internal static double ProductWithSetter(double[] x)
    {
        Pair p = new(x[0], x[1]);
        return p.Y * (p.Flat = p.Y) + p.Y;
    }

    [Differentiable]
    internal static double ArgumentThatSets(double[] x)
    {
        Pair p = new(x[0], x[1]);
        return Three(p.Doubled = p.Y, p.Y, p.Doubled = p.Y) + p.X;
    }

    [Differentiable]
    internal static double LocalFunctionOfSetter(double[] x)
    {
        double Same(double a) => a;
        Pair p = new(x[0], x[1]);
        return Same(p.Flat = p.Y) + p.Y;
    }

    [Differentiable]
    internal static double ReferenceToStruct(double[] x)
    {
        Pair p = new(x[0], x[1]);
        ref Pair q = ref p;
        double z = q.Doubled = p.Y;
        return z * p.X;
    }

    [Differentiable]
    internal static double ElementsOfArray(double[] x)
    {
        Pair[] p = [new(x[0], x[1]), new(x[2], x[3])];
        int i = 0;
        double z = p[i].Doubled = p[i++].Y;
        p[i].Doubled += p[0].Doubled = x[0];
        return z * p[0].X * p[0].Y + p[1].X * p[1].Y;
    }

    [Differentiable]
    internal static double LoopOfSetters(double[] x)
    {
        double s = 0;
        Pair p = new(x[0], x[1]);
        for (int i = 0; i < 3; i++)
        {
            s += p.Doubled = p.Y * x[i];
        }

        return s * p.X;
    }

    [Differentiable]
    internal static double PatternOverSetter(double[] x)
    {
        Pair p = new(x[0], x[1]);
        return (p.Doubled = p.Y) switch { > 100 => p.X, var v => v * p.Y };
    }

    [Differentiable]
    internal static double TestThatSets(double[] x)
    {
        Pair p = new(x[0], x[1]);
        return p.X > 0 && (p.Doubled = p.Y) > 0 ? (p.Doubled = p.Y) * p.Y : p.X;
    }

    [Differentiable]
    internal static double Three(double a, double b, double c) => a + 10 * b * b + 100 * c;
}
