namespace Backprop;

/// <summary>A metric's name and value at the end of an epoch.</summary>
/// <param name="Name">Name of the metric.</param>
/// <param name="Value">Its value; NaN when it is not defined.</param>
public readonly record struct MetricValue(string Name, double Value);
