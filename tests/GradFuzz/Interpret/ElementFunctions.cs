using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Interpret;

/// <summary>A method of <c>TensorPrimitives</c> whose every element is what C# computes of the elements of its operands, bit for bit.</summary>
/// <param name="Memories">How many operands are memory whatever the last one is.</param>
/// <param name="HasLast">Whether there is another, which is memory or a number.</param>
internal sealed record ElementFunction(string Name, int Memories, bool HasLast, Func<Arithmetic, Value[], DataType, Value> Compute)
{
    public bool IsKinked { get; init; }

    /// <summary>The last operand stays away from zero.</summary>
    public bool IsDivision { get; init; }
}

internal static class ElementFunctions
{
    public static IReadOnlyList<ElementFunction> All { get; } =
    [
        Binary("Add", BinaryOp.Add),
        Binary("Subtract", BinaryOp.Subtract),
        Binary("Multiply", BinaryOp.Multiply),
        Binary("Divide", BinaryOp.Divide) with { IsDivision = true },
        new("Negate", 1, false, static (arithmetic, x, type) => arithmetic.Unary(UnaryOp.Negate, x[0])),
        new("MultiplyAdd", 2, true, static (arithmetic, x, type) => Of(arithmetic, BinaryOp.Add, Of(arithmetic, BinaryOp.Multiply, x[0], x[1], type), x[2], type)),
        new("AddMultiply", 2, true, static (arithmetic, x, type) => Of(arithmetic, BinaryOp.Multiply, Of(arithmetic, BinaryOp.Add, x[0], x[1], type), x[2], type)),
        Function("FusedMultiplyAdd", "FusedMultiplyAdd", 2, true),
        Function("Abs", "Abs", 1, false) with { IsKinked = true },
        Function("Max", "Max", 1, true) with { IsKinked = true },
        Function("Min", "Min", 1, true) with { IsKinked = true },
    ];

    public static IReadOnlyDictionary<string, ElementFunction> ByName { get; } = All.ToDictionary(function => function.Name);

    private static ElementFunction Binary(string name, BinaryOp op) => new(name, 1, true, (arithmetic, x, type) => Of(arithmetic, op, x[0], x[1], type));

    private static ElementFunction Function(string name, string of, int memories, bool hasLast)
        => new(name, memories, hasLast, (arithmetic, x, type) => arithmetic.Apply(Functions.ByName[of], [.. x.Cast<Dual>()], type == DataType.Float));

    private static Value Of(Arithmetic arithmetic, BinaryOp op, Value left, Value right, DataType type) => arithmetic.Binary(op, left, right, type);
}
