using Backprop.Generator.IR;

namespace Backprop.Generator.Emit;

/// <summary>Prints the statements that make a shallow copy of a model own what it holds.</summary>
internal sealed class ModelCopies(IndentedWriter writer, KnownNames names, ModelPlaces places)
{
    private int depth;

    public void Member(ModelMember member)
    {
        if (member.Content is ModelPart { Held: Held.Value })
        {
            Own(member.Content, "", places.Place(member.Field, "this"));
        }
        else if (member.Content.IsShared)
        {
            Own(member.Content, places.Target(member.Field), places.Read(member.Field, "this"));
        }
    }

    /// <param name="target">What the copy is assigned to.</param>
    /// <param name="place">What is copied.</param>
    private void Own(Content content, string target, string place)
    {
        switch (content)
        {
            case ModelPart { Held: Held.Value }:
                writer.Line($"copies.Own(ref {place});");
                break;
            case ModelPart:
                writer.Line($"{target} = copies.Model({place});");
                break;
            case View:
                writer.Line($"{target} = copies.View({place});");
                break;
            case Collection collection:
                writer.Line($"{target} = copies.{collection.Kind}({place});");
                OwnElements(collection, place);
                break;
        }
    }

    private void OwnElements(Collection collection, string place)
    {
        if (!collection.Element.IsShared)
        {
            return;
        }

        writer.Line($"if ({place} is not null)");
        writer.Open();
        if (collection.Rank > 1)
        {
            string part = ModelWalk.PartAt(depth);
            writer.Line($"foreach (ref var {part} in {names.Name("LeafCopies")}.Elements({place}))");
            writer.Open();
            depth++;
            Own(collection.Element, part, part);
            depth--;
            writer.Close();
            writer.Close();
            return;
        }

        string index = ModelWalk.IndexAt(depth, collection.Kind == CollectionKind.Dictionary ? "key" : "");
        ModelWalk.Loop(collection, index, place, writer, names);
        depth++;
        string target = $"{place}[{index}]";
        Own(collection.Element, target, collection.Element is ModelPart { Held: Held.Value } ? ModelWalk.Element(collection, place, index, names) : target);
        depth--;
        writer.Close();
        writer.Close();
    }
}
