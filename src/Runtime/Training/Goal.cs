namespace Backprop;

/// <summary>Which direction of a watched quantity is better.</summary>
public enum Goal
{
    /// <summary>Smaller is better: a loss or an error.</summary>
    Minimize,

    /// <summary>Larger is better: an accuracy.</summary>
    Maximize,
}
