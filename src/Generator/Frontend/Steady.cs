using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Whole numbers that are the same wherever some statements compute them.</summary>
internal static class Steady
{
    /// <summary>Whether an expression can be computed before the statements as well; for each value of an index, where they have one.</summary>
    public static bool Is(IOperation expression, IReadOnlyList<IOperation> region, ILocalSymbol? index = null) => expression switch
    {
        { ConstantValue.HasValue: true } => true,
        ILocalReferenceOperation { Local: { IsRef: false } local } => SymbolEqualityComparer.Default.Equals(local, index) || (!IsDeclaredIn(local, region) && !region.Any(o => MayWrite(o, local, local.Type))),
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } => !region.Any(o => MayWrite(o, parameter, parameter.Type)),
        IPropertyReferenceOperation { Property.Name: "Length", Instance: { } measured } => HasLength(measured) && Is(measured, region, index),
        IFieldReferenceOperation { Field.IsVolatile: false } or IPropertyReferenceOperation { Property.IsIndexer: false } => IsKept((IMemberReferenceOperation)expression, region, index),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } span, Arguments: var arguments } => arguments.Only() is { } at && IsElement(expression, span, at.Value, region, index),
        IArrayElementReferenceOperation { ArrayReference: var array, Indices: var indices } => indices.Only() is { } at && IsElement(expression, array, at, region, index),
        IBinaryOperation { OperatorMethod: null, LeftOperand: var left, RightOperand: var right } => Is(left, region, index) && Is(right, region, index),
        IUnaryOperation { OperatorMethod: null, Operand: var operand } => Is(operand, region, index),
        IConversionOperation { OperatorMethod: null, Operand: var operand } => Is(operand, region, index),
        IConditionalOperation { Condition: var condition, WhenTrue: var yes, WhenFalse: { } no } => Is(condition, region, index) && Is(yes, region, index) && Is(no, region, index),
        IInvocationOperation { TargetMethod: { Name: "Min" or "Max" or "Abs", ContainingType: var owner }, Arguments: var arguments } when Primitives.IsSystemType(owner, "Math") => arguments.All(a => Is(a.Value, region, index)),
        IInvocationOperation { TargetMethod.Name: "GetLength", Instance: { Type: IArrayTypeSymbol } table, Arguments: var dimension } => Is(table, region, index) && dimension.All(a => Is(a.Value, region, index)),
        _ => false,
    };

    /// <summary>Whether two expressions have one value, wherever in the statements they stand.</summary>
    public static bool AreSame(IOperation a, IOperation b, IReadOnlyList<IOperation> region)
    {
        a = WithoutConversion(a);
        b = WithoutConversion(b);
        return (a, b) switch
        {
            ({ ConstantValue: { HasValue: true, Value: var x } }, { ConstantValue: { HasValue: true, Value: var y } }) => Equals(x, y),
            (ILocalReferenceOperation x, ILocalReferenceOperation y) => SymbolEqualityComparer.Default.Equals(x.Local, y.Local) && Is(x, region),
            (IParameterReferenceOperation x, IParameterReferenceOperation y) => SymbolEqualityComparer.Default.Equals(x.Parameter, y.Parameter) && Is(x, region),
            (IInstanceReferenceOperation, IInstanceReferenceOperation) => true,
            (IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false }, IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false })
                when (IMemberReferenceOperation)a is var x && (IMemberReferenceOperation)b is var y => SymbolEqualityComparer.Default.Equals(x.Member, y.Member)
                && (x.Instance, y.Instance) is (null, null) or ({ }, { }) && (x.Instance is null || AreSame(x.Instance, y.Instance!, region)) && Is(x, region),
            (IBinaryOperation { OperatorMethod: null } x, IBinaryOperation { OperatorMethod: null } y) => x.OperatorKind == y.OperatorKind && x.IsChecked == y.IsChecked
                && AreSame(x.LeftOperand, y.LeftOperand, region) && AreSame(x.RightOperand, y.RightOperand, region),
            _ => false,
        };
    }

    /// <summary>Whether a number is known not to be less than 0, or 1.</summary>
    public static bool IsLength(IOperation expression, WriteFacts writes, int atLeast = 0) => WithoutConversion(expression) switch
    {
        { ConstantValue: { HasValue: true, Value: int number } } => number >= atLeast,
        IPropertyReferenceOperation { Property.Name: "Length", Instance: { } measured } => atLeast == 0 && HasLength(measured),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, LeftOperand: var left, RightOperand: var right }
            => IsLength(left, writes) && IsLength(right, writes) && (atLeast == 0 || IsLength(left, writes, atLeast) || IsLength(right, writes, atLeast)),
        ILocalReferenceOperation { Local: var local } reference when !writes.IsAssigned(local) => InitialOf(local, reference) is { } initial && IsLength(initial, writes, atLeast),
        _ => false,
    };

    private static IOperation? InitialOf(ILocalSymbol local, IOperation use)
    {
        for (IOperation? o = use.Parent; o is not null; o = o.Parent)
        {
            if (o is IBlockOperation block && block.Locals.Contains(local, SymbolEqualityComparer.Default))
            {
                return block.Operations.OfType<IVariableDeclarationGroupOperation>().SelectMany(static g => g.Declarations).SelectMany(static d => d.Declarators)
                    .FirstOrDefault(d => SymbolEqualityComparer.Default.Equals(d.Symbol, local))?.Initializer?.Value;
            }
        }

        return null;
    }

    // By its own name, or by a reference to it.
    private static bool MayWrite(IOperation part, ISymbol variable, ITypeSymbol type)
        => WriteFacts.Writes(part, variable) || part.DescendantsAndSelf().Any(o => o is ILocalReferenceOperation { Local.IsRef: true, Type: var referred } && SymbolEqualityComparer.Default.Equals(referred, type));

    // A member of an object that nothing in the statements can give another value.
    private static bool IsKept(IMemberReferenceOperation member, IReadOnlyList<IOperation> region, ILocalSymbol? index)
        => (member is IFieldReferenceOperation || IsAutomatic(((IPropertyReferenceOperation)member).Property))
            && (member.Instance is null or IInstanceReferenceOperation || Is(member.Instance, region, index))
            && !region.Any(o => o.Descendants().Any(inner => RunsCode(inner) || inner is IMemberReferenceOperation { Parent: IAssignmentOperation or IIncrementOrDecrementOperation or IArgumentOperation or ITupleOperation } other
                && SymbolEqualityComparer.Default.Equals(other.Member, member.Member) && !(other.Parent is IAssignmentOperation assignment && assignment.Value == other)));

    private static bool RunsCode(IOperation operation) => operation is IObjectCreationOperation or IBinaryOperation { OperatorMethod: not null } or IConversionOperation { OperatorMethod: not null }
        || (operation is IPropertyReferenceOperation { Property: var property } && property.Locations.Any(static l => l.IsInSource) && !IsAutomatic(property))
        || (operation is IInvocationOperation call && !Primitives.IsSystemType(call.TargetMethod.ContainingType, "Math", "MathF"));

    private static bool IsElement(IOperation element, IOperation memory, IOperation at, IReadOnlyList<IOperation> region, ILocalSymbol? index)
        => IsMemory(memory) && Is(memory, region, index) && Is(at, region, index) && !region.Any(o => o.Descendants().Any(inner => MayStore(inner, element.Type!)));

    // Into an array or span of whole numbers, by whatever name.
    private static bool MayStore(IOperation operation, ITypeSymbol element) => operation switch
    {
        IAssignmentOperation { Target: IArrayElementReferenceOperation or IPropertyReferenceOperation or IImplicitIndexerReferenceOperation } write => SymbolEqualityComparer.Default.Equals(write.Target.Type, element),
        IIncrementOrDecrementOperation { Target: IArrayElementReferenceOperation or IPropertyReferenceOperation or IImplicitIndexerReferenceOperation } write => SymbolEqualityComparer.Default.Equals(write.Target.Type, element),
        ILocalReferenceOperation { Local.IsRef: true, Type: var type } => SymbolEqualityComparer.Default.Equals(type, element),
        _ => RunsCode(operation),
    };

    private static bool HasLength(IOperation operation) => operation.Type?.SpecialType == SpecialType.System_String || IsMemory(operation);

    private static bool IsMemory(IOperation operation) => operation.Type is IArrayTypeSymbol { Rank: 1 } || (operation.Type is { } type && Primitives.IsSystemType(type, "Span", "ReadOnlySpan"));

    private static bool IsDeclaredIn(ILocalSymbol local, IReadOnlyList<IOperation> region)
        => region.Any(o => o.DescendantsAndSelf().Any(inner => inner is IVariableDeclaratorOperation { Symbol: var symbol } && SymbolEqualityComparer.Default.Equals(symbol, local)));

    private static bool IsAutomatic(IPropertySymbol property) => property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property));

    private static IOperation WithoutConversion(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true, OperatorMethod: null } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }
}
