using Backprop.Generator.IR;

namespace Backprop.Generator.Frontend;

/// <summary>Constants at which a function has no useful derivative with respect to its other argument.</summary>
internal static class SingularConstants
{
    // Function without its type, number of arguments, position and value of the constant, and what is wrong.
    private static readonly (string Function, int Arity, int Position, double Value, string What)[] table =
    [
        ("Pow", 2, 1, 0, "the result 1 whatever the base is, so the gradient is always zero"),
        ("Pow", 2, 0, 0, "no derivative with respect to the exponent"),
        ("Pow", 2, 0, 1, "the result 1 whatever the exponent is, so the gradient is always zero"),
        ("Log", 2, 1, 1, "an infinite result and derivative: there is no logarithm to base 1"),
        ("Log", 2, 0, 1, "the result 0 whatever the base is, so the gradient is always zero"),
        ("Hypot", 2, 1, 0, "a kink at 0, where its slope is taken as 0; use Math.Abs"),
        ("Hypot", 2, 0, 0, "a kink at 0, where its slope is taken as 0; use Math.Abs"),
        ("Max", 2, 1, double.PositiveInfinity, "the constant as its result, so the gradient is always zero"),
        ("Min", 2, 1, double.NegativeInfinity, "the constant as its result, so the gradient is always zero"),
    ];

    /// <summary>What is wrong with a call; null for nothing.</summary>
    public static string? Find(string primitive, IReadOnlyList<Expr> arguments)
    {
        string function = primitive.Substring(primitive.LastIndexOf('.') + 1);
        foreach ((string name, int arity, int position, double value, string what) in table)
        {
            if (name == function && arity == arguments.Count && arguments[position] is Literal literal && literal.Number.Equals(value) && arguments.Any(static a => a is not Literal))
            {
                return what;
            }
        }

        return null;
    }
}
