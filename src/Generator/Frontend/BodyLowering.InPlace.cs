using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Operators, accessors, constructors and conversions of the user's own source: their bodies become part of the caller's.</summary>
internal sealed partial class BodyLowering
{
    /// <summary>A body that is being lowered: the method's own, or one in the place of its call.</summary>
    /// <param name="Receiver">What <c>this</c> stands for.</param>
    /// <param name="Result">The variables that take the returned value; null for <c>void</c>.</param>
    /// <param name="Scope">What a <c>return</c> leaves.</param>
    private sealed record Frame(IMethodSymbol Method, Place? Receiver, Expr? Result, int Scope, Frame? Outer)
    {
        public bool IsInPlace => Outer is not null;

        /// <summary>What the type parameters stand for in the body.</summary>
        public TypeArguments Types { get; init; } = TypeArguments.None;
    }

    /// <summary>A property with a body of its own.</summary>
    private sealed record SetterPlace(IPropertyReferenceOperation Operation, Place Receiver, EquatableArray<Expr> Arguments, IrType Type) : Place(Type);

    private const int NoScope = 0;

    private Frame? frame;

    private void LowerMethodBody(IOperation body)
    {
        if ((method.ReturnsVoid || TypeOf(method.ReturnType) is not StructType) && outputs.Count == 0)
        {
            Visit(body, Use.Effect);
            return;
        }

        Expr? result = method.ReturnsVoid ? null : NewValue("result", TypeOf(method.ReturnType));
        LowerFrame(new Frame(method, frame?.Receiver, result, ids.Take(), null), body);
        outputs.ForEach(output => Emit(new WriteBack(output.Parameter, output.Parts)));
        Emit(new Return(result));
    }

    private void LowerFrame(Frame inner, IOperation body)
    {
        (Frame? outer, frame) = (frame, inner);
        if (inner.Result is { } result)
        {
            Declare(result, null);
        }

        Block block = Capture(() =>
        {
            hoist = (statements, 0);
            Visit(body, Use.Effect);
            if (statements.Count > 0 && statements[statements.Count - 1] is Leave last && last.Scope == inner.Scope)
            {
                statements.RemoveAt(statements.Count - 1);
            }
        });
        if (Leaves(block, inner.Scope))
        {
            Emit(new Scope(inner.Scope, block));
        }
        else
        {
            statements.AddRange(block.Statements);
        }

        frame = outer;
    }

    private void ReturnFromFrame(IOperation? value, Frame current)
    {
        if (value is not null)
        {
            Expr returned = Lower(value);
            if (!EndsWithThrow() && current.Result is { } result)
            {
                Set(result, returned);
            }
        }

        if (!EndsWithThrow())
        {
            Emit(new Leave(current.Scope));
        }
    }

    /// <summary>The body of a member in the place of its use.</summary>
    /// <param name="arguments">The values of its parameters.</param>
    /// <param name="results">Takes what it writes into <c>out</c> parameters.</param>
    private Expr InPlace(IOperation site, IMethodSymbol target, Place? receiver, IReadOnlyList<Expr> arguments, List<Expr>? results = null)
    {
        target = Bodies.Implementing(target);
        for (Frame? level = frame; level is not null; level = level.Outer)
        {
            if (SymbolEqualityComparer.Default.Equals(level.Method.OriginalDefinition, target.OriginalDefinition))
            {
                return Refuse(site, Descriptors.Function, $"'{CSharpText.Short(target)}'", "it calls itself, so its body cannot be put in the place of the call", "mark a method with [Differentiable] and call that");
            }
        }

        IOperation? body = bodies.Of(target);
        string? reason = body is null ? "its source is not at hand"
            : ComputesWithTypeParameter(body) ? "it computes with a type parameter"
            : target.Parameters.Any(p => p.RefKind is RefKind.Ref || (p.RefKind == RefKind.Out && results is null)) ? "it writes a variable of its caller"
            : null;
        if (reason is not null)
        {
            return Refuse(site, Descriptors.Function, $"'{CSharpText.Short(target)}'", $"{reason}, so its body cannot be put in the place of the call", "write its body in that place");
        }

        (WriteFacts Writes, MemoryFacts Memory, (List<Stmt>, int) Hoist) outer = (writes, memory, hoist);
        Dictionary<int, ISymbol?> renamed = Rename(receiver, target.ContainingType.OriginalDefinition);
        writes = WriteFacts.Of(bodies, body);
        memory = MemoryFacts.Of(body!);
        BindArguments(site, target, receiver, arguments);
        Expr value = LowerInPlace(target, receiver, body!);
        // Where the body is lowered again, its locals are others.
        Forget(body!.Descendants());
        results?.AddRange(target.Parameters.Where(static p => p.RefKind == RefKind.Out).Select(p => variables[p.OriginalDefinition]));
        foreach (KeyValuePair<int, ISymbol?> name in renamed)
        {
            _ = name.Value is null ? symbols.Remove(name.Key) : Named(name.Key, name.Value);
        }

        (writes, memory, hoist) = outer;
        return value;

        bool Named(int id, ISymbol symbol)
        {
            symbols[id] = symbol;
            return true;
        }
    }

