using System.Diagnostics;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>The way from normal form to printable form.</summary>
internal static class Printable
{
    public static Unit Of(Unit unit) => unit with { Functions = unit.Functions.Select(f => Of(f, unit.Container)).ToEquatable() };

    /// <param name="function">Its body is in normal form; operands may be nested expressions.</param>
    /// <param name="container">Where it will stand: its members' names are not for locals.</param>
    public static Function Of(Function function, Container container)
    {
        Check(function);
        HashSet<int> userKeys = UserVariables.Keys(function);
        Function pruned = OldValues.Run(Prune.Run(function));
        Check(pruned);
        Function folded = Inline.Run(pruned);
        Check(folded);
        Function assigned = Coalesce.Run(folded);
        Function arranged = Layout.Run(assigned);
        Function declared = Placement.Run(arranged);
        return OutVariables.Run(Naming.Run(declared, container, userKeys));
    }

    [Conditional("DEBUG")]
    private static void Check(Function function) => Verifier.CheckNormalForm(function);
}
