using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Generation;

/// <summary>Classes that derive from others, their virtual methods, and objects.</summary>
internal sealed partial class Sketch
{
    private readonly List<CompositeType[]> hierarchies = [];

    /// <summary>A class, and one or two that derive from it.</summary>
    private CompositeType DrawHierarchy(string name, Field[] fields)
    {
        List<CompositeType> kinds = [];
        CompositeType root = new(name, Composition.Class, fields) { Kinds = kinds };
        CompositeType dense = Derived("Dense", root, new("Slope", FloatingType()));
        List<CompositeType> all = [root, dense];
        if (Chance(0.6))
        {
            all.Add(Derived("Gated", Chance(0.5) ? dense : root, new("Gates", new MemoryType(Shape.Array, FloatingType()), Length())));
        }

        kinds.AddRange(all.Skip(Chance(0.5) ? 1 : 0).OrderBy(_ => random.Next()));
        dense.Kinds.AddRange(all.Any(kind => kind.Base == dense) ? kinds.Where(kind => kind.Is(dense)) : []);
        types.AddRange(all);
        hierarchies.Add([.. all]);
        return root;
    }

    private static CompositeType Derived(string name, CompositeType parent, Field own) => new(name, Composition.Class, [.. parent.Fields, own]) { Base = parent };

    /// <summary>A method that some of the classes override.</summary>
    private IEnumerable<Method> Virtual(CompositeType[] classes, string word)
    {
        CompositeType root = classes[0];
        Parameter[] parameters = [Receiver(root), .. DrawParameters(2)];
        DataType? type = DrawResult(parameters) is { } drawn and not MemoryType ? drawn : FloatingType();
        Dictionary<CompositeType, Method> made = [];
        foreach (CompositeType owner in classes)
        {
            Method? inherited = owner.Base is null ? null : made[owner.Base];
            if (inherited is null && root.IsAbstract && Chance(0.5))
            {
                made[owner] = new($"{owner.Name}.{word}", parameters, type, new Block()) { Owner = owner, Style = CallStyle.Receiver, Binding = Binding.Abstract };
            }
            else if (inherited is null || inherited.Binding == Binding.Abstract || Chance(0.7))
            {
                made[owner] = Overriding(owner, inherited, word, owner == root ? parameters : [Receiver(owner), .. parameters.Skip(1).Select(Again)], type);
            }
            else
            {
                made[owner] = inherited;
                continue;
            }

            yield return made[owner];
        }
    }

    private Method Overriding(CompositeType owner, Method? inherited, string word, Parameter[] parameters, DataType? type)
    {
        // Objects and tables, of which a caller can keep no copies, are not written behind a virtual call.
        constant.UnionWith(parameters.Where(parameter => parameter.Variable.Type is CompositeType { IsClass: true } or MemoryType { IsLinear: false } or MemoryType { Element: CompositeType { IsClass: true } }).Select(parameter => parameter.Variable.Id));
        Method[] callable = inherited is null or { Binding: Binding.Abstract } ? [] : [inherited with { Style = CallStyle.Base }];
        others.AddRange(callable);
        Method method = Written($"{owner.Name}.{word}", parameters, type, random.Next(1, 5)) with { Owner = owner, Style = CallStyle.Receiver, Binding = Binding.Virtual };
        others.RemoveAll(callable.Contains);
        return method;
    }

    /// <summary>The same parameter of a method that overrides another, by a name of its own.</summary>
    private Parameter Again(Parameter parameter)
        => parameter with { Variable = New("q", parameter.Variable.Type, parameter.Variable.Extents, parameter.Variable.Bound) };

    /// <summary>An object, or several in an array.</summary>
    private Parameter Model()
    {
        CompositeType type = Pick([.. types.Where(type => type.IsClass)]);
        return new(Chance(0.3) ? New("a", new MemoryType(Shape.Array, type), [random.Next(2, 4)]) : New("p", type), Passing.Value, false);
    }

    /// <summary>Another name of an object.</summary>
    private void DeclareObject(CompositeType type)
    {
        if (Found(type) is not { } found)
        {
            AssignNumber();
            return;
        }

        Variable name = Declare("o", type, found);
        roots[name.Id] = RootOf(found);
        if (constant.Contains(RootOf(found)))
        {
            constant.Add(name.Id);
        }
    }
}
