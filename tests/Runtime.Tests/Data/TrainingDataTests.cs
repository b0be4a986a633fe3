namespace Backprop.Tests;

public class TrainingDataTests
{
    private static readonly int[] Samples = Enumerable.Range(0, 23).ToArray();

    /// <summary>Every source of samples.</summary>
    private static readonly Func<TrainingData<int>>[] Sources =
    [
        () => Samples,
        () => TrainingData.From(Samples.ToList()),
        () => TrainingData.From(Samples.Select(i => i)),
        () => TrainingData.From(Asynchronous()),
        () => TrainingData.From(Samples).Prefetch(),
        () => TrainingData.From(Asynchronous()).Prefetch(3),
    ];

    public static TheoryData<int> Indices => new(Enumerable.Range(0, Sources.Length));

    [Theory]
    [MemberData(nameof(Indices))]
    public async Task All_sources_give_the_same_batches(int index)
    {
        int[][] expected = Samples.Chunk(5).ToArray();
        foreach (int skipped in (int[])[0, 1, 3, 4, 5])
        {
            Assert.Equal(expected[skipped..], await Read(Sources[index](), Plan with { SkippedBatches = skipped }));
            Assert.Equal(expected[Math.Min(skipped, 4)..^1], await Read(Sources[index](), Plan with { SkippedBatches = skipped, LastBatch = LastBatch.Drop }));
        }

        Assert.Equal(expected[..2], await Read(Sources[index](), Plan with { MaxBatches = 2 }));
        Assert.Equal(expected[1..2], await Read(Sources[index](), Plan with { MaxBatches = 2, SkippedBatches = 1 }));
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public async Task A_shuffled_epoch_can_be_entered_in_the_middle(int index)
    {
        TrainingData<int> data = Sources[index]();
        if (!data.CanShuffle)
            return;
        BatchPlan plan = Plan with { Order = SampleOrder.Shuffled, Epoch = 3, Seed = 8 };
        int[][] whole = await Read(data, plan);
        Assert.Equal(Samples, whole.SelectMany(b => b).Order());
        Assert.NotEqual(Samples, whole.SelectMany(b => b));
        Assert.Equal(whole[3..], await Read(data, plan with { SkippedBatches = 3 }));
        Assert.NotEqual(whole, await Read(data, plan with { Epoch = 4 }));
    }

    [Fact]
    public async Task Prefetch_hands_on_the_sources_exception()
    {
        var error = new InvalidDataException("bad sample");
        TrainingData<int> data = TrainingData.From(Failing(error)).Prefetch();
        IBatchReader<int> reader = data.Open(Plan);
        Assert.True(await reader.MoveNextAsync(default));
        Assert.Same(error, await Assert.ThrowsAsync<InvalidDataException>(async () => await reader.MoveNextAsync(default)));
        await reader.DisposeAsync();
    }

    [Fact]
    public async Task Prefetch_reads_ahead_no_further_than_asked()
    {
        int read = 0;
        IEnumerable<int> counted = Samples.Concat(Samples).Select(i => { Interlocked.Increment(ref read); return i; });
        IBatchReader<int> reader = TrainingData.From(counted).Prefetch(2).Open(Plan);
        Assert.True(await reader.MoveNextAsync(default));
        await Task.Delay(50);
        Assert.InRange(Volatile.Read(ref read), 5, 5 * 4);
        await reader.DisposeAsync();
    }

    [Fact]
    public async Task Prefetch_stops_when_it_is_left()
    {
        IBatchReader<int> reader = TrainingData.From(Asynchronous(int.MaxValue)).Prefetch().Open(Plan);
        Assert.True(await reader.MoveNextAsync(default));
        await reader.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Prefetch_of_nothing_is_refused() =>
        Assert.Equal("batches", Assert.Throws<ArgumentOutOfRangeException>(() => TrainingData.From(Samples).Prefetch(0)).ParamName);

    private static BatchPlan Plan => new(5, SampleOrder.Sequential, LastBatch.Keep, 0, 0);

    private static async Task<int[][]> Read(TrainingData<int> data, BatchPlan plan)
    {
        var batches = new List<int[]>();
        await using IBatchReader<int> reader = data.Open(plan);
        while (await reader.MoveNextAsync(default))
            batches.Add(reader.Current.ToArray());
        Assert.False(await reader.MoveNextAsync(default));
        return batches.ToArray();
    }

    private static async IAsyncEnumerable<int> Asynchronous(int rounds = 1)
    {
        for (int round = 0; round < rounds; round++)
        {
            foreach (int sample in Samples)
            {
                if (sample % 4 == 0)
                    await Task.Yield();
                yield return sample;
            }
        }
    }

    private static IEnumerable<int> Failing(Exception error)
    {
        for (int i = 0; i < 7; i++)
            yield return i;
        throw error;
    }
}
