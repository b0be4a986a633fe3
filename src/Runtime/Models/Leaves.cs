using System.ComponentModel;
using System.Numerics;

namespace Backprop;

/// <summary>The members of <see cref="IDifferentiable{TSelf}"/>, for every type that the generator wrote <see cref="ILeafOwner{TSelf}"/> for.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Leaves
{
    /// <summary><see cref="IDifferentiable{TSelf}.ZerosLike"/> of a class.</summary>
    public static TModel ZerosLike<TModel>(TModel model)
        where TModel : class, IDifferentiable<TModel>
    {
        TModel zeros = Clone(model);
        Clear(zeros);
        return zeros;
    }

    /// <summary><see cref="IDifferentiable{TSelf}.ZerosLike"/> of a struct.</summary>
    public static TModel ZerosLike<TModel>(ref TModel model)
        where TModel : struct, ILeafOwner<TModel>
    {
        TModel zeros = Clone(ref model);
        Clear(ref zeros);
        return zeros;
    }

    /// <summary><see cref="IDifferentiable{TSelf}.Clone"/> of a class.</summary>
    public static TModel Clone<TModel>(TModel model)
        where TModel : class, IDifferentiable<TModel> => new LeafCopies().Model(model);

    /// <summary>Deep copies of models: what they share, and one that stands there twice, is shared by the copies.</summary>
    public static TModel[] Clone<TModel>(TModel[] models)
        where TModel : class, IDifferentiable<TModel>
    {
        var copies = new LeafCopies();
        return Array.ConvertAll(models, model => copies.Model(model)!);
    }

    /// <summary>Copies of arrays in an array: one that stands there twice is one in the copy.</summary>
    public static TRow[] CloneRows<TRow>(TRow[] rows)
        where TRow : class
    {
        var copies = new LeafCopies();
        return Array.ConvertAll(rows, row => copies.Array(row)!);
    }

    /// <summary><see cref="IDifferentiable{TSelf}.Clone"/> of a struct.</summary>
    public static TModel Clone<TModel>(ref TModel model)
        where TModel : struct, ILeafOwner<TModel>
    {
        TModel copy = model;
        copy.OwnLeaves(new LeafCopies());
        return copy;
    }

    /// <summary><see cref="IDifferentiable{TSelf}.Clear"/> of a class.</summary>
    public static void Clear<TModel>(TModel model)
        where TModel : class, IDifferentiable<TModel>
    {
        var clear = new ClearVisitor();
        Visit(model, ref clear);
    }

    /// <summary><see cref="IDifferentiable{TSelf}.Clear"/> of a struct.</summary>
    public static void Clear<TModel>(ref TModel model)
        where TModel : struct, ILeafOwner<TModel>
    {
        var clear = new ClearVisitor();
        Visit(ref model, ref clear);
    }

    /// <summary><see cref="IDifferentiable{TSelf}.AddScaled"/> of a class.</summary>
    public static void AddScaled<TModel>(TModel model, TModel other, double scale)
        where TModel : class, IDifferentiable<TModel>
    {
        // Shapes are compared before anything is written.
        var compare = new CompareVisitor();
        Visit(model, other, ref compare);
        var add = new AddVisitor(scale);
        Visit(model, other, ref add);
    }

    /// <summary><see cref="IDifferentiable{TSelf}.AddScaled"/> of a struct.</summary>
    public static void AddScaled<TModel>(ref TModel model, ref TModel other, double scale)
        where TModel : struct, ILeafOwner<TModel>
    {
        var compare = new CompareVisitor();
        Visit(ref model, ref other, ref compare);
        var add = new AddVisitor(scale);
        Visit(ref model, ref other, ref add);
    }

    /// <summary><see cref="IDifferentiable{TSelf}.DescribeLeaves"/> of a class.</summary>
    public static IReadOnlyList<LeafInfo> Describe<TModel>(TModel model)
        where TModel : class, IDifferentiable<TModel>
    {
        var leaves = new List<LeafInfo>();
        var compare = new CompareVisitor();
        LeafWalk walk = LeafWalk.Start(leaves);
        try
        {
            walk.Root(model, model, ref compare);
        }
        finally
        {
            walk.HandBack();
        }

        return leaves;
    }

    /// <summary><see cref="IDifferentiable{TSelf}.DescribeLeaves"/> of a struct.</summary>
    public static IReadOnlyList<LeafInfo> Describe<TModel>(ref TModel model)
        where TModel : struct, ILeafOwner<TModel>
    {
        var leaves = new List<LeafInfo>();
        var compare = new CompareVisitor();
        LeafWalk walk = LeafWalk.Start(leaves);
        try
        {
            model.WalkLeaves(walk, ref model, ref compare);
        }
        finally
        {
            walk.HandBack();
        }

        return leaves;
    }

    /// <summary><see cref="IDifferentiable{TSelf}.VisitLeaves{TVisitor}(ref TVisitor)"/> of a class.</summary>
    public static void Visit<TModel, TVisitor>(TModel model, ref TVisitor visitor)
        where TModel : class, IDifferentiable<TModel>
        where TVisitor : ILeafVisitor, allows ref struct
    {
        var alone = new Alone<TVisitor>(visitor);
        Visit(model, model, ref alone);
        visitor = alone.Visitor;
    }

    /// <summary><see cref="IDifferentiable{TSelf}.VisitLeaves{TVisitor}(ref TVisitor)"/> of a struct.</summary>
    public static void Visit<TModel, TVisitor>(ref TModel model, ref TVisitor visitor)
        where TModel : struct, ILeafOwner<TModel>
        where TVisitor : ILeafVisitor, allows ref struct
    {
        var alone = new Alone<TVisitor>(visitor);
        Visit(ref model, ref model, ref alone);
        visitor = alone.Visitor;
    }

    /// <summary><see cref="IDifferentiable{TSelf}.VisitLeaves{TVisitor}(TSelf, ref TVisitor)"/> of a class.</summary>
    public static void Visit<TModel, TVisitor>(TModel model, TModel other, ref TVisitor visitor)
        where TModel : class, IDifferentiable<TModel>
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(other);
        LeafWalk walk = LeafWalk.Start();
        try
        {
            walk.Root(model, other, ref visitor);
        }
        finally
        {
            walk.HandBack();
        }
    }

    /// <summary><see cref="IDifferentiable{TSelf}.VisitLeaves{TVisitor}(TSelf, ref TVisitor)"/> of a struct.</summary>
    public static void Visit<TModel, TVisitor>(ref TModel model, ref TModel other, ref TVisitor visitor)
        where TModel : struct, ILeafOwner<TModel>
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        LeafWalk walk = LeafWalk.Start();
        try
        {
            model.WalkLeaves(walk, ref other, ref visitor);
        }
        finally
        {
            walk.HandBack();
        }
    }

    /// <summary>Path, shape and element type of every leaf of a class, or of a struct in a box.</summary>
    internal static IReadOnlyList<LeafInfo> DescribeOwner<TModel>(ILeafOwner<TModel> model)
    {
        var leaves = new List<LeafInfo>();
        var compare = new CompareVisitor();
        LeafWalk walk = LeafWalk.Start(leaves);
        try
        {
            walk.Root(model, ref compare);
        }
        finally
        {
            walk.HandBack();
        }

        return leaves;
    }

    /// <summary>Shows the leaves of a class, or of a struct in a box, to a visitor.</summary>
    internal static void VisitOwner<TModel, TVisitor>(ILeafOwner<TModel> model, ref TVisitor visitor)
        where TVisitor : ILeafVisitor, allows ref struct
    {
        var alone = new Alone<TVisitor>(visitor);
        LeafWalk walk = LeafWalk.Start();
        try
        {
            walk.Root(model, ref alone);
        }
        finally
        {
            walk.HandBack();
        }

        visitor = alone.Visitor;
    }

    private ref struct Alone<TVisitor>(TVisitor visitor) : ILeafPairVisitor
        where TVisitor : ILeafVisitor, allows ref struct
    {
        public TVisitor Visitor = visitor;

        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T> => Visitor.Visit(values);
    }

    private readonly struct ClearVisitor : ILeafVisitor
    {
        public void Visit<T>(Span<T> values)
            where T : unmanaged, IFloatingPointIeee754<T> => values.Clear();
    }

    private readonly struct CompareVisitor : ILeafPairVisitor
    {
        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
        }
    }

    private readonly struct AddVisitor(double scale) : ILeafPairVisitor
    {
        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T> => Axpy.Apply<T>(1, values, scale, other);
    }
}
