using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator;

/// <summary>A method, and what everything that is made of it begins with: its normal form and what is known of that, found when first asked for.</summary>
internal sealed class Prepared : IEquatable<Prepared>
{
    private readonly Lazy<(Block Body, int FirstFreeId)> normal;
    private readonly Lazy<Memory> memory;
    private readonly Lazy<Activity> activity;
    private readonly Lazy<EquatableArray<Refusal>> refusals;
    private readonly Lazy<Calling> calling;

    public Prepared(Method method)
        : this(method, () => Differentiator.Normalize(method))
    {
    }

    private Prepared(Method method, Func<(Block Body, int FirstFreeId)> normalize, EquatableArray<string> cyclic = default, EquatableArray<(string, Conduct)> callees = default, Prepared? before = null)
    {
        (Method, Cyclic, Callees) = (method, cyclic, callees);
        normal = new(normalize);
        memory = new(() => before is not null && ReferenceEquals(before.Primal, Primal) ? before.Memory : Memory.Of(Primal, method.Parameters.Select(static parameter => parameter.Variable)));
        activity = new(() => before is not null && ReferenceEquals(before.Primal, Primal) ? before.Activity : Activity.Of(Primal, method.Parameters, Memory));
        calling = new(CallingOf);
        refusals = new(() => before is not null && ReferenceEquals(before.Primal, Primal) ? before.Refusals : method.Slot is { IsAbstract: true } ? EquatableArray<Refusal>.Empty : Analyses.Refusals.Of(method, Primal, Activity, Memory));
    }

    public Method Method { get; }

    /// <summary>Keys of the methods that the method calls and that lead back to it.</summary>
    public EquatableArray<string> Cyclic { get; }

    /// <summary>What is known of the methods that it calls.</summary>
    public EquatableArray<(string Callee, Conduct Conduct)> Callees { get; }

    /// <summary>The body in normal form.</summary>
    public Block Primal => normal.Value.Body;

    public Memory Memory => memory.Value;

    public Activity Activity => activity.Value;

    /// <summary>What concerns its callers.</summary>
    public Calling Calling => calling.Value;

    /// <summary>Why the method has no derivative; empty where it has one. Those that depend on what is called may be fewer when that is known.</summary>
    public EquatableArray<Refusal> Refusals => refusals.Value;

    /// <summary>Ids that the normal form does not use.</summary>
    public Ids Ids() => new(normal.Value.FirstFreeId);

    /// <summary>The same method with another normal form.</summary>
    public Prepared With(Block primal) => ReferenceEquals(primal, Primal) ? this : new(Method, () => (primal, normal.Value.FirstFreeId), Cyclic, Callees);

    /// <summary>The same method, with what is known of those that it calls.</summary>
    public Prepared Knowing(EquatableArray<string> cyclic, EquatableArray<(string Callee, Conduct Conduct)> callees) => cyclic.Count == 0 && callees.Count == 0 ? this
        : new(Method, () => (Knowing(Primal, callees.ToDictionary(static one => one.Callee, static one => one.Conduct)), normal.Value.FirstFreeId), cyclic, callees, this);

    private Calling CallingOf()
    {
        try
        {
            return GivenMemory.Of(Calling.Of(Method), Method, Primal, Memory);
        }
        catch (Exception)
        {
            return Calling.Of(Method); // The method itself fails in the same way, and that is reported.
        }
    }

    private static Block Knowing(Block block, Dictionary<string, Conduct> callees)
    {
        bool asks(Stmt stmt) => stmt is Call { Callee: var callee } && callees.TryGetValue(callee.Key, out Conduct conduct)
            && (conduct.RunsForeign != callee.RunsForeign || callee.MayReturnArgument || callee.Parameters.Any(static parameter => parameter.IsWritable));
        return block.Deep().Exists(asks)
            ? Block.Of(block.Statements.Select(stmt => asks(stmt) && stmt is Call call ? call with { Callee = call.Callee.Knowing(callees[call.Callee.Key]) } : stmt.Map(static expr => expr, inner => Knowing(inner, callees))))
            : block;
    }

    /// <summary>All that is known of a method follows from it and from what is known of those that it calls.</summary>
    public bool Equals(Prepared? other) => other is not null && Method.Equals(other.Method) && Cyclic.Equals(other.Cyclic) && Callees.Equals(other.Callees);

    public override bool Equals(object? obj) => Equals(obj as Prepared);

    public override int GetHashCode() => Method.GetHashCode();

    public static implicit operator Prepared(Method method) => new(method);
}
