using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop;

/// <summary>
/// One walk over the leaves of a model, beside those of another model of the same shape: remembers which objects it has seen, so that what
/// is shared is one leaf and a cycle ends, and where it is, so that a message can say so.
/// </summary>
/// <remarks>Kept from walk to walk, one a thread, so that a walk allocates nothing after the first.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class LeafWalk
{
    [ThreadStatic]
    private static LeafWalk? idle;

    private readonly IdentityMap partners = new();
    private readonly IdentityMap origins = new();
    private PathStep[] path = new PathStep[16];
    private int depth;
    private int deepest; // No step was remembered beyond it.
    private List<LeafInfo>? description;
    private int ofOthers; // How many of the objects seen were seen before the last Mark.

    private LeafWalk()
    {
    }

    /// <summary>A walk that shows leaves; to be handed back.</summary>
    internal static LeafWalk Start()
    {
        LeafWalk walk = idle ?? new LeafWalk();
        idle = null;
        return walk;
    }

    /// <summary>A walk that shows nothing, and adds what it would show to a list.</summary>
    internal static LeafWalk Start(List<LeafInfo> description)
    {
        LeafWalk walk = Start();
        walk.description = description;
        return walk;
    }

    /// <summary>Whether what is no leaf is shown as well.</summary>
    internal Breadth Breadth { get; set; }

    /// <summary>Whether something was seen again since the last <see cref="Mark"/> that had been seen before it.</summary>
    internal bool HasMetOther { get; private set; }

    /// <summary>What was seen so far is of one owner; what comes is of another.</summary>
    internal void Mark() => ofOthers = partners.Count;

    internal void HandBack()
    {
        partners.Clear();
        origins.Clear();
        path.AsSpan(0, deepest).Clear();
        (depth, deepest) = (0, 0);
        (description, Breadth) = (null, Breadth.Leaves);
        (ofOthers, HasMetOther) = (0, false);
        idle = this;
    }

    /// <summary>Shows a number.</summary>
    public void Number<T, TVisitor>(PathStep step, ref T number, ref T other, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct => Numbers<T, T, TVisitor>(step, ref number, ref other, ref visitor);

    /// <summary>Shows the numbers of a struct that holds nothing but numbers of type <typeparamref name="T"/>.</summary>
    public void Numbers<TStruct, T, TVisitor>(PathStep step, ref TStruct numbers, ref TStruct other, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        int count = CountOf<TStruct, T>();
        ReadOnlySpan<int> shape = typeof(TStruct) == typeof(T) ? [] : [count];
        Show<T, TVisitor>(step, shape, Flat<TStruct, T>(ref numbers, 1), Flat<TStruct, T>(ref other, 1), ref visitor);
    }

    /// <summary>Shows an array of numbers, of any rank.</summary>
    public void Array<T, TVisitor>(PathStep step, T[]? array, T[]? other, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct => Array<T, T, TVisitor>(step, array, other, ref visitor);

    /// <inheritdoc cref="Array{T, TVisitor}(PathStep, T[], T[], ref TVisitor)"/>
    public void Array<T, TVisitor>(PathStep step, T[,]? array, T[,]? other, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct => Array<T, T, TVisitor>(step, array, other, ref visitor);

    /// <inheritdoc cref="Array{T, TVisitor}(PathStep, T[], T[], ref TVisitor)"/>
    public void Array<T, TVisitor>(PathStep step, T[,,]? array, T[,,]? other, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct => Array<T, T, TVisitor>(step, array, other, ref visitor);

    /// <summary>Shows an array, of any rank, of numbers or of structs that hold nothing but numbers of type <typeparamref name="T"/>.</summary>
    public void Array<TElement, T, TVisitor>(PathStep step, System.Array? array, System.Array? other, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        if (!AreBothThere(step, array, other))
        {
            return;
        }

        Span<int> shape = stackalloc int[array.Rank + 1];
        for (int d = 0; d < array.Rank; d++)
        {
            shape[d] = array.GetLength(d);
            if (other.Rank != array.Rank || other.GetLength(d) != shape[d])
            {
                throw Different(step, $"has shape [{ShapeText(array)}] in one model and [{ShapeText(other)}] in the other");
            }
        }

        if (array.Length > 0 && !IsFirst(step, array, other))
        {
            return;
        }

        shape[^1] = CountOf<TElement, T>();
        Show<T, TVisitor>(step, typeof(TElement) == typeof(T) ? shape[..^1] : shape, Flat<TElement, T>(array), Flat<TElement, T>(other), ref visitor);
    }

    /// <summary>Shows a list of numbers.</summary>
    public void List<T, TVisitor>(PathStep step, List<T>? list, List<T>? other, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct => List<T, T, TVisitor>(step, list, other, ref visitor);

    /// <summary>Shows a list of numbers or of structs that hold nothing but numbers of type <typeparamref name="T"/>.</summary>
    public void List<TElement, T, TVisitor>(PathStep step, List<TElement>? list, List<TElement>? other, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        if (!AreBothThere(step, list, other))
        {
            return;
        }

        CheckCounts(step, list.Count, other.Count);
        if (!IsFirst(step, list, other))
        {
            return;
        }

        ReadOnlySpan<int> shape = [list.Count, CountOf<TElement, T>()];
        Span<TElement> here = CollectionsMarshal.AsSpan(list), there = CollectionsMarshal.AsSpan(other);
        Show<T, TVisitor>(
            step,
            typeof(TElement) == typeof(T) ? shape[..1] : shape,
            Flat<TElement, T>(ref MemoryMarshal.GetReference(here), here.Length),
            Flat<TElement, T>(ref MemoryMarshal.GetReference(there), there.Length),
            ref visitor);
    }

    private void Show<T, TVisitor>(PathStep step, scoped ReadOnlySpan<int> shape, Span<T> values, Span<T> other, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
        {
            throw new NotSupportedException($"'{PathOf(step)}' holds numbers of type {typeof(T)}; a leaf is float or double.");
        }

        if (description is not null)
        {
            description.Add(new LeafInfo(PathOf(step), shape.ToArray(), typeof(T)));
        }
        else if (typeof(T) == typeof(float))
        {
            visitor.Visit(As<T, float>(values), As<T, float>(other));
        }
        else
        {
            visitor.Visit(As<T, double>(values), As<T, double>(other));
        }
    }

    private static Span<TTo> As<TFrom, TTo>(Span<TFrom> numbers)
        => MemoryMarshal.CreateSpan(ref Unsafe.As<TFrom, TTo>(ref MemoryMarshal.GetReference(numbers)), numbers.Length);

    private static int CountOf<TStruct, T>() => Unsafe.SizeOf<TStruct>() / Unsafe.SizeOf<T>();

    private static Span<T> Flat<TStruct, T>(scoped ref TStruct first, int count)
        => MemoryMarshal.CreateSpan(ref Unsafe.As<TStruct, T>(ref first), count * CountOf<TStruct, T>());

    private static Span<T> Flat<TElement, T>(System.Array array)
        => MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length * CountOf<TElement, T>());

    private static string ShapeText(System.Array array) => string.Join(", ", Enumerable.Range(0, array.Rank).Select(array.GetLength));
}
