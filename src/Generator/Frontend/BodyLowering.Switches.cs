using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>switch statements and expressions, as ladders of if.</summary>
internal sealed partial class BodyLowering
{
    public override Expr? VisitSwitch(ISwitchOperation operation, Use use)
    {
        int scope = ids.Take();
        Expr value = Examined(operation.Value);
        jumps[operation.ExitLabel] = new Leave(scope);
        Block ladder = Capture(() => LowerSections(operation, value, scope, index: 0));
        if (Leaves(ladder, scope))
        {
            Emit(new Scope(scope, ladder));
        }
        else
        {
            statements.AddRange(ladder.Statements);
        }

        return null;
    }

    private void LowerSections(ISwitchOperation operation, Expr value, int scope, int index)
    {
        if (index == operation.Cases.Length)
        {
            // Nothing matched: 'default' comes last wherever it is written.
            if (operation.Cases.FirstOrDefault(HasDefault) is { } section)
            {
                LowerSection(section, scope);
            }

            return;
        }

        ISwitchCaseOperation current = operation.Cases[index];
        ICaseClauseOperation[] clauses = [.. current.Clauses.Where(static c => c is not IDefaultCaseClauseOperation)];
        if (clauses.Length == 0 || (HasDefault(current) && index == operation.Cases.Length - 1 && clauses.All(IsPlain)))
        {
            LowerSections(operation, value, scope, index + 1);
            return;
        }

        EmitIf(AnyMatches(value, clauses, 0), () => LowerSection(current, scope), () => LowerSections(operation, value, scope, index + 1));
    }

    private static bool HasDefault(ISwitchCaseOperation section) => section.Clauses.Any(static c => c is IDefaultCaseClauseOperation);

    private static bool IsPlain(ICaseClauseOperation clause) => clause is ISingleValueCaseClauseOperation;

    private void LowerSection(ISwitchCaseOperation section, int scope)
    {
        // A section may be lowered twice (a label beside 'default'): each time with variables of its own.
        Forget(section.Body.SelectMany(static s => s.DescendantsAndSelf()));
        foreach (IOperation statement in section.Body)
        {
            LowerStatement(statement);
        }

        // The 'break' that C# wants at the end of a section goes nowhere else than the end of the ladder.
        if (statements.Count > 0 && statements[statements.Count - 1] is Leave leave && leave.Scope == scope)
        {
            statements.RemoveAt(statements.Count - 1);
            if (statements.Count > 0 && statements[statements.Count - 1] is Note)
            {
                statements.RemoveAt(statements.Count - 1);
            }
        }
    }

    private Expr AnyMatches(Expr value, IReadOnlyList<ICaseClauseOperation> clauses, int index)
    {
        Expr first = ClauseMatches(value, clauses[index]);
        return index == clauses.Count - 1 ? first : Either(first, () => AnyMatches(value, clauses, index + 1));
    }

    private Expr ClauseMatches(Expr value, ICaseClauseOperation clause) => clause switch
    {
        ISingleValueCaseClauseOperation single => MatchesConstant(value, single.Value, single),
        IPatternCaseClauseOperation pattern => Guarded(Matches(value, pattern.Pattern), pattern.Guard),
        _ => RefuseUnknown(clause),
    };

    private Expr Guarded(Expr isMatch, IOperation? guard) => guard is null ? isMatch : Both(isMatch, () => Lower(guard));

    public override Expr? VisitSwitchExpression(ISwitchExpressionOperation operation, Use use)
    {
        IrType type = TypeOf(operation);
        if (type is { HoldsFloating: true } and not (StructType or ArrayType or SpanType))
        {
            return RefuseReassigned(operation, "This switch expression", "use the memory in each branch of a switch statement");
        }

        Expr value = Examined(operation.Value);
        Expr result = NewValue("", type);
        Declare(result, null);
        LowerArms(operation, value, result, index: 0);
        return Placed(operation, result);
    }

    private void LowerArms(ISwitchExpressionOperation operation, Expr value, Expr result, int index)
    {
        if (index == operation.Arms.Length)
        {
            ExternalText unmatched = new ExternalText().Text("new global::System.Runtime.CompilerServices.SwitchExpressionException(");
            Emit(new Throw(Shown(value, unmatched).Text(")").Build(new OpaqueType("global::System.Runtime.CompilerServices.SwitchExpressionException"), Effect.Pure, Site(operation, "switch"))));
            return;
        }

        ISwitchExpressionArmOperation arm = operation.Arms[index];
        bool isRest = operation.IsExhaustive && index == operation.Arms.Length - 1 && value.Type is ScalarType
            && arm is { Guard: null, Pattern: IConstantPatternOperation or IRelationalPatternOperation };
        Expr test = isRest ? Numbers.True : Guarded(Matches(value, arm.Pattern), arm.Guard);
        if (test == Numbers.True)
        {
            EmitResult(result, Lower(arm.Value));
            return;
        }

        EmitIf(test, () => EmitResult(result, Lower(arm.Value)), () => LowerArms(operation, value, result, index + 1));
    }

    private static bool Leaves(Block block, int scope) => block.Statements.Any(s => s switch
    {
        Leave leave => leave.Scope == scope,
        If branch => Leaves(branch.Then, scope) || Leaves(branch.Else, scope),
        Loop loop => Leaves(loop.Body, scope),
        Scope inner => Leaves(inner.Body, scope),
        _ => false,
    });
}
