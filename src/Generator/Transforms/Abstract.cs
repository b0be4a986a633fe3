using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>What is emitted for a method whose body other types write: declarations, for which they will have members.</summary>
internal static class Abstract
{
    public static List<Function> Whole(Method method, Ids ids)
    {
        Signature signature = new(method, ids);
        Function backward = Declaration(method, "Backward", method.ReturnTypeText, signature.Backward, $"Runs <c>{method.Name}</c> and adds its gradient to the accumulators.");
        return method.Slot!.IsOfInterface ? [backward]
            : [backward, .. FriendlyGradient.WithoutSeed(signature, backward), .. FriendlyGradient.Of(signature, Memory.Of(Block.Empty, method.Parameters.Select(static parameter => parameter.Variable)), ids)];
    }

    public static List<Function> Halves(Method method, Ids ids)
    {
        SplitSignature halves = new(new Signature(method, ids, "frame"), ids);
        return
        [
            Declaration(method, "Forward", method.ReturnTypeText, halves.Forward, $"The value of <c>{method.Name}</c>, and what <c>{method.Name}Pullback</c> needs."),
            Declaration(method, "Pullback", "void", halves.Pullback, $"Adds the gradient of <c>{method.Name}</c> to the accumulators. Takes the arguments as the method left them."),
        ];
    }

    private static Function Declaration(Method method, string suffix, string returns, IEnumerable<FormalParameter> parameters, string summary)
        => new(method.Name + suffix, Signature.SlotModifiersOf(method), returns, parameters.ToEquatable(), summary, EquatableArray<string>.Empty, Block.Empty);
}
