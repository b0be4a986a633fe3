using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop;

/// <summary>What a walk goes into: collections, parts that are models, structs.</summary>
public sealed partial class LeafWalk
{
    /// <summary>Goes into a struct; to be left.</summary>
    public void Enter(PathStep step) => Push(step);

    /// <summary>Goes into an array, unless it is null or was seen before.</summary>
    /// <returns>Whether it went; then it is to be left.</returns>
    /// <exception cref="ArgumentException">The two differ in length, or one is shared where the other is not.</exception>
    public bool Enter<T>(PathStep step, [NotNullWhen(true)] T[]? array, [NotNullWhen(true)] T[]? other)
    {
        if (!AreBothThere(step, array, other))
        {
            return false;
        }

        CheckCounts(step, array.Length, other.Length);
        return array.Length > 0 && Went(step, array, other);
    }

    /// <inheritdoc cref="Enter{T}(PathStep, T[], T[])"/>
    public bool Enter<T>(PathStep step, [NotNullWhen(true)] List<T>? list, [NotNullWhen(true)] List<T>? other)
    {
        if (!AreBothThere(step, list, other))
        {
            return false;
        }

        CheckCounts(step, list.Count, other.Count);
        return Went(step, list, other);
    }

    /// <summary>Goes into a dictionary, unless it is null or was seen before.</summary>
    /// <returns>Whether it went; then it is to be left.</returns>
    /// <exception cref="ArgumentException">The two have different keys, or one is shared where the other is not.</exception>
    public bool Enter<TKey, TValue>(PathStep step, [NotNullWhen(true)] Dictionary<TKey, TValue>? entries, [NotNullWhen(true)] Dictionary<TKey, TValue>? other)
        where TKey : notnull
    {
        if (!AreBothThere(step, entries, other))
        {
            return false;
        }

        CheckCounts(step, entries.Count, other.Count);
        foreach (TKey key in entries.Keys)
        {
            if (!other.ContainsKey(key))
            {
                throw Different(step, $"has an entry {PathStep.Key(key)} in one model only");
            }
        }

        return Went(step, entries, other);
    }

    /// <summary>Goes back to what holds the part that was entered last.</summary>
    public void Leave() => depth--;

    /// <summary>Shows the leaves of a part that is a model, unless it is null or was seen before.</summary>
    /// <exception cref="ArgumentException">The two are of different classes, or one is shared where the other is not.</exception>
    public void Model<TModel, TVisitor>(PathStep step, TModel? model, TModel? other, ref TVisitor visitor)
        where TModel : class, IDifferentiable<TModel>
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        if (!AreBothThere(step, model, other))
        {
            return;
        }

        if (model.GetType() != other.GetType())
        {
            throw Different(step, $"is a {model.GetType().Name} in one model and a {other.GetType().Name} in the other");
        }

