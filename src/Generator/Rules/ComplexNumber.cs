using Backprop.Generator.IR;

namespace Backprop.Generator.Rules;

/// <summary>A complex number that formulas compute with.</summary>
internal readonly record struct ComplexNumber(Expr Re, Expr Im)
{
    public ComplexNumber Conjugate => new(Re, -Im);

    /// <summary>i times the number.</summary>
    public ComplexNumber TimesI => new(-Im, Re);

    public static implicit operator ComplexNumber(Vector v) => new(v[0], v.Count > 1 ? v[1] : Formulas.ZeroOf(v[0]));

    public static implicit operator ComplexNumber(double real) => new(IrType.Double.Number(real), IrType.Double.Number(0));

    public static implicit operator Vector(ComplexNumber z) => new([z.Re, z.Im]);

    public static ComplexNumber operator +(ComplexNumber a, ComplexNumber b) => new(a.Re + b.Re, a.Im + b.Im);

    public static ComplexNumber operator -(ComplexNumber a, ComplexNumber b) => new(a.Re - b.Re, a.Im - b.Im);

    public static ComplexNumber operator -(ComplexNumber a) => new(-a.Re, -a.Im);

    public static ComplexNumber operator *(ComplexNumber a, ComplexNumber b) => new((a.Re * b.Re) - (a.Im * b.Im), (a.Re * b.Im) + (a.Im * b.Re));

    /// <summary>Divided first by the length of the divisor and then turned back, so that no square overflows.</summary>
    public static ComplexNumber operator /(ComplexNumber a, ComplexNumber b)
    {
        Expr length = Formulas.Hypot(b.Re, b.Im);
        ComplexNumber scaled = new(a.Re / length, a.Im / length), unit = new(b.Re / length, -b.Im / length);
        return scaled * unit;
    }
}
