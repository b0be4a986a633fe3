namespace Backprop.Tests;

public sealed class RandomStreamTests
{
    private const int Draws = 100_000;

    [Fact]
    public void The_same_stream_gives_the_same_numbers()
    {
        RandomStream first = new(1, "shuffle", 3), second = new(1, "shuffle", 3);
        for (int i = 0; i < 10; i++) Assert.Equal(first.NextBits(), second.NextBits());
    }

    [Fact]
    public void Seed_purpose_and_step_each_change_the_numbers()
    {
        ulong[] firsts = [First(1, "a", 0), First(2, "a", 0), First(1, "b", 0), First(1, "a", 1), First(1, "a", 1L << 32)];
        Assert.Equal(firsts.Length, firsts.Distinct().Count());

        static ulong First(ulong seed, string purpose, long step) => new RandomStream(seed, purpose, step).At(0).Low;
    }

    [Fact]
    public void Numbers_are_uniform()
    {
        var stream = new RandomStream(5, "test", 0);
        double sum = 0, squares = 0;
        var counts = new int[7];
        for (int i = 0; i < Draws; i++)
        {
            double u = stream.NextDouble();
            Assert.InRange(u, 0, 1 - 1e-16);
            sum += u;
            squares += u * u;
            counts[stream.NextBelow(7)]++;
        }
        Assert.Equal(0.5, sum / Draws, 0.005);
        Assert.Equal(1.0 / 3, squares / Draws, 0.005);
        Assert.All(counts, static count => Assert.InRange(count, Draws / 7 - 600, Draws / 7 + 600));
    }

    [Fact]
    public void Normals_are_normal()
    {
        var stream = new RandomStream(5, "test", 0);
        var moments = new double[5];
        for (int i = 0; i < Draws; i++)
        {
            var (a, b) = stream.NormalsAt(i);
            for (int k = 0; k < moments.Length; k++) moments[k] += (Math.Pow(a, k) + Math.Pow(b, k)) / (2 * Draws);
        }
        Assert.Equal(0, moments[1], 0.01);
        Assert.Equal(1, moments[2], 0.02);
        Assert.Equal(0, moments[3], 0.03);
        Assert.Equal(3, moments[4], 0.1);
    }

    [Fact]
    public void A_shuffle_keeps_every_item()
    {
        int[] items = [.. Enumerable.Range(0, 50)];
        new RandomStream(5, "shuffle", 0).Shuffle<int>(items);
        Assert.NotEqual(Enumerable.Range(0, 50), items);
        Assert.Equal(Enumerable.Range(0, 50), items.Order());
    }

    [Fact]
    public void A_bound_below_one_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("bound", static () => new RandomStream(1, "a", 0).NextBelow(0));
}
