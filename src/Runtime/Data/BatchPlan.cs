namespace Backprop;

/// <summary>Which batches of the data one epoch visits.</summary>
/// <param name="BatchSize">Samples in a full batch.</param>
/// <param name="Order">Order of the samples.</param>
/// <param name="LastBatch">What happens to the samples that do not fill a batch.</param>
/// <param name="Seed">Seed of the shuffle.</param>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="SkippedBatches">Batches of this epoch that were visited before; reading starts after them.</param>
/// <param name="MaxBatches">Batches after which the epoch ends, the skipped ones among them.</param>
public sealed record BatchPlan(
    int BatchSize,
    SampleOrder Order,
    LastBatch LastBatch,
    ulong Seed,
    int Epoch,
    int SkippedBatches = 0,
    int MaxBatches = int.MaxValue);
