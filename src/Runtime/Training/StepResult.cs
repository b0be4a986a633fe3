namespace Backprop;

/// <summary>What one step did.</summary>
/// <param name="Step">The step, from 0.</param>
/// <param name="Loss">The mean loss of the batch before the step.</param>
/// <param name="GradientNorm">The Euclidean norm of the gradient over all leaves.</param>
/// <param name="LearningRate">The rate the optimizer had.</param>
/// <param name="Samples">Number of samples in the batch.</param>
/// <param name="Outcome">Whether the model was moved.</param>
public readonly record struct StepResult(
    long Step, double Loss, double GradientNorm, double LearningRate, int Samples, StepOutcome Outcome);

/// <summary>Whether a step moved the model.</summary>
public enum StepOutcome
{
    /// <summary>The optimizer has moved the model.</summary>
    Applied,

    /// <summary>The loss or the gradient was not finite; model and optimizer are as before.</summary>
    Skipped,
}
