using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>What a method does with the memory that it is given, and with other memory. Normal form.</summary>
internal static class GivenMemory
{
    /// <summary>What the method does itself, and to whom of its compilation it hands the memory.</summary>
    public static Calling Of(Calling calling, Method method, Block primal, Memory memory)
    {
        bool isOfCompilation(Stmt stmt) => stmt is Call { Callee.Key.Length: > 0 };
        List<Stmt> statements = primal.Deep();
        return calling with
        {
            Own = new Conduct(BitsOf(statements.Where(stmt => !isOfCompilation(stmt)).SelectMany(Memory.Targets), method, memory), ReturnsArgument(method, primal, memory), Memory.HasForeignCalls(primal, stmt => !isOfCompilation(stmt)) || memory.WritesStrangers),
            Handed = statements.Where(isOfCompilation).Cast<Call>().SelectMany(call => Handed(call, method, memory)).Distinct().ToEquatable(),
        };
    }

    /// <summary>All that it does, once it is known what those do that it calls.</summary>
    public static Conduct Of(Method method, Block primal, Memory memory)
        => new(BitsOf(primal.Deep().SelectMany(Memory.Targets), method, memory), ReturnsArgument(method, primal, memory), memory.RunsForeignCode || memory.WritesStrangers);

    public static bool ReturnsArgument(Method method, Block primal, Memory memory)
        => primal.Statements.LastOrDefault() is Return { Value: Read { Type: ArrayType } result } && BitsOf([result], method, memory) != 0;

    private static IEnumerable<(string, int, int)> Handed(Call call, Method method, Memory memory) => call.Given
        .Select((given, i) => (call.Callee.Key, i, given.Parameter.IsWritable ? BitsOf([given.Argument], method, memory) : 0))
        .Where(static handed => handed.Item3 != 0);

    private static int BitsOf(IEnumerable<Expr> targets, Method method, Memory memory)
    {
        HashSet<int> roots = [.. targets.SelectMany(memory.WrittenBy)];
        return method.Parameters
            .Select((parameter, i) => parameter.Variable.Type is { IsMemory: true } and not StructType && memory.ReadBy(parameter.Variable.Read()).Any(roots.Contains) ? Conduct.BitOf(i) : 0)
            .Aggregate(0, static (sum, bit) => sum | bit);
    }
}
