using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Generation;

/// <summary>One of two arrays or views, tuples taken apart, patterns.</summary>
internal sealed partial class Sketch
{
    /// <summary>A name for one of two memories of one type and length, or for a part of one of two.</summary>
    private void DeclareChoice()
    {
        IReadOnlyList<Variable> memory = Linear(isWritten: false);
        (Variable First, Variable Second)[] pairs = [.. memory.SelectMany(first => memory.Where(second => first.Id < second.Id && ElementOf(first) == ElementOf(second)).Select(second => (first, second)))];
        if (pairs.Length == 0)
        {
            AssignNumber();
            return;
        }

        (Variable one, Variable other) = Pick(pairs);
        Expr test = Test(1);
        Variable choice;
        if (one.Type.Equals(other.Type) && one.Extents[0] == other.Extents[0] && Chance(0.7))
        {
            choice = Declare("b", one.Type, new Conditional(test, new Local(one), new Local(other)), one.Extents);
            own.UnionWith(one.Type is MemoryType { Shape: Shape.Array } ? [choice.Id] : []);
        }
        else
        {
            int count = random.Next(1, Math.Min(one.Extents[0], other.Extents[0]) + 1);
            MemoryType view = new(new[] { one, other }.All(static variable => ((MemoryType)variable.Type).IsWritable) ? Shape.Span : Shape.ReadOnlySpan, ElementOf(one));
            Slice PartOf(Variable whole) => new(view, new Local(whole), new Literal(DataType.Int, random.Next(whole.Extents[0] - count + 1)), count);
            choice = Declare("w", view, new Conditional(test, PartOf(one), PartOf(other)), [count]);
        }

        Unite(RootOf(one), RootOf(other));
        roots[choice.Id] = RootOf(one);
        constant.UnionWith(constant.Contains(one.Id) || constant.Contains(other.Id) ? [choice.Id] : []);
    }

    private static DataType ElementOf(Variable memory) => ((MemoryType)memory.Type).Element;

    /// <summary>What may be a view of one is from now on taken for a view of the other as well.</summary>
    private void Unite(int one, int other)
    {
        foreach (int view in roots.Where(pair => pair.Value == other).Select(pair => pair.Key).ToArray())
        {
            roots[view] = one;
        }

        roots[other] = one;
    }

    /// <summary>The numbers of a tuple, in new variables or in places that there are.</summary>
    private void Unpack()
    {
        CompositeType type = types.First(static candidate => candidate.Composition == Composition.Tuple);
        Expr tuple = CompositeOf(type, 2);
        Expr?[] places = [.. type.Fields.Select(field => AssignableOf(field.Type))];
        if (Chance(0.5) && places.All(static place => place is not null))
        {
            Add(new Unpack([.. places.Select(static place => place!)], false, tuple));
            return;
        }

        Variable[] variables = [.. type.Fields.Select(field => New("u", field.Type))];
        Add(new Unpack([.. variables.Select(static variable => new Local(variable))], true, tuple));
        visible.AddRange(variables);
    }

    private Expr Pattern(int depth)
    {
        bool isNegated = Chance(0.2);
        CompositeType[] composites = [.. types.Where(static type => type.Composition is not (Composition.Tuple or Composition.Vector))];
        if (composites.Length > 0 && Chance(0.4) && Found(Pick(composites)) is { Type: CompositeType type } whole
            && type.Fields.Where(static field => field.Type is NumberType).ToArray() is { Length: > 0 } fields)
        {
            Fact[] facts = [.. fields.Where(_ => Chance(0.6)).DefaultIfEmpty(fields[0]).Select(field => Fact(field.Name, (NumberType)field.Type))];
            return new Pattern(whole, facts, BinaryOp.And, isNegated);
        }

        NumberType number = isGeneric || (Has(Constructs.Integers) && Chance(0.4)) ? InactiveType() : (NumberType)FloatingType();
        Expr subject = number.IsFloating ? Exact(number, Math.Min(depth, 1)) : Whole(number, Math.Min(depth, 1));
        if (Chance(0.3))
        {
            return new Pattern(subject, [Fact("", number)], BinaryOp.And, isNegated);
        }

        Fact[] two = number == DataType.Mode ? [new("", BinaryOp.Equal, 1), new("", BinaryOp.Equal, 3)]
            : number.IsFloating && Chance(0.5) ? [new("", BinaryOp.Less, -0.4), new("", BinaryOp.GreaterOrEqual, 0.3)]
            : number.IsFloating ? [new("", BinaryOp.Greater, -0.5), new("", BinaryOp.LessOrEqual, 0.7)]
            : Chance(0.5) ? [new("", BinaryOp.Equal, 1), new("", BinaryOp.Greater, 2)]
            : [new("", BinaryOp.GreaterOrEqual, 1), new("", BinaryOp.Less, 3)];
        return new Pattern(subject, two, two[0].Relation is BinaryOp.Greater or BinaryOp.GreaterOrEqual ? BinaryOp.And : BinaryOp.Or, isNegated);
    }

    private Fact Fact(string member, NumberType type)
        => type.IsFloating ? new(member, Pick(relations), Pick(new[] { -0.5, 0.25, 0.75 })) : new(member, type == DataType.Mode || Chance(0.5) ? BinaryOp.Equal : BinaryOp.Greater, random.Next(1, 3));
}
