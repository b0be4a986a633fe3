namespace Backprop;

/// <summary>How weight decay λ enters a step of rate η.</summary>
public enum WeightDecayForm
{
    /// <summary>g ← g + λx, before the rule: an L2 penalty.</summary>
    Coupled,

    /// <summary>x ← x(1 − ηλ), before the rule. Loshchilov and Hutter, <em>Decoupled Weight Decay Regularization</em>, 2019, as in PyTorch and Optax.</summary>
    Decoupled,

    /// <summary>x ← x(1 − λ), before the rule: decoupled also from the learning rate.</summary>
    Independent,
}
