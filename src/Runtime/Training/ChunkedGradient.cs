using System.Runtime.ExceptionServices;

namespace Backprop;

/// <summary>Computes the gradient of a batch in chunks, on one thread or several, and sums it in the order of the chunks.</summary>
/// <remarks>Which thread runs which chunk varies; what a chunk computes and the order of the sum do not, so neither do the bits.</remarks>
internal sealed class ChunkedGradient<TModel, TSample>
    where TModel : class, IDifferentiable<TModel>
{
    private readonly LossTerm<TModel, TSample> loss;
    private readonly PoolThread[] helpers;
    private readonly TModel[] gradients;
    private readonly double[] losses;
    private readonly Exception?[] errors;
    private readonly SemaphoreSlim finished = new(0);
    private TModel model;
    private ReadOnlyMemory<TSample> batch;
    private LossScale scale;
    private int nextChunk; // at the number of chunks or above it between steps
    private int chunksDone;

    public ChunkedGradient(TModel model, LossTerm<TModel, TSample> loss, int chunks, int threads)
    {
        this.model = model;
        this.loss = loss;
        helpers = new PoolThread[threads - 1];
        for (int i = 0; i < helpers.Length; i++)
            helpers[i] = new PoolThread(this);
        nextChunk = chunks;
        losses = new double[chunks];
        errors = new Exception?[chunks];

        // The first chunk adds straight into the batch's gradient. One thread needs one more for all other chunks.
        gradients = new TModel[chunks];
        for (int i = 1; i < chunks; i++)
            gradients[i] = threads == 1 && i > 1 ? gradients[1] : model.ZerosLike();
    }

    private int Chunks => gradients.Length;

    /// <summary>Adds the batch's gradient into <paramref name="gradient"/>, which must be zero, and returns the mean loss.</summary>
    public double Run(TModel ofModel, ReadOnlyMemory<TSample> samples, TModel gradient, SampleKey first)
    {
        var whole = new LossScale(1 / loss.WeightOf(samples.Span), first);
        if (Chunks == 1)
            return loss.Accumulate(ofModel, samples.Span, gradient, whole);
        (model, batch, scale) = (ofModel, samples, whole);
        gradients[0] = gradient;
        return helpers.Length == 0 ? RunAlone() : RunTogether();
    }

    private double RunAlone()
    {
        double sum = 0;
        for (int chunk = 0; chunk < Chunks; chunk++)
        {
            RunChunk(chunk);
            sum += Reduce(chunk);
        }

        return sum;
    }

    private double RunTogether()
    {
        // The batch is published before the chunk counter: a pool thread that is late from the step before sees either
        // no chunk left or this batch.
        Volatile.Write(ref chunksDone, 0);
        Volatile.Write(ref nextChunk, 0);
        foreach (PoolThread helper in helpers)
            helper.Call();
        Drain();
        finished.Wait();
        ThrowFirstError();
        double sum = 0;
        for (int chunk = 0; chunk < Chunks; chunk++)
            sum += Reduce(chunk);
        return sum;
    }

    private void Drain()
    {
        int chunk;
        while ((chunk = Interlocked.Increment(ref nextChunk) - 1) < Chunks)
        {
            try
            {
                RunChunk(chunk);
            }
            catch (Exception error)
            {
                errors[chunk] = error;
            }

            if (Interlocked.Increment(ref chunksDone) == Chunks)
                finished.Release();
        }
    }

    private void RunChunk(int chunk)
    {
        (int start, int length) = Bounds(chunk);
        if (length == 0)
            return;
        if (chunk > 0)
            gradients[chunk].Clear();
        LossScale own = scale with { First = scale.First with { Position = scale.First.Position + start } };
        losses[chunk] = loss.Accumulate(model, batch.Span.Slice(start, length), gradients[chunk], own);
    }

    private double Reduce(int chunk)
    {
        if (Bounds(chunk).Length == 0)
            return 0;
        if (chunk > 0)
            gradients[0].AddScaled(gradients[chunk], 1);
        return losses[chunk];
    }

    private (int Start, int Length) Bounds(int chunk)
    {
        int start = (int)((long)batch.Length * chunk / Chunks);
        int end = (int)((long)batch.Length * (chunk + 1) / Chunks);
        return (start, end - start);
    }

    private void ThrowFirstError()
    {
        Exception? first = Array.Find(errors, static error => error is not null);
        Array.Clear(errors);
        if (first is not null)
            ExceptionDispatchInfo.Throw(first);
    }

    /// <summary>A pool thread's part: chunks as long as there are any.</summary>
    private sealed class PoolThread(ChunkedGradient<TModel, TSample> work) : IThreadPoolWorkItem
    {
        private int isCalled;

        public void Call()
        {
            // When steps are shorter than it takes to wake a thread, a second call would only pile up in the pool's queue.
            if (Interlocked.Exchange(ref isCalled, 1) == 0)
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        public void Execute()
        {
            Volatile.Write(ref isCalled, 0);
            work.Drain();
        }
    }
}
