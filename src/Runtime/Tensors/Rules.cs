using System.Runtime.Intrinsics;

namespace Backprop.Tensors;

/// <summary>The cotangent of the operand of an elementwise function.</summary>
internal interface IUnaryRule<T>
{
    /// <param name="x">The operand.</param>
    /// <param name="y">The result.</param>
    /// <param name="d">Cotangent of the result.</param>
    Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d);
}

/// <summary>The cotangents of both operands of an elementwise function.</summary>
internal interface IBinaryRule<T>
{
    /// <param name="a">The first operand.</param>
    /// <param name="b">The second operand.</param>
    /// <param name="y">The result.</param>
    /// <param name="d">Cotangent of the result.</param>
    (Vector512<T> A, Vector512<T> B) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> y, Vector512<T> d);
}

/// <summary>The cotangents of all three operands of an elementwise function; no rule needs the result.</summary>
internal interface ITernaryRule<T>
{
    /// <param name="a">The first operand.</param>
    /// <param name="b">The second operand.</param>
    /// <param name="c">The third operand.</param>
    /// <param name="d">Cotangent of the result.</param>
    (Vector512<T> A, Vector512<T> B, Vector512<T> C) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> c, Vector512<T> d);
}
