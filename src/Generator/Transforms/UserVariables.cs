using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>Tells the user's variables from those that were made for the backward pass.</summary>
internal static class UserVariables
{
    /// <summary>What the versions of each user variable of a function in normal form have in common (<see cref="Uses.Key"/>).</summary>
    public static HashSet<int> Keys(Function function)
    {
        HashSet<int> declared = [], structural = [], made = [];
        Parts.ForEach(function.Body, statement =>
        {
            HashSet<int>? keys = statement switch
            {
                Declare s => s.Sweep == Sweep.Primal ? declared : made,
                If { Mirrors: 0 } or Loop { Mirrors: 0 } => structural,
                _ => null,
            };
            foreach (Variable variable in keys is null ? default : Parts.Defines(statement))
            {
                keys!.Add(Uses.Key(variable));
            }
        });

        // A loop of the primal may carry a cotangent too: it is one when the adjoint declares it elsewhere.
        structural.ExceptWith(made);
        declared.UnionWith(structural);
        return declared;
    }
}
