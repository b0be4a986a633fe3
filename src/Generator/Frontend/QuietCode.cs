using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>
/// Which of the user's methods that are not differentiated only look: as their source shows, they write nothing but their own variables, and neither
/// does what they call. The index of a cell, the search in a table. What such a method may see can be read again after it.
/// </summary>
/// <param name="compilation">Whose sources can be seen.</param>
internal sealed class QuietCode(Compilation compilation, CancellationToken cancellation)
{
    private readonly Dictionary<IMethodSymbol, bool> known = new(SymbolEqualityComparer.Default);
    private readonly HashSet<SyntaxTree> seen = [];

    /// <summary>The files in which something was looked up.</summary>
    public IEnumerable<SyntaxTree> Seen => seen;

    /// <summary>Whether a method gives a value and writes nothing else; false where its source cannot be seen.</summary>
    public bool IsQuiet(IMethodSymbol method)
    {
        IMethodSymbol definition = method.OriginalDefinition;
        if (!known.TryGetValue(definition, out bool isQuiet))
        {
            // A method that leads back to itself is as quiet as the rest of the circle.
            known[definition] = true;
            known[definition] = isQuiet = HasOneBody(definition) && (IsPrimary(definition) || (BodyOf(definition) is { } body && new Own(definition, body) is var own && body.Descendants().All(operation => IsQuiet(operation, own))));
            if (!isQuiet)
            {
                // Others may have been taken for quiet because this one was.
                foreach (IMethodSymbol other in known.Where(static one => one.Value).Select(static one => one.Key).ToList())
                {
                    known.Remove(other);
                }
            }
        }

        return isQuiet;
    }

    /// <summary>Whether a call can run this body only, and runs it at once.</summary>
    private static bool HasOneBody(IMethodSymbol method) => method is { IsAbstract: false, IsExtern: false, IsAsync: false, IsPartialDefinition: false }
        && (method.ReturnsVoid ? MakesStruct(method) : method.MethodKind is MethodKind.Ordinary or MethodKind.UserDefinedOperator or MethodKind.Conversion or MethodKind.PropertyGet)
        && (method is { IsVirtual: false, IsOverride: false } || method.IsSealed || method.ContainingType.IsSealed)
        && method.Parameters.All(static parameter => parameter.RefKind is RefKind.None or RefKind.In);

    // What its members begin with runs in a constructor, and stands elsewhere.
    private static bool MakesStruct(IMethodSymbol method) => method is { MethodKind: MethodKind.Constructor, ContainingType: { IsValueType: true } type }
        && type.GetMembers().Where(static member => !member.IsStatic).SelectMany(static member => member.DeclaringSyntaxReferences)
            .All(static reference => reference.GetSyntax() is not VariableDeclaratorSyntax { Initializer: not null } and not PropertyDeclarationSyntax { Initializer: not null });

