using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Print;

/// <summary>A program as C#: types, and a static class of methods.</summary>
public sealed class SourcePrinter
{
    private readonly Lines lines = new();
    private readonly Text text;
    private readonly FuzzProgram program;

    private SourcePrinter(FuzzProgram program)
    {
        this.program = program;
        text = new(program.IsGeneric);
    }

    /// <summary>The types and methods, to stand in a class.</summary>
    public static string Members(FuzzProgram program)
    {
        var printer = new SourcePrinter(program);
        printer.PrintMembers();
        return printer.lines.ToString();
    }

    /// <summary>A whole file.</summary>
    public static string File(FuzzProgram program) => $$"""
        using System;
        using System.Numerics;
        using System.Numerics.Tensors;
        using Backprop;

        public static partial class {{program.Name}}
        {
        {{Members(program)}}
        }

        """;

    private void PrintMembers()
    {
        foreach (CompositeType type in program.Types.Where(type => type.IsOwn))
        {
            PrintType(type);
        }

        if (program.Constructs.Contains(Generation.Constructs.Enums))
        {
            lines.Add($"public enum {DataType.Mode} : byte {{ {string.Join(", ", Text.Modes)} }}");
        }

        foreach ((Variable table, double[] numbers) in program.Tables)
        {
            string kind = table.Type is MemoryType { Shape: Shape.Array } ? "readonly " : "", initial = kind.Length > 0 ? "=" : "=>";
            lines.Add($"internal static {kind}{text.Of(table.Type)} {table.Name} {initial} [{string.Join(", ", numbers.Select(number => text.Number(number, ((MemoryType)table.Type).Element)))}];");
        }

        PrintMethods(null);
    }

    /// <summary>The methods that a type declares, or the class of the program.</summary>
    private void PrintMethods(CompositeType? owner)
    {
        foreach (Method method in program.Others.Append(program.Main).Where(method => method.Owner == owner && method.Style != CallStyle.Accessor))
        {
            lines.Add("");
            if (method.Style is CallStyle.Implicit or CallStyle.Explicit)
            {
                lines.Add($"public static {method.Operator} operator {text.Of(method.Result!)}({Declaration(method.Parameters[0])})");
            }
            else if (method.Style == CallStyle.Operator)
            {
                lines.Add($"public static {text.Of(method.Result!)} operator {method.Operator}({string.Join(", ", method.Parameters.Select(Declaration))})");
            }
            else
            {
                Array.ForEach(method.IsUnmarked ? [] : new[] { method.IsRecomputed ? "[Differentiable, Recompute]" : "[Differentiable]" }, lines.Add);
                string bound = program.IsGeneric ? "<T>" : "";
                lines.Add($"public {Modifier(method)}{Head(method, bound)}{(program.IsGeneric ? " where T : struct, IFloatingPointIeee754<T>" : "")}{(method.Binding == Binding.Abstract ? ";" : "")}");
            }

            if (method.Binding != Binding.Abstract)
            {
                Print(method.Body);
            }
        }
    }

    private void PrintAccessors(Method[] accessors, bool isProperty)
    {
        string name = isProperty ? Item.Property : $"this[{Declaration(accessors[0].Parameters[1])}]";
        lines.Add($"public {text.Of(accessors[0].Result ?? accessors[0].Parameters[^1].Variable.Type)} {name}");
        using (lines.Braces())
        {
            foreach (Method accessor in accessors)
            {
                lines.Add((accessor is { Result: not null, Owner.IsClass: false } && accessor.Parameters[0].Passing != Passing.Ref ? "readonly " : "") + (accessor.Result is null ? "set" : "get"));
                Print(accessor.Body);
            }
        }
    }

    private string Head(Method method, string bound)
        => $"{text.Of(method.Result ?? DataType.Void)} {method.Word}{bound}({string.Join(", ", method.Parameters.Skip(method.Style == CallStyle.Receiver ? 1 : 0).Select(Declaration))})";

