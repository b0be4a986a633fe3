namespace Backprop.Generator.IR;

/// <summary>
/// Something that can be named: a parameter, a user's local, or one value of it.
/// </summary>
/// <param name="Id">Unique in its method.</param>
/// <param name="Name">The user's name, or a suggestion; empty for a value that no source name stands for.</param>
/// <param name="Type">Its type.</param>
/// <param name="Symbol">Which user variable this is a version of (its <paramref name="Id"/> before versioning); 0 for none.</param>
internal sealed record Variable(int Id, string Name, IrType Type, int Symbol = 0)
{
    /// <summary>The id tells variables of one method apart.</summary>
    public override int GetHashCode() => Id;
}

/// <summary>An expression. In normal form every operand is a <see cref="Read"/> or a <see cref="Literal"/>.</summary>
internal abstract record Expr(IrType Type)
{
    public bool IsOperand => this is Read or Literal or Default || (this is Pack pack && pack.Leaves.All(static leaf => leaf.IsOperand));

    public static Expr operator +(Expr a, Expr b) => new Binary(BinaryOp.Add, a, b, a.Type);
    public static Expr operator -(Expr a, Expr b) => new Binary(BinaryOp.Subtract, a, b, a.Type);
    public static Expr operator *(Expr a, Expr b) => new Binary(BinaryOp.Multiply, a, b, a.Type);
    public static Expr operator /(Expr a, Expr b) => new Binary(BinaryOp.Divide, a, b, a.Type);
    public static Expr operator -(Expr a) => new Unary(UnaryOp.Negate, a, a.Type);
    public static Expr operator +(Expr a, double b) => a + a.Type.Number(b);
    public static Expr operator -(Expr a, double b) => a - a.Type.Number(b);
    public static Expr operator *(Expr a, double b) => a * a.Type.Number(b);
    public static Expr operator /(Expr a, double b) => a / a.Type.Number(b);
    public static Expr operator +(double a, Expr b) => b.Type.Number(a) + b;
    public static Expr operator -(double a, Expr b) => b.Type.Number(a) - b;
    public static Expr operator *(double a, Expr b) => b.Type.Number(a) * b;
    public static Expr operator /(double a, Expr b) => b.Type.Number(a) / b;
    public static Expr operator <(Expr a, Expr b) => new Binary(BinaryOp.Less, a, b, IrType.Bool);
    public static Expr operator >(Expr a, Expr b) => new Binary(BinaryOp.Greater, a, b, IrType.Bool);
    public static Expr operator <=(Expr a, Expr b) => new Binary(BinaryOp.LessOrEqual, a, b, IrType.Bool);
    public static Expr operator >=(Expr a, Expr b) => new Binary(BinaryOp.GreaterOrEqual, a, b, IrType.Bool);
    public static Expr operator <(Expr a, double b) => a < a.Type.Number(b);
    public static Expr operator >(Expr a, double b) => a > a.Type.Number(b);
    public static Expr operator <=(Expr a, double b) => a <= a.Type.Number(b);
    public static Expr operator >=(Expr a, double b) => a >= a.Type.Number(b);
}

/// <summary>The value of a variable.</summary>
internal sealed record Read(Variable Variable) : Expr(Variable.Type);

/// <summary>A constant. <paramref name="Bits"/>: of the <c>double</c> for floating types (so that 0 and −0 differ), else the integer.</summary>
internal sealed record Literal(long Bits, IrType Of) : Expr(Of)
{
    public double Number => Type.IsFloating ? BitConverter.Int64BitsToDouble(Bits) : Bits;
}

/// <summary><c>default</c>: the value of a variable before its first assignment.</summary>
internal sealed record Default(IrType Of) : Expr(Of);

internal enum UnaryOp { Negate, Plus, Not, Complement }

internal sealed record Unary(UnaryOp Op, Expr Operand, IrType Of, Overflow Overflow = Overflow.Unchecked) : Expr(Of);

internal enum BinaryOp
{
    Add, Subtract, Multiply, Divide, Remainder, And, Or, Xor, ShiftLeft, ShiftRight, UnsignedShiftRight,
    Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, AndAlso, OrElse,
}

internal enum Overflow { Unchecked, Checked }

internal sealed record Binary(BinaryOp Op, Expr Left, Expr Right, IrType Of, Overflow Overflow = Overflow.Unchecked) : Expr(Of);

/// <summary>A conversion between scalars, as C# does it.</summary>
internal sealed record Convert(Expr Operand, IrType To, Overflow Overflow = Overflow.Unchecked) : Expr(To);

/// <summary><c>c ? a : b</c>; never in normal form of the primal (there it is an <see cref="If"/>).</summary>
internal sealed record Conditional(Expr Test, Expr Then, Expr Else) : Expr(Common(Then.Type, Else.Type))
{
    // Of an array and a span, C# makes a span.
    private static IrType Common(IrType then, IrType @else) => then is ArrayType && @else is SpanType ? @else : then;
}

/// <summary>A primitive with a rule, by its name in the rule table (<c>Math.Exp</c>).</summary>
internal sealed record Apply(string Primitive, EquatableArray<Expr> Arguments, IrType Of) : Expr(Of);

