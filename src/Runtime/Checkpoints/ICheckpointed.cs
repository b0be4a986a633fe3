namespace Backprop;

/// <summary>Something whose state is saved with the model: an optimizer, a callback, a metric, a random generator.</summary>
public interface ICheckpointed
{
    /// <summary>Writes the state.</summary>
    void Save(CheckpointSection section);

    /// <summary>Replaces the state by the saved one.</summary>
    /// <exception cref="CheckpointException">The section does not hold the state of such an object.</exception>
    void Load(CheckpointSection section);
}