    private Expr LowerInPlace(IMethodSymbol target, Place? receiver, IOperation body)
    {
        Frame inner = Inner(target, receiver, ids.Take());
        if (!target.ReturnsVoid && ExpressionOf(body) is { } expression)
        {
            (Frame? outer, frame) = (frame, inner);
            hoist = (statements, statements.Count);
            Expr value = Name(Lower(expression));
            frame = outer;
            return value;
        }

        Expr? result = target.ReturnsVoid ? null : NewValue("", TypeOf(target.ReturnType));
        LowerFrame(inner with { Result = result }, body);
        return result ?? new Default(new OpaqueType("void"));
    }

    private Frame Inner(IMethodSymbol target, Place? receiver, int scope) => new(target, receiver, null, scope, frame ?? new Frame(method, null, null, NoScope, null))
    {
        Types = TypeArguments.Of(target.ContainingType, Actual),
    };

    private ITypeSymbol Actual(ITypeSymbol type) => frame?.Types.In(type, compilation) ?? type;

    // Arithmetic of a type parameter is that of an interface.
    private static bool ComputesWithTypeParameter(IOperation body) => body.Descendants().Any(static o => o switch
    {
        IBinaryOperation operation => operation.ConstrainedToType,
        IUnaryOperation operation => operation.ConstrainedToType,
        ICompoundAssignmentOperation operation => operation.ConstrainedToType,
        IIncrementOrDecrementOperation operation => operation.ConstrainedToType,
        IConversionOperation operation => operation.ConstrainedToType,
        IInvocationOperation operation => operation.ConstrainedToType,
        IMemberReferenceOperation operation => operation.ConstrainedToType,
        _ => null,
    } is not null);

    // In the body, what the receiver's variables hold changes where 'this' is written.
    private Dictionary<int, ISymbol?> Rename(Place? receiver, ISymbol name)
    {
        Dictionary<int, ISymbol?> before = [];
        foreach (Read read in receiver is VariablePlace { Target: var target } ? Reads(target) : [])
        {
            before[read.Variable.Id] = symbols.TryGetValue(read.Variable.Id, out ISymbol? symbol) ? symbol : null;
            symbols[read.Variable.Id] = name;
        }

        return before;
    }

    private void BindArguments(IOperation site, IMethodSymbol target, Place? receiver, IReadOnlyList<Expr> arguments)
    {
        HashSet<int> changing = receiver is VariablePlace place && writes.IsAssigned(target.ContainingType.OriginalDefinition) ? [.. Reads(place.Target).Select(static r => r.Variable.Id)] : [];
        foreach (IParameterSymbol result in target.Parameters.Where(static p => p.RefKind == RefKind.Out))
        {
            Declare(NewValue(result.OriginalDefinition, result.Type), null);
        }

        foreach ((IParameterSymbol parameter, Expr argument) in target.Parameters.Where(static p => p.RefKind != RefKind.Out).Zip(arguments, static (p, a) => (p, a)))
        {
            bool isChanging = argument.Reads().Any(v => changing.Contains(v.Id));
            if (isChanging && IsByReference(parameter))
            {
                Refuse(site, Descriptors.DifferentiableCall, CSharpText.Short(target), "it writes the struct of which it takes a part by reference", "copy the part into a variable of its own");
            }

            if (writes.IsAssigned(parameter.OriginalDefinition) || isChanging)
            {
                Declare(NewValue(parameter.OriginalDefinition, parameter.Type), argument);
            }
            else
            {
                variables[parameter.OriginalDefinition] = argument;
            }
        }
    }

    private static IOperation? ExpressionOf(IOperation body)
    {
        IOperation? block = body is IMethodBodyBaseOperation method ? method.BlockBody ?? method.ExpressionBody : body;
        return block is IBlockOperation { Operations: { Length: 1 } operations } && operations[0] is IReturnOperation { ReturnedValue: { } value } ? value : null;
    }

    private static bool HasBody(IMethodSymbol? target) => target is { IsImplicitlyDeclared: false, DeclaringSyntaxReferences.Length: > 0, IsAbstract: false, IsExtern: false }
        || target is { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: false, Locations.Length: > 0 } && target.Locations[0].IsInSource;

