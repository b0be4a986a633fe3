namespace Backprop.Fuzz.Ast;

/// <summary>A parameter or a local.</summary>
/// <param name="Id">Unique in its program.</param>
public sealed record Variable(int Id, string Name, DataType Type)
{
    /// <summary>Of memory: how long it is; of jagged memory: of each row.</summary>
    public int[] Extents { get; init; } = [];

    /// <summary>Of an integer: it is at least 0 and less than this, or 0 where that is not known.</summary>
    public int Bound { get; init; }
}

/// <summary>An expression; <paramref name="Type"/> is what C# gives it.</summary>
public abstract record Expr(DataType Type) : Node;

public sealed record Literal(DataType Of, double Value) : Expr(Of);

public sealed record Local(Variable Variable) : Expr(Variable.Type);

public enum UnaryOp { Negate, Not, Complement }

public sealed record Unary(UnaryOp Op, Expr Operand) : Expr(Operand.Type);

public enum BinaryOp { Add, Subtract, Multiply, Divide, Remainder, And, Or, Xor, ShiftLeft, ShiftRight, Less, LessOrEqual, Greater, GreaterOrEqual, Equal, NotEqual, AndAlso, OrElse }

public sealed record Binary(BinaryOp Op, Expr Left, Expr Right) : Expr(Promotion.Of(Op, Left.Type, Right.Type));

public sealed record Conditional(Expr Test, Expr Then, Expr Else) : Expr(Then.Type);

/// <summary>An int against constants, or a number against bounds: <c>x switch { &lt; 0 => …, _ => … }</c>.</summary>
public sealed record Choice(Expr Subject, BinaryOp Relation, double[] Labels, Expr[] Values) : Expr(Values[0].Type);

/// <summary>A member of <c>Math</c>, <c>MathF</c>, <c>double</c> or <c>float</c>.</summary>
public sealed record MathCall(string Function, Expr[] Arguments, DataType Of) : Expr(Of);

/// <summary>An operator or a member of a vector type.</summary>
/// <param name="Vector">Which vector type.</param>
public sealed record VectorCall(string Function, CompositeType Vector, Expr[] Arguments, DataType Of) : Expr(Of);

public sealed record Cast(DataType Of, Expr Operand) : Expr(Of);

public enum Overflow { Wraps, Throws }

/// <summary><c>unchecked(e)</c> or <c>checked(e)</c>.</summary>
public sealed record Context(Overflow Overflow, Expr Operand) : Expr(Operand.Type);

public sealed record Stop(Expr Operand) : Expr(Operand.Type);

public sealed record Element(Expr Memory, Expr[] Indices) : Expr(((MemoryType)Memory.Type).Element);

/// <summary><c>a.Length</c>, or of a dimension or a row.</summary>
public sealed record Size(Expr Memory, int Dimension) : Expr(DataType.Int);

public sealed record Member(Expr Target, string Name, DataType Of) : Expr(Of);

/// <summary>A computed property.</summary>
public sealed record Property(Expr Target, string Name, DataType Of) : Expr(Of);

/// <summary>By an indexer of the program's own, <c>p[i]</c>, or by a property with accessors of its own, <c>p.Level</c>.</summary>
public sealed record Item(Expr Target, Expr? Index, DataType Of) : Expr(Of)
{
    public const string Property = "Level";

    public string Accessor(string name) => $"{((CompositeType)Target.Type).Name}.{name}{(Index is null ? Property : "")}";
}

public sealed record New(CompositeType Of, Expr[] Values) : Expr(Of);

/// <summary><c>p with { X = v }</c>.</summary>
public sealed record Altered(Expr Target, string Name, Expr Value) : Expr(Target.Type);

/// <summary>One thing that a pattern asks of a value, or of a member of it.</summary>
public sealed record Fact(string Member, BinaryOp Relation, double Bound);

/// <summary><c>x is &gt; 0 and &lt; 1</c>, <c>n is not (1 or 3)</c>, <c>p is { X: &gt; 0, Count: 2 }</c>.</summary>
public sealed record Pattern(Expr Subject, Fact[] Facts, BinaryOp Joint, bool IsNegated) : Expr(DataType.Bool);

/// <summary>A call of a method of the program or of a local function.</summary>
/// <param name="Names">Of the parameters where the arguments are named.</param>
/// <param name="Order">Of named arguments: how they are written.</param>
public sealed record Call(string Method, CallStyle Style, Expr[] Arguments, Passing[] Passings, DataType Of, string[] Names, int[] Order) : Expr(Of)
{
    public static Call To(Method method, Expr[] arguments)
        => new(method.Name, method.Style, arguments, [.. method.Parameters.Select(parameter => parameter.Passing)], method.Result ?? DataType.Void, [], [.. Enumerable.Range(0, arguments.Length)]);
}

public enum CallStyle
{
    Plain,

    /// <summary>The first argument stands before the name.</summary>
    Receiver,
    Base,
    Operator,

    /// <summary>A conversion that nobody asks for.</summary>
    Implicit,
    Explicit,

    /// <summary>Run by an <see cref="Item"/>.</summary>
    Accessor,
}

/// <summary>An assignment as a value; compound with an operator.</summary>
public sealed record Assign(Expr Target, BinaryOp? Op, Expr Value) : Expr(Target.Type);

public enum Step { PreIncrement, PreDecrement, PostIncrement, PostDecrement }

public sealed record Stepped(Step Step, Expr Target) : Expr(Target.Type);

public sealed record Allocate(MemoryType Of, int[] Extents) : Expr(Of);

/// <summary><c>[a, b, c]</c>.</summary>
public sealed record Listed(MemoryType Of, Expr[] Values) : Expr(Of);

/// <summary>An index that counts from the end of what it is an index of: <c>^1</c>.</summary>
public sealed record FromEnd(int Back) : Expr(DataType.Int);

/// <summary><c>a[1..3]</c>: a view of a span, a copy of an array. An open one ends where the memory ends.</summary>
public sealed record Ranged(MemoryType Of, Expr Memory, int Start, int Count, bool IsOpen) : Expr(Of);

public sealed record Slice(MemoryType Of, Expr Memory, Expr Start, int Count) : Expr(Of);

/// <summary>Types of the results of operators, as C# promotes them.</summary>
public static class Promotion
{
    public static bool IsTest(this BinaryOp op) => op >= BinaryOp.Less;

    public static DataType Of(BinaryOp op, DataType left, DataType right)
        => op.IsTest() || left == DataType.Bool ? DataType.Bool : op is BinaryOp.ShiftLeft or BinaryOp.ShiftRight ? Wider(left, left) : Wider(left, right);

    public static DataType Wider(DataType left, DataType right)
        => left == DataType.Double || right == DataType.Double ? DataType.Double : left == DataType.Float || right == DataType.Float ? DataType.Float
            : left == DataType.Mode ? DataType.Mode
            : left == DataType.Long || right == DataType.Long || (left == DataType.UInt) != (right == DataType.UInt) && (IsSmallSigned(left) || IsSmallSigned(right)) ? DataType.Long
            : left == DataType.UInt || right == DataType.UInt ? DataType.UInt : DataType.Int;

    private static bool IsSmallSigned(DataType type) => type == DataType.Int || type == DataType.Short || type == DataType.SByte;
}
