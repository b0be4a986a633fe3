using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Backprop.Generator.IR;

/// <summary>
/// The IR as text, one statement a line: for tests, for debugging, and for what a checked build says of an expression. A variable is written <c>name#id</c>, without the id where
/// no other variable in the same text has its name.
/// </summary>
internal sealed class IrText
{
    // Stands for '#' until the whole text is known; cannot occur in C#.
    private const char IdMark = '\u0001';

    private readonly StringBuilder text = new();
    private int depth;

    public static string Of(Method method)
    {
        var writer = new IrText();
        string parameters = string.Join(", ", method.Parameters.Select(Text));
        writer.Line($"method {(method.ReturnType is { } type ? Text(type) : "void")} {method.Name}({parameters})");
        writer.Nested(method.Body);
        return writer.Finish();
    }

    public static string Of(Unit unit) => string.Join("\n", unit.Functions.Select(Of));

    public static string Of(Function function)
    {
        var writer = new IrText();
        string parameters = string.Join(", ", function.Parameters.Select(
            static p => $"{Prefix(p.Passing)}{p.TypeText} {Text(p.Variable)}{(p.DefaultText.Length == 0 ? "" : " = " + p.DefaultText)}"));
        writer.Line($"function {function.Modifiers} {function.ReturnTypeText} {function.Name}({parameters})");
        writer.Nested(function.Body);
        return writer.Finish();
    }

    public static string Of(Block block)
    {
        var writer = new IrText();
        writer.Write(block);
        return writer.Finish();
    }

    public static string Of(Stmt statement) => Of(Block.Of([statement]));

    public static string Of(Expr expr)
    {
        var writer = new IrText();
        writer.Line(Text(expr));
        return writer.Finish().TrimEnd('\n');
    }

    public static string Of(IrType type) => Text(type);

    private string Finish()
    {
        string raw = text.ToString();
        var variable = new Regex($@"([\w@]*){IdMark}(\d+)");
        ILookup<string, string> ids = variable.Matches(raw).Cast<Match>()
            .Select(static m => (Name: m.Groups[1].Value, Id: m.Groups[2].Value))
            .Distinct()
            .ToLookup(static v => v.Name, static v => v.Id);
        return variable.Replace(raw, m => m.Groups[1].Value is { Length: > 0 } name && ids[name].Count() == 1
            ? name
            : $"{m.Groups[1].Value}#{m.Groups[2].Value}");
    }

    private void Line(string line) => text.Append(' ', depth * 2).Append(line).Append('\n');

    private void Nested(Block block)
    {
        depth++;
        Write(block);
        depth--;
    }

    private void Nested(string heading, Block block)
    {
        if (!block.IsEmpty)
        {
            Line(heading);
            Nested(block);
        }
    }

    private void Write(Block block)
    {
        foreach (Stmt statement in block.Statements)
        {
            Write(statement);
        }
    }

    private void Write(Stmt statement)
    {
        switch (statement)
        {
            case If branch:
                Line($"if {branch.Id}{Mirrors(branch.Mirrors)} ({Text(branch.Test)})");
                Nested(branch.Then);
                Nested("else", branch.Else);
                foreach (Join join in branch.Joins)
                {
                    Line($"join {Declaration(join.Result)} = {Text(join.Then)} : {Text(join.Else)}");
                }

                break;
            case Loop loop:
                WriteLoop(loop);
                break;
            case Scope scope:
                Line($"scope {scope.Id}");
                Nested(scope.Body);
                break;
            default:
                Line(Text(statement));
                break;
        }
    }

    private void WriteLoop(Loop loop)
    {
        Line($"loop {loop.Id}{Mirrors(loop.Mirrors)} {Text(loop.Head)}");
        foreach (Carried carried in loop.Carried)
        {
            Line($"carried {Declaration(carried.Param)} = {Text(carried.Init)} next {Text(carried.Next)} result {Text(carried.Result)}");
        }

        if (loop.Head is While head)
        {
            Nested("condition", head.Condition);
            Line("body");
            Nested(loop.Body);
            Nested("step", head.Step);
        }
        else
        {
            Nested(loop.Body);
        }
    }

    private static string Mirrors(int id) => id == 0 ? "" : $" mirrors {id}";

    private static string Text(LoopHead head) => head switch
    {
        While loop => $"while ({Text(loop.Test)}){(loop.Index is { } index ? " index " + Text(index) : "")}",
        Counted loop => $"for ({Text(loop.Index)} = {Text(loop.From)}; {Text(loop.Index)} {Symbol(loop.Relation)} {Text(loop.Bound)}; {Text(loop.Index)} += {loop.Step})",
        _ => head.GetType().Name,
    };

    private static string Text(Stmt statement) => statement switch
    {
        Declare s => $"{(s.Sweep == Sweep.Primal ? "" : "adjoint ")}{Declaration(s.Variable)}{(s.Value is { } value ? " = " + Text(value) : "")}",
        Assign s => $"{Text(s.Variable)} = {Text(s.Value)}",
        Store s => $"{Text(s.Target)} = {Text(s.Value)}",
        Accumulate s => $"{Text(s.Target)} += {Text(s.Value)}",
        WriteBack s => $"writeback {Text(s.Parameter)} = {Text(s.Value)}",
        Fill s => $"fill {Text(s.Memory)} with {Text(s.Value)}",
        Copy s => $"copy {Text(s.Source)} to {Text(s.Destination)}",
        Evaluate s => $"evaluate {Text(s.Value)}",
        Call s => $"call {(s.Results.Count == 0 ? "" : string.Join(", ", s.Results.Select(Declaration)) + " = ")}{s.Callee.Name}{(s.Pass == Pass.Primal ? "" : s.Pass.ToString())}({List(s.Arguments)})",
        Throw s => $"throw {Text(s.Exception)}",
        Note s => $"// {s.Text}",
        Leave s => $"leave {s.Scope}",
        Break s => $"break {s.Loop}",
        Return s => s.Value is { } value ? $"return {Text(value)}" : "return",
        Using s => $"using {Declaration(s.Variable)} = {Text(s.Value)}",
        _ => statement.GetType().Name,
    };

