using Backprop.Generator.Analyses;
using Backprop.Generator.IR;
using Backprop.Generator.Transforms;

namespace Backprop.Generator;

/// <summary>The passes, in order: the one place that says what runs when.</summary>
internal static class Differentiator
{
    /// <summary>The members to emit for a method; null where the derivative needs something that cannot be differentiated.</summary>
    /// <param name="watch">Is shown the body after each pass, for tests and for readers.</param>
    /// <param name="passes">The optional passes that run.</param>
    public static Unit? Differentiate(Method method, Action<string, Block>? watch = null, Passes passes = Passes.All)
    {
        (Block primal, Ids ids) = Normalize(method);
        watch?.Invoke("normal", primal);
        Memory memory = Memory.Of(primal, method.Parameters.Select(parameter => parameter.Variable));
        Activity activity = Activity.Of(primal, method.Parameters, memory);
        if (Refusals.Of(primal, activity).Count > 0)
        {
            return null;
        }

        Signature signature = new(method, ids);
        Block body = Watched("reversed", ReverseMode.Apply(primal, signature.Accumulators, signature.Seed, activity, memory, passes, ids));
        body = Watched("simplified", Simplified(body));
        body = Watched("with residuals", Residuals.Apply(body, signature.Inputs, signature.Store, passes, ids));
        body = Storage.Apply(body, signature.Store, ids);
        body = Watched("final", Simplified(Wholes.Apply(body, signature)));

        string name = method.Name + "Backward";
        string summary = $"Runs <c>{method.Name}</c> and adds its gradient to the accumulators.";
        Function backward = new(name, Signature.ModifiersOf(method), method.ReturnTypeText, signature.Backward.ToEquatable(), summary, EquatableArray<string>.Empty, body);
        List<Function> functions = new Kernels(signature, ids).Apply(backward, new Guards(signature, memory).Statements());
        functions.AddRange(FriendlyGradient.Of(signature, memory, ids));
        IEnumerable<Function> emitted = functions.Select(function => function with { Arithmetic = method.Arithmetic });
        string stem = method.Name + (method.Overload == 0 ? "" : "Backward" + (method.Overload + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        return Reaches.Apply(Printable.Of(new Unit(method.Container, FileNameOf(method), emitted.ToEquatable())), stem);

        Block Simplified(Block block) => passes.HasFlag(Passes.Simplify) ? Simplify.Apply(block, signature.Inputs, ids) : block;

        Block Watched(string pass, Block block)
        {
            watch?.Invoke(pass, block);
            return block;
        }
    }

    /// <summary>What no later pass can do without: exits in tail position, one assignment a variable. Also gives the analyzer what only
    /// activity can tell.</summary>
    public static EquatableArray<Refusal> RefusalsOf(Method method)
    {
        (Block primal, _) = Normalize(method);
        Memory memory = Memory.Of(primal, method.Parameters.Select(parameter => parameter.Variable));
        return Refusals.Of(primal, Activity.Of(primal, method.Parameters, memory));
    }

    private static (Block Body, Ids Ids) Normalize(Method method)
    {
        Method structured = Exits.Apply(CountedLoops.Apply(method));
        Ids ids = new(structured.FirstFreeId);
        Block versioned = Versions.Apply(structured.Body, method.Parameters, ids);
        return (Simplify.Apply(versioned, method.Parameters.Select(parameter => parameter.Variable), ids), ids);
    }

    private static string FileNameOf(Method method)
        => $"{(method.Container.Path.Length == 0 ? "" : method.Container.Path + ".")}{method.Name}{(method.Overload == 0 ? "" : "." + (method.Overload + 1).ToString(System.Globalization.CultureInfo.InvariantCulture))}.g.cs";
}
