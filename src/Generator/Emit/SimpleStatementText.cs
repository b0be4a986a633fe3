using Backprop.Generator.IR;

namespace Backprop.Generator.Emit;

/// <summary>The text of statements that have no blocks.</summary>
internal sealed class SimpleStatementText(KnownNames names, Overflow arithmetic)
{
    private readonly ExpressionPrinter expressions = new(names, arithmetic);

    /// <summary>Null for a statement with blocks, and for one that is not in printable form.</summary>
    public string? Of(Stmt statement) => statement switch
    {
        Declare { Value: null } s => $"{TypeText.Of(s.Variable.Type, names)} {s.Variable.Name};",
        Declare s => $"{TypeText.Of(s.Variable.Type, names)} {s.Variable.Name} = {expressions.PrintAs(s.Value!, s.Variable.Type)};",
        Assign s => Assignment(new Read(s.Variable), s.Value),
        WriteBack s => Assignment(new Read(s.Parameter), s.Value),
        Store s => Assignment(s.Target, s.Value),
        Renewal s => $"{expressions.Print(s.Place)} = {expressions.Print(s.Value)};",
        Accumulate s => Accumulation(s),
        Fill s => Filling(s),
        Copy s => Copying(s),
        Evaluate s => Evaluation(s.Value),
        Throw s => $"throw {expressions.Print(s.Exception)};",
        Break => "break;",
        Return s => s.Value is null ? "return;" : $"return {expressions.PrintAs(s.Value, s.Value.Type)};",
        Using s => $"using var {s.Variable.Name} = {expressions.Print(s.Value)};",
        _ => null,
    };

    private string Assignment(Expr target, Expr value)
    {
        string text = expressions.Print(target);
        return value is Binary e && IsUpdate(target, e)
            ? Update(text, e)
            : $"{text} = {expressions.PrintAs(value, target.Type)};";
    }

    // x = x + y, where the target is a place that is the same when computed once.
    private bool IsUpdate(Expr target, Binary e)
        => Operators.IsCompound(e.Op) && e.Type is ScalarType && e.Type == target.Type && IsSteady(target) && e.Left.Equals(target) && expressions.IsPlain(e);

    private static bool IsSteady(Expr expr) => expr switch
    {
        Read or Literal => true,
        Element { Memory: Read } e => e.Indices.All(IsSteady),
        Unary or Binary or IR.Convert => Operands.Of(expr).All(IsSteady),
        _ => false,
    };

    private string Update(string target, Binary e)
    {
        if (e.Op is BinaryOp.Add or BinaryOp.Subtract && Promotion.IsInteger(e.Type) && e.Right is Literal { Bits: 1 })
        {
            return target + (e.Op == BinaryOp.Add ? "++;" : "--;");
        }

        string value = Operators.IsShift(e.Op) ? expressions.Print(e.Right) : expressions.PrintCompound(e.Right);
        return $"{target} {Operators.Of(e.Op).Symbol}= {value};";
    }

    // Adding the opposite of a floating-point number is subtracting it, to the last bit.
    private string Accumulation(Accumulate s) => s.Value is Unary { Op: UnaryOp.Negate } negated && s.Value.Type.IsFloating
        ? $"{expressions.Print(s.Target)} -= {expressions.PrintCompound(negated.Operand)};"
        : $"{expressions.Print(s.Target)} += {expressions.PrintCompound(s.Value)};";

    private string Filling(Fill s)
    {
        string memory = expressions.Print(s.Memory, Precedence.Primary);
        bool isZero = s.Value is Default or Literal { Bits: 0 };
        if (s.Memory.Type is not ArrayType array)
        {
            return isZero ? $"{memory}.Clear();" : $"{memory}.Fill({expressions.PrintAs(s.Value, s.Memory.Type.Element!)});";
        }

        string value = expressions.PrintAs(s.Value, array.ElementType);
        if (isZero)
        {
            return $"{names.Name("Array.Clear")}({memory});";
        }

        names.Use("System");
        if (array.Rank == 1)
        {
            return $"{memory}.AsSpan().Fill({value});";
        }

        // A table is filled as the span of its storage.
        string element = TypeText.Of(array.ElementType, names);
        string first = $"ref {names.Name("Unsafe.As")}<byte, {element}>(ref {names.Name("MemoryMarshal.GetArrayDataReference")}({memory}))";
        return $"{names.Name("MemoryMarshal.CreateSpan")}({first}, {memory}.Length).Fill({value});";
    }

    private string Copying(Copy s)
    {
        if (s.Source.Type is ArrayType)
        {
            names.Use("System");
        }

        // Before C# 14 a copy from array to array is as good a copy to a span as to a Memory.
        string span = s is { Source.Type: ArrayType, Destination.Type: ArrayType } ? ".AsSpan()" : "";
        return $"{expressions.Print(s.Source, Precedence.Primary)}{span}.CopyTo({expressions.Print(s.Destination)});";
    }

    // Only calls and creations may stand as statements. Where something of the user's is called '_', an assignment to it discards nothing.
    private string Evaluation(Expr value)
    {
        string text = expressions.Print(value);
        bool isCall = value is Allocate or Apply
            || (value is External e && (e.Type is OpaqueType { Name: "void" } || (e.Effect != Effect.Pure && IsCall(text))));
        return isCall ? text + ";"
            : names.Hides("_") ? $"if ({expressions.Print(value, Precedence.Relational)} is var _) {{ }}"
            : $"_ = {text};";
    }

    private static bool IsCall(string text)
        => text.EndsWith(")", StringComparison.Ordinal) && text[0] != '(' && !text.Contains(" is ") && !text.Contains(" => ");
}
