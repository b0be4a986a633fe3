using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>A loop that makes the rows of arrays of arrays, one after the other: <c>for (int i = 0; i &lt; n; i++) { d[i] = new T[m]; … }</c>.</summary>
internal sealed class RowLoop
{
    private readonly ISimpleAssignmentOperation making;

    private RowLoop(IForLoopOperation loop, ILocalSymbol index, ISimpleAssignmentOperation making)
    {
        Loop = loop;
        Index = index;
        this.making = making;
    }

    public IForLoopOperation Loop { get; }

    public ILocalSymbol Index { get; }

    /// <summary>The statement that makes a row.</summary>
    public IOperation Making => making;

    /// <summary>What a row is made by.</summary>
    public IOperation Row => JaggedArray.CreationOf(making.Value)!;

    /// <summary>Whether the length of a row depends on which it is.</summary>
    public bool IsUneven => LengthOf(Row) is { } length && length.DescendantsAndSelf().Any(o => IsIndex(o));

    /// <summary>The loop that a statement is, where it first makes a row of this array.</summary>
    public static RowLoop? Of(IOperation statement, ILocalSymbol array)
        => statement is IForLoopOperation loop && StartOf(loop) is { Symbol: var index }
            && MakingsIn(loop.Body).FirstOrDefault(making => IsElementOf(making.Target, array, index)) is { } making
            && JaggedArray.CreationOf(making.Value) is not null ? new(loop, index, making) : null;

    /// <summary>The length that a creation gives; null where it lists the elements.</summary>
    public static IOperation? LengthOf(IOperation creation) => creation is IArrayCreationOperation { Initializer: null } array ? array.DimensionSizes[0] : null;

    /// <summary>How many statements the loop runs each time.</summary>
    public int Statements => Loop.Body is IBlockOperation block ? block.Operations.Length : 1;

    public bool Makes(IOperation mention) => mention.Parent == making.Target;

    /// <summary>Whether a row that the loop uses is one that it has made.</summary>
    public bool HasMade(IOperation row)
    {
        for (IOperation? o = row; o is not null; o = o.Parent)
        {
            if (o == making)
            {
                return false;
            }
        }

        return row is IArrayElementReferenceOperation element && element.Indices.Only() is { } at && (IsIndex(at)
            || (at is IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract, LeftOperand: var left, RightOperand.ConstantValue: { HasValue: true, Value: >= 0 } } && IsIndex(left)));
    }

    /// <summary>Why it is not known that the loop makes all rows, each of a length that can be told before.</summary>
    public IEnumerable<Objection> Objections(ILocalSymbol array, IOperation creation, IOperation[] region)
    {
        bool isOverAll = StartsAtZero() && CountsUp() && !WriteFacts.Writes(Loop.Body, Index)
            && Loop.Condition is IBinaryOperation { LeftOperand: var left, RightOperand: var bound } condition && IsIndex(left)
            && (condition.OperatorKind == BinaryOperatorKind.LessThan ? IsCount(bound, array, creation, region)
                : condition.OperatorKind == BinaryOperatorKind.LessThanOrEqual && Successor(creation) is { } last && Steady.AreSame(bound, last, region));
        if (!isOverAll)
        {
            yield return new Objection(making.Target, "this loop is not known to make each of its rows", $"let the loop be 'for (int i = 0; i < {array.Name}.Length; i++)'");
        }

        if (Loop.Body.Descendants().FirstOrDefault(Leaves) is { } exit)
        {
            yield return new Objection(exit, "the loop that makes its rows may end before all are made", "make all rows first, in a loop of their own");
        }

        if (LengthOf(Row) is { } length && !Steady.Is(length, [Loop.Body], Index))
        {
            yield return new Objection(length, "this length is not known before the loop", "compute it from variables and integer arrays that do not change in the loop");
        }

        if (JaggedArray.RowsOf(Row)?.OfType<ISpreadOperation>().FirstOrDefault() is { } spread)
        {
            yield return new Objection(spread, "this row is not new storage of a known length", "write 'new T[length]', and copy into it what is to stand there");
        }
    }

    private bool Leaves(IOperation operation) => operation is IReturnOperation
        || (operation is IBranchOperation branch && (branch.BranchKind == BranchKind.GoTo || SymbolEqualityComparer.Default.Equals(branch.Target, Loop.ExitLabel)));

    private static IVariableDeclaratorOperation? StartOf(IForLoopOperation loop)
        => loop.Before.Only() is IVariableDeclarationGroupOperation group ? group.Declarations.Only()?.Declarators.Only() : null;

    private bool StartsAtZero() => StartOf(Loop) is { Symbol.Type.SpecialType: SpecialType.System_Int32 } declarator
        && declarator.Initializer?.Value.ConstantValue is { HasValue: true, Value: 0 };

    private bool CountsUp() => Loop.AtLoopBottom.Only() is IExpressionStatementOperation { Operation: var step } && step switch
    {
        IIncrementOrDecrementOperation { Kind: OperationKind.Increment, Target: var target } => IsIndex(target),
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Target: var target, Value.ConstantValue: { HasValue: true, Value: 1 } } => IsIndex(target),
        _ => false,
    };

    private static bool IsCount(IOperation bound, ILocalSymbol array, IOperation creation, IOperation[] region)
        => (bound is IPropertyReferenceOperation { Property.Name: "Length", Instance: ILocalReferenceOperation { Local: var measured } } && SymbolEqualityComparer.Default.Equals(measured, array))
            || (LengthOf(creation) is { } count && Steady.AreSame(bound, count, region));

    // Of n + 1 rows the last is n.
    private static IOperation? Successor(IOperation creation) => LengthOf(creation) is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum
        ? sum.RightOperand.ConstantValue is { HasValue: true, Value: 1 } ? sum.LeftOperand
            : sum.LeftOperand.ConstantValue is { HasValue: true, Value: 1 } ? sum.RightOperand
            : null
        : null;

    private static bool IsElementOf(IOperation target, ILocalSymbol array, ILocalSymbol index)
        => target is IArrayElementReferenceOperation { ArrayReference: ILocalReferenceOperation { Local: var local }, Indices: var indices } && indices.Only() is ILocalReferenceOperation { Local: var at }
            && SymbolEqualityComparer.Default.Equals(local, array) && SymbolEqualityComparer.Default.Equals(at, index);

    private bool IsIndex(IOperation operation) => operation is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, Index);

    /// <summary>The statements with which a body begins that make rows.</summary>
    private static List<ISimpleAssignmentOperation> MakingsIn(IOperation body)
    {
        IEnumerable<IOperation> all = body is IBlockOperation block ? block.Operations : [body];
        return [.. all.Select(static o => o is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { IsRef: false, Target: IArrayElementReferenceOperation } making } && JaggedArray.CreationOf(making.Value) is not null ? making : null)
            .TakeWhile(static making => making is not null).OfType<ISimpleAssignmentOperation>()];
    }
}
