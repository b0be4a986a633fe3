using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Constants, variables and operators.</summary>
internal sealed partial class BodyLowering
{
    private Expr? ConstantOf(IOperation operation)
    {
        if (operation is not { ConstantValue: { HasValue: true, Value: var value }, Type: { } type })
        {
            return null;
        }

        IrType irType = TypeOf(type);
        if (value is null)
        {
            return new Default(irType);
        }

        return CSharpText.Number(value, irType) is { } number ? number
            : CSharpText.Constant(value, type) is { } text ? new ExternalText().Text(text).Build(irType, Effect.Pure, Site(operation, text))
            : null;
    }

    public override Expr? VisitLocalReference(ILocalReferenceOperation operation, Use use)
    {
        if (references.TryGetValue(operation.Local, out Element? element))
        {
            return element;
        }

        return Hoisted(operation.Local);
    }

    public override Expr? VisitParameterReference(IParameterReferenceOperation operation, Use use)
    {
        if (references.TryGetValue(operation.Parameter, out Element? element))
        {
            return element;
        }

        return variables.TryGetValue(operation.Parameter, out Expr? value) ? value : RefuseUnknown(operation);
    }

    public override Expr? VisitParenthesized(IParenthesizedOperation operation, Use use) => Lower(operation.Operand, use);

    public override Expr? VisitDefaultValue(IDefaultValueOperation operation, Use use) => DefaultOf(TypeOf(operation));

    public override Expr? VisitUnaryOperator(IUnaryOperation operation, Use use)
    {
        if (operation.OperatorMethod is { } method && ComputesWithParts(operation.Operand, operation))
        {
            return CallOperator(operation, method, [Operand(operation.Operand)]);
        }

        Expr operand = Operand(operation.Operand);
        UnaryOp? op = operation.OperatorKind switch
        {
            UnaryOperatorKind.Minus => UnaryOp.Negate,
            UnaryOperatorKind.Plus => UnaryOp.Plus,
            UnaryOperatorKind.Not => UnaryOp.Not,
            UnaryOperatorKind.BitwiseNegation => UnaryOp.Complement,
            _ => null,
        };
        IrType type = TypeOf(operation);
        if (op is { } known && operand.Type is ScalarType && type is ScalarType && IsBuiltIn(operation.OperatorMethod))
        {
            return new Unary(known, operand, type, OverflowOf(type, operation.IsChecked));
        }

        return operation.OperatorKind switch
        {
            UnaryOperatorKind.Minus => OpaqueOperator(operation, operation.OperatorMethod, text => text.Text("-").Hole(operand)),
            UnaryOperatorKind.Plus => OpaqueOperator(operation, operation.OperatorMethod, text => text.Text("+").Hole(operand)),
            UnaryOperatorKind.Not => OpaqueOperator(operation, operation.OperatorMethod, text => text.Text("!").Hole(operand)),
            UnaryOperatorKind.BitwiseNegation => OpaqueOperator(operation, operation.OperatorMethod, text => text.Text("~").Hole(operand)),
            UnaryOperatorKind.Hat => OpaqueOperator(operation, operation.OperatorMethod, text => text.Text("^").Hole(operand)),
            _ => RefuseUnknown(operation),
        };
    }

    public override Expr? VisitBinaryOperator(IBinaryOperation operation, Use use)
    {
        // A sum of a thousand terms leans to the left: go down its spine without recursion.
        var spine = new Stack<IBinaryOperation>();
        IOperation leftmost = operation;
        while (leftmost is IBinaryOperation { ConstantValue.HasValue: false } binary && !IsShortCircuit(binary))
        {
            spine.Push(binary);
            leftmost = binary.LeftOperand;
        }

        if (spine.Count == 0)
        {
            return LowerShortCircuit(operation);
        }

        Expr value = Lower(WithoutBoxing(leftmost));
        foreach (IBinaryOperation binary in spine)
        {
            Expr left = Protect(Name(value), [binary.RightOperand]);
            if (binary is { OperatorMethod: null or { IsImplicitlyDeclared: true }, OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, RightOperand: ILiteralOperation { Type: null } or IConversionOperation { IsImplicit: true, Operand: ILiteralOperation { Type: null } } })
            {
                Expr isNull = IsNull(binary, left);
                value = binary.OperatorKind == BinaryOperatorKind.Equals ? isNull : new Unary(UnaryOp.Not, isNull, IrType.Bool);
                continue;
            }

            if (binary.OperatorMethod?.Parameters[0] is { } first && IsOverwritten(binary.LeftOperand, first, [binary.RightOperand]))
            {
                return RefuseOverwritten(binary.LeftOperand, first);
            }

            Expr right = Operand(WithoutBoxing(binary.RightOperand));
            value = binary.OperatorMethod is { } method && ComputesWithParts(binary.LeftOperand, binary.RightOperand, binary)
                ? CallOperator(binary, method, [left, right])
                : Combine(binary, left, right);
        }

        return value;
    }

