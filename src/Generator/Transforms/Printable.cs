using System.Diagnostics;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>The way from normal form to printable form.</summary>
internal static class Printable
{
    public static Unit Of(Unit unit)
    {
        HashSet<string> members = [.. unit.Container.Names];
        return unit with { Functions = unit.Functions.Map(function => Of(function, members)) };
    }

    /// <param name="function">Its body is in normal form; operands may be nested expressions.</param>
    /// <param name="members">The names of the members of the type in which it will stand: they are not for locals.</param>
    private static Function Of(Function function, HashSet<string> members)
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
        return OutVariables.Run(Naming.Run(declared, members, userKeys));
    }

    [Conditional("DEBUG")]
    private static void Check(Function function) => Verifier.CheckNormalForm(function);
}
