using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>C# that copies memory for which the residual store has no room: objects, tables, arrays of arrays.</summary>
internal static class Snapshots
{
    /// <summary>The text of a copy of <c>{0}</c>.</summary>
    /// <exception cref="NotSupportedException">It may hold memory that cannot be copied.</exception>
    public static string Of(IrType type) => Of(type, "{0}");

    private static string Of(IrType type, string value) => type switch
    {
        ObjectType or ArrayType { ElementType: ObjectType, Rank: 1 } => $"global::Backprop.Leaves.Clone({value})",
        MemoryType memory when IsFlat(memory.ElementType) => $"{value}.ToArray()",
        ArrayType array when IsFlat(array.ElementType) => $"({array.Text}){value}?.Clone()",
        ArrayType { ElementType: var element, Rank: 1 } => $"global::System.Array.ConvertAll({value}, static part => {Of(element, "part")})",
        _ => throw new NotSupportedException($"A '{type.Text}' is written after a call that needs it as it was, and cannot be copied."),
    };

    private static bool IsFlat(IrType element) => element is StructType whole ? whole.Leaves.All(static path => !path[path.Count - 1].Type.IsMemory) : !element.IsMemory;
}
