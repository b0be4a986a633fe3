using System.Runtime.CompilerServices;

namespace Backprop.Generator.IR;

/// <summary>Compares objects by identity: value equality of deep records is slow.</summary>
internal sealed class ReferenceComparer<T> : IEqualityComparer<T>
    where T : class
{
    public static readonly ReferenceComparer<T> Instance = new();

    public bool Equals(T? x, T? y) => ReferenceEquals(x, y);

    public int GetHashCode(T obj) => RuntimeHelpers.GetHashCode(obj);
}

internal static class ReferenceComparer
{
    public static ReferenceComparer<T> Of<T>()
        where T : class => ReferenceComparer<T>.Instance;
}
