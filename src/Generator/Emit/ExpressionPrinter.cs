using Backprop.Generator.IR;

namespace Backprop.Generator.Emit;

/// <summary>How tightly C# binds the parts of an expression, loosest first.</summary>
internal enum Precedence
{
    Any, Conditional, OrElse, AndAlso, Or, Xor, And, Equality, Relational, Shift, Additive, Multiplicative, Unary, Primary,
}

/// <summary>A printed expression and how tightly it binds.</summary>
internal readonly record struct Text(string Value, Precedence Precedence)
{
    public string Enclosed(Precedence least) => Precedence < least ? $"({Value})" : Value;
}

/// <summary>Prints expressions of one function with the parentheses and casts that C# needs, and no more.</summary>
/// <param name="names">Where known types get their text.</param>
/// <param name="arithmetic">Whether integer arithmetic is checked around an expression.</param>
internal sealed class ExpressionPrinter(KnownNames names, Overflow arithmetic)
{
    /// <summary>Text whose C# type is the expression's own.</summary>
    public string Print(Expr expr) => Explicit(expr).Value;

    /// <summary>The same, in parentheses where it binds less tightly.</summary>
    public string Print(Expr expr, Precedence least) => Explicit(expr).Enclosed(least);

    /// <summary>Text for a place where C# converts to <paramref name="target"/> by itself: <c>double x = 0</c>.</summary>
    public string PrintAs(Expr expr, IrType target)
    {
        Expr value = Plain(expr);
        return value switch
        {
            Default when target is ScalarType { Kind: not Scalar.Generic and var kind } => kind == Scalar.Bool ? "false" : kind == Scalar.Char ? @"'\0'" : "0",
            Default when !target.IsGeneric => "default",
            Literal { Type: ScalarType { Kind: not (Scalar.Bool or Scalar.Char or Scalar.Single or Scalar.Double or Scalar.Generic) } } e when e.Type == target && IsConstantOf(e)
                => LiteralText.Of(Numbers.Int((int)e.Bits)),
            Slice { Memory.Type: not MemoryType } e when target is SpanType && IsWhole(e) => Print(e.Memory),
            _ when value.Type == target && Implicit(value) is { } text => text.Value,
            _ => Print(value),
        };
    }

    /// <summary>Text for the right operand of <c>target op= …</c>, where the target has the operand's type.</summary>
    public string PrintCompound(Expr expr) => (Implicit(expr) ?? Explicit(expr)).Value;

    /// <summary>Whether an operation may be written in the place of this one without <c>checked</c> or <c>unchecked</c>.</summary>
    public bool IsPlain(Binary e) => !(IsSensitive(e) && e.Overflow != arithmetic);

    private static bool IsConstantOf(Literal e)
        => e.Bits == (int)e.Bits && (e.Bits >= 0 || e.Type is ScalarType { Kind: Scalar.SByte or Scalar.Int16 or Scalar.Int32 or Scalar.Int64 or Scalar.NInt });

    // A stopped gradient is its value; a number converted to a floating type is that number.
    private static Expr Plain(Expr expr) => expr switch
    {
        Stop e => Plain(e.Operand),
        IR.Convert { Operand: Literal { Type: ScalarType { Kind: not Scalar.UInt64 } } literal } e when e.Type.IsFloating && Promotion.IsInteger(literal.Type)
            => e.Type == IrType.Single ? e.Type.Number((float)literal.Bits) : e.Type.Number(literal.Bits),
        _ => expr,
    };

    // The type that the expression has without the cast or suffix that C# does not need; null where it needs it.
    private static Scalar? ImplicitType(Expr expr) => Plain(expr) switch
    {
        Literal e when LiteralText.Short(e) is not null => Scalar.Int32,
        IR.Convert { Operand.Type: ScalarType from } e when e.Type is ScalarType to && Promotion.IsImplicit(from.Kind, to.Kind) => from.Kind,
        _ => null,
    };

    private Text? Implicit(Expr expr) => ImplicitType(expr) is null ? null : Plain(expr) switch
    {
        Literal e => Number(LiteralText.Short(e)!),
        IR.Convert e => Explicit(e.Operand),
        _ => null,
    };

    private static Text Number(string text) => new(text, text[0] is '-' or '(' ? Precedence.Unary : Precedence.Primary);

