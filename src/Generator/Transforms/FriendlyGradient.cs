using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>Writes <c>FooGradient</c>: fresh accumulators, one call of <c>FooBackward</c>, value and gradient in a tuple. Printable form.</summary>
internal static class FriendlyGradient
{
    public static IEnumerable<Function> Of(Signature signature, Memory memory, Ids ids)
    {
        Method method = signature.Method;
        bool writes = method.Parameters.Any(parameter => parameter.Passing is Passing.Ref or Passing.Out || memory.IsAssigned(parameter.Variable.Id) || (parameter.Variable.Type.IsMemory && memory.IsWritten(parameter.Variable.Id)));
        if (method.ReturnType is not { IsFloating: true } result || writes || method.Slot is { IsOverride: true })
        {
            return [];
        }

        List<(Parameter Parameter, Variable Gradient)> gradients = [.. signature.AccumulatorsInOrder.Select(pair => (pair.Parameter, ids.Fresh(pair.Accumulator.Name, GradientType(pair.Parameter.Variable.Type))))];
        Variable value = ids.Fresh("value", result);
        string names = string.Join(", ", gradients.Select(pair => $"{GradientText(pair.Parameter)} {Escaped(pair.Parameter.Variable.Name)}"));
        string gradientType = gradients.Count == 1 ? GradientText(gradients[0].Parameter) : $"({names})";
        string elements = string.Join(", ", gradients.Select((_, i) => $"{{{i + 1}}}"));
        External tuple = new($"({{0}}, {(gradients.Count == 1 ? elements : $"({elements})")})", new[] { value.Read() }.Concat(gradients.Select(pair => pair.Gradient.Read())).Cast<Expr>().ToEquatable(), result, Effect.Pure, 0);
        Block body = Block.Of(
        [
            .. gradients.Select(pair => new Declare(pair.Gradient, Zero(pair.Parameter))),
            new Declare(value, Call(signature, gradients.ConvertAll(pair => pair.Gradient), result)),
            new Return(tuple),
        ]);
        IEnumerable<FormalParameter> parameters = method.Parameters.Select(parameter => new FormalParameter(parameter.Variable, parameter.Passing, parameter.TypeText, parameter.DefaultText) { Modifier = parameter.Modifier });
        string summary = $"The value of <c>{method.Name}</c> and its gradient.";
        return [new(method.Name + "Gradient", Signature.ModifiersOf(method), $"({method.ReturnTypeText} Value, {gradientType} Gradient)", parameters.ToEquatable(), summary, EquatableArray<string>.Empty, body)];
    }

    /// <summary>For a result of a generic number type, whose seed can have no default value: the same without it.</summary>
    public static IEnumerable<Function> WithoutSeed(Signature signature, Function backward)
    {
        if (signature.Seed is not { Type.IsGeneric: true } seed)
        {
            return [];
        }

        EquatableArray<FormalParameter> parameters = backward.Parameters.Take(backward.Parameters.Count - 1).ToEquatable();
        IEnumerable<string> arguments = parameters.Select((parameter, i) => (parameter, i)).Where(pair => pair.parameter.Passing != Passing.Receiver)
            .Select(pair => (pair.parameter.Passing is Passing.Value ? "" : pair.parameter.Passing.ToString().ToLowerInvariant() + " ") + $"{{{pair.i}}}");
        External call = new(
            $"{BackwardOf(signature.Method)}({string.Join(", ", arguments)}, {seed.Type.Text}.One)",
            parameters.Select(parameter => (Expr)parameter.Variable.Read()).ToEquatable(),
            seed.Type,
            Effect.Writes,
            0);
        return signature.Method.Slot is { IsOverride: true } ? [] : [backward with { Modifiers = Signature.ModifiersOf(signature.Method), Parameters = parameters, Summary = backward.Summary + " The seed is one.", Attributes = EquatableArray<string>.Empty, Body = Block.Of([new Return(call)]) }];
    }

    /// <summary>The method by its name alone, unless a parameter bears it.</summary>
    private static string BackwardOf(Method method)
    {
        string name = method.Name + "Backward";
        string owner = method.Parameters.All(parameter => parameter.Variable.Name != name) ? ""
            : method.Parameters.Any(static parameter => parameter.Passing == Passing.Receiver) ? "this."
            : method.Container.Types[method.Container.Types.Count - 1] + ".";
        return owner + name + method.TypeArguments;
    }

    private static External Call(Signature signature, List<Variable> gradients, IrType result)
    {
        List<Parameter> parameters = [.. signature.Method.Parameters.Where(parameter => parameter.Passing != Passing.Receiver)];
        IEnumerable<string> accumulators = gradients.Select((gradient, i) => gradient.Type is StructType or { IsFloating: true } ? $"ref {{{parameters.Count + i}}}" : $"{{{parameters.Count + i}}}");
        IEnumerable<string> arguments = parameters.Select((parameter, i) => parameter.Passing == Passing.In ? $"in {{{i}}}" : $"{{{i}}}").Concat(accumulators);
        return new(
            $"{BackwardOf(signature.Method)}({string.Join(", ", arguments)})",
            parameters.Select(parameter => (Expr)parameter.Variable.Read()).Concat(gradients.Select(gradient => gradient.Read())).ToEquatable(),
            result,
            Effect.Writes,
            0);
    }

    private static IrType GradientType(IrType type) => type is SpanType or MemoryType ? new ArrayType(type.Element!, 1) : type;

    private static string GradientText(Parameter parameter) => GradientType(parameter.Variable.Type).Text + Signature.NullOf(parameter);

    private static Expr Zero(Parameter parameter) => Signature.MayBeNoArray(parameter)
        ? new External($"new {parameter.Variable.Type.Element!.Text}[{{0}}?.Length ?? 0]", EquatableArray.Of<Expr>(parameter.Variable.Read()), parameter.Variable.Type, Effect.Reads, 0)
        : Zero(parameter.Variable, Signature.NullOf(parameter));

    private static Expr Zero(Variable parameter, string orNull) => parameter.Type switch
    {
        { IsFloating: true } type => type.Number(0),
        StructType type => new Default(type),
        ObjectType type => new External($"{{0}}{orNull}.ZerosLike()", EquatableArray.Of<Expr>(parameter.Read()), type, Effect.Reads, 0),
        ArrayType { Rank: > 1 } type => new Allocate(Enumerable.Range(0, type.Rank).Select(d => (Expr)new Length(parameter.Read(), d)).ToEquatable(), type, Lifetime.Escapes),
        ArrayType { ElementType: ArrayType or ObjectType } type => new External("global::Backprop.Zeros.Like({0})", EquatableArray.Of<Expr>(parameter.Read()), type, Effect.Reads, 0),
        var type => new Allocate(EquatableArray.Of<Expr>(new Length(parameter.Read())), GradientType(type), Lifetime.Escapes),
    };

    private static string Escaped(string name) => Keywords.Contains(name) ? "@" + name : name;

    private static readonly HashSet<string> Keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default", "delegate", "do",
        "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int",
        "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override", "params", "private", "protected",
        "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true",
        "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    ];
}
