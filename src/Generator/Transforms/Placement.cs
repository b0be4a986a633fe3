using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Declares every local in the innermost block around all its uses: at its first assignment where that stands in this block itself,
/// otherwise without a value before the statement that assigns it. Every path assigns a local before it is read, as C# demands,
/// because in normal form every value is there before it is read.
/// </summary>
internal sealed class Placement
{
    private readonly Dictionary<int, Place> places = [];
    private readonly HashSet<int> declared = [];
    private readonly List<Variable> found = [];
    private readonly Queue<Node> nodes = new();

    private sealed class Node(Node? parent, int indexInParent)
    {
        public Node? Parent => parent;

        public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

        public int IndexInParent => indexInParent;

        public Dictionary<int, List<Variable>> Declares { get; } = [];
    }

    private struct Place
    {
        public Node Node;
        public int Index;
    }

    public static Function Run(Function function)
    {
        var pass = new Placement();
        foreach (FormalParameter parameter in function.Parameters)
        {
            pass.declared.Add(parameter.Variable.Id);
        }

        pass.Find(function.Body, null, 0);
        foreach (Variable variable in pass.found)
        {
            Place place = pass.places[variable.Id];
            if (!place.Node.Declares.TryGetValue(place.Index, out List<Variable> list))
            {
                place.Node.Declares.Add(place.Index, list = []);
            }

            list.Add(variable);
        }

        return function with { Body = pass.Declare(function.Body) };
    }

    private void Find(Block block, Node? parent, int indexInParent)
    {
        var node = new Node(parent, indexInParent);
        nodes.Enqueue(node);
        for (int i = 0; i < block.Statements.Count; i++)
        {
            Stmt statement = block.Statements[i];
            foreach (Variable own in Parts.Defines(statement))
            {
                declared.Add(own.Id);
            }

            foreach (Expr expr in Parts.Expressions(statement))
            {
                Meet(expr, node, i);
            }

            if (TestOf(statement) is { } test)
            {
                Meet(test, node, i);
            }

            if (statement is Assign assign)
            {
                Meet(assign.Variable, node, i);
            }

            foreach (Block inner in Inner(statement))
            {
                Find(inner, node, i);
            }
        }
    }

    private static Expr? TestOf(Stmt statement) => statement switch
    {
        Loop { Head: While head } => head.Test,
        Loop { Head: DoWhile head } => head.Test,
        _ => null,
    };

    private void Meet(Expr expr, Node node, int index)
    {
        foreach (Variable variable in expr.Reads())
        {
            Meet(variable, node, index);
        }
    }

    private static IEnumerable<Block> Inner(Stmt statement) => statement switch
    {
        If s => [s.Then, s.Else],
        Loop s => [s.Body],
        _ => [],
    };

    private void Meet(Variable variable, Node node, int index)
    {
        if (declared.Contains(variable.Id))
        {
            return;
        }

        if (!places.TryGetValue(variable.Id, out Place place))
        {
            places.Add(variable.Id, new Place { Node = node, Index = index });
            found.Add(variable);
            return;
        }

        Node other = node;
        while (place.Node.Depth > other.Depth)
        {
            place = new Place { Node = place.Node.Parent!, Index = place.Node.IndexInParent };
        }

        while (other.Depth > place.Node.Depth)
        {
            other = other.Parent!;
        }

        while (place.Node != other)
        {
            place = new Place { Node = place.Node.Parent!, Index = place.Node.IndexInParent };
            other = other.Parent!;
        }

        places[variable.Id] = place;
    }

    private Block Declare(Block block)
    {
        Node node = nodes.Dequeue();
        var output = new List<Stmt>();
        for (int i = 0; i < block.Statements.Count; i++)
        {
            Stmt statement = block.Statements[i];
            if (node.Declares.TryGetValue(i, out List<Variable> here))
            {
                foreach (Variable variable in here)
                {
                    if (statement is Assign assign && assign.Variable.Id == variable.Id)
                    {
                        statement = new Declare(variable, assign.Value);
                    }
                    else
                    {
                        output.Add(new Declare(variable, null));
                    }
                }
            }

            output.Add(statement switch
            {
                If s => s with { Then = Declare(s.Then), Else = Declare(s.Else) },
                Loop s => s with { Body = Declare(s.Body) },
                _ => statement,
            });
        }

        return Block.Of(output);
    }
}
