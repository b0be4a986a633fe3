using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Interpret;

/// <summary>The numbers that the parameters hold, in the order of <see cref="FuzzProgram.Inputs"/>.</summary>
public sealed record Input(double[] Numbers)
{
    private const double Range = 1.5;

    public static Input Random(FuzzProgram program, Random random) => new([.. program.Inputs.Select(input => input.Leaf.Type.Kind switch
    {
        Scalar.Int or Scalar.Long or Scalar.UInt or Scalar.Byte or Scalar.SByte or Scalar.Short or Scalar.Mode => random.Next(input.Parameter.Variable.Bound is > 0 and var bound ? bound : 4),
        Scalar.Bool => random.Next(2),
        Scalar.Float => (float)Between(random),
        _ => Between(random),
    })]);

    // Zeros now and then, of both signs: what differs only in the sign of a zero is seen with them.
    private static double Between(Random random) => random.Next(20) switch
    {
        0 => 0.0,
        1 => -0.0,
        _ => (random.NextDouble() * 2 * Range) - Range,
    };

    /// <summary>Moved along a direction; integers stay.</summary>
    public Input Moved(double[] direction, double step) => new([.. Numbers.Zip(direction, (number, along) => number + (step * along))]);

    /// <summary>A number as a value; where it is differentiated, its derivative by itself is 1.</summary>
    public Value ValueAt(int index, Parameter parameter, Leaf leaf)
    {
        double number = Numbers[index];
        NumberType type = leaf.Type;
        if (!type.IsFloating)
        {
            return type.Kind == Scalar.Bool ? new Truth(number != 0) : new Whole((long)number);
        }

        if (!parameter.IsActive(leaf))
        {
            return new Dual(number);
        }

        double[] unit = new double[Numbers.Length];
        unit[index] = 1;
        return new Dual(number, unit, unit);
    }
}