    private string Declaration(Parameter parameter)
        => $"{(parameter.IsConstant ? "[NoGradient] " : "")}{Text.Prefix(parameter.Passing)}{text.Of(parameter.Variable.Type)} {parameter.Variable.Name}";

    private void PrintType(CompositeType type)
    {
        lines.Add($"{(type.Composition == Composition.Class ? "[Differentiable] " : "")}public {Keyword(type)} {type.Name}{(type.Base is { } parent ? " : " + parent.Name : "")}");
        using (lines.Braces())
        {
            foreach (Field field in type.Own)
            {
                lines.Add($"{(field.IsConstant ? "[NoGradient] " : "")}public {text.Of(field.Type)} {field.Name}{Initial(field)};");
            }

            if (type.Composition != Composition.Class)
            {
                lines.Add($"public {type.Name}({string.Join(", ", type.Fields.Select(field => $"{text.Of(field.Type)} {field.Name.ToLowerInvariant()}"))})");
                using (lines.Braces())
                {
                    type.Fields.ToList().ForEach(field => lines.Add($"{field.Name} = {field.Name.ToLowerInvariant()};"));
                }
            }

            foreach ((string name, Expr body) in type.Properties)
            {
                lines.Add($"public readonly {text.Of(body.Type)} {name} => {text.Of(body)};");
            }

            foreach (CompositeType kind in type.Kinds.Where(kind => kind != type && type.Base is null))
            {
                lines.Add($"public {kind.Name} As{kind.Name}() => ({kind.Name})this;");
            }

            foreach (var accessors in program.Others.Where(method => method.Owner == type && method.Style == CallStyle.Accessor).GroupBy(static method => method.Word.EndsWith(Item.Property, StringComparison.Ordinal)))
            {
                PrintAccessors([.. accessors], isProperty: accessors.Key);
            }

            PrintMethods(type);
        }

        lines.Add("");
    }

    private string Initial(Field field) => field.Type is MemoryType or CompositeType { IsClass: true } ? " = " + text.Fresh(field.Type, field.Extents) : "";

    private static string Keyword(CompositeType type) => type switch
    {
        { Composition: Composition.Struct } => "partial struct",
        { Composition: Composition.RecordStruct } => "partial record struct",
        { IsAbstract: true } => "abstract partial class",
        _ => (type.Kinds.Count == 0 ? "sealed " : "") + "partial class",
    };

    private static string Modifier(Method method) => method switch
    {
        { Owner: null } => "static ",
        { Binding: Binding.Direct } => "",
        { Owner.Base: not null } => "override ",
        { Binding: Binding.Abstract } => "abstract ",
        _ => "virtual ",
    };

    private void Print(Block block)
    {
        using (lines.Braces())
        {
            Array.ForEach(block.Statements, Print);
        }
    }

