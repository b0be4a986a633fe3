using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Blocks, declarations, exits.</summary>
internal sealed partial class BodyLowering
{
    public override Expr? VisitBlock(IBlockOperation operation, Use use)
    {
        foreach (IOperation statement in operation.Operations)
        {
            LowerStatement(statement);
        }

        return null;
    }

    private void LowerStatement(IOperation statement)
    {
        if (EndsWithExit())
        {
            // Without labels nothing gets here.
            return;
        }

        if (statement is IBlockOperation or IEmptyOperation)
        {
            Visit(statement, Use.Effect);
            return;
        }

        int start = statements.Count;
        if (frame is not { IsInPlace: true })
        {
            Emit(NoteOf(statement.Syntax, NoteText.Of(statement.Syntax)));
        }

        int first = statements.Count;
        (List<Stmt>, int) outer = hoist;
        hoist = (statements, first);
        Visit(statement, Use.Effect);
        hoist = outer;
        if (statements.Count == first && first > start)
        {
            // A local constant, a discarded value: nothing was made, so there is nothing to say.
            statements.RemoveAt(start);
        }
    }

    public override Expr? VisitEmpty(IEmptyOperation operation, Use use) => null;

    public override Expr? VisitExpressionStatement(IExpressionStatementOperation operation, Use use)
    {
        Discard(Lower(operation.Operation, Use.Effect));
        return null;
    }

    private void Discard(Expr value)
    {
        if (value is External external)
        {
            Emit(new Evaluate(external));
        }
        else
        {
            // Also a value nobody wants must be computed: an index may be out of range.
            Name(value);
        }
    }

    public override Expr? VisitVariableDeclarationGroup(IVariableDeclarationGroupOperation operation, Use use)
    {
        foreach (IVariableDeclaratorOperation declarator in operation.Declarations.SelectMany(static d => d.Declarators))
        {
            VisitVariableDeclarator(declarator, use);
        }

        return null;
    }

    public override Expr? VisitVariableDeclarator(IVariableDeclaratorOperation operation, Use use)
    {
        ILocalSymbol local = operation.Symbol;
        IOperation? value = (operation.Initializer ?? (operation.Parent as IVariableDeclarationOperation)?.Initializer)?.Value;
        if (local.IsConst || HoldsLambda(local, value))
        {
            return null;
        }

        if (local.IsRef)
        {
            BindReference(local, value, operation);
        }
        else if (TypeOf(local.Type) is { IsMemory: true } and not StructType)
        {
            DeclareMemory(local, value, operation);
        }
        else
        {
            Expr? initial = value is null ? null : Lower(value);
            Declare(NewValue(local, local.Type), initial);
        }

        return null;
    }

    public override Expr? VisitReturn(IReturnOperation operation, Use use)
    {
        if (operation.Kind != OperationKind.Return)
        {
            return RefuseStatement(operation, "'yield'", "the method stops and goes on later", "compute all values in one call and store them in a span");
        }

        if (frame is { Scope: not NoScope } or { IsInPlace: true })
        {
            ReturnFromFrame(operation.ReturnedValue, frame);
            return null;
        }

        Expr? result = operation.ReturnedValue is { } value ? ReturnValue(value) : null;
        if (!EndsWithThrow())
        {
            Emit(new Return(result));
        }

        return null;
    }

    private Expr ReturnValue(IOperation value)
    {
        Expr result = Operand(value);
        if (result.Type.IsMemory && result is Read read && outside.Contains(read.Variable.Id))
        {
            return Refuse(value, Diagnostics.Descriptors.CompositeValue, CSharpText.Short(value.Type!), "that was not made here is returned", "copy it into a new array");
        }

        return result;
    }

    public override Expr? VisitThrow(IThrowOperation operation, Use use)
    {
        if (operation.Exception is { } exception)
        {
            Emit(new Throw(Lower(WithoutReferenceConversions(exception))));
        }

        return new Default(TypeOf(operation));
    }

    private bool EndsWithExit() => statements.Count > 0 && statements[statements.Count - 1] is Return or Throw or Break or Leave;

    private bool EndsWithThrow() => statements.Count > 0 && statements[statements.Count - 1] is Throw;

    private static IOperation WithoutReferenceConversions(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } conversion && (conversion.Conversion.IsReference || conversion.Conversion.IsIdentity))
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    public override Expr? VisitTry(ITryOperation operation, Use use)
        => RefuseStatement(operation, "'try'", "which of its statements ran is not known afterwards", "check the condition before the statement that would throw");

    public override Expr? VisitUsing(IUsingOperation operation, Use use)
        => RefuseStatement(operation, "'using'", "it runs code of its own when the block is left", "open the resource in the caller");

    public override Expr? VisitUsingDeclaration(IUsingDeclarationOperation operation, Use use)
        => RefuseStatement(operation, "'using'", "it runs code of its own when the block is left", "open the resource in the caller");

    public override Expr? VisitLock(ILockOperation operation, Use use)
        => RefuseStatement(operation, "'lock'", "the backward pass would need the same lock again", "lock in the caller");

    public override Expr? VisitLabeled(ILabeledOperation operation, Use use)
        => RefuseStatement(operation, "A label", "jumps to it have no structure to reverse", "use a loop, 'break', 'continue' or 'return'");

    public override Expr? VisitAwait(IAwaitOperation operation, Use use)
        => RefuseStatement(operation, "'await'", "the method stops and goes on later", "await in the caller and pass the result");
}
