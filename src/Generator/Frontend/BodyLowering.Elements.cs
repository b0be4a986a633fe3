using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Elements, ranges and variables that refer to elements.</summary>
internal sealed partial class BodyLowering
{
    private readonly Dictionary<ISymbol, Element> references = new(SymbolEqualityComparer.Default);

    // The local that is being declared: new storage for it bears its name.
    private string storageName = "";

    // Variables whose memory belongs to a field or property: what is stored there outlives the call.
    private readonly HashSet<int> outside = [];

    public override Expr? VisitArrayElementReference(IArrayElementReferenceOperation operation, Use use)
    {
        if (RowOf(operation) is { } row)
        {
            return row;
        }

        if (operation.Indices.Length == 1 && operation.Indices[0] is IRangeOperation range)
        {
            return CopyOfRange(operation, operation.ArrayReference, range);
        }

        return ElementOf(operation) is { } element ? element : new Default(TypeOf(operation));
    }

    public override Expr? VisitImplicitIndexerReference(IImplicitIndexerReferenceOperation operation, Use use)
    {
        if (RowOf(operation) is { } row)
        {
            return row;
        }

        if (operation.Argument is IRangeOperation range && TypeOf(operation.Instance) is SpanType or MemoryType)
        {
            Expr memory = Operand(operation.Instance);
            (Expr start, Expr count) = Bounds(memory, range);
            return new Slice(memory, start, count, memory.Type);
        }

        if (ElementOf(operation) is { } element)
        {
            return element;
        }

        // A character or a part of a string, an element of a list.
        Expr[] operands = Operands(operation.Instance, operation.Argument);
        ExternalText text = new ExternalText().Hole(operands[0]).Text("[").Hole(operands[1]).Text("]");
        return text.Build(TypeOf(operation), Effect.Reads, Site(operation, "[]"));
    }

    public override Expr? VisitRangeOperation(IRangeOperation operation, Use use)
    {
        IOperation[] ends = [.. new[] { operation.LeftOperand, operation.RightOperand }.OfType<IOperation>()];
        Expr[] operands = Operands(ends);
        var text = new ExternalText();
        if (operation.LeftOperand is not null)
        {
            text.Hole(operands[0]);
        }

        text.Text("..");
        if (operation.RightOperand is not null)
        {
            text.Hole(operands[operands.Length - 1]);
        }

        return text.Build(TypeOf(operation), Effect.Pure, Site(operation, ".."));
    }