        if (Went(step, model, other))
        {
            Show(model, other, ref visitor);
            Leave();
        }
    }

    /// <summary>Shows the leaves of a part that is a model and a struct.</summary>
    public void Model<TModel, TVisitor>(PathStep step, ref TModel model, ref TModel other, ref TVisitor visitor)
        where TModel : struct, ILeafOwner<TModel>
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        Push(step);
        model.WalkLeaves(this, ref other, ref visitor);
        Leave();
    }

    /// <summary>Shows the leaves of a whole model.</summary>
    internal void Root<TModel, TVisitor>(TModel model, TModel other, ref TVisitor visitor)
        where TModel : class, IDifferentiable<TModel>
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        if (model.GetType() != other.GetType())
        {
            throw new ArgumentException($"One model is a {model.GetType().Name}, the other is a {other.GetType().Name}.", nameof(other));
        }

        if (IsFirst("", model, other))
        {
            Show(model, other, ref visitor);
        }
    }

    /// <summary>Shows where an array lies that is no leaf, to find out what is shared: no visitor that reads it may be shown it.</summary>
    public void Place<T, TVisitor>(T[]? array, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        if (Breadth == Breadth.All && array is { Length: > 0 } && IsFirst("", array, array))
        {
            Show(ref MemoryMarshal.GetArrayDataReference(array), array.Length, ref visitor);
        }
    }

    /// <inheritdoc cref="Place{T, TVisitor}(T[], ref TVisitor)"/>
    public void Place<T, TVisitor>(T[,]? array, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct => PlaceTable<T, TVisitor>(array, ref visitor);

    /// <inheritdoc cref="Place{T, TVisitor}(T[], ref TVisitor)"/>
    public void Place<T, TVisitor>(T[,,]? array, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct => PlaceTable<T, TVisitor>(array, ref visitor);

    /// <summary>Shows an array of any number of dimensions: it is not looked at in parts.</summary>
    public void Place<TVisitor>(System.Array? array, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        if (Breadth == Breadth.All)
        {
            Place(array);
        }
    }

    /// <summary>Whether to look for what the elements of a collection lead to.</summary>
    public bool Leads(object? collection) => Breadth == Breadth.All && collection is not null && IsFirst("", collection, collection);

    /// <summary>Shows where memory lies that is not the model's own.</summary>
    public void Place<T, TVisitor>(ReadOnlyMemory<T> view, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        if (Breadth == Breadth.All && !view.IsEmpty)
        {
            Show(ref MemoryMarshal.GetReference(view.Span), view.Length, ref visitor);
        }
    }

    /// <inheritdoc cref="Place{T, TVisitor}(ReadOnlyMemory{T}, ref TVisitor)"/>
    public void Place<T, TVisitor>(Memory<T> view, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct => Place((ReadOnlyMemory<T>)view, ref visitor);

    /// <summary>Shows where the elements of a list lie.</summary>
    public void Place<T, TVisitor>(List<T>? list, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        if (Breadth == Breadth.All && list is { Count: > 0 } && IsFirst("", list, list))
        {
            Show(ref MemoryMarshal.GetReference(CollectionsMarshal.AsSpan(list)), list.Count, ref visitor);
        }
    }

    /// <summary>Shows what a part leads to that is not trained.</summary>
    public void Place<TModel, TVisitor>(TModel? model, ref TVisitor visitor)
        where TModel : class, IDifferentiable<TModel>
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        if (Breadth == Breadth.All)
        {
            Model("", model, model, ref visitor);
        }
    }

    private void PlaceTable<T, TVisitor>(System.Array? array, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        if (Breadth == Breadth.All && array is { Length: > 0 } && IsFirst("", array, array))
        {
            Show(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length, ref visitor);
        }
    }

    // As numbers of a type that visitors take.
    private static void Show<T, TVisitor>(ref T first, int count, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        Span<float> place = MemoryMarshal.CreateSpan(ref Unsafe.As<T, float>(ref first), ((count * Unsafe.SizeOf<T>()) + sizeof(float) - 1) / sizeof(float));
        visitor.Visit(place, place);
    }

    /// <summary>Sees two arrays of the same place.</summary>
    /// <exception cref="ArgumentException">One is shared where the other is not.</exception>
    internal void Pair(PathStep step, System.Array? array, System.Array? other)
    {
        if (array is { Length: > 0 } && other is not null)
        {
            IsFirst(step, array, other);
        }
    }

    /// <summary>Sees an array, without what is in it.</summary>
    internal void Place(System.Array? array)
    {
        if (array is { Length: > 0 })
        {
            IsFirst("", array, array);
        }
    }

    /// <summary>Shows the leaves of a whole model that is a class, or a struct in a box.</summary>
    internal void Root<TModel, TVisitor>(ILeafOwner<TModel> model, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        IsFirst("", model, model);
        var other = (TModel)model;
        model.WalkLeaves(this, ref other, ref visitor);
    }

    private void Show<TModel, TVisitor>(TModel model, TModel other, ref TVisitor visitor)
        where TModel : class, IDifferentiable<TModel>
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        if (model is ILeafOwner<TModel> owner)
        {
            owner.WalkLeaves(this, ref other, ref visitor);
        }
        else if (description is not null)
        {
            description.AddRange(model.DescribeLeaves().Select(leaf => leaf with { Path = PathOf(leaf.Path) }));
        }
        else
        {
            model.VisitLeaves(other, ref visitor);
        }
    }

    private bool AreBothThere(PathStep step, [NotNullWhen(true)] object? here, [NotNullWhen(true)] object? there)
        => (here is null) == (there is null) ? here is not null : throw Different(step, "is null in one model only");

    private void CheckCounts(PathStep step, int here, int there)
    {
        if (here != there)
        {
            throw Different(step, $"has {here} elements in one model and {there} in the other");
        }
    }

    private bool Went(PathStep step, object here, object there)
    {
        if (!IsFirst(step, here, there))
        {
            return false;
        }

        Push(step);
        return true;
    }

    private bool IsFirst(PathStep step, object here, object there)
    {
        object? partner = partners.Find(here);
        if (partner is not null)
        {
            HasMetOther |= partners.IndexOf(here) < ofOthers;
            return ReferenceEquals(partner, there) ? false : throw Different(step, "is shared in one model only");
        }

        partners.Add(here, there);
        if (!ReferenceEquals(here, there))
        {
            if (origins.Find(there) is not null)
            {
                throw Different(step, "is shared in one model only");
            }

            origins.Add(there, here);
        }

        return true;
    }

    private void Push(PathStep step)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (depth == path.Length)
        {
            System.Array.Resize(ref path, 2 * depth);
        }

        path[depth++] = step;
        deepest = Math.Max(deepest, depth);
    }

    private string PathOf(PathStep step) => string.Concat([.. path.AsSpan(0, depth).ToArray().Select(static s => s.ToString()), step.ToString()]).TrimStart('.');

    private ArgumentException Different(PathStep step, string how) => new($"The models differ in shape: '{PathOf(step)}' {how}.", "other");
}
