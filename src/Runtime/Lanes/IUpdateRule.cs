namespace Backprop;

/// <summary>
/// The mathematics of one optimizer for one element: from the gradient and the state to the next state and the next parameter.
/// A rule is a struct that holds the coefficients of this step; it is written once, and runs over vectors and over single elements.
/// </summary>
/// <remarks>
/// Choose with <c>if</c> between assignments to locals, not with <c>?:</c> to the right of an assignment to a parameter: there the compiler
/// holds the parameter's address across the branch, and the lane lives in memory instead of a register, at several times the cost.
/// </remarks>
/// <example><c>x -= rate * g</c> is gradient descent.</example>
public interface IUpdateRule
{
    /// <summary>Takes one step. A state slot that the optimizer does not ask for is neither read nor kept.</summary>
    /// <param name="x">The parameter.</param>
    /// <param name="g">Its gradient, sign and weight decay already applied.</param>
    /// <param name="a">First state slot.</param>
    /// <param name="b">Second state slot.</param>
    /// <param name="c">Third state slot.</param>
    void Update<TLane>(ref TLane x, TLane g, ref TLane a, ref TLane b, ref TLane c)
        where TLane : struct, ILane<TLane>;
}
