namespace Backprop;

/// <summary>Samples that can be fetched by index.</summary>
internal sealed class ListData<TSample>(IReadOnlyList<TSample> samples) : TrainingData<TSample>
{
    public override int? Count => samples.Count;

    public override bool CanShuffle => true;

    public override IBatchReader<TSample> Open(BatchPlan plan) => new ListReader<TSample>(samples, plan);
}
