using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Sharing;

/// <summary>Through which variables storage may be written, whatever the order of the statements: none is missing, some may be too many.</summary>
internal sealed class Writes
{
    // What a method that is not marked gives may be anybody's.
    private const int Anybody = -1;

    private readonly HashSet<int> written = [];
    private readonly ILookup<string, Method> methods;
    private readonly Func<Method, Parameter, bool>? isSuspected;
    private readonly List<(int Name, int Of)> names = [];

    private Writes(FuzzProgram program, Func<Method, Parameter, bool>? isSuspected)
    {
        this.isSuspected = isSuspected;
        Node[] nodes = [.. program.Deep()];
        methods = program.Others.Append(program.Main).Concat(nodes.OfType<LocalFunction>().Select(local => local.Method)).ToLookup(method => method.Word);
        Array.ForEach(nodes, Note);
        while (names.Count(pair => written.Contains(pair.Name) && written.Add(pair.Of)) > 0)
        {
        }
    }

    /// <summary>The parameters of the checked method through which it, or what it calls, may write.</summary>
    public static IReadOnlySet<Parameter> Of(FuzzProgram program) => Of(program, isSuspected: null);

    /// <summary>These, and what it hands to virtual methods, whose bodies are not known here, and to methods that are not marked, which may do more than look; a view of integers is made by such a method.</summary>
    public static IReadOnlySet<Parameter> SuspectedOf(FuzzProgram program)
        => Of(program, static (method, parameter) => (method.Binding != Binding.Direct && parameter is { Variable.Type: MemoryType { IsWritable: true } })
            || (method.IsUnmarked && parameter is { Variable.Type: MemoryType or CompositeType { IsClass: true } }));

    private static IReadOnlySet<Parameter> Of(FuzzProgram program, Func<Method, Parameter, bool>? isSuspected)
    {
        var writes = new Writes(program, isSuspected);
        // Where a static array is handed on, it may be anybody's.
        bool isAnything = writes.written.Contains(Anybody) || program.Tables.Any(table => writes.written.Contains(table.Variable.Id));
        return program.Main.Parameters.Where(parameter => isAnything || writes.written.Contains(parameter.Variable.Id)).ToHashSet();
    }

    private void Note(Node node)
    {
        switch (node)
        {
            case Assign assign: Written(assign.Target); Named(assign.Target is Local local ? local.Variable : null, assign.Value); break;
            case Stepped step: Written(step.Target); break;
            case Several several: Array.ForEach(several.Targets, Written); break;
            case Fill fill: Written(fill.Memory); break;
            case Clear clear: Written(clear.Memory); break;
            case CopyTo copy: Written(copy.Destination); break;
            case Elementwise call: Written(call.Destination); break;
            case Unpack many: Array.ForEach(many.Targets, Written); break;
            case Declare { Value: { } value } declare: Named(declare.Variable, value); break;
            case Alias alias: names.AddRange(Roots(alias.Target).Select(root => (alias.Variable.Id, root))); break;
            case ForEach { IsReference: true } loop: names.AddRange(Roots(loop.Memory).Select(root => (loop.Item.Id, root))); break;
            case ForEach loop: Named(loop.Item, loop.Memory); break;
            case Slice { Type: MemoryType { Shape: Shape.Memory, Element: NumberType { IsFloating: false } } } view when isSuspected is not null: Written(view.Memory); break;
            case Call call: Note(call); break;
            case Item item: Note(item); break;
        }
    }

    // What is given to an accessor is noted with the assignment.
    private void Note(Item item)
    {
        string name = item.Accessor("Get");
        foreach (Parameter receiver in methods[Method.WordOf(name)].Where(method => method.Name == name).Select(static method => method.Parameters[0]))
        {
            Named(receiver.Variable, item.Target);
            if (receiver.Passing == Passing.Ref)
            {
                Written(item.Target);
            }
        }
    }

    private void Note(Call call)
    {
        for (int i = 0; i < call.Arguments.Length; i++)
        {
            if (call.Passings[i] is Passing.Ref or Passing.Out || (i == 0 && MayWriteItsStruct(call)))
            {
                Written(call.Arguments[i]);
            }

            foreach (Method method in methods[Method.WordOf(call.Method)])
            {
                Named(method.Parameters[i].Variable, call.Arguments[i]);
                if (isSuspected?.Invoke(method, method.Parameters[i]) is true)
                {
                    Written(call.Arguments[i]);
                }
            }
        }
    }

    /// <summary>A method of a struct that is not <c>readonly</c> is taken to write it, and none is.</summary>
    private static bool MayWriteItsStruct(Call call) => call.Style == CallStyle.Receiver && call.Arguments[0].Type is CompositeType { IsClass: false };

    private void Written(Expr target) => written.UnionWith(Roots(target));

    /// <summary>A variable names storage that an expression gives.</summary>
    private void Named(Variable? name, Expr value)
    {
        if (name?.Type is MemoryType or CompositeType { IsClass: true })
        {
            names.AddRange(Roots(value).Select(root => (name.Id, root)));
        }
    }

    private IEnumerable<int> Roots(Expr place) => place switch
    {
        Local local => [local.Variable.Id],
        Element element => Roots(element.Memory),
        Member member => Roots(member.Target),
        Item item => Roots(item.Target),
        Conditional choice => Roots(choice.Then).Concat(Roots(choice.Else)),
        Slice slice => Roots(slice.Memory),
        Ranged ranged => Roots(ranged.Memory),
        Call call when isSuspected is not null && methods[Method.WordOf(call.Method)].Any(static method => method.IsUnmarked) => Inner(call).Append(Anybody),
        _ => Inner(place),
    };

    private static IEnumerable<int> Inner(Expr place) => place.Deep().OfType<Local>().Select(local => local.Variable.Id);
}
