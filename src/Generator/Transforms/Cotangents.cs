using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// What is known of each variable's cotangent at a point of the backward sweep; absent means zero. A branch starts from what its surroundings
/// know and keeps its own changes.
/// </summary>
internal sealed class Cotangents(Cotangents? outer = null)
{
    private readonly Dictionary<int, Expr?> values = [];
    private readonly Dictionary<int, Variable> changed = [];
    private readonly Cotangents? outer = outer;

    /// <summary>The variables whose cotangent changed here.</summary>
    public IEnumerable<Variable> Changed => changed.Values.OrderBy(variable => variable.Id);

    public Expr? Find(Variable variable)
    {
        for (Cotangents? scope = this; scope is not null; scope = scope.outer)
        {
            if (scope.values.TryGetValue(variable.Id, out Expr? value))
            {
                return value;
            }
        }

        return null;
    }

    public Expr FindOrZero(Variable variable) => Find(variable) ?? variable.Type.Number(0);

    public void Set(Variable variable, Expr? value)
    {
        values[variable.Id] = value;
        changed[variable.Id] = variable;
    }

    /// <summary>The cotangent of a variable whose adjoint comes now: nothing will ask for it again.</summary>
    public Expr? Take(Variable variable)
    {
        Expr? value = Find(variable);
        if (value is not null)
        {
            Set(variable, null);
        }

        return value;
    }

    public void Add(Expr operand, Expr contribution, Writer writer)
    {
        Variable variable = ((Read)operand).Variable;
        Expr? before = Find(variable);
        string name = NameOf(variable);
        Expr flat = writer.Flat(contribution, name);
        Set(variable, before is null ? flat : writer.Flat(before + flat, name));
    }

    /// <summary>The field's name for a cotangent: <c>dx</c> of <c>x</c>, <c>dSlope</c> of <c>slope</c>.</summary>
    public static string NameOf(Variable variable) => NameOf(variable.Name);

    public static string NameOf(string name)
    {
        string bare = name.TrimStart('@');
        return bare.Length == 0 ? ""
            : bare.Length == 1 || !char.IsLetter(bare[1]) ? "d" + bare
            : "d" + char.ToUpperInvariant(bare[0]) + bare.Substring(1);
    }
}
