namespace Backprop.Generator.IR;

/// <summary>A type marked [Differentiable]: what is written to implement <c>IDifferentiable</c> on it.</summary>
/// <param name="FileName">Of the emitted file.</param>
/// <param name="Name">The type inside its own declaration: <c>Layer&lt;T&gt;</c>.</param>
/// <param name="Root">The class of the type's hierarchy that is marked and has no marked base, as C# writes it; the type itself for a struct.</param>
/// <param name="Members">Fields and automatic properties that are leaves or have to be copied, in order of declaration, without those of base classes.</param>
/// <param name="Taken">Members of <c>IDifferentiable</c> whose names the user gave to something else: they are implemented explicitly.</param>
internal sealed record Model(
    Container Container,
    string FileName,
    string Name,
    Inheritance Inheritance,
    string Root,
    EquatableArray<ModelMember> Members,
    EquatableArray<string> Taken);

/// <summary>What may derive from a model, and what it derives from.</summary>
internal enum Inheritance
{
    /// <summary>A struct.</summary>
    Struct,

    /// <summary>A class alone.</summary>
    Sealed,

    /// <summary>A class from which others may derive.</summary>
    Root,

    /// <summary>A class that derives from another model.</summary>
    Derived,
}

/// <summary>A field or automatic property of a model.</summary>
/// <param name="Field">Its <see cref="Field.Wanted"/> says whether it is trained.</param>
internal sealed record ModelMember(Field Field, Content Content);

/// <summary>What stands at a place of a model: a member, an element, an entry.</summary>
internal abstract record Content
{
    /// <summary>Whether there are leaves in it.</summary>
    public bool HasLeaves => this switch
    {
        Constant or View => false,
        Collection collection => collection.Element.HasLeaves,
        _ => true,
    };

    /// <summary>Whether two models would share something if the place were copied as it is.</summary>
    public bool IsShared => this is Collection or ModelPart or View;
}

/// <summary>Nothing that is trained, copied as it is.</summary>
internal sealed record Constant : Content;

/// <summary>A view of memory, as <c>Memory&lt;T&gt;</c>: nothing that is trained.</summary>
internal sealed record View : Content;

/// <summary>Numbers of one type, one or a struct of them: one leaf.</summary>
/// <param name="Number">The type of each number.</param>
internal sealed record UniformLeaf(IrType Type, IrType Number) : Content;

/// <summary>A struct with numbers beside other things: each of its numbers is a leaf.</summary>
internal sealed record MixedStruct(StructType Type) : Content;

/// <summary>A model inside a model.</summary>
internal sealed record ModelPart(Held Held) : Content;

/// <summary>Elements of one type.</summary>
/// <param name="Rank">Number of dimensions; 1 for what is no array.</param>
/// <param name="Held">How the elements are.</param>
/// <param name="Key">Type of the keys of a dictionary; empty for anything else.</param>
internal sealed record Collection(CollectionKind Kind, int Rank, Content Element, Held Held, string Key) : Content;

internal enum CollectionKind { Array, List, Dictionary }

/// <summary>Whether a place holds a thing itself or a reference to it.</summary>
internal enum Held { Value, Reference }
