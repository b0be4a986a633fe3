using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Print;

/// <summary>Arguments, accumulators and calls of a program, as C#.</summary>
public sealed class RunPrinter(FuzzProgram program)
{
    private readonly Text text = new(isGeneric: false, program.Name + ".");
    private readonly Method main = program.Main;

    /// <summary>A file with a class that implements <see cref="Harness.IRun"/>.</summary>
    public string File() => $$"""
        using System;

        public sealed class {{program.Name}}Run : Backprop.Fuzz.Harness.IRun
        {
            {{string.Join("\n    ", Fields())}}
            private {{Residuals}} residuals;

            public void Load(double[] x)
            {
                {{string.Join("\n        ", Loading(i => $"x[{i}]"))}}
            }

            public void Seed(double[] w)
            {
                {{string.Join("\n        ", Seeding(i => $"w[{i}]"))}}
            }

            public void Primal() => {{Taken}}{{PrimalCall()}};

            public void Backward() => {{Taken}}{{BackwardCall()}};

            public void Forward() => {{Taken}}{{ForwardCall()}};

            public void Pullback() => {{PullbackCall()}};

            public void Outputs(double[] o)
            {
                {{string.Join("\n        ", program.Results.Select((leaf, i) => $"o[{i}] = {Read("result" + leaf.Path, leaf.Type)};"))}}
                {{string.Join("\n        ", program.Inputs.Select((input, i) => $"o[{program.Results.Count + i}] = {Read(Of(input), input.Leaf.Type)};"))}}
            }

            public void Gradient(double[] g)
            {
                {{string.Join("\n        ", Shadows().Select(shadow => $"g[{shadow.Index}] = {shadow.Path};"))}}
            }
        }

        """;

    /// <summary>Statements that set the arguments.</summary>
    public IEnumerable<string> Loading(Func<int, string> number) => program.Inputs.Select((input, i) => Set(Of(input), number(i), input.Leaf.Type));

    /// <summary>Statements that set the accumulators and the seed.</summary>
    public IEnumerable<string> Seeding(Func<int, string> weight) =>
    [
        .. Shadows().Select(shadow => Set(shadow.Path, weight(program.Results.Count + shadow.Index), shadow.Type)),
        .. program.Results.Select((leaf, i) => (leaf, i)).Where(result => result.leaf.Type.IsFloating).Select(result => Set("seed" + result.leaf.Path, weight(result.i), result.leaf.Type)),
    ];

    private string Taken => main.Result is null ? "" : "result = ";

    private static string Of((Parameter Parameter, Leaf Leaf) input) => NameOf(input.Parameter) + input.Leaf.Path;

    private static string NameOf(Parameter parameter) => parameter.Variable.Name == "this" ? "self" : parameter.Variable.Name;

    private static string Set(string target, string number, NumberType type) => type.Kind switch
    {
        Scalar.Bool => $"{target} = {number} != 0;",
        Scalar.Double => $"{target} = {number};",
        _ => $"{target} = ({type})({number});",
    };

    private static string Read(string source, NumberType type) => type.Kind == Scalar.Bool ? $"{source} ? 1 : 0" : source;

    /// <summary>The numbers of the accumulators.</summary>
    public IEnumerable<(string Path, int Index, NumberType Type)> Shadows() => program.Inputs
        .Select((input, i) => (Path: ShadowOf(input.Parameter) + input.Leaf.Path, Index: i, Type: input.Leaf.Type, input.Parameter, input.Leaf.IsConstant))
        .Where(shadow => !shadow.Parameter.IsConstant && !shadow.IsConstant && shadow.Type.IsFloating)
        .Select(shadow => (shadow.Path, shadow.Index, shadow.Type));

    private static string ShadowOf(Parameter parameter) => "d_" + NameOf(parameter);

    private static bool HasShadow(Parameter parameter) => !parameter.IsConstant && Layout.Of(parameter.Variable).Any(leaf => leaf.Type.IsFloating);

    /// <summary>Variables for the arguments, the accumulators, the result and the seed.</summary>
    public IEnumerable<string> Fields()
    {
        foreach (Parameter parameter in main.Parameters)
        {
            yield return Storage(parameter.Variable.Type, NameOf(parameter), parameter.Variable.Extents);
            if (HasShadow(parameter))
            {
                yield return Storage(parameter.Variable.Type, ShadowOf(parameter), parameter.Variable.Extents);
            }
        }

        if (main.Result is { } result)
        {
            yield return Storage(result, "result", main.Extents);
            yield return Storage(result, "seed", main.Extents);
        }
    }

    private string Storage(DataType type, string name, int[] extents) => type switch
    {
        MemoryType memory => $"{StoredAs(memory)} {name} = {text.Of(new Allocate(StoredAs(memory), extents))};",
        CompositeType { Composition: Composition.Class } => $"{text.Of(type)} {name} = new();",
        _ => $"{text.Of(type)} {name};",
    };

    private static MemoryType StoredAs(MemoryType type) => type.IsSpan || type.Shape == Shape.Memory ? type with { Shape = Shape.Array } : type;

    private string MethodName(string suffix) => $"{(main.Owner is null ? program.Name : "self")}.{main.Name}{suffix}{(program.IsGeneric ? "<double>" : "")}";

    private IEnumerable<Parameter> Passed => main.Parameters.Skip(main.Owner is null ? 0 : 1);

    private IEnumerable<string> Arguments() => Passed.Select(parameter => Text.Prefix(parameter.Passing) + NameOf(parameter));

    public string PrimalCall() => $"{MethodName("")}({string.Join(", ", Arguments())})";

    public string BackwardCall() => $"{MethodName("Backward")}({string.Join(", ", Arguments().Concat(Cotangents()))})";

    private string ForwardCall() => $"{MethodName("Forward")}({string.Join(", ", Arguments().Append("out residuals"))})";

    private string PullbackCall()
    {
        IEnumerable<string> left = Passed.Select(parameter => (parameter.Passing == Passing.In ? "in " : "") + NameOf(parameter));
        return $"{MethodName("Pullback")}({string.Join(", ", left.Append("in residuals").Concat(Cotangents()))})";
    }

    /// <summary>The accumulators, and the seed.</summary>
    private IEnumerable<string> Cotangents() =>
    [
        .. main.Parameters.Where(HasShadow).Select(parameter => IsHandedOverByReference(parameter) ? "ref " + ShadowOf(parameter) : ShadowOf(parameter)),
        .. program.Results.Any(leaf => leaf.Type.IsFloating) ? ["seed"] : Array.Empty<string>(),
    ];

    private string Residuals => $"{program.Name}.{(main.Owner is null ? "" : main.Owner.Name + ".")}{main.Name}Residuals{(program.IsGeneric ? "<double>" : "")}";

    private static bool IsHandedOverByReference(Parameter parameter)
        => parameter.Passing != Passing.Out && parameter.Variable.Type is NumberType or CompositeType { Composition: not Composition.Class };
}
