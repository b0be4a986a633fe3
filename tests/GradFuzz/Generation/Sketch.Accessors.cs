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

    /// <summary>Two accessors of one index, which is 0 or 1, or of none.</summary>
    private IEnumerable<Method> Accessors(CompositeType type, string property)
    {
        DataType number = FloatingType();
        Variable index = New("i", DataType.Int, bound: 2);
        Expr isFirst = new Binary(BinaryOp.Equal, new Local(index), new Literal(DataType.Int, 0));
        Parameter self = Has(Constructs.ValuesOfAssignments) && Chance(0.6) ? WrittenReceiver(type) : ReadReceiver(type);
        Parameter[] at = property.Length > 0 ? [] : [new(index, Passing.Value, false)];
        Method get = Written($"{type.Name}.Get{property}", [self, .. at], number, random.Next(3));
        visible.Add(self.Variable);
        Stmt[] first = property.Length > 0 ? [] : [new If(isFirst, new Block(new Return(Exactly(number, Found(number) ?? Constant(number)))), null)];
        visible.Remove(self.Variable);
        yield return get with { Owner = type, Style = CallStyle.Accessor, Body = new Block([.. first, .. get.Body.Statements]) };
        if (type.IsClass && !Has(Constructs.ObjectWrites))
        {
            yield break;
        }

        Parameter written = WrittenReceiver(type);
        Parameter value = new(New("value", number) with { Name = "value" }, Passing.Value, false);
        Method set = Written($"{type.Name}.Set{property}", [written, .. at, value], null, random.Next(3));
        visible.AddRange([written.Variable, value.Variable]);
        Stmt store() => Stored(written.Variable, new Local(value.Variable));
        Stmt stored = property.Length > 0 ? store() : new If(isFirst, new Block(store()), new Block(store()));
        visible.RemoveRange(visible.Count - 2, 2);
        yield return set with { Owner = type, Style = CallStyle.Accessor, Body = new Block([.. set.Body.Statements, stored]) };
    }

    /// <summary>Puts a number into a floating-point field.</summary>
    private Evaluate Stored(Variable owner, Expr number)
    {
        Field field = Pick([.. ((CompositeType)owner.Type).Fields.Where(static field => Holds(field.Type, DataType.Double) || Holds(field.Type, DataType.Float))]);
        DataType kept = Holds(field.Type, number.Type) ? number.Type : number.Type == DataType.Double ? DataType.Float : DataType.Double;
        Expr place = PartOf(new Member(new Local(owner), field.Name, field.Type), field.Extents, kept);
        Expr stored = Exactly(kept, number);
        return new Evaluate(new Assign(place, Chance(0.3) ? BinaryOp.Add : null, IsConstant(place) ? new Stop(stored) : stored));
    }

    private bool HasAccessor(DataType type, string accessor) => type is CompositeType composite && others.Any(method => method.Style == CallStyle.Accessor && method.Owner == composite && method.Word == accessor);

    /// <summary>What an accessor gives; null where the type has none of this name.</summary>
    private Item? ItemOf(Expr target, string accessor)
    {
        string property = Chance(0.5) ? Item.Property : "";
        if (!HasAccessor(target.Type, accessor + property))
        {
            return null;
        }

        Method get = others.Single(method => method.Name == $"{((CompositeType)target.Type).Name}.Get{property}");
        return accessor == "Get" && get.Parameters[0].Passing == Passing.Ref && !MayBeWritten(target) ? null : new(target, property.Length > 0 ? null : Index(2), get.Result!);
    }

    private bool MayBeWritten(Expr place) => !IsConstant(place) && IsWritable(place.Type) && place switch
    {
        Local local => !constant.Contains(local.Variable.Id),
        Member member => MayBeWritten(member.Target),
        Element element => MayBeWritten(element.Memory),
        _ => false,
    };

    /// <summary>A place of this type to which a value can be given, though perhaps no reference.</summary>
    private Expr? AssignableOf(DataType type)
        => TargetOf(type) is not { } place ? null
            : place is Member { Target: var target } && Chance(0.6) && ItemOf(target, "Set") is { } item && item.Type == type ? item
            : place;
}