    private static string Text(Expr expr) => expr switch
    {
        Read e => Text(e.Variable),
        Literal e => Text(e),
        Default e => $"default({Text(e.Type)})",
        Unary e => $"{Symbol(e.Op)}{Checked(e.Overflow)}{Operand(e.Operand)}",
        Binary e => $"{Operand(e.Left)} {Symbol(e.Op)}{Checked(e.Overflow)} {Operand(e.Right)}",
        Convert e => $"({Text(e.Type)}{(e.Overflow == Overflow.Checked ? " checked" : "")}){Operand(e.Operand)}",
        Conditional e => $"{Operand(e.Test)} ? {Operand(e.Then)} : {Operand(e.Else)}",
        Apply e => $"{e.Primitive}({List(e.Arguments)})",
        Stop e => $"stop({Text(e.Operand)})",
        External e => $"external {e.Effect.ToString().ToLowerInvariant()} {Text(e.Type)} `{e.Format}`({List(e.Arguments)}) site {e.Site}",
        Element e => Operand(e.Memory) + (e.Indices.Count > 0 ? $"[{List(e.Indices)}]" : "") + string.Concat(e.Path.Select(static field => "." + field.Name)),
        Pack e => $"pack({List(e.Leaves)})",
        Length { Dimension: Length.Whole } e => $"{Operand(e.Memory)}.Length",
        Length e => $"{Operand(e.Memory)}.GetLength({e.Dimension})",
        Slice e => $"slice {Text(e.Type)} of {Operand(e.Memory)} from {Operand(e.Start)} count {Operand(e.Count)}",
        Allocate e => $"new {e.Lifetime.ToString().ToLowerInvariant()} {Text(e.Type)}({List(e.Extents)})",
        _ => expr.GetType().Name,
    };

    private static string Operand(Expr expr) => expr.IsOperand || expr is Apply or Element or Length or Stop ? Text(expr) : $"({Text(expr)})";

    private static string List(EquatableArray<Expr> expressions) => string.Join(", ", expressions.Select(Text));

    private static string Text(Variable variable) => variable.Name + IdMark + variable.Id.ToString(CultureInfo.InvariantCulture);

    private static string Declaration(Variable variable) => $"{Text(variable.Type)} {Text(variable)}";

    private static string Text(Parameter parameter)
        => $"{(parameter.Wanted == Wanted.Nothing ? "constant " : "")}{Prefix(parameter.Passing)}{Declaration(parameter.Variable)}";

    private static string Prefix(Passing passing) => passing == Passing.Value ? "" : passing.ToString().ToLowerInvariant() + " ";

    private static string Checked(Overflow overflow) => overflow == Overflow.Checked ? "checked" : "";

    private static string Text(Literal literal) => literal.Type switch
    {
        ScalarType { Kind: Scalar.Double } => Floating(literal.Number.ToString("R", CultureInfo.InvariantCulture)),
        ScalarType { Kind: Scalar.Single } => Floating(((float)literal.Number).ToString("R", CultureInfo.InvariantCulture)) + "f",
        ScalarType { Kind: Scalar.Int32 } => literal.Bits.ToString(CultureInfo.InvariantCulture),
        ScalarType { Kind: Scalar.Bool } => literal.Bits == 0 ? "false" : "true",
        _ => $"({Text(literal.Type)}){literal.Bits.ToString(CultureInfo.InvariantCulture)}",
    };

    private static string Floating(string digits) => digits.All(static c => char.IsDigit(c) || c == '-') ? digits + ".0" : digits;

    private static string Text(IrType type) => type switch
    {
        ScalarType t => t.Keyword,
        OpaqueType t => t.Name,
        ArrayType { ElementType: ArrayType inner, Rank: 1 } => Text(inner) + "[]",
        ArrayType t => $"{Text(t.ElementType)}[{new string(',', t.Rank - 1)}]",
        SpanType t => $"{(t.Access == Access.ReadOnly ? "ReadOnlySpan" : "Span")}<{Text(t.ElementType)}>",
        GridType t => $"Grid<{Text(t.ElementType)}>",
        _ => type.GetType().Name,
    };

    private static string Symbol(UnaryOp op) => op switch
    {
        UnaryOp.Negate => "-",
        UnaryOp.Plus => "+",
        UnaryOp.Not => "!",
        UnaryOp.Complement => "~",
        _ => op.ToString(),
    };

    private static string Symbol(BinaryOp op) => op switch
    {
        BinaryOp.Add => "+",
        BinaryOp.Subtract => "-",
        BinaryOp.Multiply => "*",
        BinaryOp.Divide => "/",
        BinaryOp.Remainder => "%",
        BinaryOp.And => "&",
        BinaryOp.Or => "|",
        BinaryOp.Xor => "^",
        BinaryOp.ShiftLeft => "<<",
        BinaryOp.ShiftRight => ">>",
        BinaryOp.UnsignedShiftRight => ">>>",
        BinaryOp.Equal => "==",
        BinaryOp.NotEqual => "!=",
        BinaryOp.Less => "<",
        BinaryOp.LessOrEqual => "<=",
        BinaryOp.Greater => ">",
        BinaryOp.GreaterOrEqual => ">=",
        BinaryOp.AndAlso => "&&",
        BinaryOp.OrElse => "||",
        _ => op.ToString(),
    };
}
