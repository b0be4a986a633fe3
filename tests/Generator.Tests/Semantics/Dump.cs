using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.Semantics;

/// <summary>Normal form as text, for failures.</summary>
internal static class Dump
{
    public static string Of(Function function) => Of(function.Body, "");

    private static string Of(Block block, string indent) => string.Concat(block.Statements.Select(s => indent + Of(s, indent) + "\n"));

    private static string Of(Stmt statement, string indent) => statement switch
    {
        Declare s => $"{Of(s.Variable)} := {(s.Value is null ? "" : Of(s.Value))}",
        If s => $"if {Of(s.Test)}\n{Of(s.Then, indent + "  ")}{indent}else\n{Of(s.Else, indent + "  ")}{indent}joins {string.Join("; ", s.Joins.Select(j => $"{Of(j.Result)} = {Of(j.Then)} | {Of(j.Else)}"))}",
        Loop s => $"loop {Of(s.Head, indent)} carried {string.Join("; ", s.Carried.Select(c => $"{Of(c.Param)} = {Of(c.Init)}, {Of(c.Next)} -> {Of(c.Result)}"))}\n{Of(s.Body, indent + "  ")}",
        Break => "break",
        WriteBack s => $"{Of(s.Parameter)} <- {Of(s.Value)}",
        _ => statement.GetType().Name + " " + string.Join(", ", Parts.Expressions(statement).Select(Of)),
    };

    private static string Of(LoopHead head, string indent) => head switch
    {
        Counted h => $"{Of(h.Index)} from {Of(h.From)} {h.Relation} {Of(h.Bound)} by {h.Step}",
        While h => $"while {Of(h.Test)}\n{Of(h.Condition, indent + "    ")}",
        _ => "",
    };

    private static string Of(Variable variable) => $"{variable.Name}{(variable.Symbol == 0 ? "" : "'" + variable.Symbol)}_{variable.Id}";

    private static string Of(Expr expr) => expr switch
    {
        Read e => Of(e.Variable),
        Literal e => e.Number.ToString(),
        Default => "default",
        Binary e => $"{e.Op}({Of(e.Left)}, {Of(e.Right)})",
        External e => $"{e.Format}[{string.Join(", ", e.Arguments.Select(Of))}]",
        Apply e => $"{e.Primitive}[{string.Join(", ", e.Arguments.Select(Of))}]",
        _ => $"{expr.GetType().Name}({string.Join(", ", Operands.Of(expr).Select(Of))})",
    };
}
