namespace Backprop;

/// <summary>Steele, Lea and Flood's SplitMix generator (OOPSLA 2014), with the mixing constants of Stafford's variant 13.</summary>
internal struct SplitMix64(ulong state)
{
    private const ulong Increment = 0x9e3779b97f4a7c15UL;

    /// <summary>Scrambles a key so that neighbouring keys start unrelated sequences.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9UL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebUL;
        return z ^ (z >> 31);
    }

    public ulong Next() => Mix(state += Increment);

    /// <summary>A uniform integer from 0 up to and without <paramref name="bound"/> (Lemire, ACM TOMACS 2019: exact).</summary>
    public int Below(int bound)
    {
        ulong product = (Next() >> 32) * (uint)bound;
        if ((uint)product < (uint)bound)
        {
            uint threshold = (0u - (uint)bound) % (uint)bound;
            while ((uint)product < threshold)
                product = (Next() >> 32) * (uint)bound;
        }

        return (int)(product >> 32);
    }
}
