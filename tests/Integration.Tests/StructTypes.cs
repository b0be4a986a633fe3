using System.Runtime.InteropServices;

namespace Backprop.Integration;

/// <summary>Structs laid over a vector of numbers.</summary>
internal static class Laid
{
    /// <summary>The first struct at a place of the vector.</summary>
    internal static ref T On<T>(double[] x, int start = 0)
        where T : struct => ref MemoryMarshal.Cast<double, T>(x.AsSpan(start))[0];

    /// <summary>As many structs as the vector holds.</summary>
    internal static Span<T> All<T>(double[] x, int start = 0)
        where T : struct => MemoryMarshal.Cast<double, T>(x.AsSpan(start));
}

/// <summary>Fields, open to everybody.</summary>
internal struct Vec
{
    public double X, Y;

    public Vec(double x, double y)
    {
        X = x;
        Y = y;
    }

    /// <summary>Chained.</summary>
    public Vec(double both)
        : this(both, both * both)
    {
        X += 1;
    }

    public static Vec One { get; } = new(1, 1);

    public static readonly Vec Unit = new(1, 0.5);

    public static Vec Zero => default;

    public readonly double Norm => Math.Sqrt(X * X + Y * Y);

    public double Angle
    {
        readonly get => Math.Atan2(Y, X);
        set
        {
            double norm = Norm;
            X = norm * Math.Cos(value);
            Y = norm * Math.Sin(value);
        }
    }

    public double this[int i]
    {
        readonly get => i == 0 ? X : Y;
        set
        {
            if (i == 0)
            {
                X = value;
            }
            else
            {
                Y = value;
            }
        }
    }

    public static Vec operator +(Vec a, Vec b) => new(a.X + b.X, a.Y + b.Y);

    public static Vec operator -(Vec a, Vec b) => new(a.X - b.X, a.Y - b.Y);

    public static Vec operator -(Vec a) => new(-a.X, -a.Y);

    public static Vec operator *(double s, Vec a) => new(s * a.X, s * a.Y);

    public static Vec operator *(Vec a, double s) => s * a;

    public static double operator *(Vec a, Vec b) => a.X * b.X + a.Y * b.Y;

    public static Vec operator ++(Vec a) => new(a.X + 1, a.Y + 1);

    public static bool operator <(Vec a, Vec b) => a.Norm < b.Norm;

    public static bool operator >(Vec a, Vec b) => a.Norm > b.Norm;

    public static bool operator true(Vec a) => a.X > 0;

    public static bool operator false(Vec a) => a.X <= 0;

    public static implicit operator Vec(double x) => new(x, 0);

    public static implicit operator Vec((double X, double Y) pair) => new(pair.X, pair.Y);

    public static explicit operator double(Vec a) => a.Norm;

    public readonly void Deconstruct(out double x, out double y)
    {
        x = X;
        y = 2 * Y;
    }
}

/// <summary>Positional.</summary>
internal record struct Point(double X, double Y)
{
    public readonly double Square => X * X + Y * Y;
}

/// <summary>Not positional; one property can only be initialized.</summary>
internal record struct Named
{
    public double First { get; init; }

    public double Second { get; set; }
}

internal readonly record struct Ray(Point Origin, Point Direction)
{
    public Point At(double t) => new(Origin.X + t * Direction.X, Origin.Y + t * Direction.Y);

    public Point Tip => new(Origin.X + Direction.X, Origin.Y + Direction.Y);
}

/// <summary>Nothing is settable from outside.</summary>
internal readonly struct Interval
{
    private readonly double low;
    private readonly double width;

    public Interval(double low, double high)
    {
        this.low = low;
        width = high - low;
    }

    public double Low => low;

    public double High => low + width;

    public double Middle => low + width / 2;
}

internal readonly struct Primary(double scale, double shift)
{
    public double Scale { get; } = scale * 2;

    public double Shift { get; } = shift + scale;

    public double Apply(double x) => Scale * x + Shift;

    // Parameters of a member hide those of the constructor.
    public void Deconstruct(out double scale, out double shift)
    {
        scale = Scale;
        shift = Shift;
    }

    public double this[double scale] => Scale * scale + Shift;
}

/// <summary>Fields and properties with initial values; an empty constructor.</summary>
internal struct Started
{
    public double A = 2;

    public Started()
    {
    }

    public double B { get; set; } = 3;

    public readonly Started Self => this;

    public readonly double Bent
    {
        get
        {
            if (A is var a && a > 1)
            {
                return a * a + B;
            }

            (double x, double y) = (A, A * 2);
            return x * y * B;
        }
    }
}

internal struct Segment
{
    public Vec From, To;

    public readonly Vec Along => To - From;

    public readonly double Length => Along.Norm;
}

internal enum Kind { Plain, Squared }

/// <summary>Numbers among what carries no derivative.</summary>
internal struct Tagged
{
    public int Count;
    public double Value;
    public Kind Kind;
    public string? Name;
    public bool IsOn;
    public float Single;
}

internal struct @struct
{
    public double @class, @int;
}

internal readonly record struct Pair<T>(T First, T Second)
{
    public T Larger(bool first) => first ? First : Second;

    public T Swapped => Second;
}

internal struct Dual<T>
    where T : struct
{
    public T Value;
    public T Slope;

    public Dual(T value, T slope)
    {
        Value = value;
        Slope = slope;
    }

    public readonly T Either => Value;

    public static Dual<T> operator ~(Dual<T> a) => new(a.Slope, a.Value);
}

/// <summary>One number is no parameter.</summary>
internal struct Scaled
{
    public double Value;

    [NoGradient]
    public double Scale;

    public readonly double Product => Value * Scale;
}

/// <summary>Accessors of which the compiler writes one.</summary>
internal struct HalfWritten
{
    public double X
    {
        get => field * 2;
        set => field = value + 1;
    }

    public double Y
    {
        get;
        set => field = value * value;
    }
}

/// <summary>Constructors with statements of every kind.</summary>
internal struct Checked
{
    private double _sum, m_product;

    public double Last;

    public Checked(double a, double b)
    {
        if (a > 100)
        {
            throw new ArgumentException($"{a} is too large");
        }

        this = default;
        _sum = a;
        m_product = b;
        for (int i = 0; i < 3; i++)
        {
            Last += a * i;
        }
    }

    public Checked(double a)
        : this()
        => (_sum, Last) = (a, a * a);

    public readonly double Total
    {
        get
        {
            double total = 0;
            for (int i = 0; i < 3; i++)
            {
                if (i == 1)
                {
                    continue;
                }

                total += _sum * m_product;
                if (total > 10)
                {
                    return total;
                }
            }

            return total + Last;
        }
    }
}
