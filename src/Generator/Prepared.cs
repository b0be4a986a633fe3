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

    public Prepared(Method method)
        : this(method, () => Differentiator.Normalize(method))
    {
    }

    private Prepared(Method method, Func<(Block Body, int FirstFreeId)> normalize)
    {
        Method = method;
        normal = new(normalize);
        memory = new(() => Memory.Of(Primal, method.Parameters.Select(static parameter => parameter.Variable)));
        activity = new(() => Activity.Of(Primal, method.Parameters, Memory));
        refusals = new(() => method.Slot is { IsAbstract: true } ? EquatableArray<Refusal>.Empty : Analyses.Refusals.Of(method, Primal, Activity, Memory));
    }

    public Method Method { get; }

    /// <summary>The body in normal form.</summary>
    public Block Primal => normal.Value.Body;

    public Memory Memory => memory.Value;

    public Activity Activity => activity.Value;

    /// <summary>Why the method has no derivative; empty where it has one.</summary>
    public EquatableArray<Refusal> Refusals => refusals.Value;

    /// <summary>Ids that the normal form does not use.</summary>
    public Ids Ids() => new(normal.Value.FirstFreeId);

    /// <summary>The same method with another normal form.</summary>
    public Prepared With(Block primal) => ReferenceEquals(primal, Primal) ? this : new(Method, () => (primal, normal.Value.FirstFreeId));

    /// <summary>All that is known of a method follows from it.</summary>
    public bool Equals(Prepared? other) => other is not null && Method.Equals(other.Method);

    public override bool Equals(object? obj) => Equals(obj as Prepared);

    public override int GetHashCode() => Method.GetHashCode();

    public static implicit operator Prepared(Method method) => new(method);
}
