using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Generation;

/// <summary>Conversions and indexers of the program's own types.</summary>
internal sealed partial class Sketch
{
    /// <summary>From a number, by itself, and to one, by a cast.</summary>
    private IEnumerable<Method> Conversions(CompositeType type)
    {
        yield return Of(CallStyle.Implicit, FloatingType(), type);
        yield return Of(CallStyle.Explicit, type, FloatingType());

        Method Of(CallStyle style, DataType from, DataType to)
            => Written($"{type.Name}.{style}", [new(New("a", from), Passing.Value, false)], to, random.Next(3)) with { Owner = type, Operator = style.ToString().ToLowerInvariant(), Style = style };
    }

    /// <summary>Two accessors of one index, which is 0 or 1.</summary>
    private IEnumerable<Method> Indexer(CompositeType type)
    {
        DataType number = FloatingType();
        Variable index = New("i", DataType.Int, bound: 2);
        Expr isFirst = new Binary(BinaryOp.Equal, new Local(index), new Literal(DataType.Int, 0));
        Parameter self = ReadReceiver(type), at = new(index, Passing.Value, false);
        Method get = Written($"{type.Name}.Get", [self, at], number, random.Next(3));
        visible.Add(self.Variable);
        Stmt first = new If(isFirst, new Block(new Return(Exactly(number, Found(number) ?? Constant(number)))), null);
        visible.Remove(self.Variable);
        yield return get with { Owner = type, Style = CallStyle.Accessor, Body = new Block([first, .. get.Body.Statements]) };
        if (type.IsClass && !Has(Constructs.ObjectWrites))
        {
            yield break;
        }

        Parameter written = WrittenReceiver(type);
        Parameter value = new(New("value", number) with { Name = "value" }, Passing.Value, false);
        Method set = Written($"{type.Name}.Set", [written, at, value], null, random.Next(3));
        visible.AddRange([written.Variable, value.Variable]);
        Stmt stored = new If(isFirst, new Block(Store()), new Block(Store()));
        visible.RemoveRange(visible.Count - 2, 2);
        yield return set with { Owner = type, Style = CallStyle.Accessor, Body = new Block([.. set.Body.Statements, stored]) };

        Stmt Store()
        {
            Field[] fields = [.. type.Fields.Where(static field => Holds(field.Type, DataType.Double) || Holds(field.Type, DataType.Float))];
            Field field = Pick(fields);
            DataType kept = Holds(field.Type, number) ? number : number == DataType.Double ? DataType.Float : DataType.Double;
            Expr place = PartOf(new Member(new Local(written.Variable), field.Name, field.Type), field.Extents, kept);
            Expr stored = Exactly(kept, new Local(value.Variable));
            return new Evaluate(new Assign(place, Chance(0.3) ? BinaryOp.Add : null, IsConstant(place) ? new Stop(stored) : stored));
        }
    }

    private bool HasIndexer(DataType type, string accessor) => type is CompositeType composite && others.Any(method => method.Style == CallStyle.Accessor && method.Owner == composite && method.Word == accessor);

    private Item ItemOf(Expr target) => new(target, Index(2), others.Single(method => method.Name == $"{((CompositeType)target.Type).Name}.Get").Result!);

    /// <summary>A place of this type to which a value can be given, though perhaps no reference.</summary>
    private Expr? AssignableOf(DataType type)
        => TargetOf(type) is not { } place ? null
            : place is Member { Target: var target } && HasIndexer(target.Type, "Set") && Chance(0.4) && ItemOf(target) is var item && item.Type == type ? item
            : place;
}
