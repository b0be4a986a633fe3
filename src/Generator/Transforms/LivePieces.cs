namespace Backprop.Generator.Transforms;

/// <summary>Where a value lives because of one read: the ways from its definition to there, cut at branches that do not lead there.</summary>
internal sealed class LivePieces
{
    private readonly List<(int Start, int End)> pieces = [];
    private readonly List<Region> loops = [];
    private int kept;

    /// <param name="value">The value that is read.</param>
    /// <param name="end">Where it is read.</param>
    /// <param name="region">The block in which it is read.</param>
    public void Collect(LiveValue value, int end, Region region)
    {
        pieces.Clear();
        loops.Clear();
        kept = 0;
        for (Region at = region; at != value.Scope; at = at.Parent!)
        {
            if (at.Kind == RegionKind.Loop)
            {
                // Needed again in the next iteration, so alive in all of the loop but the ways out of it.
                pieces.RemoveRange(kept, pieces.Count - kept);
                end = Math.Max(end, (2 * at.End) + 1);
                loops.Add(at);
            }
            else if (at.IsExit)
            {
                pieces.Insert(kept++, (2 * at.Start, end));
                end = 2 * at.Test;
            }
            else if (at.Kind == RegionKind.Else)
            {
                pieces.Add((2 * at.Start, end));
                end = 2 * at.Test;
            }
        }

        if (value.Scope.InnermostLoop is { } around)
        {
            loops.Add(around);
        }

        pieces.Add(((2 * value.Position) + 1, end));
    }

    public void AddTo(LiveRange range)
    {
        foreach ((int start, int end) in pieces)
        {
            AddWithoutExits(start, end, range);
        }
    }

    private void AddWithoutExits(int start, int end, LiveRange range)
    {
        int from = start;
        if (!loops.Exists(static loop => loop.Exits.Count > 0))
        {
            range.Add(from, end);
            return;
        }

        // What is needed behind a loop, or in the next iteration of one around it, is needed on the way out too.
        IEnumerable<Region> exits = loops.Where(loop => end <= (2 * loop.End) + 1).SelectMany(loop => loop.Exits);
        foreach (Region exit in exits.Where(e => 2 * e.Start > start && (2 * e.End) + 1 < end).OrderBy(e => e.Start))
        {
            if (2 * exit.Start > from)
            {
                range.Add(from, (2 * exit.Start) - 1);
            }

            from = Math.Max(from, (2 * exit.End) + 2);
        }

        range.Add(from, end);
    }
}
