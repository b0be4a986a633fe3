using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Which variables of a method are written after their declaration, and which in the middle of an expression.</summary>
internal sealed class WriteFacts
{
    private readonly HashSet<ISymbol> assigned = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> assignedInExpressions = new(SymbolEqualityComparer.Default);

    private readonly HashSet<ISymbol> assignedMembers = new(SymbolEqualityComparer.Default);
    private bool runsForeignCode;

    private readonly Bodies bodies;

    private WriteFacts(Bodies bodies) => this.bodies = bodies;

    public static WriteFacts Of(Bodies bodies, params IOperation?[] parts)
    {
        var facts = new WriteFacts(bodies);
        foreach (IOperation operation in parts.SelectMany(static part => part?.DescendantsAndSelf() ?? []))
        {
            facts.runsForeignCode |= operation is IInvocationOperation { TargetMethod: var target } && target.ContainingNamespace?.ToDisplayString().StartsWith("System", StringComparison.Ordinal) != true;
            facts.assignedMembers.UnionWith(operation is IAssignmentOperation { Target: IMemberReferenceOperation written } ? [written.Member] : Array.Empty<ISymbol>());
            foreach (ISymbol symbol in facts.Changed(operation))
            {
                facts.assigned.Add(symbol);
                if (operation is IDeconstructionAssignmentOperation || operation.Parent is not IExpressionStatementOperation)
                {
                    facts.assignedInExpressions.Add(symbol);
                }
            }
        }

        return facts;
    }

    public bool IsAssigned(ISymbol variable) => assigned.Contains(variable);

    /// <summary>Whether a member of <c>this</c> holds the same value throughout.</summary>
    public bool IsKept(ISymbol member) => member is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null or { IsInitOnly: true } }
        || (!runsForeignCode && !assignedMembers.Contains(member));

    /// <summary>Whether evaluating an expression may change the variable.</summary>
    public bool MayWrite(IOperation expression, ISymbol variable)
        => (assignedInExpressions.Contains(variable)
                && expression.DescendantsAndSelf().Any(o => Changed(o).Any(w => SymbolEqualityComparer.Default.Equals(w, variable))))
            || (assigned.Contains(variable) && expression.DescendantsAndSelf().Any(RunsLocalFunction));

    /// <summary>Whether evaluating an expression may change any variable.</summary>
    public bool WritesVariable(IOperation expression) => expression.DescendantsAndSelf().Any(o => RunsLocalFunction(o) || Changed(o).Any());

    /// <summary>Whether evaluating an expression may change any variable, or memory that the caller knows.</summary>
    public bool WritesAnything(IOperation expression) => expression.DescendantsAndSelf().Any(o => RunsLocalFunction(o) || Changed(o).Any() || o
        is IAssignmentOperation or IIncrementOrDecrementOperation or IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out }
        || (o is IArgumentOperation { Value.Type: { } type } && !IsViewed(o) && TypeLowering.Lower(type) is { IsMemory: true } and not SpanType { Access: Access.ReadOnly }));

    private static bool IsViewed(IOperation argument)
        => argument.Parent is IInvocationOperation { TargetMethod: { Name: "AsSpan" or "AsMemory", ContainingType: { Name: "MemoryExtensions", ContainingNamespace.Name: "System" } } };

    /// <summary>Whether a part of a method may write the variable, which is no struct.</summary>
    public static bool Writes(IOperation part, ISymbol variable)
        => part.DescendantsAndSelf().Any(o => RunsLocalFunction(o) || Written(o).Any(w => SymbolEqualityComparer.Default.Equals(w, variable)));

    /// <summary>Whether it may write whatever it captured.</summary>
    public static bool RunsLocalFunction(IOperation operation)
        => operation is IInvocationOperation { TargetMethod.MethodKind: MethodKind.LocalFunction or MethodKind.DelegateInvoke };

    /// <summary>The variable that an operation stands for, if it stands for one.</summary>
    public static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation reference => reference.Local,
        IParameterReferenceOperation reference => reference.Parameter,
        IInstanceReferenceOperation { Type: { } type } => type,
        IMemberReferenceOperation { Instance: { Type.IsValueType: true } whole } => VariableOf(whole),
        _ => null,
    };

    // Reading a property may write the struct whose property it is.
    private IEnumerable<ISymbol> Changed(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Instance: { Type.IsValueType: true } receiver, Property.GetMethod: { } getter } when bodies.MayWriteReceiver(getter) => Targets(receiver),
        _ => Written(operation),
    };

    private static IEnumerable<ISymbol> Written(IOperation operation) => operation switch
    {
        IAssignmentOperation { Target: var target } => Targets(target),
        IIncrementOrDecrementOperation { Target: var target } => Targets(target),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: var value } => Targets(value),
        IVariableDeclaratorOperation { Symbol.RefKind: RefKind.Ref } alias when alias.GetVariableInitializer() is { Value: var value } && !IsElementOfSpan(value) => Targets(value),
        IPatternOperation pattern => Declarations.Of(pattern),
        IInvocationOperation { Instance: { Type.IsValueType: true } receiver } call when !call.TargetMethod.IsReadOnly => Targets(receiver),
        _ => [],
    };

    // It is memory, and no part of the variable.
    private static bool IsElementOfSpan(IOperation value) => value is IPropertyReferenceOperation { Instance.Type: { } type } && TypeLowering.Lower(type) is SpanType;

    private static IEnumerable<ISymbol> Targets(IOperation target) => target switch
    {
        ITupleOperation tuple => tuple.Elements.SelectMany(Targets),
        IDeclarationExpressionOperation declaration => Targets(declaration.Expression),
        _ => VariableOf(target) is { } symbol ? [symbol] : [],
    };
}
