namespace Backprop;

/// <summary>The permutation of an epoch: a function of seed, epoch and count alone.</summary>
/// <remarks>A training that is resumed in the middle of an epoch computes the permutation again (some nanoseconds a sample)
/// and continues at its batch; nothing but the position is saved.</remarks>
public static class SampleShuffle
{
    /// <summary>Fills <paramref name="order"/> with 0 … n − 1 in the order of an epoch.</summary>
    /// <param name="order">Receives the indices.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    public static void Fill(Span<int> order, ulong seed, int epoch)
    {
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        new RandomStream(seed, "shuffle", epoch).Shuffle(order);
    }
}
