namespace Backprop;

/// <summary>Which average of squared gradients divides the step.</summary>
public enum SecondMoment
{
    /// <summary>The latest one.</summary>
    Latest,

    /// <summary>AMSGrad as in PyTorch: the largest so far, bias-corrected afterwards.</summary>
    Maximum,

    /// <summary>AMSGrad as in Optax: the largest of the bias-corrected averages so far.</summary>
    MaximumCorrected,
}
