namespace Backprop;

/// <summary>Which way the objective should go.</summary>
public enum Direction
{
    /// <summary>Step against the gradient.</summary>
    Minimize,

    /// <summary>Step along the gradient: it is negated before anything else is done with it.</summary>
    Maximize,
}