    private static bool IsShortCircuit(IBinaryOperation operation)
        => operation.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr;

    private Expr Combine(IBinaryOperation operation, Expr left, Expr right)
    {
        if (OperatorOf(operation.OperatorKind) is not { } op)
        {
            return RefuseUnknown(operation);
        }

        IrType type = TypeOf(operation);
        bool isBuiltIn = IsBuiltIn(operation.OperatorMethod) && !operation.IsLifted;
        if (isBuiltIn && left.Type is ScalarType && right.Type is ScalarType)
        {
            return new Binary(op, left, right, type, OverflowOf(type, operation.IsChecked));
        }

        bool isEnumComparison = isBuiltIn && type == IrType.Bool && operation.LeftOperand.Type?.TypeKind == TypeKind.Enum;
        return isEnumComparison
            ? new Binary(op, left, right, type)
            : OpaqueOperator(operation, operation.OperatorMethod, text => text.Hole(left).Text($" {Symbol(op)} ").Hole(right));
    }

    /// <summary>Whether an operator is C#'s own, or that of a type parameter which stands for a number.</summary>
    private static bool IsBuiltIn(IMethodSymbol? implementation) => implementation is null || Generics.IsMember(implementation);

    /// <summary>An operator on values that the IR does not compute with.</summary>
    private Expr OpaqueOperator(IOperation operation, IMethodSymbol? implementation, Action<ExternalText> write)
    {
        var text = new ExternalText();
        write(text);
        Effect effect = implementation is null || Bodies.IsOfFramework(implementation) ? Effect.Pure : quiet.IsQuiet(implementation) ? Effect.Reads : Effect.Writes;
        return Checked(operation, text.Build(TypeOf(operation), effect, Site(operation, implementation is null ? "operator" : CSharpText.Short(implementation))));
    }

    private static Overflow OverflowOf(IrType type, bool isChecked) => isChecked && type.IsInteger() ? Overflow.Checked : Overflow.Unchecked;

    private static BinaryOp? OperatorOf(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => BinaryOp.Add,
        BinaryOperatorKind.Subtract => BinaryOp.Subtract,
        BinaryOperatorKind.Multiply => BinaryOp.Multiply,
        BinaryOperatorKind.Divide => BinaryOp.Divide,
        BinaryOperatorKind.Remainder => BinaryOp.Remainder,
        BinaryOperatorKind.And => BinaryOp.And,
        BinaryOperatorKind.Or => BinaryOp.Or,
        BinaryOperatorKind.ExclusiveOr => BinaryOp.Xor,
        BinaryOperatorKind.LeftShift => BinaryOp.ShiftLeft,
        BinaryOperatorKind.RightShift => BinaryOp.ShiftRight,
        BinaryOperatorKind.UnsignedRightShift => BinaryOp.UnsignedShiftRight,
        BinaryOperatorKind.Equals => BinaryOp.Equal,
        BinaryOperatorKind.NotEquals => BinaryOp.NotEqual,
        BinaryOperatorKind.LessThan => BinaryOp.Less,
        BinaryOperatorKind.LessThanOrEqual => BinaryOp.LessOrEqual,
        BinaryOperatorKind.GreaterThan => BinaryOp.Greater,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOp.GreaterOrEqual,
        _ => null,
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
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "not an operator with two evaluated operands"),
    };
}
