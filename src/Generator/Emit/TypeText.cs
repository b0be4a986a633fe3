using Backprop.Generator.IR;

namespace Backprop.Generator.Emit;

/// <summary>Types as C# writes them.</summary>
internal static class TypeText
{
    public static string Of(IrType type, KnownNames names) => type switch
    {
        ScalarType t => t.Keyword,
        OpaqueType t => names.Shorten(t.Name),
        StructType t => names.Shorten(t.Name),
        ObjectType t => names.Shorten(t.Name),
        MemoryType t => $"{names.Name(t.Access == Access.ReadOnly ? "ReadOnlyMemory" : "Memory")}<{Of(t.ElementType, names)}>",
        SpanType t => $"{names.Name(t.Access == Access.ReadOnly ? "ReadOnlySpan" : "Span")}<{Of(t.ElementType, names)}>",
        GridType t => $"{names.Name("Grid")}<{Of(t.ElementType, names)}>",
        ListType t => $"{names.Shorten("global::System.Collections.Generic.List")}<{Of(t.ElementType, names)}>",
        ArrayType t => Of(Innermost(t), names) + Ranks(t, ""),
        _ => throw new InvalidOperationException($"No text for {type}."),
    };

    /// <summary><c>new double[n]</c>, <c>new double[n][]</c>, <c>new double[n, m]</c>.</summary>
    public static string Creation(ArrayType type, string extents, KnownNames names)
        => $"new {Of(Innermost(type), names)}[{extents}]" + (type.ElementType is ArrayType inner ? Ranks(inner, "") : "");

    private static IrType Innermost(ArrayType type) => type.ElementType is ArrayType inner ? Innermost(inner) : type.ElementType;

    // The outermost rank comes first: double[][,] is an array of tables.
    private static string Ranks(ArrayType type, string before)
    {
        string ranks = before + "[" + new string(',', type.Rank - 1) + "]";
        return type.ElementType is ArrayType inner ? Ranks(inner, ranks) : ranks;
    }
}
