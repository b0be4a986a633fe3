using Backprop.Generator.IR;
using Backprop.Generator.Rules;

namespace Backprop.Generator.Tests.Rules;

/// <summary>Slopes by the rules: the pullback of one, evaluated.</summary>
internal static class Slopes
{
    /// <summary>Slope of a primitive with respect to one of its arguments; 0 where no derivative flows.</summary>
    public static double Of(string primitive, object[] arguments, int operand)
    {
        Type result = Primitives.Find(primitive, arguments.Select(a => a.GetType())).ReturnType;
        return Of(
            operands => new Apply(primitive, operands.ToEquatable(), Primitives.TypeOf(result)),
            arguments,
            operand);
    }

    public static double Of(Func<Expr[], Expr> primal, object[] arguments, int operand)
    {
        Read[] operands = arguments.Select((a, i) => new Variable(i + 1, "x" + i, Primitives.TypeOf(a.GetType())).Read()).ToArray();
        return Of(primal(operands), operands, arguments, operand);
    }

    public static double Of(Expr primal, Read[] operands, object[] arguments, int operand)
    {
        Dictionary<Variable, object> values = operands.Zip(arguments).ToDictionary(p => p.First.Variable, p => p.Second);
        object value = new Evaluator(values).Evaluate(primal);
        Read result = new Variable(100, "y", primal.Type).Read();
        Read cotangent = new Variable(101, "dy", primal.Type).Read();
        values[result.Variable] = value;
        values[cotangent.Variable] = Evaluator.As(1.0, primal.Type);

        double slope = 0;
        foreach (Contribution contribution in Pullback.Of(primal, result, cotangent, wanted => wanted.Equals(operands[operand])))
        {
            Assert.Equal(operands[operand].Type, contribution.Cotangent.Type);
            slope += System.Convert.ToDouble(new Evaluator(values).Evaluate(contribution.Cotangent));
        }

        return slope;
    }
}
