namespace Backprop;

/// <summary>Markers that a differentiable method may use inside its expressions.</summary>
public static class Gradient
{
    /// <summary>Passes the value and stops the gradient: the derivative of the result with respect to <paramref name="value"/> is zero.</summary>
    /// <typeparam name="T">Type of the value.</typeparam>
    /// <param name="value">The value to pass on.</param>
    /// <returns><paramref name="value"/>, unchanged.</returns>
    public static T Stop<T>(T value) => value;
}
