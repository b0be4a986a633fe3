using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Sharing;

namespace Backprop.Fuzz.Print;

/// <summary>Arguments, accumulators and calls of a program, as C#.</summary>
public sealed class RunPrinter(FuzzProgram program)
{
    private readonly Text text = new(isGeneric: false, program.Name + ".");
    private readonly Method main = program.Main;

    /// <summary>A file with a class that implements <see cref="Harness.IRun"/>.</summary>
    public string File() => $$"""
        using System;
        using System.Numerics;

        public sealed class {{program.Name}}Run : Backprop.Fuzz.Harness.IRun
        {
            {{string.Join("\n    ", Fields())}}
            private {{Residuals}} residuals;

            public void Share(int number)
            {
                switch (number)
                {
                    {{string.Join("\n            ", Pairs.Of(program).Select((shared, i) => $"case {i}: {{ {string.Join(" ", Sharing(shared))} break; }}"))}}
                }
            }

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

            public void Disturb()
            {
                {{string.Join("\n        ", program.Tables.Where(static table => table.Variable.Type is MemoryType { Shape: Shape.Array }).Select(table => $"foreach (ref var number in {program.Name}.{table.Variable.Name}.AsSpan()) {{ number = -number; }}"))}}
            }

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

    private static string Of((Parameter Parameter, Leaf Leaf) input) => NameOf(input.Parameter) + (IsView(input.Parameter.Variable.Type) ? ".Span" : "") + input.Leaf.Path;

    private static string NameOf(Parameter parameter) => parameter.Variable.Name == "this" ? "self" : "a_" + parameter.Variable.Name.TrimStart('@');

    private string Set(string target, string number, NumberType type) => type.Kind switch
    {
        Scalar.Bool => $"{target} = {number} != 0;",
        Scalar.Double => $"{target} = {number};",
        _ => $"{target} = ({text.Of(type)})({number});",
    };

    private static string Read(string source, NumberType type) => type.Kind switch { Scalar.Bool => $"{source} ? 1 : 0", Scalar.Mode => $"(int){source}", _ => source };

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
            yield return Storage(parameter.Variable.Type, StoredAs(parameter.Variable.Type), NameOf(parameter), parameter.Variable.Extents);
            if (HasShadow(parameter))
            {
                yield return Storage(parameter.Variable.Type, MadeAs(parameter.Variable.Type), ShadowOf(parameter), parameter.Variable.Extents);
            }
        }

        if (main.Result is { } result)
        {
            yield return Storage(result, result, "result", main.Extents);
            yield return Storage(result, result, "seed", main.Extents);
        }
    }

    private string Storage(DataType type, DataType stored, string name, int[] extents) => type switch
    {
        MemoryType memory => $"{text.Of(stored)} {name} = {text.Fresh(MadeAs(memory), extents)};",
        CompositeType { Composition: Composition.Class } => $"{text.Of(type)} {name} = {text.Fresh(type, extents)};",
        _ => $"{text.Of(type)} {name};",
    };

    private static bool IsView(DataType type) => type is MemoryType { Shape: Shape.Span or Shape.ReadOnlySpan or Shape.Memory };

    /// <summary>What may be a part of an array is kept as such.</summary>
    private static DataType StoredAs(DataType type) => IsView(type) ? (MemoryType)type with { Shape = Shape.Memory } : type;

    private static DataType MadeAs(DataType type) => IsView(type) ? (MemoryType)type with { Shape = Shape.Array } : type;

    /// <summary>Statements that make two arguments share something.</summary>
    public IEnumerable<string> Sharing(Shared shared)
    {
        string one = NameOf(shared.One.Parameter) + shared.One.Path, other = NameOf(shared.Other.Parameter) + shared.Other.Path;
        if (shared.IsLonger)
        {
            MemoryType type = (MemoryType)shared.One.Type with { Shape = Shape.Memory };
            yield return $"{text.Of(type)} whole = {text.Of(new Allocate((MemoryType)MadeAs(type), [shared.Length]))};";
            yield return $"{one} = whole[..{shared.One.Extents[0]}];";
            yield return $"{other} = whole[{shared.Start}..];";
        }
        else
        {
            yield return $"{other} = {one}{(shared.Start == 0 ? "" : shared.One.IsView ? $"[{shared.Start}..]" : $".AsMemory({shared.Start})")};";
        }

        if (shared.Accumulators == Accumulators.Alike)
        {
            yield return $"d_{other} = d_{one};";
        }
    }

    private static string Passable(Parameter parameter) => Text.Prefix(parameter.Passing) + NameOf(parameter) + (parameter.Variable.Type is MemoryType { IsSpan: true } ? ".Span" : "");

    private string MethodName(string suffix) => $"{(main.Owner is null ? program.Name : "self")}.{main.Name}{suffix}{(program.IsGeneric ? "<double>" : "")}";

    private IEnumerable<Parameter> Passed => main.Parameters.Skip(main.Owner is null ? 0 : 1);

    private IEnumerable<string> Arguments() => Passed.Select(Passable);

    public string PrimalCall() => $"{MethodName("")}({string.Join(", ", Arguments())})";

    public string BackwardCall() => $"{MethodName("Backward")}({string.Join(", ", Arguments().Concat(Cotangents()))})";

    private string ForwardCall() => $"{MethodName("Forward")}({string.Join(", ", Arguments().Append("out residuals"))})";

    private string PullbackCall()
    {
        IEnumerable<string> left = Passed.Select(parameter => Passable(parameter.Passing == Passing.In ? parameter : parameter with { Passing = Passing.Value }));
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
