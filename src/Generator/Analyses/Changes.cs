using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>What runs between the forward and the backward sweep.</summary>
internal enum Interval
{
    Nothing,

    /// <summary>Code of the caller's, which leaves arguments as they are.</summary>
    CallersCode,
}

/// <summary>What writes which memory, and when. Normal form.</summary>
internal sealed class Changes
{
    private readonly Memory memory;
    private readonly Interval interval;
    private readonly List<Writer> writers = [];
    private readonly Dictionary<int, (int Position, int Loop)> places = [];
    private readonly Dictionary<int, (int Position, int Loop)> reads = [];

    // By root; what code of others may write is under no root.
    private readonly Dictionary<int, (int Position, HashSet<int> Loops)> lastWrites = [];

    // Memory that only its iteration can name. Local arrays that are made in a loop: the next iteration has the same storage. And spans that come from elsewhere: the next iteration may have another, and none can be recorded.
    private readonly HashSet<int> ofOneIteration = [];
    private int position;

    private Changes(Memory memory, Interval interval) => (this.memory, this.interval) = (memory, interval);

    private sealed record Writer(int Position, int Loop, HashSet<int> Roots, bool IsForeign);

    public static Changes Of(Block body, Memory memory, Interval interval)
    {
        Changes changes = new(memory, interval);
        changes.Walk(body, 0);
        return changes;
    }

    /// <summary>Whether the memory of an argument may be written between the call and its pullback, which then cannot be given that memory.</summary>
    public bool IsPossibleAfter(Call call, Expr argument)
        => memory.RootsOf(argument).Any(ofOneIteration.Contains) || IsLeft(argument)
            || WritersAfter(call).Any(writer => writer.IsForeign ? !memory.IsOwn(argument) : memory.ReadBy(argument).Any(writer.Roots.Contains));

    /// <summary>Whether storage of unknown origin may be written between the call and its pullback.</summary>
    public bool IsUnknownWrittenAfter(Call call) => WritersAfter(call).Any(static writer => Strangers.IsOfUnknown(writer.Roots));

    private IEnumerable<Writer> WritersAfter(Call call)
    {
        (int at, int loop) = places[call.Site];
        return writers.Where(writer => writer.Position > at || (loop != 0 && writer.Loop == loop));
    }

    /// <summary>Whether an element that a variable was read from still holds its value when the method ends.</summary>
    public bool IsStill(Variable value, Element element)
        => !IsLeft(element.Memory) && (!memory.IsWritten(element.Memory) || (reads.TryGetValue(value.Id, out (int Position, int Loop) place) && memory.ReadBy(element.Memory) is { Count: > 0 } roots
            && !roots.Any(root => ofOneIteration.Contains(root) || IsWrittenAfter(root, place)) && (memory.IsOwn(element.Memory) || !IsWrittenAfter(Foreign, place))));

    private bool IsLeft(Expr storage) => interval == Interval.CallersCode && memory.IsOutside(storage);

    private const int Foreign = 0;

    private bool IsWrittenAfter(int root, (int Position, int Loop) place)
        => lastWrites.TryGetValue(root, out (int Position, HashSet<int> Loops) last) && (last.Position > place.Position || (place.Loop != 0 && last.Loops.Contains(place.Loop)));

    private void Add(Writer writer)
    {
        writers.Add(writer);
        foreach (int root in writer.IsForeign ? writer.Roots.Append(Foreign) : writer.Roots)
        {
            HashSet<int> loops = lastWrites.TryGetValue(root, out (int Position, HashSet<int> Loops) last) ? last.Loops : [];
            loops.Add(writer.Loop);
            lastWrites[root] = (writer.Position, loops);
        }
    }

    private void Walk(Block block, int loop)
    {
        foreach (Stmt stmt in block.Statements)
        {
            position++;
            Add(stmt, loop);
            foreach (Block inner in stmt.Blocks())
            {
                Walk(inner, loop == 0 && stmt is Loop outermost ? outermost.Id : loop);
            }
        }
    }

    private void Add(Stmt stmt, int loop)
    {
        if (stmt is Declare { Value: Element } read)
        {
            reads[read.Variable.Id] = (position, loop);
        }

        // A pullback writes accumulators only, unless it runs the method again.
        if (stmt is Call { Pass: Pass.Pullback } && !Memory.RunsForeign(stmt))
        {
            return;
        }

        if (stmt is Call call)
        {
            places[call.Site] = (position, loop);
            foreach (Expr argument in call.Written)
            {
                Add(new Writer(position, loop, [.. memory.WrittenBy(argument)], false));
            }

            if (Memory.RunsForeign(call))
            {
                Add(new Writer(position, loop, [.. Strangers.WrittenByOthers], true));
            }

            return;
        }

        if (loop != 0 && stmt is Declare made && made is { Value: Allocate { Lifetime: Lifetime.Local } } or { Variable.Type: SpanType, Value: External, Sweep: Sweep.Primal })
        {
            ofOneIteration.Add(made.Variable.Id);
        }

        if (stmt is Declare { Value: not External })
        {
            return;
        }

        HashSet<int> written = [.. Memory.Targets(stmt).SelectMany(memory.WrittenBy)];
        bool isForeign = Memory.RunsForeign(stmt);
        if (written.Count > 0 || isForeign)
        {
            Add(new Writer(position, loop, written, isForeign));
        }
    }
}
