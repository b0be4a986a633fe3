using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Backprop.Generator.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Calls: primitives, marks, and C# that the IR does not look into.</summary>
internal sealed partial class BodyLowering
{
    public override Expr? VisitInvocation(IInvocationOperation operation, Use use)
    {
        IMethodSymbol target = operation.TargetMethod;
        if (LocalFunctionOf(operation) is var (function, body))
        {
            return LowerLocalCall(operation, function, body);
        }

        if (ContainerLowering.IsGenerated(target))
        {
            return Refuse(operation, Descriptors.EmittedCall, CSharpText.Short(target));
        }

        if (Attributes.IsGradientStop(target))
        {
            return LowerStop(operation);
        }

        if (OwnRules.PullbackMark(target) is not null && rules.Find(target, compilation) is { } pullback)
        {
            return LowerByRule(operation, pullback);
        }

        if (Generics.IsConversion(target) && TypeOf(operation) is ScalarType { IsFloating: true } number && TypeOf(operation.Arguments[0].Value) is ScalarType)
        {
            Expr operand = Operand(operation.Arguments[0].Value);
            return operand is Literal { Type.IsFloating: var isFloating } literal ? number.Number(isFloating ? literal.Number : literal.Bits) : operand.Type == number ? operand : new IR.Convert(operand, number);
        }

        if (Primitives.NameOf(target) is { } name && primitives(name, target.Parameters.Length) == PrimitiveKind.Rule)
        {
            Expr[] operands = ArgumentOperands(operation.Arguments);
            if (SingularConstants.Find(name, operands) is { } problem)
            {
                report.Add(Descriptors.SingularRule, operation.Syntax.GetLocation(), name, problem);
            }

            return new Apply(name, operands.ToEquatable(), TypeOf(operation));
        }

        if (Primitives.RuleOf(target) is { Kind: RuleKind.Differentiable } rule)
        {
            return rule.Call.Length > 0 ? LowerCallWithResults(operation, rule) : Apply(operation, target, rule, ReceiverAndArguments(operation));
        }

        return MemoryCalls.Find(target) is var call and not MemoryCall.None ? LowerMemoryCall(operation, call) : LowerUnknownCall(operation);
    }

    private Expr LowerStop(IInvocationOperation operation)
    {
        Expr operand = Operand(operation.Arguments[0].Value);
        if (operand.Type.HoldsFloating)
        {
            return Refuse(operation, Descriptors.MemoryOperation, "Gradient.Stop", "memory is read element by element", "stop each element where it is read");
        }

        return operand.Type.IsFloating ? new Stop(operand) : operand;
    }

    /// <summary>Operands in the order of the parameters, evaluated in the order of the arguments.</summary>
    private static IOperation[] ValuesOf(IEnumerable<IArgumentOperation> arguments) => [.. arguments.Select(static a => a.Value)];

    /// <summary>What a member is called on that the IR does not look into; C# hands over the place of a struct.</summary>
    private Expr OpaqueReceiver(IOperation instance, ISymbol member, IReadOnlyList<IArgumentOperation> arguments)
    {
        if (instance.Type is { IsValueType: true } && WriteFacts.VariableOf(instance) is { } variable && arguments.Any(a => writes.MayWrite(a, variable)))
        {
            Refuse(instance, Descriptors.DifferentiableCall, CSharpText.Short(member), "its arguments may write what it is called on", "write it in a statement of its own");
        }

        return Protect(Operand(WithoutBoxing(instance)), arguments);
    }

    private Expr[] ArgumentOperands(IReadOnlyList<IArgumentOperation> arguments, params IOperation[] later)
    {
        Expr[] operands = Operands(ValuesOf(arguments));
        for (int i = 0; i < arguments.Count; i++)
        {
            if (IsOverwritten(arguments[i].Value, arguments[i].Parameter, [.. arguments.Skip(i + 1), .. later]))
            {
                RefuseOverwritten(arguments[i].Value, arguments[i].Parameter!);
            }
        }

        int[] positions = [.. arguments.Select(static a => a.Parameter?.Ordinal ?? 0)];
        Array.Sort(positions, operands);
        return operands;
    }

