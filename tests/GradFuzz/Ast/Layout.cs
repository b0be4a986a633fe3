namespace Backprop.Fuzz.Ast;

/// <summary>A number in a parameter or a result.</summary>
/// <param name="Path">What to write after the variable's name: <c>.X</c>, <c>[2]</c>, <c>.W[0]</c>.</param>
public sealed record Leaf(string Path, NumberType Type);

/// <summary>The numbers of values, in one order for all who lay them out in a vector.</summary>
public static class Layout
{
    public static IReadOnlyList<Leaf> Of(DataType? type, int[] extents) => type switch
    {
        null => [],
        NumberType number => [new("", number)],
        MemoryType memory => [.. Indices(memory.Shape, extents).Select(index => new Leaf(index, memory.Element))],
        CompositeType composite => [.. composite.Fields.SelectMany(field => Of(field.Type, field.Extents).Select(leaf => leaf with { Path = "." + field.Name + leaf.Path }))],
        _ => throw new NotSupportedException(type.ToString()),
    };

    public static IReadOnlyList<Leaf> Of(Variable variable) => Of(variable.Type, variable.Extents);

    public static IEnumerable<string> Indices(Shape shape, int[] extents) => shape switch
    {
        Shape.Jagged => extents.SelectMany((length, row) => Enumerable.Range(0, length).Select(i => $"[{row}][{i}]")),
        Shape.Grid => Enumerable.Range(0, extents[0]).SelectMany(row => Enumerable.Range(0, extents[1]).Select(i => $"[{row}, {i}]")),
        _ => Enumerable.Range(0, extents[0]).Select(i => $"[{i}]"),
    };
}
