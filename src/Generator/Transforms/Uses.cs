using System.Text.RegularExpressions;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>How the variables of a function in normal form are used.</summary>
internal sealed class Uses
{
    private static readonly Regex byReference = new(@"\b(?:ref|out|in)\s+\{(\d+)\}", RegexOptions.CultureInvariant);

    private readonly Dictionary<int, int> reads = [];
    private readonly Dictionary<int, int> versions = [];
    private readonly HashSet<int> addressed = [];
    private readonly HashSet<int> divisors = [];

    private Uses()
    {
    }

    /// <summary>Variables whose value may change between two reads: <c>ref</c> parameters, locals passed by reference, and structs whose methods write them.</summary>
    public HashSet<int> Addressed => addressed;

    /// <summary>Whether an integer is divided by it: C# refuses the constant 0 there, and a variable that holds it not.</summary>
    public bool Divides(Variable variable) => divisors.Contains(variable.Id);

    /// <summary>The first id that no variable has.</summary>
    public int FirstFreeId { get; private set; } = 1;

    public static Uses Of(Function function)
    {
        var uses = new Uses();
        foreach (FormalParameter parameter in function.Parameters)
        {
            uses.Define(parameter.Variable);
            if (parameter.Passing != Passing.Value)
            {
                uses.addressed.Add(parameter.Variable.Id);
            }
        }

        Parts.ForEach(function.Body, statement =>
        {
            foreach (Variable variable in Parts.Defines(statement))
            {
                uses.Define(variable);
            }
        });
        Parts.ForEachExpression(function.Body, uses.Count);
        return uses;
    }

    /// <summary>How often a variable is read in the text of the function.</summary>
    public int Reads(Variable variable) => reads.TryGetValue(variable.Id, out int count) ? count : 0;

    /// <summary>How many values the user's variable takes of which this is one.</summary>
    public int Versions(Variable variable) => versions.TryGetValue(Key(variable), out int count) ? count : 0;

    /// <summary>What all versions of one user variable have in common.</summary>
    public static int Key(Variable variable) => variable.Symbol == 0 ? variable.Id : variable.Symbol;

    private void Define(Variable variable)
    {
        versions[Key(variable)] = Versions(variable) + 1;
        FirstFreeId = Math.Max(FirstFreeId, variable.Id + 1);
    }

    private void Count(Expr expr)
    {
        foreach (Expr operand in Operands.Of(expr))
        {
            Count(operand);
        }

        if (expr is Read read)
        {
            reads[read.Variable.Id] = Reads(read.Variable) + 1;
        }
        else if (expr is Binary { Op: BinaryOp.Divide or BinaryOp.Remainder, Type.IsFloating: false, Right: Read divisor })
        {
            divisors.Add(divisor.Variable.Id);
        }
        else if (expr is External external)
        {
            IEnumerable<int> given = !external.Format.Contains(" {") ? [] : byReference.Matches(external.Format).Cast<Match>().Select(static match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
            IEnumerable<int> changed = external.ChangesReceiver ? given.Prepend(0) : given;
            addressed.UnionWith(changed.Where(index => index < external.Arguments.Count).Select(index => external.Arguments[index]).OfType<Read>().Select(static read => read.Variable.Id));
        }
    }
}
