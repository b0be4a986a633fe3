namespace Backprop.Tests;

public class SampleShuffleTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void It_is_a_permutation(int count)
    {
        int[] order = new int[count];
        SampleShuffle.Fill(order, 42, 7);
        Assert.Equal(Enumerable.Range(0, count), order.Order());
    }

    [Fact]
    public void It_depends_on_seed_and_epoch_alone()
    {
        int[][] orders = [Fill(1, 0), Fill(1, 1), Fill(2, 0), Fill(0, 1), Fill(ulong.MaxValue, 0)];
        Assert.Equal(orders[0], Fill(1, 0));
        for (int a = 0; a < orders.Length; a++)
        {
            for (int b = 0; b < a; b++)
                Assert.NotEqual(orders[a], orders[b]);
        }
    }

    [Fact]
    public void The_order_of_a_version_is_the_order_of_the_next() =>
        Assert.Equal([51, 20, 95, 98, 78, 47, 33, 74, 49, 66], Fill(2024, 3)[..10]);

    [Fact]
    public void All_permutations_are_equally_likely()
    {
        const int trials = 24_000;
        var counts = new Dictionary<string, int>();
        for (int epoch = 0; epoch < trials; epoch++)
        {
            int[] order = new int[4];
            SampleShuffle.Fill(order, 9, epoch);
            string key = string.Join(' ', order);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        Assert.Equal(24, counts.Count);
        double chiSquare = counts.Values.Sum(c => Math.Pow(c - (trials / 24.0), 2) / (trials / 24.0));
        Assert.InRange(chiSquare, 5, 53); // 23 degrees of freedom: 0.01 % on either side
    }

    private static int[] Fill(ulong seed, int epoch)
    {
        int[] order = new int[100];
        SampleShuffle.Fill(order, seed, epoch);
        return order;
    }
}
