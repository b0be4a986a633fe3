using System.Globalization;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>A variable that a call fills right after its declaration is declared in the call: <c>out double x</c>. Printable form, named.</summary>
internal static class OutVariables
{
    public static Function Run(Function function) => function with { Body = Rewrite(function.Body) };

    private static Block Rewrite(Block block)
    {
        List<Stmt> result = [];
        foreach (Stmt stmt in block.Statements.Map(static stmt => stmt.Map(static expr => expr, Rewrite)))
        {
            result.Add(stmt switch
            {
                Evaluate { Value: External call } when HasOut(call) => new Evaluate(DeclareIn(call, result)),
                Declare { Value: External call } declare when HasOut(call) => declare with { Value = DeclareIn(call, result) },
                Return { Value: External call } when HasOut(call) => new Return(DeclareIn(call, result)),
                _ => stmt,
            });
        }

        return block.With(block.Statements.With(result));
    }

    private static bool HasOut(External call) => call.Format.Contains("out {");

    /// <summary>Takes the declarations that end the list over into the call.</summary>
    private static External DeclareIn(External call, List<Stmt> before)
    {
        for (int i = 0; i < call.Arguments.Count; i++)
        {
            string hole = $"out {{{i.ToString(CultureInfo.InvariantCulture)}}}";
            int declared = call.Format.Contains(hole) ? before.FindLastIndex(stmt => stmt is Declare declare && call.Arguments[i].Equals(declare.Variable.Read())) : -1;
            if (declared >= 0 && before.Skip(declared).All(stmt => stmt is Declare { Value: null or Literal or Default }))
            {
                string type = ((Declare)before[declared]).Variable.Type.Text;
                call = call with { Format = call.Format.Replace(hole, $"out {type} {hole.Substring("out ".Length)}") };
                before.RemoveAt(declared);
            }
        }

        return call;
    }
}
