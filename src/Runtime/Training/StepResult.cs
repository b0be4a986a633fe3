namespace Backprop;

/// <summary>What one step did.</summary>
/// <param name="Step">The step, from 0.</param>
/// <param name="Loss">The mean loss of the batch before the step.</param>
/// <param name="GradientNorm">The Euclidean norm over all trained leaves of the batch's gradient, before any transform.</param>
/// <param name="LearningRate">The rate the optimizer had.</param>
/// <param name="Samples">Number of samples in the batch.</param>
/// <param name="Outcome">Whether the model was moved, or the gradient only kept for a later step, or dropped because loss or gradient
/// were not finite.</param>
public readonly record struct StepResult(
    long Step, double Loss, double GradientNorm, double LearningRate, int Samples, GradientOutcome Outcome);
