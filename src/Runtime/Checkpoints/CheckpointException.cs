namespace Backprop;

/// <summary>A checkpoint is malformed, damaged, or belongs to another model or run. The only exception that reading the
/// content of a checkpoint raises; a file that cannot be opened still raises its <see cref="IOException"/>.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, and where.</param>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception around the error that revealed the damage.</summary>
    /// <param name="message">What is wrong, and where.</param>
    /// <param name="innerException">The error that revealed it.</param>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
