using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Calls of other differentiable methods.</summary>
internal sealed partial class BodyLowering
{
    private Expr LowerDifferentiableCall(IInvocationOperation operation)
    {
        IMethodSymbol target = operation.TargetMethod;
        called.Add(target.OriginalDefinition);
        bool isOfBase = operation.Instance?.Syntax is BaseExpressionSyntax;
        return Callees.Of(target, method, compilation, operation.ConstrainedToType) is { } callee
            ? LowerCall(operation, callee with { IsOfBase = isOfBase })
            : Refuse(operation, Descriptors.DifferentiableCall, CSharpText.Short(target), $"its assembly has no '{target.Name}Forward'", "build that assembly with this version of Backprop.Gen");
    }

    /// <summary>A call of a method whose pullback was written by hand.</summary>
    private Expr LowerByRule(IInvocationOperation operation, IMethodSymbol pullback)
    {
        string name = CSharpText.Short(operation.TargetMethod);
        if (!compilation.IsSymbolAccessibleWithin(pullback, method.ContainingType))
        {
            return Refuse(operation, Descriptors.DifferentiableCall, name, $"its pullback '{pullback.Name}' is not accessible in '{method.ContainingType.Name}', where the gradient is written", $"make '{pullback.Name}' as accessible as '{operation.TargetMethod.Name}'");
        }

        return Constraints.FirstUnmet(pullback, compilation) is var (argument, constraint)
            ? Refuse(operation, Descriptors.DifferentiableCall, name, $"its pullback takes a type that is '{constraint}', and '{argument}' is not known to be one", $"constrain '{argument}' so")
            : LowerCall(operation, Callees.Of(operation.TargetMethod, pullback));
    }

    private Expr LowerCall(IInvocationOperation operation, Callee callee)
    {
        List<Argument> given = Given(operation, callee);
        if (WritesUnseen(given, callee))
        {
            return new Default(TypeOf(operation));
        }

        // What is passed by reference is read last: the arguments after it may have written it. So is what it only reads by reference.
        EquatableArray<Expr> arguments = given.Select(g => g.Place is null ? g.Operand : g.Parameter.Passing == Passing.Out ? DefaultOf(g.Parameter.Type) : Name(ReadPlace(g.Place))).ToEquatable();
        Variable? value = callee.ReturnType is { } type ? ids.Fresh(TakeStorageName(), type) : null;
        List<Variable> outputs = [.. given.Where(static g => g.Place is not null).Select(g => ids.Fresh("", g.Parameter.Type))];
        Emit(new Call(callee, Pass.Primal, arguments, (value is null ? outputs : outputs.Prepend(value)).ToEquatable(), Site(operation, CSharpText.Short(operation.TargetMethod))));
        foreach ((Place place, Variable output) in given.Where(static g => g.Place is not null).Zip(outputs, static (g, output) => (g.Place!, output)))
        {
            Write(place, output.Read(), operation);
        }

        return value is null ? new Default(TypeOf(operation)) : value.Read();
    }

    /// <summary>What is handed over for a parameter.</summary>
    /// <param name="Place">The variable that the call gives another value; null for what it only reads.</param>
    private sealed record Argument(CalleeParameter Parameter, IOperation Value, Expr Operand, Place? Place)
    {
        /// <summary>The variable that it reads by reference, and so as the call leaves it; null for a value.</summary>
        public Place? Seen { get; init; }
    }

    /// <summary>The arguments in the order of the parameters, evaluated in the order of the call.</summary>
    private List<Argument> Given(IInvocationOperation operation, Callee callee)
    {
        int first = operation.Instance is null ? 0 : 1;
        List<(int Position, IOperation Value)> parts = [.. operation.Instance is { } instance ? [(0, WithoutBoxing(instance))] : Array.Empty<(int, IOperation)>(), .. operation.Arguments.Select(a => ((a.Parameter?.Ordinal ?? 0) + first, a.Value))];
        List<(int Position, Argument Given)> result = [];
        for (int i = 0; i < parts.Count; i++)
        {
            (int position, IOperation value) = parts[i];
            CalleeParameter parameter = callee.Parameters[position];
            IOperation[] later = [.. parts.Skip(i + 1).Select(static p => p.Value)];
            Place? seen = parameter is { Passing: Passing.In } or { Passing: Passing.Receiver, Type: StructType, IsOutput: false } ? SeenPlace(value, later) : null;
            result.Add((position, parameter.IsOutput
                ? new Argument(parameter, value, new Default(parameter.Type), parameter.IsChanging && !IsVariable(value) ? CopyOf(value) : PlaceOf(value, later))
                : new Argument(parameter, value, seen is null ? Protect(Operand(value), later) : new Default(parameter.Type), null) { Seen = seen }));
        }

        return [.. result.OrderBy(static r => r.Position).Select(r => r.Given.Seen is { } seen ? r.Given with { Operand = Name(ReadPlace(seen)) } : r.Given)];
    }

    /// <summary>What C# does with a value on which a method is called that may write it.</summary>
    private VariablePlace CopyOf(IOperation value)
    {
        Expr copy = NewValue("", TypeOf(value));
        Declare(copy, Lower(value));
        return new VariablePlace(copy);
    }

