using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>A leaf as its optimizer sees it: what it is, its group's settings, and its state.</summary>
public sealed class OptimizedLeaf
{
    private readonly (StateSlot Slot, string Name, IReadOnlyList<int> Shape)[] layout;
    private readonly Array[] arrays;
    private readonly double[] scalars;

    internal OptimizedLeaf(LeafInfo info, IEnumerable<StateSlot> slots)
        : this(info, new ParameterGroup(info.Path), slots)
    {
    }

    internal OptimizedLeaf(LeafInfo info, ParameterGroup settings, IEnumerable<StateSlot> slots)
    {
        Info = info;
        Length = info.Length;
        Settings = settings;
        layout = [.. slots.Select(slot => (slot, $"{info.Path}/{slot.Name}", slot.Shape ?? info.Shape))];
        scalars = [.. layout.Where(static entry => entry.Slot.IsScalar).Select(static entry => entry.Slot.Initial)];
        arrays = [.. layout.Where(static entry => !entry.Slot.IsScalar).Select(entry =>
            Allocate(entry.Shape.Aggregate(1, static (product, extent) => checked(product * extent)), entry.Slot.Initial))];
    }

    /// <summary>Path, shape and element type.</summary>
    public LeafInfo Info { get; }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    internal ParameterGroup Settings { get; }

    internal bool IsFrozen => Settings.Training == Training.Frozen;

    /// <summary>The array of a state slot, or an empty span where the optimizer asked for fewer.</summary>
    /// <typeparam name="T">The leaf's element type.</typeparam>
    /// <param name="index">Position of the slot among the optimizer's arrays.</param>
    public Span<T> Slot<T>(int index) => index < arrays.Length ? Unsafe.As<T[]>(arrays[index]) : default(Span<T>);

    /// <summary>A scalar of the state.</summary>
    /// <param name="index">Position of the slot among the optimizer's scalars.</param>
    public ref double Scalar(int index) => ref scalars[index];

    internal void VisitState(IStateVisitor visitor)
    {
        int array = 0, scalar = 0;
        foreach (var (slot, name, shape) in layout)
        {
            if (slot.IsScalar) visitor.VisitLeaf(name, shape, scalars.AsSpan(scalar++, 1));
            else if (!slot.IsSaved) array++;
            else if (arrays[array++] is float[] singles) visitor.VisitLeaf(name, shape, singles.AsSpan());
            else visitor.VisitLeaf(name, shape, Unsafe.As<double[]>(arrays[array - 1]).AsSpan());
        }
    }

    private Array Allocate(int length, double initial)
    {
        if (Info.ElementType == typeof(float))
        {
            var singles = new float[length];
            singles.AsSpan().Fill((float)initial);
            return singles;
        }
        var doubles = new double[length];
        doubles.AsSpan().Fill(initial);
        return doubles;
    }
}