    private void Print(Stmt statement)
    {
        switch (statement)
        {
            case Block block: Print(block); break;
            case Declare declare: lines.Add($"{text.Of(declare.Variable.Type)} {declare.Variable.Name}{(declare.Value is { } value ? $" = {text.Of(value)}" : "")};"); break;
            case Alias alias: lines.Add($"ref {text.Of(alias.Variable.Type)} {alias.Variable.Name} = ref {text.Of(alias.Target)};"); break;
            case Evaluate evaluate: lines.Add(text.Of(evaluate.Value) + ";"); break;
            case If branch: Print($"if ({text.Of(branch.Test)})", branch.Then, branch.Else is null ? null : "else", branch.Else); break;
            case Switch choice: Print(choice); break;
            case For loop: Print($"for ({Head(loop)})", loop.Body); break;
            case While loop: Print($"while ({text.Of(loop.Test)})", loop.Body); break;
            case DoWhile loop: Print("do", loop.Body); lines.Add($"while ({text.Of(loop.Test)});"); break;
            case ForEach loop: Print($"foreach ({(loop.IsReference ? "ref " : "")}{text.Of(loop.Item.Type)} {loop.Item.Name} in {(loop.IsReference || loop.Memory.Type is MemoryType { Shape: Shape.Memory } ? View(loop.Memory) : text.Of(loop.Memory))})", loop.Body); break;
            case Forever loop: Print(loop.Head, loop.Body); break;
            case Break: lines.Add("break;"); break;
            case Continue: lines.Add("continue;"); break;
            case Return end: lines.Add(end.Value is { } result ? $"return {text.Of(result)};" : "return;"); break;
            case Throw: lines.Add("throw new InvalidOperationException();"); break;
            case Unpack many: lines.Add($"{(many.IsNew ? "var " : "")}({Join(many.Targets)}) = {text.Of(many.Tuple)};"); break;
            case Several many: lines.Add($"({Join(many.Targets)}) = ({Join(many.Values)});"); break;
            case Fill fill: lines.Add($"{View(fill.Memory)}.Fill({text.Of(fill.Value)});"); break;
            case Clear clear: lines.Add(clear.Memory.Type is MemoryType { Shape: Shape.Array } ? $"Array.Clear({text.Of(clear.Memory)});" : $"{View(clear.Memory)}.Clear();"); break;
            case CopyTo copy: lines.Add($"{View(copy.Source)}.CopyTo({(copy.Destination.Type is MemoryType { Shape: Shape.Memory } ? View(copy.Destination) : text.Of(copy.Destination))});"); break;
            case Elementwise call: lines.Add($"TensorPrimitives.{call.Function}<{text.Of(((MemoryType)call.Destination.Type).Element)}>({string.Join(", ", call.Operands.Append(call.Destination).Select(operand => operand.Type is MemoryType { Shape: Shape.Memory } ? View(operand) : text.Of(operand)))});"); break;
            case LocalFunction { Method: { IsLambda: true } lambda }: Print(lambda); break;
            case LocalFunction local: Print(Head(local.Method, ""), local.Method.Body); break;
            default: throw new NotSupportedException(statement.ToString());
        }
    }

    private void Print(Method lambda)
    {
        string types = string.Join(", ", lambda.Parameters.Select(parameter => parameter.Variable.Type).Append(lambda.Result!).Select(text.Of));
        lines.Add($"Func<{types}> {lambda.Name} = ({string.Join(", ", lambda.Parameters.Select(Declaration))}) =>");
        Print(lambda.Body);
        lines.Add(";");
    }

    private string Join(Expr[] expressions) => string.Join(", ", expressions.Select(text.Of));

    private string View(Expr memory) => ((MemoryType)memory.Type).Shape switch
    {
        Shape.Array => text.Of(memory) + ".AsSpan()",
        Shape.Memory => text.Of(memory) + ".Span",
        _ => text.Of(memory),
    };

    private string Head(For loop)
    {
        string index = loop.Index.Name, step = loop.Step switch { 1 => index + "++", -1 => index + "--", > 0 => $"{index} += {loop.Step}", _ => $"{index} -= {-loop.Step}" };
        return $"{loop.Index.Type} {index} = {text.Of(loop.From)}; {index} {Text.Of(loop.Relation)} {text.Operand(loop.Bound)}; {step}";
    }

    private void Print(string head, Block body, string? secondHead = null, Block? second = null)
    {
        lines.Add(head);
        Print(body);
        if (secondHead is not null)
        {
            lines.Add(secondHead);
            Print(second!);
        }
    }

    private void Print(Switch choice)
    {
        lines.Add($"switch ({text.Of(choice.Subject)})");
        using (lines.Braces())
        {
            foreach (Case option in choice.Cases)
            {
                string when = option.When is null ? "" : $" when {text.Of(option.When)}";
                lines.Add(option.Label is { } label ? $"case {text.Label(label, choice.Relation, choice.Subject.Type)}{when}:" : "default:");
                Print(option.Body);
                if (option.Body.Statements.LastOrDefault() is not (Break or Return or Continue or Throw))
                {
                    lines.Add("break;");
                }
            }
        }
    }
}
