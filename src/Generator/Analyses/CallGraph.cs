using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>Which methods of a compilation call which.</summary>
internal sealed class CallGraph
{
    private readonly Dictionary<string, EquatableArray<string>> callees = [];

    public CallGraph(IEnumerable<Calling> methods)
    {
        foreach (Calling method in methods)
        {
            callees[method.Method] = method.Callees;
        }
    }

    /// <summary>The callees of a method from which calls lead back to it.</summary>
    public EquatableArray<string> CyclicCalleesOf(Calling method) => method.Callees.Where(callee => Reaches(callee, method.Method)).ToEquatable();

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
