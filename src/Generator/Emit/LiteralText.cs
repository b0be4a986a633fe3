using System.Globalization;
using Backprop.Generator.IR;

namespace Backprop.Generator.Emit;

/// <summary>Constants as C# writes them.</summary>
internal static class LiteralText
{
    private const double LargestWhole = 1e9;
    private const double LargestWholeSingle = 1 << 24;

    /// <summary>Text that has the literal's own type wherever it stands.</summary>
    public static string Of(Literal literal) => literal.Type switch
    {
        ScalarType { Kind: Scalar.Double } => Double(literal.Number),
        ScalarType { Kind: Scalar.Single } => Single(literal.Number),
        ScalarType { Kind: Scalar.Bool } => literal.Bits == 0 ? "false" : "true",
        ScalarType { Kind: Scalar.Char } => Character((char)literal.Bits),
        ScalarType { Kind: Scalar.Int32 } => Integer(literal.Bits),
        ScalarType { Kind: Scalar.Int64 } => Integer(literal.Bits) + "L",
        ScalarType { Kind: Scalar.UInt32 } => Integer(literal.Bits) + "U",
        ScalarType { Kind: Scalar.UInt64 } => unchecked((ulong)literal.Bits).ToString(CultureInfo.InvariantCulture) + "UL",
        ScalarType { Kind: Scalar.Generic } type => Generic(literal, type.Name),
        ScalarType type => $"({type.Keyword}){Operand(literal.Bits)}",
        OpaqueType type => $"({type.Name}){Operand(literal.Bits)}",
        _ => "default",
    };

    /// <summary>Text of an <c>int</c> constant that C# turns into this literal where its type is known; null if there is none.</summary>
    public static string? Short(Literal literal)
    {
        if (literal.Type.IsGeneric)
        {
            return null;
        }

        if (literal.Type.IsFloating)
        {
            double number = literal.Number;
            double largest = literal.Type == IrType.Single ? LargestWholeSingle : LargestWhole;
            bool isWhole = Math.Abs(number) <= largest && Math.Floor(number) == number && !(number == 0 && literal.Bits != 0);
            return isWhole ? Integer((long)number) : null;
        }

        return literal.Type is ScalarType { Kind: Scalar.Int64 } && literal.Bits == (int)literal.Bits ? Integer(literal.Bits) : null;
    }

    private static string Generic(Literal literal, string type) => literal.Number switch
    {
        0 when literal.Bits == 0 => type + ".Zero",
        1 => type + ".One",
        var number when Math.Abs(number) <= LargestWholeSingle && Math.Floor(number) == number && number != 0 => $"{type}.CreateChecked({Integer((long)number)})",
        var number => $"{type}.CreateChecked({Double(number)})",
    };

    private static string Integer(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Operand(long value) => value < 0 ? $"({Integer(value)})" : Integer(value);

    private static string Double(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            return "double." + Special(value);
        }

        string text = Shortest(value, 15, 17, t => double.Parse(t, CultureInfo.InvariantCulture) == value);
        return IsInteger(text) ? text + ".0" : text;
    }

    private static string Single(double value)
    {
        float single = (float)value;
        if (double.IsNaN(value) || float.IsInfinity(single))
        {
            return "float." + Special(value);
        }

        return Shortest(single, 6, 9, t => float.Parse(t, CultureInfo.InvariantCulture) == single) + "f";
    }

    // Spelled out instead of "R", which differs between frameworks.
    private static string Shortest(IFormattable value, int first, int last, Func<string, bool> isExact)
    {
        for (int digits = first; digits < last; digits++)
        {
            string text = value.ToString("G" + Integer(digits), CultureInfo.InvariantCulture);
            if (isExact(text))
            {
                return Tidy(text, value);
            }
        }

        return Tidy(value.ToString("G" + Integer(last), CultureInfo.InvariantCulture), value);
    }

    // 1E-05 → 1e-5. The sign of −0 is lost on some frameworks.
    private static string Tidy(string text, IFormattable value)
    {
        if (value is 0.0 or 0f)
        {
            return (value is double d ? BitConverter.DoubleToInt64Bits(d) : BitConverter.DoubleToInt64Bits((float)value)) == 0 ? "0" : "-0";
        }

        int exponent = text.IndexOf('E');
        return exponent < 0
            ? text
            : text.Substring(0, exponent) + "e" + int.Parse(text.Substring(exponent + 1), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }

    private static bool IsInteger(string text) => text.All(c => c is '-' or (>= '0' and <= '9'));

    private static string Special(double value)
        => double.IsNaN(value) ? "NaN" : value > 0 ? "PositiveInfinity" : "NegativeInfinity";

    private static string Character(char c) => c switch
    {
        '\'' => @"'\''",
        '\\' => @"'\\'",
        '\n' => @"'\n'",
        '\r' => @"'\r'",
        '\t' => @"'\t'",
        '\0' => @"'\0'",
        >= ' ' and <= '~' => $"'{c}'",
        _ => $"'\\u{((int)c).ToString("x4", CultureInfo.InvariantCulture)}'",
    };
}