/// <summary>The value of its operand, with the derivative cut: <c>Gradient.Stop</c>.</summary>
internal sealed record Stop(Expr Operand) : Expr(Operand.Type)
{
    /// <summary>What is left of a value as C#: a stop that shares its operand's place would be an assignment to itself.</summary>
    public static Expr Printed(Expr value) => value is Stop stop ? Printed(stop.Operand) : value;
}

/// <summary>What an <see cref="External"/> may do besides giving its value.</summary>
internal enum Effect { Pure, Reads, Writes }

/// <summary>
/// C# that the IR does not look into: a call of a user's method, a property, an object creation, an interpolated string.
/// <paramref name="Format"/> is its text with <c>{0}</c>, <c>{1}</c> … for the operands (literal braces are doubled).
/// </summary>
/// <param name="Site">Number of the source token to report on, should the derivative be needed here.</param>
internal sealed record External(string Format, EquatableArray<Expr> Arguments, IrType Of, Effect Effect, int Site) : Expr(Of)
{
    /// <summary>The member of the framework that is called, where there is a rule for it; else empty.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Whether the user said that no derivative flows through the call.</summary>
    public bool IsStopped { get; init; }

    /// <summary>Whether it reads what the user's own code may have put there: a static, a member of an object.</summary>
    public bool ReadsState { get; init; }

    /// <summary>Whether it may write the struct on which it is called: its first operand.</summary>
    public bool ChangesReceiver { get; init; }

    /// <summary>Whether it runs a delegate.</summary>
    public bool IsDelegate => Format.StartsWith("{0}(", StringComparison.Ordinal);
}

/// <summary>
/// <c>a[i]</c>, <c>a[i, j]</c>, <c>rows[i]</c>, <c>points[i].X</c>, and of a struct in a variable <c>point.X</c> (no indices). One index into two dimensions gives
/// a row as a span.
/// </summary>
/// <param name="Path">From the element, or from the struct, to the part that is meant; empty for the whole.</param>
internal sealed record Element(Expr Memory, EquatableArray<Expr> Indices, EquatableArray<Field> Path)
    : Expr(Path.Count > 0 ? Path[Path.Count - 1].Type : Indices.Count == 0 ? Memory.Type : IsRow(Memory, Indices) ? new SpanType(Memory.Type.Element!, Access.Writable) : Memory.Type.Element!)
{
    public Element(Expr memory, EquatableArray<Expr> indices)
        : this(memory, indices, EquatableArray<Field>.Empty)
    {
    }

    /// <summary>A part of a struct in a variable.</summary>
    public Element(Expr memory, EquatableArray<Field> path)
        : this(memory, EquatableArray<Expr>.Empty, path)
    {
    }

    /// <summary>One of the rows of two dimensions: it never becomes another.</summary>
    public bool IsOneRow => Path.Count == 0 && IsRow(Memory, Indices);

    private static bool IsRow(Expr memory, EquatableArray<Expr> indices) => indices.Count == 1 && memory.Type is ArrayType { Rank: 2 } or GridType;

    /// <summary>A part of the struct that this is.</summary>
    public Element Part(IEnumerable<Field> path) => new(Memory, Indices, Path.Concat(path).ToEquatable());

    /// <summary>A field of a struct in a variable is there whatever the indices are.</summary>
    public bool CanFail => Indices.Count > 0;
}

/// <summary>A struct put together from its leaves: what a method returns, writes into an <c>out</c> parameter or hands to a call.</summary>
internal sealed record Pack(EquatableArray<Expr> Leaves, StructType Struct) : Expr(Struct);

/// <summary><c>a.Length</c>; with a dimension, <c>a.GetLength(d)</c>.</summary>
internal sealed record Length(Expr Memory, int Dimension = Length.Whole) : Expr(IrType.Int32)
{
    public const int Whole = -1;
}

/// <summary>A view of <paramref name="Count"/> elements from <paramref name="Start"/> (a span over the same storage).</summary>
internal sealed record Slice(Expr Memory, Expr Start, Expr Count, IrType Of) : Expr(Of);

internal enum Lifetime
{
    /// <summary>Lives no longer than the method: may come from a reused store.</summary>
    Local,

    /// <summary>Is handed out: a new array on the heap.</summary>
    Escapes,
}

/// <summary>New zeroed storage; one extent a dimension.</summary>
internal sealed record Allocate(EquatableArray<Expr> Extents, IrType Of, Lifetime Lifetime) : Expr(Of);

internal static class Numbers
{
    public static Literal Number(this IrType type, double value)
        => new(type.IsFloating ? BitConverter.DoubleToInt64Bits(value) : (long)value, type);

    public static Literal Int(int value) => new(value, IrType.Int32);

    public static Literal True { get; } = new(1, IrType.Bool);

    public static Literal False { get; } = new(0, IrType.Bool);

    public static Read Read(this Variable variable) => new(variable);

    public static bool Is(this Expr expr, double value) => expr is Literal literal && literal.Number.Equals(value)
        && (value != 0 || !literal.Type.IsFloating || literal.Bits == 0);
}
