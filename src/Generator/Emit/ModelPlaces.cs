using System.Globalization;
using Backprop.Generator.IR;

namespace Backprop.Generator.Emit;

/// <summary>How the emitted members of a model get at its fields and properties, and at the fields of structs in it.</summary>
internal sealed class ModelPlaces(Model model, KnownNames names)
{
    private readonly List<Accessor> accessors = [];
    private readonly HashSet<string> taken = [.. model.Container.Names];

    /// <summary>The methods that reach storage by its name in metadata.</summary>
    public IEnumerable<Accessor> Accessors => accessors;

    /// <summary>A name that means nothing else in the type.</summary>
    public string Fresh(string name)
    {
        string fresh = name;
        for (int number = 1; !taken.Add(fresh); number++)
        {
            fresh = name + number.ToString(CultureInfo.InvariantCulture);
        }

        return fresh;
    }

    /// <summary>The value of a member.</summary>
    /// <param name="owner"><c>this</c>, or a variable of the type.</param>
    public string Read(Field member, string owner) => member.Reach == Reach.Hidden ? Storage(member, owner) : Name(member, owner);

    /// <summary>The place of a member, for <c>ref</c>.</summary>
    public string Place(Field member, string owner) => member.Reach switch
    {
        Reach.Open => Name(member, owner),
        Reach.ReadOnly when member.Storage == member.Name.TrimStart('@') => $"{names.Name("Unsafe.AsRef")}(in {Name(member, owner)})",
        _ => Storage(member, owner),
    };

    /// <summary>What a new value of a member is assigned to.</summary>
    public string Target(Field member) => member.Reach == Reach.Property ? Name(member, "this") : Place(member, "this");

    /// <summary>The place of a field of a struct.</summary>
    public string Part(StructType type, Field field, string owner)
        => field.Reach == Reach.Open ? $"{owner}.{field.Name}" : $"{Accessor(type, field)}(ref {owner})";

    // Locals and parameters of the emitted members.
    private static readonly string[] locals = ["walk", "other", "same", "visitor", "copies", "scale", "i", "j", "k", "key", "key1", "key2", "keys", "keys1", "keys2", "part", "part1", "part2"];

    private static string Name(Field member, string owner)
        => owner == "this" && !locals.Contains(member.Name) ? member.Name : $"{owner}.{member.Name}";

    private string Storage(Field member, string owner)
    {
        bool isStruct = model.Inheritance == Inheritance.Struct;
        IrType self = isStruct ? new StructType(model.Name, default, Construction.Assembled) : new ObjectType(model.Name);
        return $"{Accessor(self, member)}({(isStruct ? "ref " : "")}{owner})";
    }

    private string Accessor(IrType owner, Field field)
    {
        Accessor? known = accessors.FirstOrDefault(a => a.Owner.Text == owner.Text && a.Storage == field.Storage);
        if (known is null)
        {
            string word = field.Name.TrimStart('@', '_');
            string name = Fresh((word.Length == 0 ? "Field" : char.ToUpperInvariant(word[0]) + word.Substring(1)) + "Storage");
            accessors.Add(known = new Accessor(name, owner, field.Type, field.Storage));
        }

        return known.Name;
    }
}
