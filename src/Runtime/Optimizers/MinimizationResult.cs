namespace Backprop;

/// <summary>Why a minimisation ended.</summary>
public enum Termination
{
    /// <summary>The gradient is as good as zero.</summary>
    SmallGradient,

    /// <summary>Neither the parameters nor the value change any more.</summary>
    SmallChange,

    /// <summary>The iterations are used up.</summary>
    IterationLimit,

    /// <summary>The evaluations are used up.</summary>
    EvaluationLimit,

    /// <summary>The value or the gradient is infinite or not a number.</summary>
    NotFinite,
}

/// <summary>Where a minimisation ended.</summary>
/// <param name="Parameters">The best parameters found.</param>
/// <param name="Value">The objective there.</param>
/// <param name="Gradient">Its gradient there.</param>
/// <param name="Iterations">Number of iterations.</param>
/// <param name="Evaluations">Number of evaluations of the objective and its gradient.</param>
/// <param name="Reason">Why it ended.</param>
public sealed record MinimizationResult(
    double[] Parameters, double Value, double[] Gradient, long Iterations, long Evaluations, Termination Reason);