    private Text Explicit(Expr expr) => Plain(expr) switch
    {
        Read e => new(e.Variable.Name, Precedence.Primary),
        Literal e => Number(e.Type is OpaqueType ? names.Shorten(LiteralText.Of(e)) : LiteralText.Of(e)),
        Default e => Zero(e),
        Unary e => e.Op == UnaryOp.Negate && Promotion.IsInteger(e.Type) ? InContext(e, e.Overflow, p => p.Sign(ConstantArithmetic.AtRunTime(e))) : Sign(e),
        Binary e => IsSensitive(e) ? InContext(e, e.Overflow, p => p.Operation(ConstantArithmetic.AtRunTime(e))) : Operation(ConstantArithmetic.AtRunTime(e)),
        IR.Convert e => IsNarrowing(e) ? InContext(e, e.Overflow, p => p.Cast(ConstantArithmetic.AtRunTime(e))) : Cast(e),
        Conditional e => Choice(e),
        Apply e => new($"{Function(e)}({Arguments(e)})", Precedence.Primary),
        External e => new ExternalText(e, (operand, least) => Print(operand, least)).Print(names),
        Element e => new(Place(e), Precedence.Primary),
        Pack e => new(Whole(e), Precedence.Primary),
        Length e => new(Print(e.Memory, Precedence.Primary) + LengthMember(e), Precedence.Primary),
        Slice e => View(e),
        Allocate e => new(Creation(e), Precedence.Primary),
        var other => throw new InvalidOperationException($"No text for {other.GetType().Name}."),
    };

    private Text Zero(Default e) => e.Type is ScalarType { Kind: not (Scalar.SByte or Scalar.Byte or Scalar.Int16 or Scalar.UInt16 or Scalar.NInt or Scalar.NUInt) }
        ? Number(LiteralText.Of(new Literal(0, e.Type)))
        : new($"default({TypeText.Of(e.Type, names)})", Precedence.Primary);

    // The text of an operation, in checked(…) or unchecked(…) where the arithmetic around it is the other one; around constants, C# checks unless told not to.
    private Text InContext(Expr operation, Overflow overflow, Func<ExpressionPrinter, Text> print)
    {
        if (overflow == arithmetic && !(overflow == Overflow.Unchecked && ConstantArithmetic.MayOverflow(operation)))
        {
            return print(this);
        }

        string keyword = overflow == Overflow.Checked ? "checked" : "unchecked";
        return new($"{keyword}({print(new ExpressionPrinter(names, overflow)).Value})", Precedence.Primary);
    }

    private static bool IsSensitive(Binary e) => e.Op is BinaryOp.Add or BinaryOp.Subtract or BinaryOp.Multiply && Promotion.IsInteger(e.Type);

    private static bool IsNarrowing(IR.Convert e)
        => Promotion.IsInteger(e.Type) && e.Operand.Type is ScalarType from && !Promotion.IsImplicit(from.Kind, ((ScalarType)e.Type).Kind);

    private Text Sign(Unary e)
    {
        string sign = e.Op switch
        {
            UnaryOp.Negate => "-",
            UnaryOp.Plus => "+",
            UnaryOp.Not => "!",
            _ => "~",
        };
        string operand = Print(e.Operand, Precedence.Unary);
        return new(operand[0] is '-' or '+' ? $"{sign}({operand})" : sign + operand, Precedence.Unary);
    }

    /// <summary>A function of a type parameter's number type is called on the parameter.</summary>
    private string Function(Apply e) => e.Arguments.FirstOrDefault(static a => a.Type.IsGeneric) is { Type: ScalarType type }
        ? type.Name + e.Primitive.Substring(e.Primitive.LastIndexOf('.'))
        : names.Name(e.Primitive);

    private Text Cast(IR.Convert e)
    {
        if (e.Type is ScalarType target && (target.Kind == Scalar.Generic || e.Operand.Type.IsGeneric))
        {
            return new($"{target.Keyword}.CreateChecked({Print(e.Operand)})", Precedence.Primary);
        }

        string operand = Print(e.Operand, Precedence.Unary);
        string type = TypeText.Of(e.Type, names);
        bool looksLikeDifference = operand[0] is '-' or '+' && e.Type is not ScalarType { Kind: not (Scalar.NInt or Scalar.NUInt) };
        return new(looksLikeDifference ? $"({type})({operand})" : $"({type}){operand}", Precedence.Unary);
    }

    private Text Operation(Binary e)
    {
        (string symbol, Precedence precedence) = Operators.Of(e.Op);
        Precedence right = e.Op is BinaryOp.AndAlso or BinaryOp.OrElse ? precedence : precedence + 1;
        (Text l, Text r) = Operators.IsShift(e.Op) ? (Explicit(e.Left), Explicit(e.Right)) : Pair(e.Left, e.Right);
        return new($"{l.Enclosed(precedence)} {symbol} {r.Enclosed(right)}", precedence);
    }

    private Text Choice(Conditional e)
    {
        (Text then, Text @else) = Pair(e.Then, e.Else);
        return new($"{Print(e.Test, Precedence.OrElse)} ? {then.Enclosed(Precedence.OrElse)} : {@else.Enclosed(Precedence.Conditional)}", Precedence.Conditional);
    }

