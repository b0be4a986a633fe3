using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Everything that takes one of several ways: if, ?:, &amp;&amp;, ||, ??.</summary>
internal sealed partial class BodyLowering
{
    public override Expr? VisitConditional(IConditionalOperation operation, Use use)
    {
        Expr test = Operand(operation.Condition);
        if (operation.Type is null || operation.Type.SpecialType == SpecialType.System_Void)
        {
            EmitIf(test, () => LowerNested(operation.WhenTrue), () => LowerNested(operation.WhenFalse));
            return null;
        }

        if (operation.IsRef)
        {
            return RefuseUnknown(operation);
        }

        IrType type = TypeOf(operation);
        return type is { HoldsFloating: true } and not (StructType or ArrayType or SpanType)
            ? RefuseReassigned(operation, "This conditional expression", "use the memory in both branches of an 'if'")
            : Placed(operation, Choice(type, test, () => Lower(operation.WhenTrue), () => Lower(operation.WhenFalse!)));
    }

    private void LowerNested(IOperation? statement)
    {
        if (statement is not null)
        {
            LowerStatement(statement);
        }
    }

    private void EmitIf(Expr test, Action then, Action otherwise)
    {
        if (test == Numbers.True || test == Numbers.False)
        {
            (test == Numbers.True ? then : otherwise)();
            return;
        }

        int id = ids.Take();
        Block thenBlock = Capture(then);
        Emit(new If(id, test, thenBlock, Capture(otherwise), EquatableArray<Join>.Empty));
    }

    /// <summary>A value that each branch computes for itself.</summary>
    private Expr Choice(IrType type, Expr test, Func<Expr> then, Func<Expr> otherwise)
    {
        Expr result = NewValue("", type);
        Declare(result, null);
        EmitIf(test, () => EmitResult(result, then()), () => EmitResult(result, otherwise()));
        return result;
    }

    // A branch that throws has no result.
    private void EmitResult(Expr result, Expr value)
    {
        if (EndsWithThrow())
        {
            return;
        }

        if (result is Read { Variable: { Type: ArrayType or SpanType } variable })
        {
            MarkOutside(variable, value);
        }

        Set(result, value);
    }

    private Expr LowerShortCircuit(IBinaryOperation operation)
    {
        Expr left = Operand(operation.LeftOperand);
        if (operation.OperatorMethod is not null || left.Type != IrType.Bool)
        {
            return RefuseUnknown(operation);
        }

        return operation.OperatorKind == BinaryOperatorKind.ConditionalAnd
            ? Both(left, () => Lower(operation.RightOperand))
            : Either(left, () => Lower(operation.RightOperand));
    }

    private Expr Both(Expr left, Func<Expr> right)
        => left == Numbers.True ? Name(right()) : Choice(IrType.Bool, left, right, static () => Numbers.False);

    private Expr Either(Expr left, Func<Expr> right) => Choice(IrType.Bool, left, static () => Numbers.True, right);

    public override Expr? VisitCoalesce(ICoalesceOperation operation, Use use)
    {
        IrType type = TypeOf(operation);
        if (type is { HoldsFloating: true } and not (StructType or ArrayType))
        {
            return RefuseReassigned(operation, "This '??'", "check for null in the caller");
        }

        if (operation.Value is IConditionalAccessOperation { WhenNotNull: { Type: { IsValueType: true } } found } access && TypeOf(found) == type)
        {
            // The number itself: what would hold it, or nothing, is never made.
            return LowerAccess(access, type, () => Lower(operation.WhenNull), () => Lower(found));
        }

        Expr value = Stable(Operand(operation.Value));
        if ((value.Type.IsMemory && value.Type != type) || !(operation.ValueConversion.IsIdentity || operation.ValueConversion.IsReference))
        {
            return RefuseUnknown(operation);
        }

        return Placed(operation, Choice(type, IsNull(operation, value), () => Lower(operation.WhenNull), () => value.Type == type ? value : ValueOf(operation, value, type)));
    }

    // What stands before the dot of '?.'.
    private readonly Stack<Expr> accessed = new();

    public override Expr? VisitConditionalAccess(IConditionalAccessOperation operation, Use use)
    {
        IrType type = TypeOf(operation);
        return operation.Type!.SpecialType != SpecialType.System_Void && (type is not OpaqueType || FloatingContent.MayHold(operation.Type))
            ? RefuseComposite(operation)
            : LowerAccess(operation, type, () => new Default(type), () => Optional(operation, Lower(operation.WhenNotNull), type));
    }

    public override Expr? VisitConditionalAccessInstance(IConditionalAccessInstanceOperation operation, Use use) => accessed.Peek();

    private Expr LowerAccess(IConditionalAccessOperation operation, IrType type, Func<Expr> whenNull, Func<Expr> whenNotNull)
    {
        Expr instance = Stable(Operand(operation.Operation));
        return Choice(type, IsNull(operation, instance), whenNull, () =>
        {
            accessed.Push(TypeOf(operation.WhenNotNull.DescendantsAndSelf().OfType<IConditionalAccessInstanceOperation>().First()) is var inner && inner == instance.Type ? instance : Name(ValueOf(operation, instance, inner)));
            Expr value = whenNotNull();
            accessed.Pop();
            return value;
        });
    }

    private Expr Optional(IOperation operation, Expr value, IrType type) => value.Type == type ? value
        : new ExternalText().Text($"({TextOf(operation.Type!)})").Hole(Name(value)).Build(type, Effect.Pure, Site(operation, "?."));

    /// <summary>The number in a nullable that is known to hold one.</summary>
    private External ValueOf(IOperation operation, Expr nullable, IrType type)
        => new ExternalText().Hole(nullable).Text(".GetValueOrDefault()").Build(type, Effect.Pure, Site(operation, "??"));

    private Expr IsNull(IOperation operation, Expr value)
        => Name(new ExternalText().Hole(value).Text(" is null").Build(IrType.Bool, Effect.Pure, Site(operation, "is null")));
}
