namespace Backprop.Generator.Transforms;

/// <summary>The places of a function where a value is still needed: disjoint, ordered intervals of positions, both ends included.</summary>
internal sealed class LiveRange
{
    private readonly List<(int Start, int End)> intervals = [];

    public int Count => intervals.Count;

    public void Add(int start, int end)
    {
        int first = FirstEndingAtOrAfter(start - 1);
        int last = first;
        while (last < intervals.Count && intervals[last].Start <= end + 1)
        {
            start = Math.Min(start, intervals[last].Start);
            end = Math.Max(end, intervals[last].End);
            last++;
        }

        if (last == first)
        {
            intervals.Insert(first, (start, end));
            return;
        }

        intervals[first] = (start, end);
        intervals.RemoveRange(first + 1, last - first - 1);
    }

    public void Add(LiveRange other)
    {
        foreach ((int start, int end) in other.intervals)
        {
            Add(start, end);
        }
    }

    public bool Overlaps(LiveRange other)
    {
        if (other.Count > Count)
        {
            return other.Overlaps(this);
        }

        foreach ((int start, int end) in other.intervals)
        {
            int at = FirstEndingAtOrAfter(start);
            if (at < intervals.Count && intervals[at].Start <= end)
            {
                return true;
            }
        }

        return false;
    }

    private int FirstEndingAtOrAfter(int position)
    {
        int low = 0, high = intervals.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (intervals[middle].End < position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