    private Expr LowerUnknownCall(IInvocationOperation operation)
    {
        IMethodSymbol target = operation.TargetMethod;
        if (target.IsStatic && !Attributes.IsDifferentiable(target) && rules.Find(target, compilation) is { } pullback && !pullback.TypeArguments.Any(TypeLowering.IsOtherNumber))
        {
            return LowerByRule(operation, pullback);
        }

        if (Attributes.IsDifferentiable(target))
        {
            return LowerDifferentiableCall(operation);
        }

        if (Primitives.IsSystemType(target.ContainingType, "BitConverter") && (TypeOf(operation).IsFloating || operation.Arguments.Any(a => TypeOf(a.Value).IsFloating)))
        {
            return Refuse(operation, Descriptors.MemoryOperation, CSharpText.Short(target), "the bits of a number have no derivative", "compute with the number itself, or take its bits in the caller");
        }

        if (target.ContainingType is { Name: "Parallel", ContainingNamespace.Name: "Tasks" })
        {
            return RefuseParallel(operation);
        }

        if (target.ContainingNamespace is { Name: "Linq" } && operation.Arguments.Any(a => IsWritableMemory(a.Value)))
        {
            return RefuseQuery(operation);
        }

        if (target.ContainingType is { Name: "TensorPrimitives", ContainingNamespace.Name: "Tensors" } && operation.Arguments.Any(static a => a.Parameter!.Type.Name == "Span" && FloatingContent.MayHold(a.Parameter.Type)))
        {
            return Refuse(operation, Descriptors.MemoryOperation, CSharpText.Short(target), "it computes with bits, or with numbers that are neither float nor double", "compute with float or double, or call it where nothing is differentiated");
        }

        if (MaySeeWrites(operation) is { } refusal)
        {
            return refusal;
        }

        var text = new ExternalText();
        if (operation.Instance is { } instance)
        {
            text.Hole(OpaqueReceiver(instance, target, operation.Arguments));
            text.Text(target.MethodKind == MethodKind.DelegateInvoke ? "" : $".{CSharpText.CallName(target, TextOf)}");
        }
        else
        {
            text.Text($"{TextOf(operation.ConstrainedToType ?? OwnerOf(target))}.{CSharpText.CallName(target, TextOf)}");
        }

        WriteArguments(text.Text("("), operation.Arguments);
        bool isQuiet = quiet.IsQuiet(target);
        return Unseen(operation, WithRule(text.Text(")").Build(TypeOf(operation), isQuiet ? Effect.Reads : EffectOf(target), Site(operation, CSharpText.Short(target))) with { ReadsState = isQuiet }, target));
    }

    /// <summary>A member of the framework that has a rule, whatever the text that calls it.</summary>
    private static External WithRule(External external, ISymbol member)
        => Primitives.RuleOf(member) is { Kind: not RuleKind.Refused } rule ? external with { Rule = rule.Member, Effect = Effect.Pure }
        : Attributes.HasNoGradient(member) ? external with { IsStopped = true }
        : external;

    private static Effect EffectOf(IMethodSymbol target)
        => Primitives.IsPure(target) ? target.Name is "Parse" or "TryParse" or "ToString" ? Effect.Reads : Effect.Pure : Effect.Writes;

    /// <summary>Refuses a call that could change, behind the IR's back, what the derivative depends on.</summary>
    private Expr? MaySeeWrites(IInvocationOperation operation)
    {
        IMethodSymbol target = operation.TargetMethod;
        string name = CSharpText.Short(target);
        if (operation.Arguments.FirstOrDefault(static a => a.Parameter is { RefKind: RefKind.Ref or RefKind.Out or RefKind.RefReadOnlyParameter }) is { } reference)
        {
            return Refuse(reference, Descriptors.WritingCall, name, "a variable by reference", "return the value instead, or write the body here");
        }

        bool isGuard = target is { IsStatic: true, ReturnsVoid: true } && FloatingContent.IsException(target.ContainingType);
        IOperation[] parts = [.. operation.Instance is { } instance ? [instance] : Array.Empty<IOperation>(), .. operation.Arguments.Select(static a => a.Value)];
        if (!isGuard && parts.FirstOrDefault(IsWritableMemory) is { } memory)
        {
            return Refuse(memory, Descriptors.WritingCall, name, "memory of floating-point numbers", "pass a ReadOnlySpan, or write the body here");
        }

        if (operation.Instance is { Type: { } type } keeper && !TypeOf(operation).IsFloating && !TypeLowering.IsNumberOrText(type) && FloatingContent.MayHold(type)
            && operation.Arguments.FirstOrDefault(a => IsUnstopped(a.Value)) is { } kept)
        {
            return Refuse(kept, Descriptors.StoredOutside, $"'{CSharpText.Short(keeper.Type)}' by '{name}'", "store it into a parameter or a local array, or wrap it in Gradient.Stop if it is meant as a constant");
        }

        if (operation.Instance is { Type: { IsValueType: true } written } receiver && IsPlace(receiver) && MayMutate(written, target))
        {
            string instead = TypeOf(written) is StructType ? "mark the method with [Differentiable], or write its body here" : "declare the method readonly, or keep the struct out of this method";
            return Refuse(receiver, Descriptors.WritingCall, name, "a struct variable in place", instead);
        }

        return null;
    }

    // Of what C# copies first, as it does with readonly variables, emitted code may have no copy.
    private bool IsPlace(IOperation instance) => WriteFacts.VariableOf(instance) is not null || IsVariable(instance);

