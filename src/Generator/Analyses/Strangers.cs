using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>
/// Storage of unknown origin: an array in an object that the IR does not look into, or what C# that it does not look into gives. It may be any storage of its element type that
/// others know, and any other of unknown origin. Each element type has two names that stand for such storage in what is read and written.
/// </summary>
internal sealed class Strangers
{
    // Who is given an object may read and write arrays of any type in it; so may who is given arrays of arrays.
    private static readonly int unknownObject = Roots.Named("unknown object"), familiarObject = Roots.Named("familiar object");
    private static readonly int anythingUnknown = Roots.Named("anything unknown"), anythingFamiliar = Roots.Named("anything familiar");

    private readonly HashSet<int> roots = [];

    public bool Any => roots.Count > 0;

    public bool Has(IEnumerable<int> found) => found.Any(roots.Contains);

    public void Add(IEnumerable<int> more) => roots.UnionWith(more);

    /// <summary>What has another origin than the roots tell.</summary>
    public static IEnumerable<Expr> Met(Stmt stmt) => stmt switch
    {
        Declare { Value: External value, Variable: { Type: { IsMemory: true } and not StructType } variable } when !IsOfStore(value) => [variable.Read()],
        Call call => call.Results.Where(static result => IsHandle(result.Type) && !result.Type.HoldsFloating).Select(static result => (Expr)result.Read()),
        Store { Target: var target } when IsHandle(target.Type) => [target.Memory],
        Fill { Memory: var filled } when IsOfHandles(filled) => [filled],
        Copy { Destination: var to } when IsOfHandles(to) => [to],
        _ => [],
    };

    /// <summary>What the code of others may know from here on.</summary>
    public static IEnumerable<Expr> Known(Stmt stmt) => stmt switch
    {
        Store { Value: var value } when IsHandle(value.Type) => [value],
        Fill { Value: var value } when IsHandle(value.Type) => [value],
        Copy { Source: var from } when IsOfHandles(from) => [from],
        Call call => call.Arguments.Where(static argument => IsHandle(argument.Type) && argument.Type is not SpanType && !argument.Type.HoldsFloating),
        _ => stmt.Expressions().OfType<External>().Where(static value => !IsOfStore(value)).SelectMany(Kept),
    };

    /// <param name="found">The roots of the memory.</param>
    public IEnumerable<int> ReadBy(Expr memory, IReadOnlyCollection<int> found, HashSet<int> own)
        => Has(found) ? [Named("unknown", memory), Named("familiar", memory), LeadsOn(memory) ? anythingFamiliar : familiarObject]
            : found.All(own.Contains) ? []
            : [Named("unknown", memory), LeadsOn(memory) ? unknownObject : anythingUnknown];

    /// <inheritdoc cref="ReadBy"/>
    public IEnumerable<int> WrittenBy(Expr memory, IReadOnlyCollection<int> found, HashSet<int> own)
        => Has(found) ? [Named("unknown", memory), unknownObject, .. LeadsOn(memory) ? [anythingUnknown] : Array.Empty<int>()]
            : found.All(own.Contains) ? []
            : [Named("familiar", memory), anythingFamiliar, .. LeadsOn(memory) ? [familiarObject] : Array.Empty<int>()];

    /// <summary>What a method may write that says of itself that it writes storage of unknown origin.</summary>
    public static IEnumerable<int> WrittenByOthers => [unknownObject];

    /// <summary>Whether what is written may be storage of unknown origin.</summary>
    public static bool IsOfUnknown(HashSet<int> written) => written.Contains(unknownObject);

    private static bool LeadsOn(Expr memory) => memory.Type is ObjectType || memory.Type.LeadsOn;

    private static int Named(string kind, Expr memory) => Roots.Named($"{kind} {(memory.Type.Element ?? memory.Type).Text}");

    // A span can be kept by nothing but another span.
    private static IEnumerable<Expr> Kept(External value) => value.Arguments.Where(argument => IsHandle(argument.Type)
        && (IsHandle(value.Type) || value.Type is OpaqueType || (value.Effect != Effect.Pure && argument.Type is not SpanType)));

    private static bool IsHandle(IrType type) => type is { IsMemory: true } and not StructType;

    private static bool IsOfHandles(Expr memory) => memory.Type.Element is { } element && IsHandle(element);

    /// <summary>Whether it is what a method records.</summary>
    private static bool IsOfStore(External value) => value.Arguments.Count > 0 && value.Arguments[0].Type is OpaqueType { Name: var name } && name.StartsWith("global::Backprop.Residual", StringComparison.Ordinal);
}