    /// <summary>Whether it gives its parameters to the members and does nothing else.</summary>
    private static bool IsPrimary(IMethodSymbol method) => method.MethodKind == MethodKind.Constructor && method.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is TypeDeclarationSyntax);

    private IOperation? BodyOf(IMethodSymbol method)
    {
        if (method.DeclaringSyntaxReferences.Length != 1 || !compilation.ContainsSyntaxTree(method.DeclaringSyntaxReferences[0].SyntaxTree))
        {
            return null;
        }

        SyntaxNode syntax = method.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        seen.Add(syntax.SyntaxTree);
        return compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax, cancellation);
    }

    private bool IsQuiet(IOperation operation, Own own) => operation switch
    {
        ISimpleAssignmentOperation { IsRef: true } or IVariableDeclaratorOperation { Symbol.IsRef: true } => false,
        IDeconstructionAssignmentOperation { Value.Type.IsTupleType: true } tuple => Targets(tuple.Target).All(own.Holds),
        IDeconstructionAssignmentOperation => false,
        ICompoundAssignmentOperation compound => own.Holds(compound.Target) && IsKnown(compound.OperatorMethod),
        IAssignmentOperation assignment => own.Holds(assignment.Target),
        IIncrementOrDecrementOperation step => own.Holds(step.Target) && IsKnown(step.OperatorMethod),
        IInvocationOperation call => IsKnown(call.TargetMethod),
        IPropertyReferenceOperation property => property.Property.GetMethod is { } getter && IsKnown(getter),
        IImplicitIndexerReferenceOperation element => IsData(element.Instance.Type),
        IBinaryOperation binary => IsKnown(binary.OperatorMethod) && (binary.Type?.SpecialType != SpecialType.System_String || (IsText(binary.LeftOperand) && IsText(binary.RightOperand))),
        IUnaryOperation unary => IsKnown(unary.OperatorMethod),
        IConversionOperation conversion => IsKnown(conversion.OperatorMethod),
        IObjectCreationOperation { Type: { } type } creation => type.IsValueType
            ? creation.Constructor is null or { IsImplicitlyDeclared: true } || IsKnown(creation.Constructor)
            : creation.Initializer is null && FloatingContent.IsException(type) && IsOfFramework(type),
        IWithOperation copy => copy.Type?.IsValueType == true,
        IForEachLoopOperation loop => WithoutConversion(loop.Collection).Type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String },
        IArgumentOperation argument => argument.Parameter?.RefKind is RefKind.None or RefKind.In,
        IInterpolationOperation hole => IsText(hole.Expression),
        _ => harmless.Contains(operation.Kind),
    };

    // What an operation of another kind may do is not known.
    private static readonly HashSet<OperationKind> harmless =
    [
        OperationKind.Block, OperationKind.MethodBody, OperationKind.ExpressionStatement, OperationKind.Empty, OperationKind.Labeled, OperationKind.Branch, OperationKind.Return, OperationKind.Throw,
        OperationKind.VariableDeclarationGroup, OperationKind.VariableDeclaration, OperationKind.VariableDeclarator, OperationKind.VariableInitializer, OperationKind.DeclarationExpression,
        OperationKind.Conditional, OperationKind.Loop, OperationKind.Switch, OperationKind.SwitchCase, OperationKind.CaseClause, OperationKind.SwitchExpression, OperationKind.SwitchExpressionArm,
        OperationKind.Try, OperationKind.CatchClause, OperationKind.Literal, OperationKind.DefaultValue, OperationKind.NameOf, OperationKind.TypeOf, OperationKind.SizeOf,
        OperationKind.LocalReference, OperationKind.ParameterReference, OperationKind.FieldReference, OperationKind.ArrayElementReference, OperationKind.InstanceReference, OperationKind.Discard,
        OperationKind.Parenthesized, OperationKind.Tuple, OperationKind.Range, OperationKind.Coalesce, OperationKind.ConditionalAccess, OperationKind.ConditionalAccessInstance,
        OperationKind.ArrayCreation, OperationKind.ArrayInitializer, OperationKind.ObjectOrCollectionInitializer, OperationKind.ConstructorBody, OperationKind.InterpolatedString, OperationKind.InterpolatedStringText,
        OperationKind.IsType, OperationKind.IsPattern, OperationKind.ConstantPattern, OperationKind.RelationalPattern, OperationKind.NegatedPattern, OperationKind.BinaryPattern,
        OperationKind.DiscardPattern, OperationKind.DeclarationPattern, OperationKind.TypePattern,
    ];

    private static IEnumerable<IOperation> Targets(IOperation target) => target is ITupleOperation tuple ? tuple.Elements.SelectMany(Targets) : [target];

    private static IOperation WithoutConversion(IOperation value) => value is IConversionOperation { IsImplicit: true, OperatorMethod: null } conversion ? WithoutConversion(conversion.Operand) : value;

    /// <summary>Whether making text of it runs no code of the user's.</summary>
    private static bool IsText(IOperation value) => WithoutConversion(value).Type is { } type && TypeLowering.IsNumberOrText(type);

    /// <summary>Whether what runs, if anything, is arithmetic of the framework's, a look at its data, or quiet itself.</summary>
    private bool IsKnown(IMethodSymbol? method) => method is null
        || (IsOfFramework(method.ContainingType)
            ? Primitives.IsPure(method) || ComputesVectors(method) || (IsData(method.ContainingType) && (method.MethodKind == MethodKind.PropertyGet || method.Name is "GetLength" or "GetUpperBound" or "GetLowerBound" or "Slice" or "op_Implicit"))
            : Members.IsAutomatic(method) && method.MethodKind == MethodKind.PropertyGet && !method.IsVirtual && !method.IsOverride && !method.IsAbstract || IsQuiet(method));

    // What takes memory, or gives nothing, may write it.
    private static bool ComputesVectors(IMethodSymbol method) => IsVector(method.ContainingType) && (!method.ReturnsVoid || method.MethodKind == MethodKind.Constructor)
        && method.Parameters.All(static parameter => parameter is { RefKind: RefKind.None or RefKind.In, Type: { IsValueType: true, IsRefLikeType: false } });

    private static bool IsData(ITypeSymbol? type) => type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String or SpecialType.System_Array }
        || (type is not null && (Primitives.IsSystemType(type, "Span", "ReadOnlySpan", "Memory", "ReadOnlyMemory", "Nullable", "Index", "Range") || IsVector(type)
            || type is { Name: "List", ContainingNamespace: { Name: "Generic", ContainingNamespace: { Name: "Collections", ContainingNamespace.Name: "System" } } }));

    // Members of interfaces are whatever a type has in their place.
    private static bool IsVector(ITypeSymbol type) => type.TypeKind == TypeKind.Struct && StructLowering.IsNumeric(type);

    private static bool IsOfFramework(ITypeSymbol type)
    {
        INamespaceSymbol? outermost = type.ContainingNamespace;
        while (outermost is { ContainingNamespace: { IsGlobalNamespace: false } outer })
        {
            outermost = outer;
        }

        return outermost?.Name == "System" && type.Locations.All(static location => !location.IsInSource);
    }

    /// <summary>What is a method's own: its variables, their parts, and arrays that it makes itself and of which one variable alone holds each.</summary>
    private sealed class Own(IMethodSymbol method, IOperation body)
    {
        private readonly Lazy<HashSet<ISymbol>> arrays = new(() => ArraysMadeIn(body));

        public bool Holds(IOperation target) => target switch
        {
            ILocalReferenceOperation { Local.IsRef: false } or IDiscardOperation or IDeclarationExpressionOperation { Expression: ILocalReferenceOperation } => true,
            IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } => SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol.OriginalDefinition, method),
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver, Type.IsValueType: true } => true,
            IInstanceReferenceOperation { Type.IsValueType: true } => MakesStruct(method),
            IFieldReferenceOperation { Field.RefKind: RefKind.None, Instance: { Type.IsValueType: true } whole } => Holds(whole),
            IPropertyReferenceOperation { Property: { RefKind: RefKind.None, IsIndexer: false } property, Instance: { Type.IsValueType: true } whole }
                => Members.IsAutomatic(property.SetMethod) && Members.IsAutomatic(property.GetMethod) && Holds(whole),
            IArrayElementReferenceOperation { ArrayReference: ILocalReferenceOperation { Local: var array } } => arrays.Value.Contains(array),
            _ => false,
        };

        // Of the variables that hold an array, those that hold what was made for them, and nothing else ever.
        private static HashSet<ISymbol> ArraysMadeIn(IOperation body)
        {
            HashSet<ISymbol> made = new(body.Descendants().OfType<IVariableDeclaratorOperation>().Where(static declarator => declarator.GetVariableInitializer()?.Value is IArrayCreationOperation)
                .Select(static declarator => declarator.Symbol), SymbolEqualityComparer.Default);
            made.ExceptWith(body.Descendants().SelectMany(static operation => operation switch
            {
                IDeconstructionAssignmentOperation several => Targets(several.Target),
                IAssignmentOperation assignment => [assignment.Target],
                _ => [],
            }).OfType<ILocalReferenceOperation>().Select(static local => local.Local));
            return made;
        }
    }
}
