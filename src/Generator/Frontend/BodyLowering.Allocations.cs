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
            return Refuse(operation, Descriptors.LocalArray, CSharpText.Short(operation.Type!));
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
            return Refuse(operation, Descriptors.LocalArray, CSharpText.Short(operation.Type!));
        }

        if (elements.FirstOrDefault(static e => e is ISpreadOperation) is { } spread)
        {
            return RefuseUnknown(spread);
        }

        Lifetime allowed = type.Element is ScalarType or StructType { IsUnmanaged: true } ? lifetime : Lifetime.Escapes;
        Read storage = Copied(new Allocate(EquatableArray.Of<Expr>(Numbers.Int(elements.Count)), type, allowed), TakeStorageName());
        for (int i = 0; i < elements.Count; i++)
        {
            StoreParts(new Element(storage, EquatableArray.Of<Expr>(Numbers.Int(i))), Operand(elements[i]));
        }

        return storage;
    }

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
