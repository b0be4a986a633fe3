using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>A word for a value without a name, after the operation that computes it.</summary>
internal static class Words
{
    /// <summary>How the names of storage for records begin.</summary>
    public const string Recorded = "recorded";

    private const int Short = 3;

    /// <param name="value">Null where the value comes from several places.</param>
    /// <param name="nameOf">The names chosen so far, without an @; empty where none is yet.</param>
    public static string For(Expr? value, IrType type, Func<Variable, string> nameOf) => value switch
    {
        Apply e => Lower(LastPart(e.Primitive)),
        Binary e => Operation(e),
        Unary { Op: UnaryOp.Not } => "test",
        Unary => "opposite",
        IR.Convert e => e.Type.IsFloating ? "number" : "whole",
        Element e => Load(e, nameOf),
        Length => "length",
        Slice { Memory: Read read } => Singular(nameOf(read.Variable)) is { Length: > 0 } one ? one : "slice",
        Slice => "slice",
        Allocate => "buffer",
        Stop e => For(e.Operand, type, nameOf),
        Conditional => type == IrType.Bool ? "test" : "choice",
        External e => e.Format.StartsWith("{0}.Rent", StringComparison.Ordinal) ? "buffer" : CalledIn(e.Format),
        Read e => nameOf(e.Variable) is { Length: > 0 } name ? "old" + char.ToUpperInvariant(name[0]) + name.Substring(1) : "value",
        _ => type == IrType.Bool ? "test" : "value",
    };

    private static string Operation(Binary e) => e.Op switch
    {
        _ when e.Type == IrType.Bool => "test",
        BinaryOp.Add => "sum",
        BinaryOp.Subtract => "difference",
        BinaryOp.Multiply => "product",
        BinaryOp.Divide => "ratio",
        BinaryOp.Remainder => "remainder",
        BinaryOp.ShiftLeft or BinaryOp.ShiftRight or BinaryOp.UnsignedShiftRight => "shifted",
        _ => "bits",
    };

    private static string Load(Element e, Func<Variable, string> nameOf)
    {
        if (e.Path.Count > 0)
        {
            return Lower(e.Path[e.Path.Count - 1].Name.TrimStart('@'));
        }

        string memory = e.Memory is Read read ? nameOf(read.Variable) : "";
        if (memory.Length > Recorded.Length && memory.StartsWith(Recorded, StringComparison.Ordinal) && char.IsUpper(memory[Recorded.Length]))
        {
            return Lower(memory.Substring(Recorded.Length)).TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        }

        var indices = e.Indices.Select(i => i is Read index ? nameOf(index.Variable) : "").ToList();
        if (memory.Length is > 0 and <= Short && indices.All(i => i.Length is 1 or 2 && i.All(char.IsLetter)))
        {
            return memory + string.Concat(indices);
        }

        return Singular(memory) is { Length: > 0 } one ? one : e.IsOneRow ? "row" : "item";
    }

    private static string Singular(string name)
        => name.EndsWith("ies", StringComparison.Ordinal) && name.Length > 4 ? name.Substring(0, name.Length - 3) + "y"
        : name.EndsWith("s", StringComparison.Ordinal) && !name.EndsWith("ss", StringComparison.Ordinal) && name.Length > 3 ? name.Substring(0, name.Length - 1)
        : "";

    // The last name before the last parenthesis that opens an argument list.
    private static string CalledIn(string format)
    {
        int open = format.IndexOf('(');
        string called = LastPart(open < 0 ? format : format.Substring(0, open));
        int generic = called.IndexOf('<');
        called = generic < 0 ? called : called.Substring(0, generic);
        called = called.EndsWith("Forward", StringComparison.Ordinal) ? called.Substring(0, called.Length - "Forward".Length) : called;
        return called.Length > 0 && called.All(char.IsLetterOrDigit) && char.IsLetter(called[0]) ? Lower(called) : "value";
    }

    private static string LastPart(string name) => name.Substring(name.LastIndexOfAny(['.', ' ', ':', '}']) + 1);

    private static string Lower(string name) => name.Length == 0 ? "value" : char.ToLowerInvariant(name[0]) + name.Substring(1);
}
