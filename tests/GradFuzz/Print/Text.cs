using System.Globalization;
using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Interpret;

namespace Backprop.Fuzz.Print;

/// <summary>Expressions as C#.</summary>
/// <param name="isGeneric">Write the floating-point type as T.</param>
/// <param name="scope">What stands before the name of a type of the program.</param>
public sealed class Text(bool isGeneric, string scope = "")
{
    /// <summary>The values of the enum.</summary>
    public static IReadOnlyList<string> Modes { get; } = ["Off", "Low", "High", "Full"];

    private static readonly string[] operators = ["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "<", "<=", ">", ">=", "==", "!=", "&&", "||"];

    public static string Of(BinaryOp op) => operators[(int)op];

    public string Of(DataType type) => type switch
    {
        NumberType { Kind: Scalar.Double } when isGeneric => "T",
        NumberType { Kind: Scalar.Mode } mode => scope + mode.Text,
        MemoryType memory => memory.TextOf(Of(memory.Element)),
        CompositeType { Composition: Composition.Tuple } tuple => $"({string.Join(", ", tuple.Fields.Select(field => $"{Of(field.Type)} {field.Name}"))})",
        CompositeType composite => (composite.IsOwn ? scope : "") + composite.Name,
        _ => type.Text,
    };

    public string Of(Expr expression) => expression switch
    {
        Literal literal => Number(literal.Value, literal.Type),
        Local local => local.Variable.Name,
        Unary unary => (unary.Op switch { UnaryOp.Negate => "-", UnaryOp.Not => "!", _ => "~" }) + Operand(unary.Operand),
        Binary binary => $"{Operand(binary.Left)} {Of(binary.Op)} {Operand(binary.Right)}",
        Conditional conditional => $"{Operand(conditional.Test)} ? {Operand(conditional.Then)} : {Operand(conditional.Else)}",
        Choice choice => Of(choice),
        MathCall call => $"{Functions.ByName[call.Function].TextFor(Of(call.Type))}({List(call.Arguments)})",
        Cast cast => Of(cast),
        VectorCall call => string.Format(CultureInfo.InvariantCulture, VectorFunctions.ByName[call.Function].Text.Replace("V.", call.Vector.Name + ".", StringComparison.Ordinal), [.. call.Arguments.Select(Operand)]),
        Context context => $"{(context.Overflow == Overflow.Throws ? "checked" : "unchecked")}({Of(context.Operand)})",
        Pattern pattern => Of(pattern),
        Stop stop => $"Gradient.Stop({Of(stop.Operand)})",
        Assign assign => $"{Of(assign.Target)} {(assign.Op is { } op ? Of(op) : "")}= {Of(assign.Value)}",
        Stepped { Step: Step.PreIncrement } step => "++" + Of(step.Target),
        Stepped { Step: Step.PreDecrement } step => "--" + Of(step.Target),
        Stepped { Step: Step.PostIncrement } step => Of(step.Target) + "++",
        Stepped step => Of(step.Target) + "--",
        Call { Style: CallStyle.Operator } call => $"{Operand(call.Arguments[0])} {Method.WordOf(call.Method)} {Operand(call.Arguments[1])}",
        Call { Style: CallStyle.Implicit } call => Of(call.Arguments[0]),
        Call { Style: CallStyle.Explicit } call => $"({Of(call.Type)}){Operand(call.Arguments[0])}",
        Call { Style: CallStyle.Receiver } call => $"{Operand(call.Arguments[0])}.{Method.WordOf(call.Method)}({Arguments(call, 1)})",
        Call { Style: CallStyle.Base } call => $"base.{Method.WordOf(call.Method)}({Arguments(call, 1)})",
        Call call => $"{call.Method}({Arguments(call, 0)})",
        _ => OfMemory(expression),
    };

    public static string Prefix(Passing passing) => passing == Passing.Value ? "" : passing.ToString().ToLowerInvariant() + " ";

    private string Arguments(Call call, int first)
        => string.Join(", ", call.Order.Where(i => i >= first).Select(i => $"{(call.Names.Length > 0 ? call.Names[i] + ": " : "")}{Prefix(call.Passings[i], call.Arguments[i])}{Of(call.Arguments[i])}"));

    /// <summary>What is no variable is passed to <c>in</c> without a word.</summary>
    private static string Prefix(Passing passing, Expr argument) => passing == Passing.In && argument is not (Local or Element or Member) ? "" : Prefix(passing);

    /// <summary>The memory where it can be indexed.</summary>
    private string Indexed(Expr memory) => memory.Type is MemoryType { Shape: Shape.Memory } ? Operand(memory) + ".Span" : Operand(memory);

    private string OfMemory(Expr expression) => expression switch
    {
        Element { Memory.Type: MemoryType { Shape: Shape.Jagged } } element => $"{Of(element.Memory)}[{Of(element.Indices[0])}][{Of(element.Indices[1])}]",
        Element element => $"{Indexed(element.Memory)}[{List(element.Indices)}]",
        Item { Index: { } index } item => $"{Operand(item.Target)}[{Of(index)}]",
        Item item => $"{Operand(item.Target)}.{Item.Property}",
        FromEnd end => "^" + end.Back.ToString(CultureInfo.InvariantCulture),
        Ranged ranged => $"{Indexed(ranged.Memory)}[{ranged.Start}..{(ranged.IsOpen ? "" : ranged.Start + ranged.Count)}]",
        Size { Dimension: < 0 } size => Of(size.Memory) + ".Length",
        Size { Memory.Type: MemoryType { Shape: Shape.Grid or Shape.Cube } } size => $"{Of(size.Memory)}.GetLength({size.Dimension})",
        Size size => $"{Of(size.Memory)}[{size.Dimension}].Length",
        Member member => $"{Operand(member.Target)}.{member.Name}",
        Property property => $"{Operand(property.Target)}.{property.Name}",
        New { Type: CompositeType { Composition: Composition.Tuple } } tuple => $"({List(tuple.Values)})",
        New construct => $"new {Of(construct.Type)}({List(construct.Values)})",
        Altered altered => $"{Operand(altered.Target)} with {{ {altered.Name} = {Of(altered.Value)} }}",
        Allocate allocate => Of(allocate),
        Listed listed => $"[{List(listed.Values)}]",
        Slice { Type: MemoryType type, Memory.Type: MemoryType { Shape: Shape.Array } } slice
            => $"{Of(slice.Memory)}.As{(type.Shape == Shape.Memory ? "Memory" : "Span")}({Of(slice.Start)}, {slice.Count})",
        Slice { Type: MemoryType { IsSpan: true } } slice => $"{Indexed(slice.Memory)}.Slice({Of(slice.Start)}, {slice.Count})",
        Slice slice => $"{Of(slice.Memory)}.Slice({Of(slice.Start)}, {slice.Count})",
        _ => throw new NotSupportedException(expression.ToString()),
    };

    /// <summary>What is there before it is given numbers: objects, and memory of zeros.</summary>
    public string Fresh(DataType type, int[] extents) => type switch
    {
        CompositeType { IsClass: true } model => $"new {Of(model.Made(0))}()",
        MemoryType { Element: CompositeType { IsClass: true } model } => $"[{string.Join(", ", Enumerable.Range(0, extents[0]).Select(i => $"new {Of(model.Made(i))}()"))}]",
        MemoryType memory => Of(new Allocate(memory, extents)),
        _ => "default",
    };

    private string Of(Allocate allocate)
    {
        var type = (MemoryType)allocate.Type;
        string element = Of(type.Element);
        return type.Shape switch
        {
            Shape.Span => $"stackalloc {element}[{allocate.Extents[0]}]",
            Shape.Jagged => $"[{string.Join(", ", allocate.Extents.Select(length => $"new {element}[{length}]"))}]",
            _ => $"new {element}[{string.Join(", ", allocate.Extents)}]",
        };
    }

    private string Of(Choice choice)
    {
        IEnumerable<string> arms = choice.Labels.Select((label, i) => $"{Label(label, choice.Relation, choice.Subject.Type)} => {Of(choice.Values[i])}");
        return $"{Operand(choice.Subject)} switch {{ {string.Join(", ", arms)}, _ => {Of(choice.Values[^1])} }}";
    }

    private string Of(Pattern pattern)
    {
        string fact(Fact fact) => Label(fact.Bound, fact.Relation, fact.Member.Length == 0 ? pattern.Subject.Type : ((CompositeType)pattern.Subject.Type).Fields.Single(field => field.Name == fact.Member).Type);
        string facts = pattern.Facts[0].Member.Length > 0
            ? $"{{ {string.Join(", ", pattern.Facts.Select(one => $"{one.Member}: {fact(one)}"))} }}"
            : string.Join(pattern.Joint == BinaryOp.And ? " and " : " or ", pattern.Facts.Select(fact));
        return $"{Operand(pattern.Subject)} is {(pattern.IsNegated ? $"not ({facts})" : facts)}";
    }

    public string Label(double label, BinaryOp relation, DataType type)
        => (relation == BinaryOp.Equal ? "" : Of(relation) + " ") + (isGeneric && type == DataType.Double ? throw new NotSupportedException("a pattern on T") : Number(label, type));

    private string Of(Cast cast) => (isGeneric, cast.Type.Scalar, cast.Operand.Type.Scalar) switch
    {
        (true, Scalar.Double, _) => $"T.CreateChecked({Of(cast.Operand)})",
        (true, Scalar.Int, Scalar.Double) => $"int.CreateTruncating({Of(cast.Operand)})",
        _ => $"({Of(cast.Type)}){Operand(cast.Operand)}",
    };

    private string List(Expr[] expressions) => string.Join(", ", expressions.Select(Of));

    /// <summary>In parentheses where an operator stands beside it.</summary>
    public string Operand(Expr expression) => expression is Binary or Conditional or Choice or Pattern or Assign or Unary or Altered or Stepped or Cast or VectorCall or Call { Style: CallStyle.Operator or CallStyle.Explicit or CallStyle.Implicit } || expression is Literal { Value: < 0 }
        ? $"({Of(expression)})"
        : Of(expression);

    public string Number(double value, DataType type) => type.Scalar switch
    {
        Scalar.Bool => value != 0 ? "true" : "false",
        Scalar.Int => value.ToString(CultureInfo.InvariantCulture),
        Scalar.Long => value.ToString(CultureInfo.InvariantCulture) + "L",
        Scalar.UInt => value.ToString(CultureInfo.InvariantCulture) + "u",
        Scalar.Byte or Scalar.SByte or Scalar.Short => $"(({type.Text}){value.ToString(CultureInfo.InvariantCulture)})",
        Scalar.Mode => $"{Of(type)}.{Modes[(int)value]}",
        Scalar.Float => Digits((float)value) + "f",
        _ when isGeneric => $"T.CreateChecked({Digits(value)})",
        _ => Digits(value),
    };

    private static string Digits(double value)
    {
        string digits = value.ToString("R", CultureInfo.InvariantCulture);
        return digits.Contains('.') || digits.Contains('E') ? digits : digits + ".0";
    }

    private static string Digits(float value)
    {
        string digits = value.ToString("R", CultureInfo.InvariantCulture);
        return digits.Contains('.') || digits.Contains('E') ? digits : digits + ".0";
    }
}
