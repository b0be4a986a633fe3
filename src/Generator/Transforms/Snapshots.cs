using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>C# that copies memory for which the residual store has no room: objects, tables, arrays of arrays.</summary>
internal static class Snapshots
{
    /// <summary>The text of a copy of <c>{0}</c>.</summary>
    /// <exception cref="NotSupportedException">It is not <see cref="IrType.IsCopyable"/>.</exception>
    public static string Of(IrType type) => Of(type, "{0}");

    private static string Of(IrType type, string value) => type switch
    {
        ObjectType or ArrayType { ElementType: ObjectType, Rank: 1 } => $"global::Backprop.Leaves.Clone({value})",
        MemoryType { ElementType.IsPlain: true } => $"{value}.ToArray()",
        ArrayType { ElementType.IsPlain: true } array => $"({array.Text}){value}?.Clone()",
        ArrayType { ElementType: ArrayType { ElementType.IsPlain: true }, Rank: 1 } => $"global::Backprop.Leaves.CloneRows({value})",
        ArrayType { ElementType: MemoryType { ElementType.IsPlain: true } view, Rank: 1 } => $"global::System.Array.ConvertAll({value}, static part => new {view.Text}(part.ToArray()))",
        ArrayType { ElementType: var element, Rank: 1 } => $"global::System.Array.ConvertAll({value}, static part => {Of(element, "part")})",
        _ => throw new NotSupportedException($"A '{type.Text}' cannot be copied."),
    };
}
