using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>The framework's methods on memory that the IR has statements for.</summary>
internal enum MemoryCall { None, GetLength, GetUpperBound, View, Slice, ToArray, Clear, Fill, CopyTo, CopyBetween }

internal static class MemoryCalls
{
    /// <summary>Which one a method is; overloads with parameters other than memory, values and int are none.</summary>
    public static MemoryCall Find(IMethodSymbol method)
    {
        bool isSimple = method.Parameters.All(static p => p.RefKind == RefKind.None && p.Type.Name is not ("Range" or "Index" or "ArraySegment")
            && p.Type.SpecialType != SpecialType.System_Int64);
        INamedTypeSymbol type = method.ContainingType;
        return !isSimple ? MemoryCall.None
            : type.SpecialType == SpecialType.System_Array ? OfArray(method)
            : Primitives.IsSystemType(type, "MemoryExtensions") ? OfExtensions(method)
            : Primitives.IsSystemType(type, "Span", "ReadOnlySpan", "Memory", "ReadOnlyMemory") ? OfSpan(method)
            : type is { Name: "Enumerable", ContainingNamespace.Name: "Linq" } && method.Name == "ToArray" ? MemoryCall.ToArray
            : MemoryCall.None;
    }

    private static MemoryCall OfArray(IMethodSymbol method) => method.Name switch
    {
        "GetLength" => MemoryCall.GetLength,
        "GetUpperBound" => MemoryCall.GetUpperBound,
        "Clear" => MemoryCall.Clear,
        "Fill" => MemoryCall.Fill,
        "Copy" => MemoryCall.CopyBetween,
        "CopyTo" => MemoryCall.CopyTo,
        "Clone" => MemoryCall.ToArray,
        _ => MemoryCall.None,
    };

    private static MemoryCall OfExtensions(IMethodSymbol method) => method.Name switch
    {
        "AsSpan" when method.Parameters[0].Type is IArrayTypeSymbol => method.Parameters.Length == 1 ? MemoryCall.View : MemoryCall.Slice,
        "CopyTo" => MemoryCall.CopyTo,
        _ => MemoryCall.None,
    };

    private static MemoryCall OfSpan(IMethodSymbol method) => method.Name switch
    {
        "Slice" => MemoryCall.Slice,
        "ToArray" => MemoryCall.ToArray,
        "Clear" => MemoryCall.Clear,
        "Fill" => MemoryCall.Fill,
        "CopyTo" => MemoryCall.CopyTo,
        _ => MemoryCall.None,
    };
}
