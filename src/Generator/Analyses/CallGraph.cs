using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>Which methods of a compilation call which, and what of theirs concerns their callers.</summary>
internal sealed class CallGraph : IEquatable<CallGraph>
{
    private readonly EquatableArray<Calling> methods;
    private readonly Dictionary<string, EquatableArray<string>> callees = [];
    private readonly Dictionary<string, Conduct> conducts = [];

    public CallGraph(IEnumerable<Calling> methods)
    {
        this.methods = methods.ToEquatable();
        foreach (Calling method in this.methods)
        {
            callees[method.Method] = method.Callees;
            conducts[method.Method] = method.Own;
        }

        Spread();
    }

    public bool Equals(CallGraph? other) => other is not null && methods.Equals(other.methods);

    public override bool Equals(object? obj) => Equals(obj as CallGraph);

    public override int GetHashCode() => methods.GetHashCode();

    /// <summary>The callees of a method from which calls lead back to it.</summary>
    public EquatableArray<string> CyclicCalleesOf(Calling method) => method.Callees.Where(callee => Reaches(callee, method.Method)).ToEquatable();

    /// <summary>What the callees of a method do with what they are given.</summary>
    public EquatableArray<(string Callee, Conduct Conduct)> ConductOfCallees(Calling method)
        => method.Callees.Where(conducts.ContainsKey).Select(callee => (callee, conducts[callee])).ToEquatable();

    /// <summary>What is written by a callee is written by its caller, and what it runs is run by its caller.</summary>
    private void Spread()
    {
        bool hasChanged;
        do
        {
            hasChanged = false;
            foreach (Calling method in methods)
            {
                Conduct before = conducts[method.Method];
                int written = method.Handed.Aggregate(before.Written, (sum, handed) => conducts.TryGetValue(handed.Callee, out Conduct its) && (its.Written & Conduct.BitOf(handed.Parameter)) != 0 ? sum | handed.Bits : sum);
                bool runsForeign = before.RunsForeign || method.Callees.Any(callee => conducts.TryGetValue(callee, out Conduct its) && its.RunsForeign);
                conducts[method.Method] = before with { Written = written, RunsForeign = runsForeign };
                hasChanged |= conducts[method.Method] != before;
            }
        }
        while (hasChanged);
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

    /// <summary>Of the methods for which something was emitted: those that call or override, themselves or through others, one for which nothing was.</summary>
    public static EquatableArray<string> Lacking(IEnumerable<Calling> emitted)
    {
        List<Calling> whole = [.. emitted], lacking = [];
        HashSet<string> present = [.. whole.Select(static one => one.Method)];
        while (whole.FindAll(one => !one.Callees.Concat(one.Slots).All(present.Contains)) is { Count: > 0 } more)
        {
            lacking.AddRange(more);
            whole.RemoveAll(more.Contains);
            present.ExceptWith(more.Select(static one => one.Method));
        }

        return lacking.Select(static one => one.Method).OrderBy(static key => key, StringComparer.Ordinal).ToEquatable();
    }
}
