using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>Tells the user's variables from those that were made for the backward pass.</summary>
internal static class UserVariables
{
    /// <summary>What the versions of each user variable of a function in normal form have in common (<see cref="Uses.Key"/>).</summary>
    public static HashSet<int> Keys(Function function)
    {
        HashSet<int> users = [], made = [];
        Parts.ForEach(function.Body, statement =>
        {
            bool isPrimal = statement switch
            {
                Declare s => s.Sweep == Sweep.Primal,
                If s => s.Mirrors == 0,
                Loop s => s.Mirrors == 0,
                _ => false,
            };
            foreach (Variable variable in Parts.Defines(statement))
            {
                (isPrimal ? users : made).Add(Uses.Key(variable));
            }
        });

        // Only the adjoint declares with its own mark; joins and carried values of a primal branch may still be cotangents.
        Parts.ForEach(function.Body, statement =>
        {
            if (statement is Declare { Sweep: Sweep.Primal } s)
            {
                made.Remove(Uses.Key(s.Variable));
            }
        });
        users.ExceptWith(made);
        return users;
    }
}
