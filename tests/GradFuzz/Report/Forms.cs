using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Interpret;

namespace Backprop.Fuzz.Report;

/// <summary>Names of the forms of the fuzzer's language: every kind of node, operator, function, type and parameter.</summary>
internal static class Forms
{
    /// <summary>All that there are, so that what is never written shows as a zero.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        .. typeof(Node).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Node)) && !type.IsAbstract).Select(type => type.Name),
        .. Enum.GetNames<BinaryOp>().Select(name => "Binary " + name),
        .. Enum.GetNames<UnaryOp>().Select(name => "Unary " + name),
        .. Enum.GetNames<Step>().Select(name => "Stepped " + name),
        .. Functions.All.SelectMany(function => new[] { $"Math {function.Name}(double)", $"Math {function.Name}(float)" }),
        .. Enum.GetNames<Passing>().Select(name => "parameter " + name),
        .. Enum.GetNames<Shape>().Select(name => "memory " + name),
        .. Enum.GetNames<Scalar>().Select(name => "number " + name),
        .. Enum.GetNames<Overflow>().Select(name => "Context " + name),
        .. VectorFunctions.All.Select(function => "Vector " + function.Name),
        .. ElementFunctions.All.Select(function => "TensorPrimitives " + function.Name),
        .. Enum.GetNames<Composition>().Select(name => "type " + name),
        .. new[] { "compound assignment", "element as target", "member as target", "result void", "result number", "result array", "result composite", "method generic", "method of a type", "operator", "method [Recompute]", "method unmarked", "method unmarked that writes its struct", "lambda", "parameter [NoGradient]" },
        .. new[] { "method virtual", "method abstract", "method overriding", "call base", "foreach ref", "one of two arrays", "named arguments", "pattern of members", "pattern of a number", "conversion", "conversion of the context's", "accessor", "getter that writes", "operands that change each other", "object of a class that derives", "array of integers", "array of integers written", "index out of an array", "array that nobody can follow" },
    ];

    public static IEnumerable<string> Of(FuzzProgram program) => program.Deep().SelectMany(Of).Concat(program.Others.Append(program.Main).SelectMany(OfMethod)).Concat(program.IsGeneric ? ["method generic"] : []);

    private static IEnumerable<string> Of(Node node)
    {
        yield return node.GetType().Name;
        string? detail = node switch
        {
            Binary binary => "Binary " + binary.Op,
            Unary unary => "Unary " + unary.Op,
            VectorCall call => "Vector " + call.Function,
            Elementwise call => "TensorPrimitives " + call.Function,
            ForEach { IsReference: true } => "foreach ref",
            Conditional { Type: MemoryType } => "one of two arrays",
            Call { Names.Length: > 0 } => "named arguments",
            Pattern pattern => pattern.Facts[0].Member.Length > 0 ? "pattern of members" : "pattern of a number",
            Context context => "Context " + context.Overflow,
            Local { Type: NumberType number } => "number " + number.Kind,
            Stepped step => "Stepped " + step.Step,
            MathCall call => $"Math {call.Function}({call.Type})",
            Allocate { Type: MemoryType memory } => "memory " + memory.Shape,
            Assign { Target: Element } => "element as target",
            Assign { Target: Member } => "member as target",
            _ => null,
        };
        if (detail is not null)
        {
            yield return detail;
        }

        if (node is Expr && Crosses([.. node.Parts]))
        {
            yield return "operands that change each other";
        }

        if (node is Element { Memory.Type: MemoryType { Element: NumberType { IsFloating: false } } })
        {
            yield return "array of integers";
        }

        if (node is Assign { Target: Element { Type: NumberType { IsFloating: false } } } or Stepped { Target: Element { Type: NumberType { IsFloating: false } } })
        {
            yield return "array of integers written";
        }

        if (node is Element { Type.IsFloating: true } indexed && indexed.Indices.Any(static index => index.Deep().Any(static part => part is Element)))
        {
            yield return "index out of an array";
        }

        if (node is Call { Type: MemoryType, Method: "Same" })
        {
            yield return "array that nobody can follow";
        }

        if (node is LocalFunction { Method.IsLambda: true })
        {
            yield return "lambda";
        }

        if (node is Call { Style: CallStyle.Base or CallStyle.Implicit or CallStyle.Explicit } converted)
        {
            yield return converted.Style switch { CallStyle.Base => "call base", CallStyle.Explicit => "conversion", _ => "conversion of the context's" };
        }

        if (node is Expr { Type: CompositeType { Base: not null } })
        {
            yield return "object of a class that derives";
        }

        if (node is Assign { Op: not null })
        {
            yield return "compound assignment";
        }

        if (node is Expr { Type: CompositeType composite })
        {
            yield return "type " + composite.Composition;
        }
    }

    private static bool Crosses(Node[] operands) => operands.Any(one => Written(one).Any(variable => operands.Any(other => !ReferenceEquals(other, one) && other.Deep().OfType<Local>().Any(local => local.Variable.Id == variable))));

    /// <summary>The variables that assignments within it begin with.</summary>
    private static IEnumerable<int> Written(Node operand)
        => operand.Deep().Select(static node => node switch { Assign assign => assign.Target, Stepped step => step.Target, _ => null }).OfType<Expr>()
            .SelectMany(static target => target.Deep().OfType<Local>().Take(1)).Select(static local => local.Variable.Id);

    private static IEnumerable<string> OfMethod(Method method)
    {
        if (method.Style != CallStyle.Plain)
        {
            yield return method.Style switch { CallStyle.Operator => "operator", CallStyle.Accessor => "accessor", CallStyle.Receiver => "method of a type", _ => "conversion" };
        }

        if (method is { Style: CallStyle.Accessor, Result: not null } && method.Parameters[0].Passing == Passing.Ref)
        {
            yield return "getter that writes";
        }

        if (method.Binding != Binding.Direct)
        {
            yield return method switch { { Owner.Base: not null } => "method overriding", { Binding: Binding.Abstract } => "method abstract", _ => "method virtual" };
        }

        if (method.IsRecomputed)
        {
            yield return "method [Recompute]";
        }

        if (method.IsUnmarked)
        {
            yield return method.Parameters is [{ Passing: Passing.Ref }, ..] ? "method unmarked that writes its struct" : "method unmarked";
        }

        foreach (Parameter parameter in method.Parameters)
        {
            yield return "parameter " + parameter.Passing;
            if (parameter.IsConstant)
            {
                yield return "parameter [NoGradient]";
            }

            if (parameter.Variable.Type is MemoryType memory)
            {
                yield return "memory " + memory.Shape;
            }
        }

        yield return "result " + method.Result switch { null => "void", MemoryType => "array", CompositeType => "composite", _ => "number" };
    }
}
