using System.Globalization;
using Backprop.Generator.IR;

namespace Backprop.Generator.Emit;

/// <summary>Prints the statements that show the leaves of a model to a visitor.</summary>
internal sealed class ModelWalk(IndentedWriter writer, KnownNames names, ModelPlaces places, string visitorType)
{
    private static readonly string[] indices = ["i", "j", "k"];
    private int depth;

    /// <param name="other">The variable that holds the other model.</param>
    public void Member(ModelMember member, string other)
    {
        Field field = member.Field;
        bool isRead = member.Content is Collection or ModelPart { Held: Held.Reference };
        (string here, string there) = isRead
            ? (places.Read(field, "this"), places.Read(field, other))
            : (places.Place(field, "this"), places.Place(field, other));
        Show(member.Content, $"\"{field.Name.TrimStart('@')}\"", here, there);
    }

    /// <summary>What is no leaf, which only a search for what is shared is shown.</summary>
    public void Place(ModelMember member) => Place(member.Content, places.Read(member.Field, "this"));

    // Values in a dictionary are read as C# that is not looked into.
    private void Place(Content content, string here)
    {
        switch (content)
        {
            case View or ModelPart { Held: Held.Reference } or Collection { Kind: not CollectionKind.Dictionary, Element: Constant or UniformLeaf or MixedStruct }:
                writer.Line($"walk.Place({here}, ref visitor);");
                break;
            case Collection { Kind: not CollectionKind.Dictionary, Element: Collection or View or ModelPart { Held: Held.Reference } } collection:
                writer.Line($"if (walk.Leads({here}))");
                writer.Open();
                string part = PartAt(depth);
                writer.Line($"foreach (var {part} in {here})");
                writer.Open();
                depth++;
                Place(collection.Element, part);
                depth--;
                writer.Close();
                writer.Close();
                break;
        }
    }

    /// <param name="step">The step of the path that leads here, as C#.</param>
    private void Show(Content content, string step, string here, string there)
    {
        switch (content)
        {
            case UniformLeaf { Type: StructType } leaf:
                writer.Line($"walk.Numbers<{Arguments(leaf)}>({step}, ref {here}, ref {there}, ref visitor);");
                break;
            case UniformLeaf:
                writer.Line($"walk.Number({step}, ref {here}, ref {there}, ref visitor);");
                break;
            case MixedStruct mixed:
                writer.Line($"walk.Enter({step});");
                ShowParts(mixed.Type, "", here, there);
                writer.Line("walk.Leave();");
                break;
            case ModelPart { Held: Held.Value }:
                writer.Line($"walk.Model({step}, ref {here}, ref {there}, ref visitor);");
                break;
            case ModelPart:
                writer.Line($"walk.Model({step}, {here}, {there}, ref visitor);");
                break;
            case Collection { Kind: not CollectionKind.Dictionary, Element: UniformLeaf leaf } collection:
                string arguments = leaf.Type is StructType ? $"<{Arguments(leaf)}>" : "";
                writer.Line($"walk.{collection.Kind}{arguments}({step}, {here}, {there}, ref visitor);");
                break;
            case Collection { HasLeaves: true } collection:
                writer.Line($"if (walk.Enter({step}, {here}, {there}))");
                writer.Open();
                ShowElements(collection, here, there);
                writer.Line("walk.Leave();");
                writer.Close();
                break;
        }
    }

    private string Arguments(UniformLeaf leaf) => $"{TypeText.Of(leaf.Type, names)}, {TypeText.Of(leaf.Number, names)}, {visitorType}";

    private void ShowParts(StructType type, string path, string here, string there)
    {
        foreach (Field field in type.Fields)
        {
            if (field.Type is { IsFloating: false, HoldsFloating: false })
            {
                continue;
            }

            string name = path + field.Name.TrimStart('@');
            (string part, string other) = (places.Part(type, field, here), places.Part(type, field, there));
            if (field.Type is StructType inner)
            {
                ShowParts(inner, name + ".", part, other);
            }
            else
            {
                writer.Line($"walk.Number(\"{name}\", ref {part}, ref {other}, ref visitor);");
            }
        }
    }

    private void ShowElements(Collection collection, string here, string there)
    {
        string index = Index(collection.Kind == CollectionKind.Dictionary ? "key" : "");
        Loop(collection, index, here, writer, names);
        depth++;
        string step = collection.Kind == CollectionKind.Dictionary ? $"{names.Name("PathStep.Key")}({index})" : index;
        Show(collection.Element, step, Element(collection, here, index, names), Element(collection, there, index, names));
        depth--;
        writer.Close();
    }

    private string Index(string kind) => IndexAt(depth, kind);

    /// <summary>The variable of a loop inside others that has no index.</summary>
    public static string PartAt(int depth) => "part" + (depth == 0 ? "" : depth.ToString(CultureInfo.InvariantCulture));

    /// <summary>The variable of a loop inside others.</summary>
    public static string IndexAt(int depth, string kind)
    {
        string number = depth.ToString(CultureInfo.InvariantCulture);
        return kind.Length > 0 ? kind + (depth == 0 ? "" : number) : depth < indices.Length ? indices[depth] : "i" + number;
    }

    /// <summary>Opens a loop over the elements of a collection that is not null.</summary>
    public static void Loop(Collection collection, string index, string place, IndentedWriter writer, KnownNames names)
    {
        if (collection.Kind == CollectionKind.Dictionary)
        {
            string keys = index.Replace("key", "keys");
            writer.Line($"using {names.Name("LeafKeys")}<{names.Shorten(collection.Key)}> {keys} = {names.Name("LeafKeys")}.Of({place});");
            writer.Line($"foreach ({names.Shorten(collection.Key)} {index} in {keys})");
        }
        else
        {
            writer.Line($"for (int {index} = 0; {index} < {place}.{(collection.Kind == CollectionKind.List ? "Count" : "Length")}; {index}++)");
        }

        writer.Open();
    }

    /// <summary>An element, as a place where it is held as a value.</summary>
    public static string Element(Collection collection, string place, string index, KnownNames names) => (collection.Held, collection.Kind) switch
    {
        (Held.Value, CollectionKind.List) => $"{names.Name("CollectionsMarshal.AsSpan")}({place})[{index}]",
        (Held.Value, CollectionKind.Dictionary) => $"{names.Name("CollectionsMarshal.GetValueRefOrNullRef")}({place}, {index})",
        _ => $"{place}[{index}]",
    };
}