    private Place? Receiver(IInstanceReferenceOperation operation)
        => operation.ReferenceKind == InstanceReferenceKind.ImplicitReceiver && initialized.Count > 0 ? initialized.Peek() : frame?.Receiver;

    public override Expr? VisitInstanceReference(IInstanceReferenceOperation operation, Use use)
        => Receiver(operation) is { } place ? ReadPlace(place) : RefuseUnknown(operation);

    /// <summary>What <c>this</c> is in a member: the variable itself where the member may write it.</summary>
    private Place ReceiverOf(IOperation instance, IMethodSymbol target, IOperation[] arguments)
    {
        bool isWritten = bodies.MayWriteReceiver(target);
        Place? place = isWritten ? IsVariable(instance) ? PlaceOf(instance, arguments) : null
            : TypeOf(instance) is StructType ? SeenPlace(instance, arguments) : null;
        return place is VariablePlace or ElementPlace ? place : ReceiverOf(Protect(LowerWhole(instance), arguments), target);
    }

    /// <summary>A value as <c>this</c>; a copy of it where the member may write it.</summary>
    private Place ReceiverOf(Expr whole, IMethodSymbol target)
    {
        if (!bodies.MayWriteReceiver(target))
        {
            return whole is Element element ? new ElementPlace(element) : new VariablePlace(Name(whole));
        }

        Expr copy = NewValue("", whole.Type);
        Declare(copy, whole);
        return new VariablePlace(copy);
    }

    private Expr CallGetter(IPropertyReferenceOperation operation)
    {
        IMethodSymbol getter = operation.Property.GetMethod!;
        Place? receiver = operation.Instance is { } instance ? ReceiverOf(instance, getter, ValuesOf(operation.Arguments)) : null;
        Expr value = InPlace(operation, getter, receiver, ArgumentOperands(operation.Arguments));
        return Attributes.HasNoGradient(operation.Property) ? Stopped(value) : value;
    }

    private SetterPlace SetterOf(IPropertyReferenceOperation operation, Place receiver, IOperation[] later)
        => new(operation, receiver, ArgumentOperands(operation.Arguments, later).Select(a => Protect(a, later)).ToEquatable(), TypeOf(operation));

    private Expr ReadPlace(SetterPlace place) => place.Receiver.Type is StructType type && FieldOf(type, place.Operation.Property, Access.ReadOnly) is { } field && PartOf(place.Receiver, field) is { } part
        ? ReadPlace(part)
        : place.Operation.Property.GetMethod is { } getter
        ? Primitives.RuleOf(place.Operation.Property) is { } rule ? Apply(place.Operation, place.Operation.Property, rule, [Name(ReadPlace(place.Receiver)), .. place.Arguments])
        : InPlace(place.Operation, getter, place.Receiver, place.Arguments)
        : RefuseUnknown(place.Operation);

    private void CallSetter(SetterPlace place, Expr value)
    {
        IMethodSymbol setter = place.Operation.Property.SetMethod!;
        if (Primitives.RuleOf(setter) is { } rule)
        {
            Write(place.Receiver, Apply(place.Operation, setter, rule, [Name(ReadPlace(place.Receiver)), .. place.Arguments, value]), place.Operation);
        }
        else
        {
            InPlace(place.Operation, setter, place.Receiver, [.. place.Arguments, value]);
        }
    }

    /// <summary>An operator or conversion that takes or gives structs.</summary>
    private Expr CallOperator(IOperation operation, IMethodSymbol target, IReadOnlyList<Expr> operands)
    {
        if (Primitives.RuleOf(target) is { } rule && Exactly(rule, operands, TypeOf(target.ReturnType)) is { } value)
        {
            return value;
        }

        return HasBody(target) ? InPlace(operation, target, null, operands) : OpaqueCall(operation, target, operands);
    }

    private External OpaqueCall(IOperation operation, IMethodSymbol target, IReadOnlyList<Expr> operands)
    {
        ExternalText text = operation switch
        {
            IConversionOperation => new ExternalText().Text($"({TextOf(operation.Type!)})").Hole(operands[0]),
            _ when operands.Count == 1 => new ExternalText().Text(SyntaxFacts.GetText(SyntaxFacts.GetOperatorKind(target.Name))).Hole(operands[0]),
            _ => new ExternalText().Hole(operands[0]).Text($" {SyntaxFacts.GetText(SyntaxFacts.GetOperatorKind(target.Name))} ").Hole(operands[1]),
        };
        return WithRule(text.Build(TypeOf(target.ReturnType), Bodies.IsOfFramework(target) || target.IsImplicitlyDeclared ? Effect.Pure : Effect.Writes, Site(operation, CSharpText.Short(target))), target);
    }
}
