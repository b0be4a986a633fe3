namespace Backprop.Generator.IR;

/// <summary>The scalars of C# that the IR computes with.</summary>
internal enum Scalar
{
    Bool, Char, SByte, Byte, Int16, UInt16, Int32, UInt32, Int64, UInt64, NInt, NUInt, Single, Double,

    /// <summary>A type parameter that stands for a number type.</summary>
    Generic,
}

/// <summary>The type of a value.</summary>
internal abstract record IrType
{
    public static readonly ScalarType Bool = new(Scalar.Bool);
    public static readonly ScalarType Int32 = new(Scalar.Int32);
    public static readonly ScalarType Single = new(Scalar.Single);
    public static readonly ScalarType Double = new(Scalar.Double);

    /// <summary>A number that can carry a derivative.</summary>
    public bool IsFloating => this is ScalarType { Kind: Scalar.Single or Scalar.Double or Scalar.Generic };

    /// <summary>A type parameter that stands for a number type.</summary>
    public bool IsGeneric => this is ScalarType { Kind: Scalar.Generic };

    /// <summary>Storage whose elements are read and written by index.</summary>
    public bool IsMemory => this is ArrayType or ListType or SpanType or MemoryType or GridType or StructType or ObjectType;

    /// <summary>Storage that, at some depth, holds floating-point numbers.</summary>
    public bool HoldsFloating => this is StructType { Fields: var fields }
        ? fields.Any(static part => part.Type.IsFloating || part.Type.HoldsFloating)
        : this is ObjectType || (IsMemory && (Element!.IsFloating || Element.HoldsFloating));

    /// <summary>Whether its elements are storage of their own.</summary>
    public bool LeadsOn => Element is ObjectType or ArrayType or ListType or MemoryType;

    /// <summary>Whether a copy of it shares no storage with it.</summary>
    public bool IsPlain => this is StructType whole ? whole.Leaves.All(static path => !path[path.Count - 1].Type.IsMemory) : !IsMemory;

    /// <summary>Storage of which C# makes a copy in one expression, with all that it leads to.</summary>
    public bool IsCopyable => this switch
    {
        ObjectType or ArrayType { ElementType: ObjectType, Rank: 1 } or SpanType => true,
        MemoryType or ArrayType => Element!.IsPlain || (this is ArrayType { Rank: 1 } && Element.IsCopyable),
        _ => false,
    };

    /// <summary>Whether only a part of the assembly may name it: it is private or protected, or made of what is.</summary>
    public bool IsHidden { get => field || Element?.IsHidden == true; init; }

    /// <summary>Type of an element of storage; null for anything else.</summary>
    public virtual IrType? Element => null;

    /// <summary>As C# writes it.</summary>
    public string Text => this switch
    {
        ScalarType scalar => scalar.Keyword,
        OpaqueType opaque => opaque.Name,
        StructType type => type.Name,
        ObjectType type => type.Name,
        ArrayType array => Jagged(array),
        ListType list => $"global::System.Collections.Generic.List<{list.ElementType.Text}>",
        MemoryType memory => $"global::System.{(memory.Access == Access.Writable ? "Memory" : "ReadOnlyMemory")}<{memory.ElementType.Text}>",
        SpanType span => $"global::System.{(span.Access == Access.Writable ? "Span" : "ReadOnlySpan")}<{span.ElementType.Text}>",
        GridType grid => $"global::Backprop.Grid<{grid.ElementType.Text}>",
        _ => throw new NotSupportedException(GetType().Name),
    };

    /// <summary>The outer dimensions come first: an array of <c>T[,]</c> is <c>T[][,]</c>.</summary>
    private static string Jagged(ArrayType array)
    {
        string brackets = "";
        IrType type = array;
        for (; type is ArrayType inner; type = inner.ElementType)
        {
            brackets += "[" + new string(',', inner.Rank - 1) + "]";
        }

        return type.Text + brackets;
    }
}

/// <summary>A number, a bool or a char.</summary>
internal sealed record ScalarType(Scalar Kind) : IrType
{
    /// <summary>Of a type parameter.</summary>
    public string Name { get; init; } = "";

    /// <summary>As C# writes it.</summary>
    public string Keyword => Kind switch
    {
        Scalar.Int16 => "short",
        Scalar.UInt16 => "ushort",
        Scalar.Int32 => "int",
        Scalar.UInt32 => "uint",
        Scalar.Int64 => "long",
        Scalar.UInt64 => "ulong",
        Scalar.Single => "float",
        Scalar.Generic => Name,
        _ => Kind.ToString().ToLowerInvariant(),
    };
}

/// <summary>A type that carries no derivative by nature (an enum, a string, a user's class): only its C# name is known.</summary>
internal sealed record OpaqueType(string Name) : IrType
{
    /// <summary>Whether its values hold no reference, so that they can be recorded beside numbers.</summary>
    public bool IsUnmanaged { get; init; }

    /// <summary>Whether its values can only stand in local variables.</summary>
    public bool IsRefLike { get; init; }

    /// <summary>Whether it is what the forward pass of a method that is called keeps for its pullback.</summary>
    public bool IsResiduals { get; init; }
}

/// <summary><c>T[]</c> or <c>T[,]</c>; a jagged array is an array of arrays.</summary>
internal sealed record ArrayType(IrType ElementType, int Rank) : IrType
{
    public override IrType Element => ElementType;
}

/// <summary><c>List&lt;T&gt;</c> of objects, arrays or lists: they are read by index, and it is not changed.</summary>
internal sealed record ListType(IrType ElementType) : IrType
{
    public override IrType Element => ElementType;
}

internal enum Access { ReadOnly, Writable }

/// <summary><c>Memory&lt;T&gt;</c> or <c>ReadOnlyMemory&lt;T&gt;</c>: what a span can be made of.</summary>
internal sealed record MemoryType(IrType ElementType, Access Access) : IrType
{
    public override IrType Element => ElementType;

    /// <summary>The span over it.</summary>
    public SpanType Span => new(ElementType, Access);
}

/// <summary><c>Span&lt;T&gt;</c> or <c>ReadOnlySpan&lt;T&gt;</c>.</summary>
internal sealed record SpanType(IrType ElementType, Access Access) : IrType
{
    public override IrType Element => ElementType;
}

/// <summary>A rectangular view of rented storage: what a local <c>new T[n, m]</c> becomes in emitted code.</summary>
internal sealed record GridType(IrType ElementType) : IrType
{
    public override IrType Element => ElementType;
}
