namespace Backprop;

/// <summary>One file of a <see cref="CheckpointFolder"/>.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Step">The step after which it was saved.</param>
/// <param name="Score">The watched quantity, or NaN when there was none.</param>
public sealed record CheckpointFile(string Path, long Step, double Score);
