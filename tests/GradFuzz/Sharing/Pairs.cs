using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Sharing;

/// <summary>What the arguments of a program can share.</summary>
internal static class Pairs
{
    private const int Most = 8;

    /// <summary>Some of all that there is, the same ones every time.</summary>
    public static IReadOnlyList<Shared> Of(FuzzProgram program)
    {
        Storage[] all = [.. Storage.Of(program.Main)];
        Shared[] pairs = [.. all.SelectMany((one, i) => all.Skip(i + 1).SelectMany(other => Between(one, other)))];
        return pairs.Length <= Most ? pairs : [.. Enumerable.Range(0, Most).Select(i => pairs[i * pairs.Length / Most])];
    }

    private static IEnumerable<Shared> Between(Storage one, Storage other)
    {
        if (!one.IsLinear || !other.IsLinear)
        {
            return one.Type == other.Type && one.Made == other.Made && one.Extents.SequenceEqual(other.Extents) ? Whole(one, other) : [];
        }

        if (((MemoryType)one.Type).Element != ((MemoryType)other.Type).Element)
        {
            return [];
        }

        // The shorter one is the part; where one cannot be a part, the other is.
        (one, other) = (one.IsView, other.IsView, one.Extents[0] < other.Extents[0]) is (true, false, _) or (true, true, true) ? (other, one) : (one, other);
        int room = one.Extents[0] - other.Extents[0];
        return room == 0 ? Whole(one, other).Concat(one is { IsView: true, Extents: [> 1] } ? [new Shared(one, other, 1, Accumulators.Apart)] : [])
            : room > 0 && other.IsView ? [new Shared(one, other, room, Accumulators.Apart)]
            : [];
    }

    /// <summary>Each with accumulators of its own, and both with one; what is there twice in one parameter is there twice in its accumulator.</summary>
    private static IEnumerable<Shared> Whole(Storage one, Storage other)
    {
        if (one.Parameter != other.Parameter)
        {
            yield return new(one, other, 0, Accumulators.Apart);
        }

        if (!one.Parameter.IsConstant && !other.Parameter.IsConstant && one.HasGradient)
        {
            yield return new(one, other, 0, Accumulators.Alike);
        }
    }
}
