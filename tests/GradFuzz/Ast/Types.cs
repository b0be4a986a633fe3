namespace Backprop.Fuzz.Ast;

/// <summary>The numbers of the programs.</summary>
public enum Scalar { Double, Float, Int, Bool }

/// <summary>How numbers lie in memory.</summary>
public enum Shape { Array, Span, ReadOnlySpan, Jagged, Grid }

/// <summary>How several numbers make one value.</summary>
public enum Composition { Struct, RecordStruct, Tuple, Class }

/// <summary>The type of a value.</summary>
public abstract record DataType
{
    public static readonly NumberType Double = new(Scalar.Double);
    public static readonly NumberType Float = new(Scalar.Float);
    public static readonly NumberType Int = new(Scalar.Int);
    public static readonly NumberType Bool = new(Scalar.Bool);

    /// <summary>A number that carries a derivative.</summary>
    public bool IsFloating => this is NumberType { Scalar: Scalar.Double or Scalar.Float };

    public Scalar Scalar => ((NumberType)this).Scalar;

    /// <summary>The type as C# writes it.</summary>
    public abstract string Text { get; }

    public sealed override string ToString() => Text;
}

public sealed record NumberType(Scalar Kind) : DataType
{
    public new Scalar Scalar => Kind;

    public override string Text => Kind.ToString().ToLowerInvariant();
}

public sealed record MemoryType(Shape Shape, Scalar Kind) : DataType
{
    public NumberType Element => new(Kind);

    public bool IsWritable => Shape != Shape.ReadOnlySpan;

    public override string Text => Shape switch
    {
        Shape.Array => Element.Text + "[]",
        Shape.Jagged => Element.Text + "[][]",
        Shape.Grid => Element.Text + "[,]",
        _ => $"{Shape}<{Element.Text}>",
    };
}

/// <summary>A member of a composite; memory has fixed extents.</summary>
public sealed record Field(string Name, DataType Type, params int[] Extents);

/// <summary>A struct, a tuple or a class of fields, and what it computes of them.</summary>
public sealed record CompositeType(string Name, Composition Composition, Field[] Fields) : DataType
{
    /// <summary>Computed properties: their bodies read fields of <see cref="This"/>.</summary>
    public (string Name, Expr Body)[] Properties { get; set; } = [];

    public Variable? This { get; set; }

    /// <summary>A type is itself and no other.</summary>
    public bool Equals(CompositeType? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string Text => Composition == Composition.Tuple ? $"({string.Join(", ", Fields.Select(one => $"{one.Type} {one.Name}"))})" : Name;
}
