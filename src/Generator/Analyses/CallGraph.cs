using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>Which methods of a compilation call which, and what of theirs concerns their callers.</summary>
internal sealed class CallGraph : IEquatable<CallGraph>
{
    private readonly EquatableArray<Calling> methods;
    private readonly Dictionary<string, EquatableArray<string>> callees = [];
    private readonly Dictionary<string, int> written;
    private readonly Dictionary<string, int> possible;

    public CallGraph(IEnumerable<Calling> methods)
    {
        this.methods = methods.ToEquatable();
        foreach (Calling method in this.methods)
        {
            callees[method.Method] = method.Callees;
        }

        written = Spread(static writing => writing.Certain);
        possible = Spread(static writing => writing.Certain | writing.Possible);
    }

    public bool Equals(CallGraph? other) => other is not null && methods.Equals(other.methods);

    public override bool Equals(object? obj) => Equals(obj as CallGraph);

    public override int GetHashCode() => methods.GetHashCode();

    /// <summary>The callees of a method from which calls lead back to it.</summary>
    public EquatableArray<string> CyclicCalleesOf(Calling method) => method.Callees.Where(callee => Reaches(callee, method.Method)).ToEquatable();

    /// <summary>Which parameters the callees of a method write.</summary>
    public EquatableArray<WritesOf> WritesOfCallees(Calling method)
        => method.Callees.Where(possible.ContainsKey).Select(callee => new WritesOf(callee, written[callee], ~possible[callee])).ToEquatable();

    /// <summary>The parameters of each method that come to be written: what is written by a callee is written by its caller.</summary>
    private Dictionary<string, int> Spread(Func<Writing, int> own)
    {
        Dictionary<string, int> bits = [];
        foreach (Calling method in methods)
        {
            bits[method.Method] = own(method.Writing);
        }

        bool hasChanged;
        do
        {
            hasChanged = false;
            foreach (Calling method in methods)
            {
                int before = bits[method.Method];
                bits[method.Method] = method.Writing.Handed.Aggregate(before, (sum, handed) => bits.TryGetValue(handed.Callee, out int its) && (its & Writing.BitOf(handed.Parameter)) != 0 ? sum | handed.Bits : sum);
                hasChanged |= bits[method.Method] != before;
            }
        }
        while (hasChanged);
        return bits;
    }

    private bool Reaches(string from, string to)
    {
        HashSet<string> reached = [from];
        Stack<string> open = new(reached);
        while (open.Count > 0)
        {
            string next = open.Pop();
            if (next == to)
            {
                return true;
            }

            foreach (string callee in callees.TryGetValue(next, out EquatableArray<string> found) ? found.Where(reached.Add) : [])
            {
                open.Push(callee);
            }
        }

        return false;
    }

    /// <summary>Of the methods for which something was emitted: those that call, themselves or through others, one for which nothing was.</summary>
    public static EquatableArray<string> Lacking(IEnumerable<Calling> emitted)
    {
        List<Calling> whole = [.. emitted], lacking = [];
        HashSet<string> present = [.. whole.Select(static one => one.Method)];
        while (whole.FindAll(one => !one.Callees.All(present.Contains)) is { Count: > 0 } more)
        {
            lacking.AddRange(more);
            whole.RemoveAll(more.Contains);
            present.ExceptWith(more.Select(static one => one.Method));
        }

        return lacking.Select(static one => one.Method).OrderBy(static key => key, StringComparer.Ordinal).ToEquatable();
    }
}
