using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Interpret;

/// <summary>What an expression gives. Values do not change; memory does.</summary>
public abstract class Value;

public sealed class Whole(long number) : Value
{
    public long Number => number;
}

public sealed class Truth(bool holds) : Value
{
    public bool Holds => holds;
}

/// <summary>A floating-point number and its derivatives by the inputs; null where it depends on none.</summary>
/// <param name="slopes">The derivatives.</param>
/// <param name="sizes">For each derivative the sum of the magnitudes of the terms that it is a sum of: rounding errors are proportional to it.</param>
public sealed class Dual(double number, double[]? slopes = null, double[]? sizes = null) : Value
{
    public double Number => number;

    public double[]? Slopes => slopes;

    public double[]? Sizes => sizes;
}

/// <summary>A view of cells; <see cref="Rows"/> where it is jagged.</summary>
public sealed class Cells(Value[] store, int start, int count, int[] extents) : Value
{
    public int Count => count;

    private Value[] Store => store;

    private int Start => start;

    public int[] Extents => extents;

    public Cells[]? Rows { get; init; }

    /// <summary>What is read through it has no derivative.</summary>
    private bool IsStopped { get; init; }

    public Value this[int i]
    {
        get => IsStopped ? Machine.Stopped(store[start + Checked(i)]) : store[start + Checked(i)];
        set => store[start + Checked(i)] = value;
    }

    public Cells Copy() => new([.. Enumerable.Range(0, count).Select(i => this[i])], 0, count, extents);

    /// <summary>The same memory as one sees it to whom it is constant.</summary>
    public Cells Stopped() => new(store, start, count, extents) { IsStopped = true, Rows = Rows?.Select(row => row.Stopped()).ToArray() };

    /// <summary>Whether the two have elements in common and do not begin at the same one.</summary>
    public bool IsShifted(Cells other) => ReferenceEquals(store, other.Store) && start != other.Start && start < other.Start + other.Count && other.Start < start + count;

    public Cells Part(int from, int length)
        => from >= 0 && length >= 0 && from + length <= count ? new(store, start + from, length, [length]) { IsStopped = IsStopped } : throw new DiscardedException("a slice outside its memory");

    private int Checked(int i) => i >= 0 && i < count ? i : throw new DiscardedException("an index outside its memory");
}

/// <summary>A struct, which does not change, or an object, which does.</summary>
public sealed class Composite(Dictionary<string, Value> fields) : Value
{
    public IReadOnlyDictionary<string, Value> Fields => fields;

    /// <summary>Of an object.</summary>
    public CompositeType? Class { get; init; }

    public Composite With(string name, Value value) => new(fields.ToDictionary(pair => pair.Key, pair => pair.Key == name ? value : pair.Value));

    /// <summary>Of an object: everybody who knows it sees the new value.</summary>
    public void Put(string name, Value value) => fields[name] = value;
}

/// <summary>What a <c>ref</c> local holds.</summary>
public sealed class Reference(Func<Value> get, Action<Value> set) : Value
{
    public Value Target
    {
        get => get();
        set => set(value);
    }
}

/// <summary>The program cannot be used at this input: it throws, does not end soon, leaves the numbers' comfortable range or meets a kink.</summary>
public class DiscardedException(string reason) : Exception(reason);

/// <summary>The program throws because it says so.</summary>
/// <param name="calls">How many methods were called and have not ended, the program's own among them.</param>
/// <param name="borrowers">How many of these but the program's own were given something by reference.</param>
public sealed class ThrownException(int calls, int borrowers) : DiscardedException("an exception")
{
    /// <summary>Whether the program's own method throws, or a local function of it.</summary>
    public bool IsOfMain => calls == 1;

    /// <summary>Whether what was passed by reference may not have been written yet.</summary>
    public bool IsOfBorrower => borrowers > 0;
}
