using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.Analyses;

/// <summary>A method in normal form, with the analyses of it.</summary>
internal sealed class Analysed
{
    private readonly Dictionary<string, List<Variable>> variables;

    public Analysed(string members)
    {
        Method method = Source.LowerMethod(members);
        Block? found = null;
        Differentiator.Differentiate(method, (name, block) => found = name == "normal" ? block : found);
        Body = found!;
        Memory = Memory.Of(Body, method.Parameters.Select(parameter => parameter.Variable));
        Activity = Activity.Of(Body, method.Parameters, Memory);
        variables = Body.Deep().SelectMany(static stmt => stmt.Introduces()).Concat(method.Parameters.Select(parameter => parameter.Variable))
            .GroupBy(variable => variable.Name).ToDictionary(group => group.Key, group => group.ToList());
    }

    public Block Body { get; }

    public Memory Memory { get; }

    public Activity Activity { get; }

    /// <summary>The last value that bears the name.</summary>
    public Variable this[string name] => variables[name].MaxBy(variable => variable.Id)!;
}
