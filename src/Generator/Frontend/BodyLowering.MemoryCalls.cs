using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>The framework's methods on arrays and spans.</summary>
internal sealed partial class BodyLowering
{
    private Expr LowerMemoryCall(IInvocationOperation operation, MemoryCall call)
    {
        (int Position, IOperation Value)[] parts =
        [
            .. operation.Instance is { } instance ? [(-1, instance)] : Array.Empty<(int, IOperation)>(),
            .. operation.Arguments.Select(static a => (a.Parameter?.Ordinal ?? 0, AsArray(a.Value))),
        ];
        if (!TypeOf(parts[0].Value).IsMemory)
        {
            return LowerUnknownCall(operation);
        }

        if (call is MemoryCall.GetLength or MemoryCall.GetUpperBound)
        {
            Expr length = LowerGetLength(operation, parts[0].Value, parts[1].Value);
            return call == MemoryCall.GetLength ? length : new Binary(BinaryOp.Subtract, Name(length), Numbers.Int(1), IrType.Int32);
        }

        // Evaluated as written, then put in the order of the parameters.
        Expr[] operands = Operands([.. parts.Select(static p => p.Value)]);
        Array.Sort([.. parts.Select(static p => p.Position)], operands);
        if (operands.Any(static o => o.Type is ArrayType and not { Rank: 1 }))
        {
            return RefuseMemoryCall(operation, "rectangular arrays have no row of elements to work on");
        }

        return call switch
        {
            MemoryCall.View => View(operands[0], (SpanType)TypeOf(operation)),
            MemoryCall.Slice => LowerSlice(operation, operands),
            MemoryCall.ToArray when operands[0].Type.Element is { IsMemory: true } and not StructType => RefuseMemoryCall(operation, "each row would have two names"),
            MemoryCall.ToArray => CopyOf(operation, operands[0], Name(new Length(operands[0])), operands[0].Type as ArrayType ?? (ArrayType)TypeOf(operation)),
            MemoryCall.Clear => LowerFill(operation, Part(operands, 1), new Default(operands[0].Type.Element!)),
            MemoryCall.Fill => LowerFill(operation, Part(operands, 2), operands[1]),
            _ => LowerCopy(operation, call, operands),
        };
    }

    // Array.Clear and its like take System.Array, Enumerable.ToArray takes what can be enumerated.
    private static IOperation AsArray(IOperation operation)
        => operation is IConversionOperation { IsImplicit: true, Operand.Type: IArrayTypeSymbol, Type: { SpecialType: SpecialType.System_Array } or { TypeKind: TypeKind.Interface } } conversion ? conversion.Operand : operation;

    private Expr LowerGetLength(IInvocationOperation operation, IOperation array, IOperation dimension)
        => dimension.ConstantValue is { HasValue: true, Value: int number }
            ? new Length(Operand(array), TypeOf(array) is ArrayType { Rank: 1 } && number == 0 ? Length.Whole : number)
            : RefuseMemoryCall(operation, "the dimension must be a constant");

    private Expr LowerSlice(IInvocationOperation operation, Expr[] operands)
    {
        Expr start = operands[1];
        Expr count = operands.Length > 2 ? operands[2] : CountFrom(start, Name(new Length(operands[0])));
        return new Slice(operands[0], start, count, TypeOf(operation));
    }

    /// <summary>The memory that a call works on: all of it, or from a start for a count where these arguments are given.</summary>
    private Expr Part(Expr[] operands, int start) => operands.Length > start + 1
        ? Name(new Slice(operands[0], operands[start], operands[start + 1], WritableSpanOf(operands[0])))
        : View(operands[0], Access.Writable);

    private static SpanType WritableSpanOf(Expr storage) => new(storage.Type.Element!, Access.Writable);

    private Expr LowerFill(IInvocationOperation operation, Expr target, Expr value)
    {
        if (CheckWritable(operation, target))
        {
            Emit(new Fill(target, value) { Site = SiteOfWrite(operation) });
        }

        return new Default(TypeOf(operation));
    }

    private Expr LowerCopy(IInvocationOperation operation, MemoryCall call, Expr[] operands)
    {
        Expr destination = operands.Length == 5 ? operands[2] : operands[1];
        if (destination.Type.Element != operands[0].Type.Element)
        {
            return RefuseMemoryCall(operation, "the elements have different types");
        }

        (Expr source, Expr target) = (call, operands.Length) switch
        {
            (MemoryCall.CopyTo, 2) => (View(operands[0], Access.Writable), View(operands[1], Access.Writable)),
            (MemoryCall.CopyTo, _) => (View(operands[0], Access.Writable), SliceOf(operands[1], operands[2], Name(new Length(operands[0])))),
            (_, 3) => (SliceOf(operands[0], Numbers.Int(0), operands[2]), SliceOf(operands[1], Numbers.Int(0), operands[2])),
            _ => (SliceOf(operands[0], operands[1], operands[4]), SliceOf(destination, operands[3], operands[4])),
        };
        if (CheckWritable(operation, target))
        {
            Emit(new Copy(source, target) { Site = SiteOfWrite(operation) });
        }

        return new Default(TypeOf(operation));
    }

    private Expr SliceOf(Expr storage, Expr start, Expr count) => Name(new Slice(storage, start, count, WritableSpanOf(storage)));

    private bool CheckWritable(IOperation operation, Expr target)
    {
        bool isKept = target.Type.HoldsFloating && target is Read { Variable.Id: var id } && outside.Contains(id);
        if (isKept || target.Type.Element is { HoldsFloating: true } and not StructType)
        {
            report.Add(Descriptors.StoredOutside, operation.Syntax.GetLocation(), "memory that is not the method's own", "write into a parameter or a local array");
            return false;
        }

        return true;
    }

    private Expr RefuseMemoryCall(IInvocationOperation operation, string reason)
        => Refuse(operation, Descriptors.MemoryOperation, $"{operation.TargetMethod.ContainingType.Name}.{operation.TargetMethod.Name}", reason, "write a loop over the elements");
}
