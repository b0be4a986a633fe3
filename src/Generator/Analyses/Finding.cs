using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

internal enum FindingKind
{
    /// <summary>The result depends on no parameter.</summary>
    ConstantResult,

    /// <summary>No output depends on a parameter.</summary>
    ZeroGradient,

    /// <summary>Two parameters may be the same memory, of which one is written.</summary>
    MayAlias,

    /// <summary>A value that depends on a parameter goes through a method that the user marked [NoGradient].</summary>
    StoppedCall,

    /// <summary>A value that depends on a parameter is written into a member or parameter that is marked [NoGradient].</summary>
    StoppedWrite,

    /// <summary>A loop records values.</summary>
    LoopRecords,
}

/// <summary>Something about a method that is no error, and that its author may want to know.</summary>
/// <param name="Place">Number of a source token as the frontend gave it, the variable of a parameter, or 0 for the method.</param>
internal sealed record Finding(FindingKind Kind, int Place, EquatableArray<string> Arguments)
{
    public static Finding Of(FindingKind kind, int place, params string[] arguments) => new(kind, place, arguments.ToEquatable());
}
