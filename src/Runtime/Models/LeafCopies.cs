using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop;

/// <summary>Copies of what a model holds, each made once: what is shared in the model is shared in its copy, and a cycle ends.</summary>
/// <remarks>The copy of a copy is that copy, so it does no harm to reach a collection twice.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LeafCopies
{
    private readonly IdentityMap known = new();

    /// <summary>An array of the same elements, of any rank.</summary>
    [return: NotNullIfNotNull(nameof(array))]
    public TArray? Array<TArray>(TArray? array)
        where TArray : class => array is null ? null : Known(array) ?? Add(array, (TArray)((System.Array)(object)array).Clone());

    /// <summary>The elements of an array of several dimensions, in a row.</summary>
    public static Span<T> Elements<T>(T[,] array) => Row<T>(array);

    /// <inheritdoc cref="Elements{T}(T[,])"/>
    public static Span<T> Elements<T>(T[,,] array) => Row<T>(array);

    /// <inheritdoc cref="Elements{T}(T[,])"/>
    public static Span<T> Elements<T>(T[,,,] array) => Row<T>(array);

    private static Span<T> Row<T>(System.Array array)
        => MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    /// <summary>The same part of a copy of the array.</summary>
    public Memory<T> View<T>(Memory<T> view)
        => MemoryMarshal.TryGetArray(view, out ArraySegment<T> part) ? new Memory<T>(Array(part.Array), part.Offset, part.Count) : view.ToArray();

    /// <inheritdoc cref="View{T}(Memory{T})"/>
    public ReadOnlyMemory<T> View<T>(ReadOnlyMemory<T> view) => View(MemoryMarshal.AsMemory(view));

    /// <summary>A list of the same elements.</summary>
    /// <exception cref="NotSupportedException">It is of a class derived from <see cref="List{T}"/>.</exception>
    [return: NotNullIfNotNull(nameof(list))]
    public List<T>? List<T>(List<T>? list)
        => list is null ? null : Known(list) ?? Add(Exactly<List<T>>(list), new List<T>(list));

    /// <summary>A dictionary of the same entries.</summary>
    /// <exception cref="NotSupportedException">It is of a class derived from <see cref="Dictionary{TKey, TValue}"/>.</exception>
    [return: NotNullIfNotNull(nameof(entries))]
    public Dictionary<TKey, TValue>? Dictionary<TKey, TValue>(Dictionary<TKey, TValue>? entries)
        where TKey : notnull
        => entries is null ? null : Known(entries) ?? Add(Exactly<Dictionary<TKey, TValue>>(entries), new Dictionary<TKey, TValue>(entries, entries.Comparer));

    /// <summary>A deep copy of a part that is a model.</summary>
    [return: NotNullIfNotNull(nameof(model))]
    public TModel? Model<TModel>(TModel? model)
        where TModel : class, IDifferentiable<TModel>
    {
        if (model is null || Known(model) is { } copy)
        {
            return model is null ? null : Known(model);
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (model is not ILeafOwner<TModel> owner)
        {
            return Add(model, model.Clone());
        }

        copy = Add(model, owner.ShallowCopy());
        ((ILeafOwner<TModel>)copy).OwnLeaves(this);
        return copy;
    }

    /// <summary>A deep copy of a whole model.</summary>
    internal ILeafOwner<T> Owner<T>(ILeafOwner<T> model)
    {
        var copy = (ILeafOwner<T>)model.ShallowCopy()!;
        Add(model, copy);
        copy.OwnLeaves(this);
        return copy;
    }

    /// <summary>Makes a struct that is a model, and was copied, own its leaves.</summary>
    public void Own<TModel>(ref TModel model)
        where TModel : struct, ILeafOwner<TModel> => model.OwnLeaves(this);

    private T? Known<T>(T original)
        where T : class => (T?)known.Find(original);

    private T Add<T>(T original, T copy)
        where T : class
    {
        known.Add(original, copy);
        if (!ReferenceEquals(original, copy))
        {
            known.Add(copy, copy);
        }

        return copy;
    }

    // A class derived from a collection may hold more than its elements, which a copy would lose.
    private static T Exactly<T>(T collection)
        where T : class => collection.GetType() == typeof(T)
            ? collection
            : throw new NotSupportedException($"A {collection.GetType()} in the place of a {typeof(T)} cannot be copied; mark the member [NoGradient], or hold a {typeof(T).Name}.");
}
