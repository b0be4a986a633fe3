namespace Backprop.Fuzz.Ast;

/// <summary>A number in a parameter or a result.</summary>
/// <param name="Path">What to write after the variable's name: <c>.X</c>, <c>[2]</c>, <c>.W[0]</c>.</param>
public sealed record Leaf(string Path, NumberType Type)
{
    /// <summary>In a field that is marked [NoGradient].</summary>
    public bool IsConstant { get; init; }
}

/// <summary>The numbers of values, in one order for all who lay them out in a vector.</summary>
public static class Layout
{
    public static IReadOnlyList<Leaf> Of(DataType? type, int[] extents) => type switch
    {
        null => [],
        NumberType number => [new("", number)],
        MemoryType memory => [.. Indices(memory.Shape, extents).SelectMany((index, i) => OfElement(memory.Element, i).Select(leaf => leaf with { Path = index + leaf.Path }))],
        CompositeType composite => OfElement(composite, 0),
        _ => throw new NotSupportedException(type.ToString()),
    };

    private static IReadOnlyList<Leaf> OfElement(DataType type, int number) => type is not CompositeType composite ? Of(type, []) : [.. composite.Made(number).Fields.SelectMany(field => Of(field.Type, field.Extents)
        .Select(leaf => leaf with { Path = Step(composite, composite.Made(number), field) + leaf.Path, IsConstant = leaf.IsConstant || field.IsConstant }))];

    /// <summary>How a field is reached from a place of a type in which there is an object of a class.</summary>
    public static string Step(CompositeType type, CompositeType made, Field field) => (type.Fields.Contains(field) ? "." : $".As{made.Name}().") + field.Name;

    public static IReadOnlyList<Leaf> Of(Variable variable) => Of(variable.Type, variable.Extents);

    public static IEnumerable<string> Indices(Shape shape, int[] extents) => shape switch
    {
        Shape.Jagged => extents.SelectMany((length, row) => Enumerable.Range(0, length).Select(i => $"[{row}][{i}]")),
        Shape.Cube => Indices(Shape.Grid, extents[1..]).SelectMany(rest => Enumerable.Range(0, extents[0]).Select(plane => (plane, rest)))
            .OrderBy(index => index.plane).Select(index => $"[{index.plane}, {index.rest[1..]}"),
        Shape.Grid => Enumerable.Range(0, extents[0]).SelectMany(row => Enumerable.Range(0, extents[1]).Select(i => $"[{row}, {i}]")),
        _ => Enumerable.Range(0, extents[0]).Select(i => $"[{i}]"),
    };
}