    // What the framework's own structs do is known of those that are taken apart.
    private bool MayMutate(ITypeSymbol type, IMethodSymbol target) => TypeOf(type) is StructType
        ? bodies.MayWriteReceiver(target)
        : !type.IsReadOnly && !target.IsReadOnly && type.TypeKind is TypeKind.Struct or TypeKind.TypeParameter && !TypeLowering.IsNumberOrText(type) && !TypeOf(type).IsMemory;

    private bool IsUnstopped(IOperation value)
    {
        IOperation inner = WithoutBoxing(value);
        return TypeOf(inner).IsFloating && !inner.ConstantValue.HasValue && !(inner is IInvocationOperation call && Attributes.IsGradientStop(call.TargetMethod));
    }

    private bool IsWritableMemory(IOperation part)
    {
        while (part is IConversionOperation { IsImplicit: true, Conversion.IsReference: true } conversion)
        {
            part = conversion.Operand;
        }

        return part.Type is { } type && TypeOf(type) is { HoldsFloating: true } and not (StructType or SpanType { Access: Access.ReadOnly, ElementType: StructType or { IsMemory: false } });
    }

    /// <summary>
    /// A value that may hold floating-point numbers, made from floating-point numbers: its derivative could come out again where nobody
    /// follows it.
    /// </summary>
    private Expr Unseen(IOperation operation, External external)
    {
        bool mayHide = !external.IsStopped && external.Type is OpaqueType && operation.Type is { } type && FloatingContent.MayHold(type);
        return mayHide && external.Arguments.Any(static a => a.Type.CarriesDerivative()) ? RefuseComposite(operation) : external;
    }

    /// <summary>An argument as it will be written: nothing where its default is used, several parts for <c>params</c>.</summary>
    private sealed record Written(IParameterSymbol? Parameter, IReadOnlyList<(string Text, Expr? Operand)> Parts);

    private void WriteArguments(ExternalText text, IReadOnlyList<IArgumentOperation> arguments)
    {
        // Evaluated in the order of the call, written in the order of the parameters.
        var written = new List<Written>();
        for (int i = 0; i < arguments.Count; i++)
        {
            written.Add(Evaluated(arguments[i], arguments.Skip(i + 1)));
        }

        string separator = "";
        bool needsName = false;
        foreach (Written argument in written.OrderBy(static w => w.Parameter?.Ordinal ?? 0))
        {
            string name = needsName && argument.Parameter is { } parameter ? CSharpText.Identifier(parameter.Name) + ": " : "";
            foreach ((string constant, Expr? operand) in argument.Parts)
            {
                text.Text(separator + name + constant);
                separator = ", ";
                if (operand is not null)
                {
                    text.Hole(operand);
                }
            }

            needsName |= argument.Parts.Count == 0;
        }
    }

    private Written Evaluated(IArgumentOperation argument, IEnumerable<IOperation> later)
    {
        if (argument.ArgumentKind == ArgumentKind.DefaultValue && !IsCallerText(argument.Parameter))
        {
            return new Written(argument.Parameter, []);
        }

        IOperation[] values = argument switch
        {
            { ArgumentKind: ArgumentKind.ParamArray, Value: IArrayCreationOperation { Initializer: { } initializer } } => [.. initializer.ElementValues],
            { ArgumentKind: ArgumentKind.ParamCollection, Value: ICollectionExpressionOperation collection } => [.. collection.Elements],
            { ArgumentKind: ArgumentKind.ParamCollection, Value: IConversionOperation { Operand: ICollectionExpressionOperation collection } } => [.. collection.Elements],
            _ => [argument.Value],
        };
        var parts = new List<(string, Expr?)>();
        for (int i = 0; i < values.Length; i++)
        {
            IOperation value = WithoutBoxing(values[i]);
            if (IsOverwritten(value, argument.Parameter, later))
            {
                RefuseOverwritten(value, argument.Parameter!);
            }

            parts.Add(InlineText(value) is { } constant ? (constant, null) : ("", Protect(Operand(value), [.. values.Skip(i + 1), .. later])));
        }

        return new Written(argument.Parameter, parts);
    }

    private static bool IsCallerText(IParameterSymbol? parameter)
        => parameter is not null && parameter.GetAttributes().Any(static a => a.AttributeClass?.Name is "CallerArgumentExpressionAttribute" or "CallerMemberNameAttribute");

    /// <summary>The text of a constant that is no number.</summary>
    private static string? InlineText(IOperation value)
        => value is { ConstantValue: { HasValue: true, Value: var constant }, Type: { } type } && TypeLowering.Lower(type) is not ScalarType
            ? CSharpText.Constant(constant, type)
            : null;

    /// <summary>An argument before it becomes an object: C# will do that again.</summary>
    private static IOperation WithoutBoxing(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true, ConstantValue.HasValue: false, Conversion: { MethodSymbol: null, IsNumeric: false } } conversion
            && (conversion.Conversion.IsReference || (conversion.Operand.Type is { IsValueType: true } && conversion.Type is { IsReferenceType: true })))
        {
            operation = conversion.Operand;
        }

        return operation;
    }
}
