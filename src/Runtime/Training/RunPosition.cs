namespace Backprop;

/// <summary>Where in its data a training is, and what it has summed in the present epoch.</summary>
internal sealed class RunPosition
{
    /// <summary>The present epoch, from 0.</summary>
    public int Epoch { get; private set; }

    /// <summary>Batches of the present epoch that are done.</summary>
    public int Batch { get; private set; }

    /// <summary>The trainer's step when the training began.</summary>
    public long StartStep { get; set; }

    /// <summary>Samples of the present epoch in steps that were not skipped.</summary>
    private double Samples { get; set; }

    private double LossSum { get; set; }

    /// <summary>Mean loss of the present epoch.</summary>
    public double Loss => Samples > 0 ? LossSum / Samples : double.NaN;

    public void Add(in StepResult result)
    {
        Batch++;
        if (result.Outcome == GradientOutcome.Skipped)
            return;
        LossSum += result.Loss * result.Samples;
        Samples += result.Samples;
    }

    public void NextEpoch() => (Epoch, Batch, LossSum, Samples) = (Epoch + 1, 0, 0, 0);

    public void Save(CheckpointSection section)
    {
        section.SetInteger("epoch", Epoch);
        section.SetInteger("batch", Batch);
        section.SetInteger("start_step", StartStep);
        section.SetNumber("samples", Samples);
        section.SetNumber("loss_sum", LossSum);
    }

    /// <exception cref="CheckpointException">The section has no position.</exception>
    public void Load(CheckpointSection section)
    {
        (Epoch, Batch) = (Whole(section, "epoch"), Whole(section, "batch"));
        StartStep = section.Integer("start_step");
        (Samples, LossSum) = (section.Number("samples"), section.Number("loss_sum"));
    }

    private static int Whole(CheckpointSection section, string name) =>
        section.Integer(name) is >= 0 and <= int.MaxValue and var value
            ? (int)value
            : throw new CheckpointException($"The saved {name} is out of range.");
}
