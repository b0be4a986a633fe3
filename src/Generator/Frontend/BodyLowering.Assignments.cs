using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Everything that writes a variable or an element. The value of an assignment is the value assigned.</summary>
internal sealed partial class BodyLowering
{
    /// <summary>Where an assignment writes, with its operands evaluated.</summary>
    private abstract record Place(IrType Type);

    /// <summary>A variable, or all variables of a struct.</summary>
    private sealed record VariablePlace(Expr Target) : Place(Target.Type);

    private sealed record ElementPlace(Element Element) : Place(Element.Type);

    /// <summary>A static field, a property of an inactive object: C# that the IR does not look into.</summary>
    private sealed record OpaquePlace(IOperation Operation, IrType Type) : Place(Type);

    private sealed record NoPlace(IrType Type) : Place(Type);

    public override Expr? VisitSimpleAssignment(ISimpleAssignmentOperation operation, Use use)
    {
        if (operation.IsRef)
        {
            return Refuse(operation, Descriptors.Reference);
        }

        if (makings.Contains(operation))
        {
            return FillRow(operation);
        }

        Place place = PlaceOf(operation.Target, operation.Value);
        Expr value = Lower(operation.Value);
        return place is NoPlace { Type: var type } && !value.IsOperand && use == Use.Effect && type == value.Type
            ? value
            : Write(place, value, operation);
    }

    public override Expr? VisitCompoundAssignment(ICompoundAssignmentOperation operation, Use use)
    {
        Place place = PlaceOf(operation.Target, operation.Value);
        Expr old = ReadPlace(place);
        if (operation.InConversion.MethodSymbol is not null || operation.OutConversion.MethodSymbol is not null)
        {
            return RefuseUnknown(operation);
        }

        if (operation.OperatorMethod?.Parameters.FirstOrDefault() is { } first && IsOverwritten(operation.Target, first, [operation.Value]))
        {
            return RefuseOverwritten(operation.Target, first);
        }

        if (operation.OperatorMethod is { IsStatic: true } method && ComputesWithParts(operation.Target, operation.Value))
        {
            Expr left = Protect(Name(old), [operation.Value]);
            return Write(place, CallOperator(operation, method, [left, Operand(operation.Value)]), operation);
        }

        if (OperatorOf(operation.OperatorKind) is not { } op || !IsBuiltIn(operation.OperatorMethod) || operation.IsLifted)
        {
            return RefuseUnknown(operation);
        }

        if (place.Type is not ScalarType)
        {
            return CompoundOpaque(operation, place, old, op);
        }

        // Read before the right side runs, which may write the same place.
        old = Protect(Name(old), [operation.Value]);
        Expr value = Operand(operation.Value);
        bool isShift = op is BinaryOp.ShiftLeft or BinaryOp.ShiftRight or BinaryOp.UnsignedShiftRight;
        IrType type = isShift ? place.Type.Promoted() : value.Type;
        var result = new Binary(op, Converted(old, type), value, type, OverflowOf(type, operation.IsChecked));
        return Write(place, Narrowed(result, place.Type, operation.IsChecked), operation);
    }

    private Expr CompoundOpaque(ICompoundAssignmentOperation operation, Place place, Expr old, BinaryOp op)
    {
        if (operation.Target.Type is not ({ SpecialType: SpecialType.System_String } or { TypeKind: TypeKind.Enum }))
        {
            return RefuseUnknown(operation);
        }

        old = Copied(old);
        Expr value = Operand(WithoutBoxing(operation.Value));
        ExternalText text = new ExternalText().Hole(old).Text($" {Symbol(op)} ").Hole(value);
        return Write(place, text.Build(place.Type, Effect.Pure, Site(operation, Symbol(op))), operation);
    }

