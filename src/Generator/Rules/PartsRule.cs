using System.Text.RegularExpressions;
using Backprop.Generator.IR;

namespace Backprop.Generator.Rules;

/// <summary>What a member computes, from the numbers of its arguments; null where it cannot be said for these arguments.</summary>
internal delegate Vector? Definition(Vector[] arguments);

/// <summary>What the numbers of each argument get.</summary>
/// <param name="y">The numbers of the result.</param>
/// <param name="dy">Their cotangents; zero where nothing depends on one.</param>
internal delegate Vector[] PartsFormula(Vector[] arguments, Vector y, Vector dy);

/// <summary>A rule for a member of the framework that takes or gives structs.</summary>
/// <param name="Member">
/// The member with its parameter types, the receiver written <c>this</c>: <c>Vector3.Dot(Vector3, Vector3)</c>, <c>Vector3.this.Length()</c>,
/// <c>Vector3.this[int]</c>, <c>Vector3.this[int] = float</c>, <c>Vector3.new(float)</c>.
/// </param>
internal sealed record PartsRule(string Member, RuleKind Kind)
{
    private static readonly Dictionary<string, int> sizes = new(StringComparer.Ordinal)
    {
        ["Vector2"] = 2, ["Vector3"] = 3, ["Vector4"] = 4, ["Quaternion"] = 4, ["Plane"] = 4, ["Matrix3x2"] = 6, ["Matrix4x4"] = 16, ["Complex"] = 2,
    };

    private static readonly Regex typeNames = new(@"(?<=[\(\[=] ?|, )\w+(?=[\)\],]|$)", RegexOptions.CultureInvariant);

    public PartsFormula? Formula { get; init; }

    /// <summary>Scalar operations that give the member's value bit for bit, and stand in its place.</summary>
    public Definition? Exact { get; init; }

    /// <summary>Of a member that is no expression: one that computes the same, with <c>{0}</c>, <c>{1}</c> … for the arguments.</summary>
    public string Call { get; init; } = "";

    /// <summary>Whether the call throws for some arguments, so that it stays even where nobody needs its value.</summary>
    public bool CanThrow { get; init; }

    /// <summary>Of a refusal: why, and what to write instead.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How many numbers each argument has.</summary>
    public IEnumerable<int> Sizes => (Member.Contains(".this") ? [Member.Substring(0, Member.IndexOf('.'))] : Array.Empty<string>())
        .Concat(typeNames.Matches(Member).Cast<Match>().Select(static match => match.Value))
        .Select(static type => sizes.TryGetValue(type, out int size) ? size : 1);

    /// <summary>What each number of the arguments gets.</summary>
    public IEnumerable<Expr> Pull(IReadOnlyList<Expr> numbers, IReadOnlyList<Expr> y, IReadOnlyList<Expr> dy)
        => Kind == RuleKind.Differentiable ? Formula!(Split(numbers), new(y), new(dy)).SelectMany(static part => part.Numbers) : [];

    /// <summary>The value as scalar operations that are exact; null where the call has to stay.</summary>
    public Vector? Compute(IReadOnlyList<Expr> numbers) => Exact?.Invoke(Split(numbers));

    private Vector[] Split(IReadOnlyList<Expr> numbers)
    {
        int start = 0;
        return [.. Sizes.Select(size => new Vector([.. numbers.Skip(start).Take(size)])).Select(part => Moved(part))];

        Vector Moved(Vector part)
        {
            start += part.Count;
            return part;
        }
    }

    /// <summary>A member whose pullback is a formula.</summary>
    public static PartsRule Of(string member, PartsFormula formula) => new(member, RuleKind.Differentiable) { Formula = formula };

    /// <summary>A member whose call stays, and whose pullback is that of what it computes.</summary>
    public static PartsRule Like(string member, Definition definition) => Of(member, Derivative.Of(definition));

    /// <summary>A member that stands for scalar operations.</summary>
    public static PartsRule Same(string member, Definition definition) => Like(member, definition) with { Exact = definition };

    public static PartsRule Zero(string member) => new(member, RuleKind.Zero);

    public static PartsRule Refused(string member, string reason) => new(member, RuleKind.Refused) { Reason = reason };
}
