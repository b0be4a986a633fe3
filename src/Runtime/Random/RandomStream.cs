namespace Backprop;

/// <summary>
/// Random numbers of one purpose in one step, from one seed. Streams of different purposes or steps are independent, and a stream made
/// again gives the same numbers. Built on <see cref="Philox"/>.
/// </summary>
public struct RandomStream
{
    private readonly (uint A, uint B) key;
    private readonly (uint A, uint B) step;
    private readonly long origin;
    private long position;
    private ulong reserve;
    private bool hasReserve;

    /// <summary>Begins a stream.</summary>
    /// <param name="seed">The seed of the whole run.</param>
    /// <param name="purpose">What the numbers are for: <c>shuffle</c>, <c>dropout</c>, <c>noise</c>.</param>
    /// <param name="step">The step, epoch or sample that they are for.</param>
    public RandomStream(ulong seed, ReadOnlySpan<char> purpose, long step)
    {
        key = Split(Mix(seed ^ Hash(purpose)));
        this.step = Split((ulong)step);
    }

    /// <summary>Begins a stream whose positions count from another one than 0.</summary>
    internal RandomStream(ulong seed, ReadOnlySpan<char> purpose, long step, long origin)
        : this(seed, purpose, step) => this.origin = origin;

    /// <summary>The 128 random bits at a position, whatever was drawn before.</summary>
    public readonly (ulong Low, ulong High) At(long position)
    {
        (uint low, uint high) = Split((ulong)(origin + position));
        var (a, b, c, d) = Philox.Block((low, high, step.A, step.B), key);
        return (a | (ulong)b << 32, c | (ulong)d << 32);
    }

    /// <summary>Two independent normal deviates at a position, whatever was drawn before. Box and Muller, 1958.</summary>
    public readonly (double First, double Second) NormalsAt(long position)
    {
        (ulong low, ulong high) = At(position);
        // 1 − u lies in (0, 1], so the logarithm is finite.
        double radius = Math.Sqrt(-2 * Math.Log(1 - ToUnit(low)));
        (double sin, double cos) = Math.SinCos(2 * Math.PI * ToUnit(high));
        return (radius * cos, radius * sin);
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits()
    {
        hasReserve = !hasReserve;
        if (!hasReserve) return reserve;
        (ulong low, reserve) = At(position++);
        return low;
    }

    /// <summary>The next number in [0, 1), of 53 bits.</summary>
    public double NextDouble() => ToUnit(NextBits());

    /// <summary>The next integer in [0, bound), each equally likely. Lemire, <em>Fast Random Integer Generation in an Interval</em>, 2019.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is less than 1.</exception>
    public long NextBelow(long bound)
    {
        ulong range = (ulong)Bounds.AtLeast(1L, bound, nameof(bound));
        ulong high = Math.BigMul(NextBits(), range, out ulong low);
        if (low >= range) return (long)high;
        ulong least = (0 - range) % range;
        while (low < least) high = Math.BigMul(NextBits(), range, out low);
        return (long)high;
    }

    /// <summary>Puts items in random order. Fisher and Yates; Durstenfeld, 1964.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = (int)NextBelow(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static double ToUnit(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    private static (uint, uint) Split(ulong value) => ((uint)value, (uint)(value >> 32));

    // FNV-1a over UTF-16 code units: string.GetHashCode differs from run to run.
    private static ulong Hash(ReadOnlySpan<char> text)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (char c in text) hash = (hash ^ c) * 0x100000001B3;
        return hash;
    }

    // The finaliser of SplitMix64, so that near seeds give far keys. Steele, Lea and Flood, 2014.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
