namespace Backprop;

/// <summary>The permutation of an epoch: a function of seed, epoch and count alone.</summary>
/// <remarks>A training that is resumed in the middle of an epoch computes the permutation again (a few nanoseconds a sample)
/// and continues at its batch; nothing but the position is saved.</remarks>
public static class SampleShuffle
{
    /// <summary>Fills <paramref name="order"/> with 0 … n − 1 in the order of an epoch (Fisher and Yates; Durstenfeld's form).</summary>
    /// <param name="order">Receives the indices.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    public static void Fill(Span<int> order, ulong seed, int epoch)
    {
        var random = new SplitMix64(SplitMix64.Mix(seed) ^ SplitMix64.Mix((ulong)epoch + 0x51_7cc1_b727_220aUL));
        for (int i = 0; i < order.Length; i++)
        {
            // Inside-out: element i goes to a place among the first i + 1, whose occupant moves to the end.
            int place = random.Below(i + 1);
            order[i] = order[place];
            order[place] = i;
        }
    }
}
