using System.Numerics;

namespace Backprop;

/// <summary>Copies a state into a section of a checkpoint: leaves as tensors, counters as text.</summary>
internal sealed class StateWriter(CheckpointSection section) : IStateVisitor
{
    public void VisitLeaf<T>(string name, IReadOnlyList<int> shape, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => section.Add<T>(name, values, [.. shape]);

    public void VisitCounter(string name, ref long value) => section.SetInteger(name, value);
}

/// <summary>Overwrites a state by the content of a section.</summary>
internal sealed class StateReader(CheckpointSection section) : IStateVisitor
{
    public void VisitLeaf<T>(string name, IReadOnlyList<int> shape, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => section.CopyTo(name, values);

    public void VisitCounter(string name, ref long value) => value = section.Integer(name);
}

/// <summary>Lists how the content of a section differs from a state.</summary>
internal sealed class StateComparer(CheckpointSection section) : IStateVisitor
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly List<string> missing = [], mismatched = [];

    public LeafComparison Result => new(missing, [.. section.Names.Where(name => !known.Contains(name))], mismatched);

    public void VisitLeaf<T>(string name, IReadOnlyList<int> shape, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        known.Add(name);
        var wanted = new LeafInfo(name, shape, typeof(T));
        if (section.FindTensor(name) is not { } saved)
            missing.Add(name);
        else if (!saved.Matches(wanted))
            mismatched.Add(LeafComparison.Describe(wanted, saved));
    }

    public void VisitCounter(string name, ref long value)
    {
        known.Add(name);
        if (section.FindText(name) is not { } text)
            missing.Add(name);
        else if (!CheckpointSection.TryParse(text, out _))
            mismatched.Add($"{name} (saved '{text}', wanted an integer)");
    }
}