    /// <summary>The element that an operation names, with its operands evaluated; null when it names none.</summary>
    private Element? ElementOf(IOperation operation, params IOperation[] later)
    {
        (IOperation? memory, IOperation[] indices) = operation switch
        {
            IArrayElementReferenceOperation e => (e.ArrayReference, [.. e.Indices]),
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } span } e => (span, [.. e.Arguments.Select(static a => a.Value)]),
            IImplicitIndexerReferenceOperation { Argument: not IRangeOperation } e => (e.Instance, [e.Argument]),
            _ => (default(IOperation), Array.Empty<IOperation>()),
        };
        if (memory is null || TypeOf(memory) is ObjectType or { IsMemory: false })
        {
            return null;
        }

        if (CellOf(memory, indices, later) is { } cell)
        {
            return cell;
        }

        Expr storage = Protect(Operand(memory), [.. indices, .. later]);
        var operands = new List<Expr>();
        for (int i = 0; i < indices.Length; i++)
        {
            operands.Add(Protect(IndexOperand(storage, indices[i]), [.. indices.Skip(i + 1), .. later]));
        }

        return storage.Type.IsMemory ? new Element(storage, operands.ToEquatable()) : null;
    }

    private Expr IndexOperand(Expr memory, IOperation index) => IndexOperand(memory.Type, () => new Length(memory), index);

    /// <summary>An index as a number: <c>^k</c> counts from the end.</summary>
    private Expr IndexOperand(IrType memory, Func<Expr> measure, IOperation index)
    {
        while (index is IConversionOperation { IsImplicit: true, Type.Name: "Index" } conversion)
        {
            index = conversion.Operand;
        }

        if (index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat)
        {
            Expr back = Operand(hat.Operand);
            Expr length = Name(measure());
            return Name(new Binary(BinaryOp.Subtract, length, back, IrType.Int32));
        }

        return TypeOf(index).IsInteger()
            ? NarrowIndex(memory, Operand(index))
            : Refuse(index, Descriptors.MemoryOperation, index.Syntax.ToString(), "an index must be a number or ^number here", "compute the index as an int");
    }

    /// <summary>
    /// Spans are indexed by int, arrays by any integer. What no int holds is outside of every array of one dimension, and so is what it becomes here;
    /// an array of more dimensions only looks at the lower half.
    /// </summary>
    private Expr NarrowIndex(IrType memory, Expr index)
    {
        if (index.Type is not ScalarType { Kind: Scalar.Int64 or Scalar.UInt32 or Scalar.UInt64 or Scalar.NInt or Scalar.NUInt })
        {
            return index;
        }

        string narrow = memory is ArrayType { Rank: > 1 } ? "unchecked((int)checked((nint){0}))" : "(int)global::System.Math.Clamp(checked((nint){0}), -1, int.MaxValue)";
        return Name(new External(narrow, EquatableArray.Of(index), IrType.Int32, Effect.Pure, 0));
    }

    private (Expr Start, Expr Count) Bounds(Expr memory, IRangeOperation range)
    {
        Expr start = range.LeftOperand is { } left ? IndexOperand(memory, left) : Numbers.Int(0);
        if (range.RightOperand is { } right)
        {
            start = Protect(start, [right]);
        }

        Expr end = range.RightOperand is { } last ? IndexOperand(memory, last) : Name(new Length(memory));
        return (start, CountFrom(start, end));
    }

    private Expr CountFrom(Expr start, Expr end)
        => start.Is(0) ? end : Name(new Binary(BinaryOp.Subtract, end, start, IrType.Int32));

    /// <summary>C# copies a range of an array.</summary>
    private Expr CopyOfRange(IOperation operation, IOperation array, IRangeOperation range)
    {
        Expr source = Operand(array);
        if (source.Type is not (SpanType or ArrayType { Rank: 1 }) || source.Type.Element is { IsMemory: true } and not StructType)
        {
            return Refuse(operation, Descriptors.MemoryOperation, operation.Syntax.ToString(), "only a range of an array of numbers can be followed", "copy the elements in a loop");
        }

        (Expr start, Expr count) = Bounds(source, range);
        return CopyOf(operation, Name(new Slice(source, start, count, new SpanType(source.Type.Element!, Access.Writable))), count, (ArrayType)TypeOf(operation));
    }

    private Read CopyOf(IOperation operation, Expr source, Expr count, ArrayType type)
    {
        Read copy = Copied(new Allocate(EquatableArray.Of(count), type, memory.LifetimeOf(operation, type.ElementType)), TakeStorageName());
        Emit(new Copy(source, View(copy, Access.Writable)));
        return copy;
    }

    /// <summary>All of some memory as a span.</summary>
    private Expr View(Expr storage, SpanType span) => storage.Type == span || !storage.Type.IsMemory
        ? storage
        : new Slice(storage, Numbers.Int(0), Name(new Length(storage)), span);

    private Expr View(Expr storage, Access access)
        => storage.Type is SpanType || !storage.Type.IsMemory ? storage : Name(View(storage, new SpanType(storage.Type.Element!, access)));

    private Element Fixed(Element element) => element with { Memory = Stable(element.Memory), Indices = element.Indices.Select(Stable).ToEquatable() };

    private void BindReference(ILocalSymbol local, IOperation? value, IOperation operation)
    {
        if (value is IArrayElementReferenceOperation or IPropertyReferenceOperation or IImplicitIndexerReferenceOperation && ElementOf(value) is { } element)
        {
            // The element is chosen here, once: what the indices become later does not matter.
            references[local] = Fixed(element);
            return;
        }

        bool isVariable = value is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation { Instance: { } } && WriteFacts.VariableOf(value) is not null;
        if (isVariable && PlaceOf(value!) is var place and (VariablePlace or ElementPlace))
        {
            // Another name for a variable.
            if (place is ElementPlace { Element: var other })
            {
                references[local] = Fixed(other);
            }
            else
            {
                variables[local] = ((VariablePlace)place).Target;
                shared.UnionWith(Reads(variables[local]).Select(static read => read.Variable.Id));
            }

            return;
        }

        Refuse(value ?? operation, Descriptors.Reference);
        NewValue(local, local.Type);
    }

    private void DeclareMemory(ILocalSymbol local, IOperation? value, IOperation operation)
    {
        IrType type = TypeOf(local.Type);
        if (value is not null && DeclareRows(local, type, value))
        {
            return;
        }

        bool isFixed = type.HoldsFloating && !writes.IsAssigned(local);
        if (value is null || value.ConstantValue.HasValue)
        {
            if (type.HoldsFloating && (value is not null || type is not (ArrayType or SpanType)))
            {
                RefuseReassigned(operation, $"'{local.Name}'", "declare it with the memory it stands for");
            }

            Declare(NewValue(local, local.Type), value is null ? null : Lower(value));
            return;
        }

        storageName = local.Name;
        Expr initial = Lower(value);
        storageName = "";
        if (initial.Type is SpanType && type is ArrayType)
        {
            NameRow(local, initial);
            return;
        }

        bool isKept = initial is Read { Variable.Id: var source } && !(symbols.TryGetValue(source, out ISymbol? owner) && writes.IsAssigned(owner));
        if (initial is Read { Variable: var same } && same.Type == type && isKept && (isFixed || !symbols.ContainsKey(same.Id)) && !(writes.IsAssigned(local) && type.HoldsFloating))
        {
            // Another name for the same memory, or the first for new memory.
            variables[local] = initial;
            if (!symbols.ContainsKey(same.Id))
            {
                symbols[same.Id] = local;
            }

            return;
        }

        Variable variable = ((Read)NewValue(local, local.Type)).Variable;
        MarkOutside(variable, initial);
        Emit(new Declare(variable, initial));
    }

    /// <summary>A variable that may stand for this memory or that: where it cannot be followed, this is the place to say so.</summary>
    private Expr Placed(IOperation operation, Expr result)
    {
        if (result is Read { Variable: { Type: ArrayType or SpanType } variable })
        {
            sites.Add(new SiteInfo(variable.Id, operation.Syntax.GetLocation(), symbols.TryGetValue(variable.Id, out ISymbol? symbol) ? $"'{symbol.Name}'" : "This expression"));
        }

        return result;
    }

    // What was stored through it before would have gone there.
    private void CheckOutside(Variable variable, Expr value, IOperation operation)
    {
        if (IsOutside(value) && !outside.Contains(variable.Id) && variable.Type is { HoldsFloating: true } and not SpanType { Access: Access.ReadOnly })
        {
            RefuseReassigned(operation, $"'{symbols[variable.Id].Name}'", "declare another variable for memory of a field or property");
        }
    }

    private string TakeStorageName()
    {
        string name = storageName;
        storageName = "";
        return name;
    }

    private bool IsOutside(Expr value) => value switch
    {
        External => true,
        Read { Variable.Id: var id } => outside.Contains(id),
        Slice { Memory: Read { Variable.Id: var id } } => outside.Contains(id),
        Element { Memory: Read { Variable.Id: var id } } => outside.Contains(id),
        _ => false,
    };

    private void MarkOutside(Variable variable, Expr value)
    {
        if (IsOutside(value) && value.Type.IsMemory)
        {
            outside.Add(variable.Id);
        }
    }
}