    /// <summary>Whether a method that is called on a struct writes the struct itself, not a copy.</summary>
    private bool IsVariable(IOperation instance) => instance switch
    {
        ILocalReferenceOperation { Local: var local } => local.RefKind is RefKind.None or RefKind.Ref,
        IParameterReferenceOperation { Parameter.RefKind: var way } => way is RefKind.None or RefKind.Ref or RefKind.Out,
        IInstanceReferenceOperation => (frame?.Method ?? method) is { IsReadOnly: false, ContainingType.IsReadOnly: false },
        IFieldReferenceOperation { Field.IsReadOnly: true } => false,
        IFieldReferenceOperation { Instance: { Type.IsValueType: true } whole } => IsVariable(whole),
        IPropertyReferenceOperation { Property.ReturnsByRef: false } => false,
        IImplicitIndexerReferenceOperation { Instance.Type: { } type } => TypeOf(type) is not SpanType { Access: Access.ReadOnly },
        IArrayElementReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation => true,
        IInvocationOperation { TargetMethod.ReturnsByRef: var isReference } => isReference,
        _ => false,
    };

    /// <summary>Whether the method would write behind the IR's back, which is refused.</summary>
    private bool WritesUnseen(List<Argument> given, Callee callee)
    {
        foreach ((CalleeParameter parameter, IOperation value, Expr operand, _) in given.Where(static g => g.Parameter.IsWritable && g.Parameter.Type.HoldsFloating))
        {
            if (operand is Read { Variable.Id: var id } && outside.Contains(id) && parameter.Wanted == Wanted.Gradient)
            {
                Refuse(value, Descriptors.WritingCall, callee.Name, "memory that is not the method's own", "let the method take a ReadOnlySpan, or pass a copy");
                return true;
            }
        }

        List<Argument> references = [.. given.Where(static g => g.Place is not null and not NoPlace)];
        for (int i = 0; i < references.Count; i++)
        {
            bool isTwice = references.Skip(i + 1).Any(other => MayBeSame(references[i].Place!, other.Place!)) || given.Any(other => other.Seen is { } seen && MayBeSame(references[i].Place!, seen));
            bool isInMemory = references[i].Place is ElementPlace place && given.Any(g => g.Place is null && g.Parameter.Type.Element is { } element && element.Equals(place.Element.Memory.Type.Element));
            if (isTwice || isInMemory)
            {
                Refuse(references[i].Value, Descriptors.DifferentiableCall, callee.Name, "two of its arguments may be the same variable", "copy one of them into a variable of its own");
                return true;
            }
        }

        return false;
    }

    private bool MayBeSame(Place a, Place b) => (a, b) switch
    {
        (VariablePlace x, VariablePlace y) => Reads(x.Target).Intersect(Reads(y.Target)).Any(),
        (ElementPlace { Element.Memory: var x }, ElementPlace { Element.Memory: var y }) => MayBeSame(x, y),
        _ => false,
    };

    // Two parameters that are the same memory are found before any work.
    private bool MayBeSame(Expr memory, Expr other) => (memory.Type.Element ?? memory.Type).Equals(other.Type.Element ?? other.Type) && (memory == other || !IsOwn(memory) || !IsOwn(other));

    private bool IsOwn(Expr memory) => memory is Read { Variable.Id: var id } && symbols.TryGetValue(id, out ISymbol? symbol) && symbol is IParameterSymbol or ILocalSymbol { Type: IArrayTypeSymbol } && !writes.IsAssigned(symbol) && !outside.Contains(id);

    /// <summary>The variable of which C# passes a reference for a parameter that is only read; null for a value, of which it passes a copy.</summary>
    private Place? SeenPlace(IOperation value, params IOperation[] later)
    {
        switch (value)
        {
            case ILocalReferenceOperation { Local: var local }:
                return SeenPlace(local);
            case IParameterReferenceOperation { Parameter: var parameter }:
                return SeenPlace(parameter);
            case IInstanceReferenceOperation instance:
                return Receiver(instance);
            case IFieldReferenceOperation { Instance: { Type.IsValueType: true } whole, Field: var member } when TypeOf(whole) is StructType type && FieldOf(type, member) is { } field:
                return SeenPlace(whole, later) is { } place ? PartOf(place, field) : null;
            case IFieldReferenceOperation { Instance: { Type.IsReferenceType: true } } field:
                return PartPlace(field, later);
            case IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation or IPropertyReferenceOperation { Property: { ReturnsByRef: true } or { ReturnsByRefReadonly: true } } when TypeOf(value) is StructType or { IsMemory: false }:
                return ElementOf(value, later) is { } element ? new ElementPlace(element) : null;
            default:
                return null;
        }
    }

    private static bool IsByReference(IParameterSymbol? parameter) => parameter?.RefKind is RefKind.In or RefKind.RefReadOnlyParameter;

    /// <summary>Whether C# passes a variable by reference, and what stands after it may write it before the call: then the new value is what is read.</summary>
    private bool IsOverwritten(IOperation value, IParameterSymbol? parameter, IEnumerable<IOperation> later) => IsByReference(parameter)
        && value is ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation or IFieldReferenceOperation or IArrayElementReferenceOperation
            or IImplicitIndexerReferenceOperation or IPropertyReferenceOperation { Property: { ReturnsByRef: true } or { ReturnsByRefReadonly: true } }
        && later.Any(writes.WritesAnything);

    private Expr RefuseOverwritten(IOperation value, IParameterSymbol parameter) => Refuse(
        value,
        Descriptors.DifferentiableCall,
        CSharpText.Short(parameter.ContainingSymbol),
        $"'{parameter.Name}' is passed by reference, and what stands after it may write it before the call",
        "write it in a statement of its own");

    private Place? SeenPlace(ISymbol variable) => references.TryGetValue(variable, out Element? element) ? new ElementPlace(element)
        : variables.TryGetValue(variable, out Expr? target) ? new VariablePlace(target)
        : null;
}
