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
        ILocalReferenceOperation { Local: var local } => SymbolEqualityComparer.Default.Equals(local, index) || (!IsDeclaredIn(local, region) && !region.Any(o => WriteFacts.Writes(o, local))),
        IParameterReferenceOperation { Parameter: var parameter } => !region.Any(o => WriteFacts.Writes(o, parameter)),
        IFieldReferenceOperation { Field: { IsReadOnly: true } field, Instance: null or IInstanceReferenceOperation } => !field.IsVolatile,
        IPropertyReferenceOperation { Property: { IsIndexer: false, SetMethod: null or { IsInitOnly: true } } property, Instance: null or IInstanceReferenceOperation } => IsAutomatic(property),
        IPropertyReferenceOperation { Property.Name: "Length", Instance: { } measured } => HasLength(measured) && Is(measured, region, index),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } span, Arguments: var arguments } => arguments.Only() is { } at && IsElement(expression, span, at.Value, region, index),
        IArrayElementReferenceOperation { ArrayReference: var array, Indices: var indices } => indices.Only() is { } at && IsElement(expression, array, at, region, index),
        IBinaryOperation { OperatorMethod: null, LeftOperand: var left, RightOperand: var right } => Is(left, region, index) && Is(right, region, index),
        IUnaryOperation { OperatorMethod: null, Operand: var operand } => Is(operand, region, index),
        IConversionOperation { OperatorMethod: null, Operand: var operand } => Is(operand, region, index),
        IConditionalOperation { Condition: var condition, WhenTrue: var yes, WhenFalse: { } no } => Is(condition, region, index) && Is(yes, region, index) && Is(no, region, index),
        IInvocationOperation { TargetMethod: { Name: "Min" or "Max" or "Abs", ContainingType: var owner }, Arguments: var arguments } when Primitives.IsSystemType(owner, "Math") => arguments.All(a => Is(a.Value, region, index)),
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

    /// <summary>Whether a number is known not to be negative.</summary>
    public static bool IsLength(IOperation expression) => WithoutConversion(expression) switch
    {
        { ConstantValue: { HasValue: true, Value: int number } } => number >= 0,
        IPropertyReferenceOperation { Property.Name: "Length", Instance: { } measured } => HasLength(measured),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, LeftOperand: var left, RightOperand: var right } => IsLength(left) && IsLength(right),
        _ => false,
    };

    private static bool IsElement(IOperation element, IOperation memory, IOperation at, IReadOnlyList<IOperation> region, ILocalSymbol? index)
        => IsMemory(memory) && Is(memory, region, index) && Is(at, region, index) && !region.Any(o => o.Descendants().Any(inner => MayStore(inner, element.Type!)));

    // Into an array or span of whole numbers, by whatever name.
    private static bool MayStore(IOperation operation, ITypeSymbol element) => operation switch
    {
        IAssignmentOperation { Target: IArrayElementReferenceOperation or IPropertyReferenceOperation or IImplicitIndexerReferenceOperation } write => SymbolEqualityComparer.Default.Equals(write.Target.Type, element),
        IIncrementOrDecrementOperation { Target: IArrayElementReferenceOperation or IPropertyReferenceOperation or IImplicitIndexerReferenceOperation } write => SymbolEqualityComparer.Default.Equals(write.Target.Type, element),
        ILocalReferenceOperation { Local.IsRef: true, Type: var type } => SymbolEqualityComparer.Default.Equals(type, element),
        IInvocationOperation call => !Primitives.IsSystemType(call.TargetMethod.ContainingType, "Math", "MathF"),
        IObjectCreationOperation => true,
        _ => false,
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
