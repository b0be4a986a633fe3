namespace Backprop.Fuzz.Ast;

/// <summary>The numbers of the programs.</summary>
public enum Scalar
{
    Double,
    Float,
    Int,
    Long,
    UInt,
    Byte,
    SByte,
    Short,

    /// <summary>The enum of the programs, of four values.</summary>
    Mode,
    Bool,
}

/// <summary>How numbers lie in memory.</summary>
public enum Shape { Array, Span, ReadOnlySpan, Memory, Jagged, Grid, Cube }

/// <summary>How several numbers make one value.</summary>
public enum Composition
{
    Struct,
    RecordStruct,
    Tuple,
    Class,

    /// <summary>One of <c>System.Numerics</c>.</summary>
    Vector,
}

/// <summary>The type of a value.</summary>
public abstract record DataType
{
    public static readonly NumberType Double = new(Scalar.Double);
    public static readonly NumberType Float = new(Scalar.Float);
    public static readonly NumberType Int = new(Scalar.Int);
    public static readonly NumberType Long = new(Scalar.Long);
    public static readonly NumberType UInt = new(Scalar.UInt);
    public static readonly NumberType Byte = new(Scalar.Byte);
    public static readonly NumberType SByte = new(Scalar.SByte);
    public static readonly NumberType Short = new(Scalar.Short);
    public static readonly NumberType Mode = new(Scalar.Mode);
    public static readonly NumberType Bool = new(Scalar.Bool);
    public static readonly VoidType Void = new();

    /// <summary>A number that carries a derivative.</summary>
    public bool IsFloating => this is NumberType { Scalar: Scalar.Double or Scalar.Float };

    /// <summary>A number with which C# computes as with a whole one.</summary>
    public bool IsWhole => this is NumberType { Scalar: Scalar.Int or Scalar.Long or Scalar.UInt or Scalar.Byte or Scalar.SByte or Scalar.Short };

    public Scalar Scalar => ((NumberType)this).Scalar;

    /// <summary>The type as C# writes it.</summary>
    public abstract string Text { get; }

    public sealed override string ToString() => Text;
}

public sealed record NumberType(Scalar Kind) : DataType
{
    public new Scalar Scalar => Kind;

    public override string Text => Kind == Scalar.Mode ? nameof(Mode) : Kind.ToString().ToLowerInvariant();
}

/// <summary>What a call gives that gives nothing.</summary>
public sealed record VoidType : DataType
{
    public override string Text => "void";
}

public sealed record MemoryType(Shape Shape, DataType Element) : DataType
{
    public bool IsWritable => Shape != Shape.ReadOnlySpan;

    public bool IsLinear => Shape is not (Shape.Jagged or Shape.Grid or Shape.Cube);

    /// <summary>C# lets no function capture it.</summary>
    public bool IsSpan => Shape is Shape.Span or Shape.ReadOnlySpan;

    public override string Text => TextOf(Element.Text);

    public string TextOf(string element) => Shape switch
    {
        Shape.Array => element + "[]",
        Shape.Jagged => element + "[][]",
        Shape.Grid => element + "[,]",
        Shape.Cube => element + "[,,]",
        _ => $"{Shape}<{element}>",
    };
}

/// <summary>A member of a composite; memory has fixed extents.</summary>
public sealed record Field(string Name, DataType Type, params int[] Extents)
{
    /// <summary>Marked [NoGradient].</summary>
    public bool IsConstant { get; init; }
}

/// <summary>A struct, a tuple or a class of fields, and what it computes of them.</summary>
public sealed record CompositeType(string Name, Composition Composition, Field[] Fields) : DataType
{
    public bool IsClass => Composition == Composition.Class;

    /// <summary>The program declares it, and what its methods are.</summary>
    public bool IsOwn => Composition is not (Composition.Tuple or Composition.Vector);

    /// <summary>Of a class: what it derives from. The fields of that are the first of its own.</summary>
    public CompositeType? Base { get; init; }

    /// <summary>Of a class from which others derive: what objects there are of it, itself where it is not abstract.</summary>
    public List<CompositeType> Kinds { get; init; } = [];

    public bool IsAbstract => Kinds.Count > 0 && !Kinds.Contains(this);

    /// <summary>The fields that it declares itself.</summary>
    public IEnumerable<Field> Own => Fields.Skip(Base?.Fields.Length ?? 0);

    /// <summary>The class of the so manieth object in a place of this type.</summary>
    public CompositeType Made(int number) => Kinds.Count == 0 ? this : Kinds[number % Kinds.Count];

    public bool Is(DataType other) => ReferenceEquals(this, other) || (Base?.Is(other) ?? false);

    /// <summary>Computed properties: their bodies read fields of <see cref="This"/>.</summary>
    public (string Name, Expr Body)[] Properties { get; set; } = [];

    public Variable? This { get; set; }

    /// <summary>A type is itself and no other.</summary>
    public bool Equals(CompositeType? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string Text => Composition == Composition.Tuple ? $"({string.Join(", ", Fields.Select(one => $"{one.Type} {one.Name}"))})" : Name;
}