    public override Expr? VisitIncrementOrDecrement(IIncrementOrDecrementOperation operation, Use use)
    {
        Place place = PlaceOf(operation.Target);
        bool isOfParts = operation.OperatorMethod is { IsStatic: true } && place.Type is StructType;
        if (operation.IsLifted || !(isOfParts || (IsBuiltIn(operation.OperatorMethod) && place.Type is ScalarType)))
        {
            return RefuseUnknown(operation);
        }

        Expr old = Name(ReadPlace(place));
        if (operation.IsPostfix && use == Use.Value && place is VariablePlace or SetterPlace)
        {
            old = Aside(old);
        }

        if (isOfParts)
        {
            Expr changed = Write(place, CallOperator(operation, operation.OperatorMethod!, [old]), operation);
            return operation.IsPostfix ? old : changed;
        }

        BinaryOp op = operation.Kind == OperationKind.Increment ? BinaryOp.Add : BinaryOp.Subtract;
        IrType type = place.Type.Promoted();
        var result = new Binary(op, Converted(old, type), type.Number(1), type, OverflowOf(type, operation.IsChecked));
        Expr written = Write(place, Narrowed(result, place.Type, operation.IsChecked), operation);
        return operation.IsPostfix ? old : written;
    }

    public override Expr? VisitCoalesceAssignment(ICoalesceAssignmentOperation operation, Use use)
    {
        if (PlaceOf(operation.Target) is not VariablePlace { Type: OpaqueType or ArrayType } place)
        {
            return TypeOf(operation.Target).HoldsFloating
                ? RefuseReassigned(operation, "The target of this '??='", "check for null in the caller")
                : RefuseUnknown(operation);
        }

        EmitIf(IsNull(operation, place.Target), () => Write(place, Lower(operation.Value), operation), static () => { });
        return place.Target;
    }

    private Expr Converted(Expr operand, IrType type) => operand.Type == type ? operand : Name(new IR.Convert(operand, type));

    private Expr Narrowed(Expr value, IrType type, bool isChecked) => value.Type == type
        ? value
        : new IR.Convert(Name(value), type, OverflowOf(type, isChecked));

    /// <summary>Evaluates the operands of a target, as C# does, before the value that will be written there.</summary>
    private Place PlaceOf(IOperation target, params IOperation[] later)
    {
        switch (target)
        {
            case IDiscardOperation:
                return new NoPlace(TypeOf(target));
            case ILocalReferenceOperation { Local: var local } when references.TryGetValue(local, out Element? element):
                return new ElementPlace(element);
            case IParameterReferenceOperation { Parameter: var bound } when references.TryGetValue(bound, out Element? element):
                return new ElementPlace(element);
            case ILocalReferenceOperation { Local: var local } when IsAssignable(target):
                return new VariablePlace(Hoisted(local));
            case IDeclarationExpressionOperation { Expression: ILocalReferenceOperation { Local: var declared } } when IsAssignable(target):
                return new VariablePlace(Hoisted(declared));
            case IParameterReferenceOperation { Parameter: var parameter } when IsAssignable(target):
                return variables.TryGetValue(parameter, out Expr? written) && Reads(written).Any() ? new VariablePlace(written) : Nowhere(target);
            case IInstanceReferenceOperation instance when Receiver(instance) is { } receiver:
                return receiver;
            case IFieldReferenceOperation or IPropertyReferenceOperation when PartPlace((IMemberReferenceOperation)target, later) is { } part:
                return part is ElementPlace { Type: { IsMemory: true } and not StructType } ? Replaced((IMemberReferenceOperation)target) : part;
            case ILocalReferenceOperation or IParameterReferenceOperation or IDeclarationExpressionOperation:
                RefuseReassigned(target, "This variable", "declare another variable for the new value");
                return new NoPlace(TypeOf(target));
            case IArrayElementReferenceOperation or IPropertyReferenceOperation or IImplicitIndexerReferenceOperation when ElementOf(target, later) is { } element:
                return WritableElement(target, element);
            default:
                return OutsidePlace(target);
        }
    }

