namespace Backprop.Generator.IR;

/// <summary>Types of the platform and of the runtime library that emitted code names without saying where they are.</summary>
internal static class KnownTypes
{
    /// <summary>The namespace of each.</summary>
    public static IReadOnlyDictionary<string, string> Namespaces { get; } = Table(
        ("System", "Math MathF Span ReadOnlySpan Memory ReadOnlyMemory MemoryExtensions Array ArgumentException Half BitConverter"),
        ("System.Runtime.CompilerServices", "Unsafe UnsafeAccessor UnsafeAccessorKind MethodImpl MethodImplOptions SkipLocalsInit"),
        ("System.Runtime.InteropServices", "MemoryMarshal CollectionsMarshal"),
        ("System.Collections.Generic", "IReadOnlyList List"),
        ("System.Numerics", "Vector2 Vector3 Vector4 Quaternion Complex Matrix3x2 Matrix4x4 Plane IFloatingPointIeee754 IFloatingPoint INumber INumberBase"),
        ("System.Numerics.Tensors", "TensorPrimitives"),
        ("Backprop.Tensors", "TensorPullbacks"),
        ("Backprop", "ResidualStore ResidualMemory Reachable Require Inverse Zeros Gradient Grid IDifferentiable ILeafOwner ILeafVisitor ILeafPairVisitor Leaves LeafWalk LeafCopies LeafKeys LeafInfo PathStep"));

    private static IReadOnlyDictionary<string, string> Table(params (string Namespace, string Names)[] rows)
        => rows.SelectMany(row => row.Names.Split(' ').Select(name => (name, row.Namespace))).ToDictionary(p => p.name, p => p.Namespace);
}
