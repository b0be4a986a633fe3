using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>Which halves of a method are so small that a call should cost nothing.</summary>
internal static class Inlining
{
    private const int MostStatements = 60;
    private const string Always = "global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)";

    public static EquatableArray<string> AttributesOf(Block body)
    {
        List<Stmt> statements = [.. body.Deep().Where(static stmt => stmt is not Note)];
        return statements.Count <= MostStatements && !statements.Any(static stmt => stmt is Loop or Throw) ? EquatableArray.Of(Always) : EquatableArray<string>.Empty;
    }
}
