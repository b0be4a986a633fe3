using System.Globalization;
using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Which parameters' memory a method writes, a bit each, as C#: what it writes itself, and what the methods write to which it hands them. Their symbols do
/// not tell; the constants that are emitted with them do.
/// </summary>
internal sealed class WrittenParameters(Method method, Memory memory, EquatableArray<string> cyclic)
{
    public string Text(Block primal)
    {
        int certain = 0;
        SortedSet<string> others = new(StringComparer.Ordinal);
        foreach (Stmt stmt in primal.Deep())
        {
            if (stmt is Call call)
            {
                foreach ((Expr argument, CalleeParameter parameter, int position) in call.Given.Select(static (given, i) => (given.Argument, given.Parameter, i)).Where(static given => given.Parameter.IsWritable))
                {
                    int bits = BitsOf(argument);
                    if (IsCertain(call.Callee, bits, position))
                    {
                        certain |= bits;
                    }
                    else if (bits != 0 && call.Callee.Key != method.Key)
                    {
                        others.Add($"({call.Callee.WritesText(position)} ? {Text(bits)} : 0)");
                    }
                }
            }
            else
            {
                certain |= Memory.Targets(stmt).Aggregate(0, (sum, target) => sum | BitsOf(target));
            }
        }

        return string.Join(" | ", others.Count > 0 && certain == 0 ? others : others.Prepend(Text(certain)));
    }

    // A method that calls itself with its own parameters in their places writes no more by that.
    private bool IsCertain(Callee callee, int bits, int position) => callee.Rule.Length > 0 || callee.IsOpen
        || (callee.Key == method.Key && method.Key.Length > 0 ? bits != 1 << position : cyclic.Contains(callee.Key));

    private int BitsOf(Expr target)
    {
        IReadOnlyCollection<int> roots = memory.RootsOf(target);
        return method.Parameters.Select((parameter, i) => parameter.Variable.Type is { IsMemory: true } and not StructType && roots.Contains(parameter.Variable.Id) ? 1 << i : 0).Sum();
    }

    private static string Text(int bits) => bits.ToString(CultureInfo.InvariantCulture);
}
