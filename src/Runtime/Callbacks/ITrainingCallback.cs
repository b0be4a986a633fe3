namespace Backprop;

/// <summary>Is told of what happens in a training. Every method may be left out.</summary>
/// <remarks>A callback that also is <see cref="IStateful"/> is saved and restored with the training, under its name; it is
/// restored after <see cref="OnFitStart"/>.</remarks>
public interface ITrainingCallback
{
    /// <summary>Name under which state is saved; only callbacks with state need one.</summary>
    string Name => "";

    /// <summary>Whether the callback saves the state of the others and so must be told after them.</summary>
    CallbackOrder Order => CallbackOrder.Normal;

    /// <summary>Asked of all callbacks before anything begins: whether it can do its work in this training.</summary>
    /// <exception cref="ArgumentException">It cannot; the message says why.</exception>
    void Check(TrainingContext context)
    {
    }

    /// <summary>The training is about to begin or to continue.</summary>
    void OnFitStart(TrainingContext context)
    {
    }

    /// <summary>A step was taken.</summary>
    void OnStepEnd(TrainingContext context, in StepResult result)
    {
    }

    /// <summary>An epoch ended, and was validated if it was its turn.</summary>
    void OnEpochEnd(TrainingContext context, EpochRecord record)
    {
    }

    /// <summary>The training has ended and the model is as the last step left it: the moment to save it.</summary>
    void OnStopping(TrainingContext context)
    {
    }

    /// <summary>The training has ended: the moment to put other weights into the model.</summary>
    void OnFitEnd(TrainingContext context, TrainingRun run)
    {
    }

    /// <summary>An exception ends the training and comes out of <c>Fit</c> after this: the moment to close files.</summary>
    void OnException(TrainingContext context, Exception error)
    {
    }
}

/// <summary>When a callback is told.</summary>
public enum CallbackOrder
{
    /// <summary>In the order of the list.</summary>
    Normal,

    /// <summary>After all normal ones.</summary>
    Last,
}
