using System.Collections.Concurrent;
using System.Reflection;

namespace Backprop.Fuzz.Ast;

/// <summary>An expression, a statement or a block. Its parts are the nodes among the arguments of its record.</summary>
public abstract record Node
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> arguments = new();

    public IEnumerable<Node> Parts => Arguments.SelectMany(NodesOf);

    private PropertyInfo[] Arguments => arguments.GetOrAdd(GetType(), static type
        => [.. type.GetConstructors()[0].GetParameters().Select(parameter => type.GetProperty(parameter.Name!)!)]);

    /// <summary>This node and all below it.</summary>
    public IEnumerable<Node> Deep() => Parts.SelectMany(part => part.Deep()).Prepend(this);

    /// <summary>The same node with each part replaced.</summary>
    public Node Map(Func<Node, Node> replace)
    {
        object?[] values = [.. Arguments.Select(argument => Mapped(argument.GetValue(this), replace))];
        return (Node)Activator.CreateInstance(GetType(), values)!;
    }

    private IEnumerable<Node> NodesOf(PropertyInfo argument) => argument.GetValue(this) switch
    {
        Node node => [node],
        IEnumerable<Node> nodes => nodes,
        Method method => [method.Body],
        _ => [],
    };

    private static object? Mapped(object? value, Func<Node, Node> replace) => value switch
    {
        Node node => replace(node),
        Expr[] nodes => nodes.Select(node => (Expr)replace(node)).ToArray(),
        Stmt[] nodes => nodes.Select(node => (Stmt)replace(node)).ToArray(),
        Case[] nodes => nodes.Select(node => (Case)replace(node)).ToArray(),
        Method method => method with { Body = (Block)replace(method.Body) },
        _ => value,
    };
}