    /// <summary>What a member of an object stands for is the same from the beginning of a method to its end.</summary>
    private NoPlace Replaced(IMemberReferenceOperation target)
    {
        string instead = TypeOf(target) is ObjectType ? "write its members instead" : "copy the elements into it instead";
        report.Add(Descriptors.MemoryReassigned, target.Syntax.GetLocation(), $"'{target.Member.Name}' of an object", instead);
        return new NoPlace(TypeOf(target));
    }

    private Place WritableElement(IOperation target, Element element)
    {
        if (!element.Type.CarriesDerivative())
        {
            return new ElementPlace(element);
        }

        if (element.Type is { IsMemory: true } and not StructType)
        {
            if (element.Memory is Read { Variable.Id: var refused } && symbols.TryGetValue(refused, out ISymbol? array) && refusedRows.Contains(array))
            {
                return new NoPlace(element.Type);
            }

            report.Add(Descriptors.StoredOutside, target.Syntax.GetLocation(), "a row of an array of arrays", "copy the elements into the row instead");
            return new NoPlace(element.Type);
        }

        if (element.Memory is Read { Variable.Id: var id } && outside.Contains(id))
        {
            report.Add(Descriptors.StoredOutside, target.Syntax.GetLocation(), "memory of a field or property", "store into a parameter or a local array");
            return new NoPlace(element.Type);
        }

        return new ElementPlace(element);
    }

    private Place OutsidePlace(IOperation target)
    {
        if (target is IFieldReferenceOperation { Instance: null } or IPropertyReferenceOperation { Instance: null })
        {
            ITypeSymbol type = target.Type!;
            if (!FloatingContent.MayHold(type) && !CSharpText.IsExtensionBlock(((IMemberReferenceOperation)target).Member.ContainingType))
            {
                return new OpaquePlace(target, TypeOf(target));
            }

            report.Add(Descriptors.StoredOutside, target.Syntax.GetLocation(), "a static field or property", "return the value, or store it into a parameter");
            return new NoPlace(TypeOf(target));
        }

        if (target is IFieldReferenceOperation or IPropertyReferenceOperation)
        {
            report.Add(Descriptors.StoredOutside, target.Syntax.GetLocation(), "a field or property of an object", "return the value, or store it into a parameter");
            return new NoPlace(TypeOf(target));
        }

        return Nowhere(target);
    }

    private NoPlace Nowhere(IOperation target)
    {
        RefuseUnknown(target);
        return new NoPlace(TypeOf(target));
    }

    private Expr ReadPlace(Place place) => place switch
    {
        VariablePlace { Target: var value } => value,
        SetterPlace setter => ReadPlace(setter),
        ElementPlace { Element: var element } => element,
        OpaquePlace { Operation: var operation } => Lower(operation),
        _ => new Default(place.Type),
    };

    private Expr Write(Place place, Expr value, IOperation operation)
    {
        switch (place)
        {
            case VariablePlace { Target: var target }:
                if (target is Read { Variable: { Type: ArrayType or SpanType } handle })
                {
                    CheckOutside(handle, value, operation);
                }

                Set(target, value);
                return Placed(operation, target);
            case ElementPlace { Element: var element }:
                Expr operand = Name(value);
                StoreParts(element, operand, SiteOfWrite(operation));
                return operand;
            case SetterPlace setter:
                Expr given = Name(value);
                Expr result = operation.Parent is IExpressionStatementOperation or IObjectOrCollectionInitializerOperation ? given : Aside(given);
                CallSetter(setter, given);
                return result;
            case OpaquePlace { Operation: var outside1 }:
                Expr written = Name(value);
                string name = CSharpText.Member(((IMemberReferenceOperation)outside1).Member, TextOf);
                Emit(new Evaluate(new ExternalText().Text($"{name} = ").Hole(written).Build(place.Type, Effect.Writes, Site(operation, CSharpText.Short(((IMemberReferenceOperation)outside1).Member)))));
                return written;
            default:
                return Name(value);
        }
    }
}
