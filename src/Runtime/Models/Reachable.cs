using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop;

/// <summary>What is reached through references from an argument of a differentiable method.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IReachable
{
    /// <summary>Shows every object, array and leaf to a walk.</summary>
    void Show<TVisitor>(LeafWalk walk, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct;
}

/// <summary>What emitted methods hand to <see cref="Require"/> to find out whether two arguments share something.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Reachable
{
    /// <summary>The leaves of a model.</summary>
    public static ReachableModels<TModel> Model<TModel>(in TModel? model)
        where TModel : class, IDifferentiable<TModel> => new(new ReadOnlySpan<TModel?>(in model), Breadth.Leaves);

    /// <summary>The leaves of the models in an array.</summary>
    public static ReachableModels<TModel> Models<TModel>(ReadOnlySpan<TModel?> models)
        where TModel : class, IDifferentiable<TModel> => new(models, Breadth.Leaves);

    /// <summary>The leaves of a model, and its arrays that are none.</summary>
    public static ReachableModels<TModel> Whole<TModel>(in TModel? model)
        where TModel : class, IDifferentiable<TModel> => new(new ReadOnlySpan<TModel?>(in model), Breadth.All);

    /// <summary>The leaves of the models in an array, and their arrays that are none.</summary>
    public static ReachableModels<TModel> Wholes<TModel>(ReadOnlySpan<TModel?> models)
        where TModel : class, IDifferentiable<TModel> => new(models, Breadth.All);

    /// <summary>From an array of arrays.</summary>
    public static ReachableRows<T> Rows<T>(ReadOnlySpan<T[]?> rows) => new(rows);

    /// <summary>Memory itself.</summary>
    public static ReachableMemory<T> Memory<T>(ReadOnlySpan<T> memory) => new(memory);

    /// <summary>A variable of the caller's.</summary>
    public static ReachableMemory<T> Variable<T>(ref readonly T variable) => new(new ReadOnlySpan<T>(in variable));

    /// <summary>An array of more than one dimension.</summary>
    public static ReachableTable Table(Array? table) => new(table);
}

/// <summary>An array of more than one dimension.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct ReachableTable : IReachable
{
    private readonly Array? table;

    internal ReachableTable(Array? table) => this.table = table;

    /// <inheritdoc/>
    public void Show<TVisitor>(LeafWalk walk, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct => walk.Place(table);
}

/// <summary>What is reached from models.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct ReachableModels<TModel> : IReachable
    where TModel : class, IDifferentiable<TModel>
{
    private readonly ReadOnlySpan<TModel?> models;

    private readonly Breadth breadth;

    internal ReachableModels(ReadOnlySpan<TModel?> models, Breadth breadth)
    {
        this.models = models;
        this.breadth = breadth;
    }

    /// <inheritdoc/>
    public void Show<TVisitor>(LeafWalk walk, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        walk.Breadth = breadth;
        for (int i = 0; i < models.Length; i++)
        {
            walk.Model(i, models[i], models[i], ref visitor);
        }
    }
}

/// <summary>What is reached from an array of arrays.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct ReachableRows<T> : IReachable
{
    private readonly ReadOnlySpan<T[]?> rows;

    internal ReachableRows(ReadOnlySpan<T[]?> rows) => this.rows = rows;

    /// <inheritdoc/>
    public void Show<TVisitor>(LeafWalk walk, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        walk.Breadth = Breadth.All;
        for (int i = 0; i < rows.Length; i++)
        {
            walk.Place(rows[i], ref visitor);
        }
    }
}

/// <summary>Memory, of which nobody can say to which object it belongs.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct ReachableMemory<T>
{
    internal ReachableMemory(ReadOnlySpan<T> memory)
        => Bytes = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(memory)), memory.Length * Unsafe.SizeOf<T>());

    internal ReadOnlySpan<byte> Bytes { get; }
}
