namespace Backprop.Generator.Transforms;

internal enum RegionKind { Method, Then, Else, Loop }

/// <summary>A block of a function, by the positions of its statements.</summary>
internal sealed class Region(RegionKind kind, Region? parent, int start)
{
    public RegionKind Kind => kind;

    public Region? Parent => parent;

    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    public int Start => start;

    /// <summary>Of a loop: the position at which it is left.</summary>
    public int End { get; set; }

    /// <summary>Of an <c>else</c>: the position of the test.</summary>
    public int Test { get; set; }

    public bool Encloses(Region other)
    {
        Region? region = other;
        while (region is not null && region.Depth > Depth)
        {
            region = region.Parent;
        }

        return region == this;
    }

    public static Region Common(Region a, Region b)
    {
        while (a != b)
        {
            if (a.Depth >= b.Depth)
            {
                a = a.Parent!;
            }
            else
            {
                b = b.Parent!;
            }
        }

        return a;
    }
}
