using System.Numerics;

namespace Backprop.Integration;

/// <summary>Complex numbers: two real numbers each, in values and gradients alike.</summary>
public static partial class ComplexNumbers
{
    private static void Run(Func<Complex, Complex, double> primal, Pull backward, params double[][] points) => Check.Gradient(
        x => primal(new Complex(x[0], x[1]), new Complex(x[2], x[3])),
        (x, d, seed) =>
        {
            Complex da = new(d[0], d[1]), db = new(d[2], d[3]);
            double value = backward(new Complex(x[0], x[1]), new Complex(x[2], x[3]), ref da, ref db, seed);
            (d[0], d[1], d[2], d[3]) = (da.Real, da.Imaginary, db.Real, db.Imaginary);
            return value;
        },
        points);

    private delegate double Pull(Complex a, Complex b, ref Complex da, ref Complex db, double seed);

    [Fact]
    public static void Arithmetic() => Run(Sums, SumsBackward, [1.2, 0.4, -0.3, 0.8], [0.5, -2, 1.1, 0.3]);

    [Differentiable]
    internal static double Sums(Complex a, Complex b)
    {
        Complex c = a * b + a / b - 2 * b + a * 0.5 - 1.0;
        c += Complex.Conjugate(a) + 3 / b;
        c *= Complex.ImaginaryOne;
        Complex d = a.Real;
        d = -d + c.Imaginary * a;
        return (c * d).Real + Complex.Abs(c) * a.Phase + d.Magnitude;
    }

    [Fact]
    public static void Functions() => Run(Mapped, MappedBackward, [0.6, 0.4, -0.3, 0.8], [0.5, -0.7, 0.9, 0.3]);

    [Differentiable]
    internal static double Mapped(Complex a, Complex b)
    {
        Complex c = Complex.Exp(a) + Complex.Log(b) + Complex.Sqrt(a) * Complex.Sin(b) + Complex.Cos(a) - Complex.Tan(b);
        Complex d = Complex.Sinh(a) * Complex.Cosh(b) + Complex.Tanh(a) + Complex.Asin(a) + Complex.Acos(b) + Complex.Atan(a) + Complex.Reciprocal(b);
        Complex e = Complex.Pow(a, b) + Complex.Pow(b, 3.5) + Complex.Log10(a) + Complex.Log(a, 2.5) + Complex.FromPolarCoordinates(b.Real, a.Imaginary);
        return (c * d + e).Real + e.Imaginary;
    }

    [Fact]
    public static void An_iteration() => Run(Escape, EscapeBackward, [0.1, 0.2, -0.3, 0.4]);

    [Differentiable]
    internal static double Escape(Complex z, Complex c)
    {
        for (int i = 0; i < 5; i++)
        {
            z = z * z + c;
        }

        return z.Magnitude;
    }
}
