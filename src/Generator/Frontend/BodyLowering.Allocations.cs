using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>New arrays and spans.</summary>
internal sealed partial class BodyLowering
{
    public override Expr? VisitArrayCreation(IArrayCreationOperation operation, Use use)
    {
        var type = (ArrayType)TypeOf(operation);
        Lifetime lifetime = memory.LifetimeOf(operation, type.Rank <= 2 ? type.ElementType : type);
        if (type.HoldsFloating && (type.Rank > 2 || (type.Rank == 2 && lifetime != Lifetime.Local) || type.ElementType is { IsMemory: true } and not StructType))
        {
            return RefuseShape(operation);
        }

        string name = operation.Initializer is null ? "" : TakeStorageName();
        IEnumerable<Expr> extents = Operands([.. operation.DimensionSizes]).Select(NarrowExtent);
        var allocation = new Allocate(extents.ToEquatable(), type, lifetime);
        if (operation.Initializer is not { } initializer)
        {
            return allocation;
        }

        Read array = Copied(allocation, name);
        StoreElements(array, initializer, []);
        return array;
    }

    private Expr RefuseShape(IOperation operation) => Refuse(
        operation,
        Descriptors.LocalArray,
        CSharpText.Short(operation.Type!),
        "its gradient would need storage of the same shape",
        "use a local T[,] that is only indexed, or T[][] in a variable of its own, or one array with index arithmetic, such as a[i * columns + j], or take it as a parameter");

    // C# takes any integer, rented storage an int. What no int holds is too long for an array of numbers.
    private Expr NarrowExtent(Expr extent) => extent.Type is ScalarType { Kind: Scalar.Int64 or Scalar.UInt32 or Scalar.UInt64 or Scalar.NInt or Scalar.NUInt }
        ? Name(new External("checked((int){0})", EquatableArray.Of(extent), IrType.Int32, Effect.Pure, 0))
        : extent;

    private void StoreElements(Read array, IArrayInitializerOperation initializer, IReadOnlyList<Expr> outer)
    {
        for (int i = 0; i < initializer.ElementValues.Length; i++)
        {
            Expr[] indices = [.. outer, Numbers.Int(i)];
            if (initializer.ElementValues[i] is IArrayInitializerOperation inner)
            {
                StoreElements(array, inner, indices);
            }
            else
            {
                StoreParts(new Element(array, indices.ToEquatable()), Operand(initializer.ElementValues[i]));
            }
        }
    }

    public override Expr? VisitCollectionExpression(ICollectionExpressionOperation operation, Use use)
        => TypeOf(operation) switch
        {
            ArrayType { Rank: 1 } type => LowerElements(operation, type, operation.Elements, memory.LifetimeOf(operation, type.ElementType)),
            SpanType type => LowerNewSpan(operation, type),
            _ => RefuseComposite(operation),
        };

    private Expr LowerElements(IOperation operation, IrType type, IReadOnlyList<IOperation> elements, Lifetime lifetime)
    {
        if (type.Element is { HoldsFloating: true } and not StructType)
        {
            return RefuseShape(operation);
        }

        if (elements.Any(static e => e is ISpreadOperation))
        {
            return LowerSpread(type, elements, lifetime);
        }

        Lifetime allowed = type.Element is ScalarType or StructType { IsUnmanaged: true } ? lifetime : Lifetime.Escapes;
        Read storage = Copied(new Allocate(EquatableArray.Of<Expr>(Numbers.Int(elements.Count)), type, allowed), TakeStorageName());
        for (int i = 0; i < elements.Count; i++)
        {
            StoreParts(new Element(storage, EquatableArray.Of<Expr>(Numbers.Int(i))), Operand(elements[i]));
        }

        return storage;
    }

    /// <summary><c>[a, .. b]</c>: all elements in order, then storage for all of them.</summary>
    private Expr LowerSpread(IrType type, IReadOnlyList<IOperation> elements, Lifetime lifetime)
    {
        if (elements.FirstOrDefault(writes.WritesAnything) is { } writing)
        {
            Refuse(writing, Descriptors.LocalArray, CSharpText.Short(writing.Parent!.Type!), "this element writes, and C# does not say whether before or after others are spread", "write it in a statement before");
            return new Default(type);
        }

        Expr[] values = Operands([.. elements.Select(static e => e is ISpreadOperation spread ? WithoutReferenceConversions(spread.Operand) : e)]);
        for (int i = 0; i < elements.Count; i++)
        {
            if (elements[i] is ISpreadOperation && !(values[i].Type is SpanType or ArrayType { Rank: 1 } && values[i].Type.Element == type.Element))
            {
                return RefuseUnknown(elements[i]);
            }
        }

        Expr[] lengths = [.. values.Select((value, i) => elements[i] is ISpreadOperation ? Name(new Length(value)) : Numbers.Int(1))];
        Expr count = lengths.Aggregate((Expr)Numbers.Int(0), Sum);
        Lifetime allowed = type.Element is ScalarType or StructType { IsUnmanaged: true } ? lifetime : Lifetime.Escapes;
        Read storage = Copied(new Allocate(EquatableArray.Of(count), type, allowed), TakeStorageName());
        Expr at = Numbers.Int(0);
        for (int i = 0; i < elements.Count; i++)
        {
            if (elements[i] is ISpreadOperation)
            {
                Emit(new Copy(View(values[i], Access.ReadOnly), SliceOf(storage, at, lengths[i])));
            }
            else
            {
                StoreParts(new Element(storage, EquatableArray.Of(at)), values[i]);
            }

            at = Sum(at, lengths[i]);
        }

        return storage;
    }

    private Expr Sum(Expr left, Expr right) => (left, right) is (Literal a, Literal b) ? Numbers.Int((int)(a.Bits + b.Bits))
        : left.Is(0) ? right
        : Name(new Binary(BinaryOp.Add, left, right, IrType.Int32));

    /// <summary>A span over new storage: of a collection expression, a stackalloc, an array made on the spot.</summary>
    private Expr LowerNewSpan(IOperation source, SpanType span)
    {
        var writable = new SpanType(span.ElementType, Access.Writable);
        Expr storage = source switch
        {
            ICollectionExpressionOperation collection => LowerElements(source, writable, collection.Elements, Lifetime.Local),
            _ when IsStackAllocation(source) => LowerStackAllocation(source, writable),
            _ => Operand(source),
        };
        return View(storage, span);
    }

    private Expr LowerStackAllocation(IOperation operation, SpanType type)
    {
        // The operation tree has no node of its own for this: its children are the count and the elements.
        IOperation[] children = [.. operation.ChildOperations];
        if (children.Length == 0)
        {
            return RefuseUnknown(operation);
        }

        return children.Length == 1
            ? new Allocate(EquatableArray.Of(Operand(children[0])), type, Lifetime.Local)
            : LowerElements(operation, type, [.. children.Skip(1)], Lifetime.Local);
    }

    private static bool IsStackAllocation(IOperation operation) => operation is { Kind: OperationKind.None }
        && operation.Syntax is StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax;
}
