using System.Globalization;
using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>Which parameters' memory a method writes: what it writes itself, and what the methods write to which it hands them.</summary>
internal static class WrittenParameters
{
    /// <summary>As far as the method itself tells.</summary>
    public static Writing Of(Method method, Block primal, Memory memory)
    {
        int certain = 0, possible = 0;
        HashSet<(string, int, int)> handed = [];
        foreach (Stmt stmt in primal.Deep())
        {
            if (stmt is not Call call)
            {
                certain |= Memory.Targets(stmt).Aggregate(0, (sum, target) => sum | BitsOf(target, method, memory));
                continue;
            }

            foreach ((CalleeParameter parameter, int bits, int position) in Given(call, method, memory))
            {
                certain |= call.Callee.Writes(parameter) ? bits : 0;
                if (!call.Callee.Writes(parameter) && call.Callee.Key.Length > 0)
                {
                    handed.Add((call.Callee.Key, position, bits));
                }
                else
                {
                    possible |= bits;
                }
            }
        }

        return new Writing(certain, possible, handed.ToEquatable());
    }

    /// <summary>A constant for the callers in other assemblies, as C#: what is not known here is asked of the constants of the callees.</summary>
    public static string Text(Method method, Block primal, Memory memory)
    {
        string certain = Text(Of(method, primal, memory).Certain);
        SortedSet<string> others = new(StringComparer.Ordinal);
        foreach (Call call in primal.Deep().OfType<Call>())
        {
            others.UnionWith(Given(call, method, memory).Where(given => !call.Callee.Writes(given.Parameter)).Select(given => $"{call.Callee.WritesText(given.Position)} ? {Text(given.Bits)} : 0"));
        }

        IEnumerable<string> terms = others.Select(static other => $"({other})");
        return others.Count == 0 ? certain : certain != "0" ? string.Join(" | ", terms.Prepend(certain)) : others.Count == 1 ? others.Single() : string.Join(" | ", terms);
    }

    /// <summary>The parameters that a call may write, and which of the method's own these are.</summary>
    private static IEnumerable<(CalleeParameter Parameter, int Bits, int Position)> Given(Call call, Method method, Memory memory)
        => call.Given.Select((given, i) => (given.Parameter, given.Parameter.IsWritable ? BitsOf(given.Argument, method, memory) : 0, i)).Where(static given => given.Item2 != 0);

    private static int BitsOf(Expr target, Method method, Memory memory)
    {
        IReadOnlyCollection<int> roots = memory.RootsOf(target);
        return method.Parameters.Select((parameter, i) => parameter.Variable.Type is { IsMemory: true } and not StructType && roots.Contains(parameter.Variable.Id) ? Writing.BitOf(i) : 0).Aggregate(0, static (sum, bit) => sum | bit);
    }

    private static string Text(int bits) => bits.ToString(CultureInfo.InvariantCulture);
}
