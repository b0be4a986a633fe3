using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>A method and the methods that it calls, by their keys.</summary>
internal sealed record Calling(string Method, EquatableArray<string> Callees)
{
    public static Calling Of(Method method)
        => new(method.Key, method.Body.Deep().OfType<Call>().Select(static call => call.Callee.Key).Where(static key => key.Length > 0).Distinct().OrderBy(static key => key, StringComparer.Ordinal).ToEquatable());
}

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
}
