namespace Backprop;

/// <summary>What of a model a walk is shown.</summary>
internal enum Breadth
{
    /// <summary>What is trained.</summary>
    Leaves,

    /// <summary>Arrays that are not trained as well.</summary>
    All,
}
