namespace Backprop;

/// <summary>Counts how often in a row a watched quantity did not get better.</summary>
internal sealed class Patience(Monitor monitor) : ICheckpointed
{
    public double Best { get; private set; } = monitor.Worst;

    /// <summary>Epochs since the best one.</summary>
    public int Waited { get; private set; }

    /// <summary>Takes an epoch's value in; epochs that did not measure it do not count.</summary>
    /// <returns>Whether it is the best so far.</returns>
    public PatienceOutcome Add(EpochRecord record)
    {
        double value = record.Find(monitor.Quantity);
        if (double.IsNaN(value))
            return PatienceOutcome.NotMeasured;
        if (monitor.IsBetter(value, Best))
        {
            (Best, Waited) = (value, 0);
            return PatienceOutcome.Better;
        }

        Waited++;
        return PatienceOutcome.NotBetter;
    }

    public void StartOver() => Waited = 0;

    public void Save(CheckpointSection section)
    {
        section.SetNumber("best", Best);
        section.SetInteger("waited", Waited);
    }

    public void Load(CheckpointSection section)
    {
        Best = section.Number("best");
        Waited = (int)Math.Clamp(section.Integer("waited"), 0, int.MaxValue);
    }
}

/// <summary>What an epoch meant to a watched quantity.</summary>
internal enum PatienceOutcome
{
    NotMeasured,
    Better,
    NotBetter,
}