    // Two operands that C# converts to a common type: casts are left out where it comes out the same.
    private (Text Left, Text Right) Pair(Expr left, Expr right)
    {
        if (left.Type is ScalarType { Kind: var kind })
        {
            Scalar? l = ImplicitType(left), r = ImplicitType(right);
            bool bothLiteral = Plain(left) is Literal && Plain(right) is Literal;
            if (l is { } a && r is { } b && !bothLiteral && Promotion.Of(a, b) == kind)
            {
                return (Implicit(left)!.Value, Implicit(right)!.Value);
            }

            bool leftMay = l is { } c && Promotion.Of(c, kind) == kind;
            bool rightMay = r is { } d && Promotion.Of(kind, d) == kind;
            if (leftMay && (!rightMay || (Plain(right) is Literal && Plain(left) is not Literal)))
            {
                return (Implicit(left)!.Value, Explicit(right));
            }

            if (rightMay)
            {
                return (Explicit(left), Implicit(right)!.Value);
            }
        }

        return (Explicit(left), Explicit(right));
    }

    // A whole number may stand for a floating one beside an argument that shows which overload is meant.
    private string Arguments(Apply e)
    {
        bool shows = e.Arguments.Any(a => a.Type == e.Type && a.Type.IsFloating && ImplicitType(a) is null);
        return string.Join(", ", e.Arguments.Select(a => shows && Plain(a) is Literal l && l.Type == e.Type && Implicit(l) is { } text ? text.Value : Print(a)));
    }

    private string Place(Element e)
    {
        string indices = e.Indices.Count == 0 ? "" : $"[{string.Join(", ", e.Indices.Select(i => PrintAs(i, IrType.Int32)))}]";
        // C# takes what follows "new double[n]" for another rank.
        string memory = e.Memory is Allocate && indices.Length > 0 ? $"({Print(e.Memory)})" : Print(e.Memory, Precedence.Primary);
        string place = memory + indices;
        bool isObject = (e.Indices.Count == 0 ? e.Memory.Type : e.Memory.Type.Element) is ObjectType;
        foreach (Field part in e.Path)
        {
            place = part.Accessor.Length == 0 ? $"{place}.{part.Name}"
                : isObject ? $"{part.Accessor}({place})"
                : $"{part.Accessor}(ref {names.Name("Unsafe.AsRef")}(in {place}))";
            isObject = part.Type is ObjectType;
        }

        return place;
    }

    private string Whole(Pack e)
    {
        int next = 0;
        return Whole(e.Struct, () => e.Leaves[next++]);
    }

    private string Whole(StructType type, Func<Expr> next)
    {
        IEnumerable<string> parts = type.Fields.Select(part => part.Type is StructType inner ? Whole(inner, next) : PrintAs(next(), part.Type));
        return type.Construction switch
        {
            Construction.Tuple => $"({string.Join(", ", parts)})",
            Construction.Constructor => $"new {TypeText.Of(type, names)}({string.Join(", ", parts)})",
            _ => $"new {TypeText.Of(type, names)} {{ {string.Join(", ", type.Fields.Zip(parts, static (part, text) => $"{part.Name} = {text}"))} }}",
        };
    }

    private static string LengthMember(Length e) => e.Dimension == Length.Whole ? e.Memory.Type is ListType ? ".Count" : ".Length" : $".GetLength({LiteralText.Of(Numbers.Int(e.Dimension))})";

    private static bool IsWhole(Slice e) => e.Start.Is(0) && e.Count is Length { Dimension: Length.Whole } length && length.Memory.Equals(e.Memory);

    private Text View(Slice e)
    {
        string memory = Print(e.Memory, Precedence.Primary) + (e.Memory.Type is MemoryType && e.Type is SpanType ? ".Span" : "");
        bool isArray = e.Memory.Type is ArrayType;
        if (isArray)
        {
            names.Use("System");
        }

        if (IsWhole(e))
        {
            return new(isArray ? memory + ".AsSpan()" : memory, Precedence.Primary);
        }

        return new($"{memory}.{(isArray ? "AsSpan" : "Slice")}({PrintAs(e.Start, IrType.Int32)}, {PrintAs(e.Count, IrType.Int32)})", Precedence.Primary);
    }

    private string Creation(Allocate e)
    {
        string extents = string.Join(", ", e.Extents.Select(n => PrintAs(n, IrType.Int32)));
        return e.Type is ArrayType type ? TypeText.Creation(type, extents, names) : $"new {TypeText.Of(e.Type.Element!, names)}[{extents}]";
    }
}
