namespace Backprop.Tests;

/// <summary>Alone: what other tests do to pool and heap in the middle of a step would be counted as the step's.</summary>
[CollectionDefinition(nameof(PooledTrainingTests), DisableParallelization = true)]
public sealed class PooledTraining;

/// <summary>The trainer on threads of the platform's pool.</summary>
[Collection(nameof(PooledTrainingTests))]
public sealed class PooledTrainingTests
{
    [Fact]
    public void A_step_on_threads_allocates_nothing_but_what_the_pool_needs_for_a_new_thread()
    {
        // Whoever queues work when the platform's pool decides to grow pays for the Thread object and its start: 136 bytes. Such a step sees the pool
        // grow; any other must be free.
        const long poolThread = 136;
        Sample[] samples = Sample.Create(64);
        Trainer<Regressor, Sample> trainer = OptimizedTrainingTests.Warm(threads: 2);
        for (int i = 0; i < 2000; i++)
        {
            int threads = ThreadPool.ThreadCount;
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Step(samples);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            int grown = Math.Max(0, ThreadPool.ThreadCount - threads);
            Assert.True(allocated <= poolThread * grown, $"Step {i} allocated {allocated} bytes while the pool grew by {grown} threads.");
        }
    }
}
