using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Interpret;

namespace Backprop.Fuzz.Generation;

/// <summary>Vectors of <c>System.Numerics</c>.</summary>
internal sealed partial class Sketch
{
    private Expr VectorOf(CompositeType type, int depth) => depth > 0 && Chance(0.6) ? Drawn(type, depth, false) : StructOf(type, depth);

    /// <summary>A number that is made of vectors; null where there are none.</summary>
    private Expr? NumberOfVector(DataType type, int depth)
        => types.FirstOrDefault(candidate => candidate.Composition == Composition.Vector) is { } vector && (type == DataType.Float || Chance(0.5)) ? Drawn(vector, depth, true) : null;

    private VectorCall Drawn(CompositeType vector, int depth, bool givesNumber)
    {
        VectorFunction function = Pick([.. VectorFunctions.All.Where(function => function.GivesNumber == givesNumber && (function.Kink is null || Has(Constructs.Kinks)))]);
        Expr[] arguments = [.. function.Takes.Select(Argument)];
        return new(function.Name, vector, arguments, givesNumber ? DataType.Float : vector);

        Expr Argument(char kind) => kind switch
        {
            'v' => VectorOf(vector, depth - 1),
            's' => Exact(DataType.Float, depth - 1),
            _ => new Literal(DataType.Float, Pick(new[] { 2.0, 1.5, -4, 0.8 })),
        };
    }
}
