namespace Backprop.Generator.Transforms;

internal enum RegionKind { Method, Then, Else, Loop }

/// <summary>A block of a function, by the positions of its statements.</summary>
internal sealed class Region(RegionKind kind, Region? parent, int start)
{
    public RegionKind Kind => kind;

    public Region? Parent => parent;

    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    public int Start => start;

    /// <summary>The last position: of a loop the one at which it is left.</summary>
    public int End { get; set; }

    /// <summary>Of a branch: the position of the test.</summary>
    public int Test { get; init; }

    /// <summary>Whether it is a branch from which no path leads to the next iteration of the loop around it.</summary>
    public bool IsExit { get; init; }

    /// <summary>Of a loop: such branches in its body, those inside others first.</summary>
    public List<Region> Exits { get; } = [];

    /// <summary>The innermost loop around it, itself included; null outside all loops.</summary>
    public Region? InnermostLoop => kind == RegionKind.Loop ? this : parent?.InnermostLoop;

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
