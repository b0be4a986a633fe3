using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Generation;

/// <summary>Methods that are not differentiated: what they give is a whole number, or is taken for a constant.</summary>
internal sealed partial class Sketch
{
    /// <summary>Most of them only look at what they are given; some write it.</summary>
    private Method Unmarked(string name)
    {
        CompositeType[] owners = Has(Constructs.Methods) && Chance(0.5) ? [.. types.Where(type => type.IsOwn && type.Base is null)] : [];
        CompositeType? owner = owners.Length > 0 ? Pick(owners) : null;
        bool isWriting = Chance(owner is { IsClass: false } ? 0.5 : 0.15);
        Parameter[] parameters = [.. owner is null ? [] : new[] { isWriting ? WrittenReceiver(owner) : ReadReceiver(owner) }, .. DrawParameters(3).Where(parameter => parameter.Passing is Passing.Value or Passing.In).Select(parameter => parameter with { IsConstant = false })];
        if (!isWriting)
        {
            constant.UnionWith(parameters.Select(parameter => parameter.Variable.Id));
        }

        DataType type = Chance(0.8) ? Has(Constructs.Flags) && Chance(0.3) ? DataType.Bool : InactiveType() : FloatingType();
        Method method = Written(name, parameters, type, random.Next(4)) with { IsUnmarked = true };
        if (owner is null)
        {
            return method;
        }

        // Whoever looks at the struct afterwards sees it.
        Block body = isWriting && !owner.IsClass ? new Block([Stored(parameters[0].Variable, Constant(FloatingType())), .. method.Body.Statements]) : method.Body;
        return method with { Owner = owner, Style = CallStyle.Receiver, Body = body };
    }

    /// <summary>Arrays of integers of which something can give another name.</summary>
    private IReadOnlyList<Variable> Renamable() => !Has(Constructs.Unmarked) || !Has(Constructs.Counts) || isGeneric ? [] : VisibleOf(variable
        => variable.Type is MemoryType { Shape: Shape.Array or Shape.Span, Element: NumberType { IsFloating: false } } && (SameMethod() is not { } same || IsGivenBy(same, variable)));

    /// <summary>Another name of an array, which nobody can follow.</summary>
    private void NameAgain()
    {
        Variable memory = Pick(Renamable());
        Method? same = SameMethod();
        if (same is null)
        {
            Variable given = New("k", memory.Type, memory.Extents);
            others.Add(same = new("Same", [new(given, Passing.Value, false)], memory.Type, new Block(new Return(new Local(given)))) { Extents = memory.Extents, IsUnmarked = true });
        }

        Variable name = Declare("v", memory.Type, Ast.Call.To(same, [new Local(memory)]), memory.Extents);
        roots[name.Id] = RootOf(memory);
        constant.UnionWith(constant.Contains(memory.Id) ? [name.Id] : []);
    }

    private Method? SameMethod() => others.Find(static method => method is { IsUnmarked: true, Result: MemoryType });

    private static bool IsGivenBy(Method same, Variable variable) => same.Result == variable.Type && same.Extents.SequenceEqual(variable.Extents);

    /// <summary>What numbers decide, so that it changes with what is looked at.</summary>
    private Expr Looked(NumberType type) => type == DataType.Bool ? Test(2)
        : Chance(0.7) ? Computed(type, new Conditional(Test(2), Whole(type, 1), Whole(type, 2)))
        : Whole(type, 2);

    /// <summary>Null where nothing gives this type that can be called here.</summary>
    private Call? CallOfUnmarked(DataType type, int depth)
    {
        Method[] candidates = [.. others.Where(method => method.IsUnmarked && method.Result == type)];
        return candidates.Length == 0 ? null : CallOf(Pick(candidates), depth);
    }
}
