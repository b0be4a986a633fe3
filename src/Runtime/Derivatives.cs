namespace Backprop;

/// <summary>Derivatives of a method: see <see cref="DifferentiableAttribute.Emit"/>.</summary>
[Flags]
public enum Derivatives
{
    /// <summary><c>FooBackward</c>, <c>FooGradient</c>, and the pair <c>FooForward</c> and <c>FooPullback</c>.</summary>
    Gradient = 1,

    /// <summary>The derivative in a direction. Reserved: not written yet.</summary>
    Jvp = 2,

    /// <summary>The product of the Hessian and a direction. Reserved: not written yet.</summary>
    Hvp = 4,

    /// <summary>All first derivatives of a method with many results. Reserved: not written yet.</summary>
    Jacobian = 8,

    /// <summary>All second derivatives. Reserved: not written yet.</summary>
    Hessian = 16,
}
