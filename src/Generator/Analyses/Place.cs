using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>Where storage lies that a parameter leads to.</summary>
/// <param name="Path">The member of an object that holds it; empty for what the parameter itself names.</param>
/// <param name="IsWritten">Whether the method writes it.</param>
internal sealed record Place(EquatableArray<Field> Path, Extent Extent, bool IsWritten)
{
    /// <summary>The places of a parameter that a method uses.</summary>
    public static List<Place> Of(Variable parameter, Block primal, Memory memory)
    {
        if (parameter.Type is ObjectType && MembersOf(parameter, primal) is { } members)
        {
            List<Expr> targets = [.. primal.Deep().SelectMany(Memory.Targets)];
            return
            [
                new Place(EquatableArray<Field>.Empty, Extent.Itself, targets.Exists(target => target is Read read && read.Variable.Id == parameter.Id)),
                .. members.Select(member => new Place(member.Path, Extent.Itself, targets.Exists(target => IsSame(target, member, memory)))),
            ];
        }

        bool leadsOn = parameter.Type is ObjectType || parameter.Type.LeadsOn;
        return [new Place(EquatableArray<Field>.Empty, leadsOn ? Extent.All : Extent.Itself, memory.IsWritten(parameter.Id))];
    }

    /// <summary>Whether all that a parameter leads to is found where arguments are checked.</summary>
    public static bool IsSearched(IrType type) => type is ObjectType || type.Element switch
    {
        ArrayType { Rank: 1 } rows => !rows.LeadsOn && type is ArrayType { Rank: 1 } or ListType,
        ObjectType => type is ArrayType { Rank: 1 } or ListType,
        _ => !type.LeadsOn,
    };

    private static bool IsSame(Expr target, Element member, Memory memory)
        => target.Type.Element is { } element && element.Equals(member.Type.Element) && memory.WrittenBy(target).Intersect(memory.ReadBy(member)).Any();

    /// <summary>The arrays of numbers in an object that the method uses; null where it may get further.</summary>
    private static List<Element>? MembersOf(Variable parameter, Block primal)
    {
        Dictionary<EquatableArray<Field>, Element> members = [];
        foreach (Stmt stmt in primal.Deep())
        {
            if (stmt is Store { Target.Type: { IsMemory: true } and not StructType } || !stmt.Expressions().All(expr => Stays(expr, parameter, members)))
            {
                return null;
            }
        }

        return [.. members.Values];
    }

    private static bool Stays(Expr expr, Variable parameter, Dictionary<EquatableArray<Field>, Element> members)
    {
        if (expr is not Element { Indices.Count: 0, Memory: Read read } member || read.Variable.Id != parameter.Id)
        {
            return !(expr is Read other && other.Variable.Id == parameter.Id) && expr.Operands().All(operand => Stays(operand, parameter, members));
        }

        if (member.Type is { IsMemory: true } and not StructType)
        {
            members[member.Path] = member;
        }

        return member.Type is not ObjectType && !member.Type.LeadsOn;
    }
}

/// <summary>How far a place goes.</summary>
internal enum Extent
{
    /// <summary>One object or array.</summary>
    Itself,

    /// <summary>With all that is reached from it.</summary>
    All,
}
