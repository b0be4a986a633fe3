namespace Backprop.Generator.IR;

/// <summary>
/// A struct or tuple with floating-point numbers in it. Its values are taken apart in the frontend: the IR computes with their leaves.
/// What remains of it is where numbers come in and go out (parameters, results, elements of arrays), as places with named parts.
/// </summary>
/// <param name="Name">As C# writes it, fully qualified.</param>
internal sealed record StructType(string Name, EquatableArray<Field> Fields, Construction Construction) : IrType
{
    /// <summary>Paths to the numbers and other indivisible parts, in the order of declaration.</summary>
    public IEnumerable<EquatableArray<Field>> Leaves => Fields.SelectMany(static part => part.Type is StructType inner
        ? inner.Leaves.Select(path => new[] { part }.Concat(path).ToEquatable())
        : [EquatableArray.Of(part)]);

    /// <summary>Whether its values hold no reference, so that they can be recorded beside numbers.</summary>
    public bool IsUnmanaged => Fields.All(static part => part.Type is ScalarType or OpaqueType { IsUnmanaged: true } or StructType { IsUnmanaged: true });

    /// <summary>Number of <see cref="Leaves"/>.</summary>
    public int LeafCount => Fields.Sum(static part => part.Type is StructType inner ? inner.LeafCount : 1);

    /// <summary>The position of a field's first leaf among all leaves.</summary>
    public int Offset(Field field) => Fields.TakeWhile(other => other != field).Sum(static other => other.Type is StructType inner ? inner.LeafCount : 1);
}

/// <summary>A [Differentiable] class: storage whose parts are reached by name. Its gradient is an object of the same class.</summary>
/// <param name="Name">As C# writes it, fully qualified.</param>
internal sealed record ObjectType(string Name) : IrType;

/// <summary>How emitted code, which stands outside the struct, gets at a field.</summary>
internal enum Reach
{
    /// <summary>It is a variable, read and written by its name.</summary>
    Open,

    /// <summary>It is read and written by its name, as a whole.</summary>
    Property,

    /// <summary>It is read by its name and written by its storage.</summary>
    ReadOnly,

    /// <summary>It is only reached by its storage.</summary>
    Hidden,
}

/// <summary>A part of a struct.</summary>
/// <param name="Name">The field's or automatic property's name, as C# writes it.</param>
/// <param name="Storage">Name of the field in metadata.</param>
internal sealed record Field(string Name, IrType Type, Reach Reach, string Storage)
{
    /// <summary>How code that stands inside its type gets at it.</summary>
    public Reach Inside { get; init; } = Reach;

    /// <summary>How code gets at it.</summary>
    /// <param name="owner">The type that has it.</param>
    /// <param name="container">Where the code stands.</param>
    public Reach From(IrType owner, Container container) => container.Types.Contains(owner.Text) ? Inside : Reach;

    /// <summary>Whether the user wants a gradient with respect to it.</summary>
    public Wanted Wanted { get; init; } = Wanted.Gradient;

    /// <summary>The emitted method that reaches the storage, where the name does not do; printable form.</summary>
    public string Accessor { get; init; } = "";
}

/// <summary>An emitted method that reaches a field from outside.</summary>
/// <param name="Owner">The struct or class that has the field.</param>
internal sealed record Accessor(string Name, IrType Owner, IrType Type, string Storage);

/// <summary>How C# makes a value of a struct from its fields.</summary>
internal enum Construction
{
    /// <summary><c>(a, b)</c></summary>
    Tuple,

    /// <summary><c>new S(a, b)</c></summary>
    Constructor,

    /// <summary><c>new S { A = a, B = b }</c></summary>
    Initializer,

    /// <summary>No way in the language: an emitted method fills the storage.</summary>
    Assembled,
}
