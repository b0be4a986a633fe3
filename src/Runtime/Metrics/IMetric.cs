namespace Backprop;

/// <summary>A figure of merit gathered over many samples.</summary>
public interface IMetric
{
    /// <summary>Name under which the value is reported.</summary>
    string Name { get; }

    /// <summary>The figure over what was added since the last <see cref="Reset"/>; NaN when it is not defined.</summary>
    double Value { get; }

    /// <summary>Forgets what was added.</summary>
    void Reset();
}
