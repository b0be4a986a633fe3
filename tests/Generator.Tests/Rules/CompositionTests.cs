using System.Reflection;
using Backprop.Generator.IR;
using Backprop.Generator.Rules;
using Convert = Backprop.Generator.IR.Convert;

namespace Backprop.Generator.Tests.Rules;

/// <summary>Formulas are made of primitives with rules, so that they can be differentiated again.</summary>
public sealed class CompositionTests
{
    private static readonly double[][] Points = [[0.43, 0.71, 0.94], [0.62, -0.58, 0.35], [-0.87, 1.3, 1.9], [1.7, 2.4, 3.6]];

    public static TheoryData<string> Differentiable
        => new(RuleTable.All.Where(rule => rule.Kind == RuleKind.Differentiable).Select(rule => rule.Primitive));

    public static TheoryData<string> InDouble
        => new(RuleTable.All.Where(rule => rule.Kind == RuleKind.Differentiable).Select(rule => rule.Primitive)
            .Where(p => Primitives.HostOf(p) is "Math" or "double" && !p.EndsWith("Estimate") && !p.Contains(".Create")));

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void A_formula_is_made_of_primitives_with_rules(string primitive)
    {
        foreach (Apply call in Calls(primitive))
        {
            Read cotangent = new Variable(101, "dy", call.Type).Read();
            IReadOnlyList<Contribution> contributions = Pullback.Of(call, new Variable(100, "y", call.Type).Read(), cotangent);
            foreach (Apply inner in contributions.SelectMany(c => Nodes(c.Cotangent)).OfType<Apply>())
            {
                MethodInfo method = Primitives.Find(inner.Primitive, inner.Arguments.Select(a => TypeOf(a.Type)));
                Assert.Equal(Primitives.TypeOf(method.ReturnType), inner.Type);
                Assert.Contains(RuleTable.Find(inner.Primitive)!.Kind, new[] { RuleKind.Differentiable, RuleKind.Zero });
            }
        }
    }

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void Types_agree_all_over_a_formula(string primitive)
    {
        foreach (Apply call in Calls(primitive))
        {
            Read cotangent = new Variable(101, "dy", call.Type).Read();
            foreach (Contribution contribution in Pullback.Of(call, new Variable(100, "y", call.Type).Read(), cotangent))
            {
                Assert.Equal(contribution.Operand.Type, contribution.Cotangent.Type);
                Assert.All(Nodes(contribution.Cotangent).OfType<Binary>(), node => Assert.Equal(node.Left.Type, node.Right.Type));
                Assert.All(Nodes(contribution.Cotangent).OfType<Conditional>(), node => Assert.Equal(node.Then.Type, node.Else.Type));
            }
        }
    }

    [Theory]
    [MemberData(nameof(InDouble))]
    public void A_formula_differentiated_again_agrees_with_differences_of_it(string primitive)
    {
        int checkedEntries = 0;
        foreach (Apply call in Calls(primitive).Where(call => call.Type == IrType.Double))
        {
            Read[] operands = call.Arguments.Cast<Read>().ToArray();
            foreach (double[] point in Points)
            {
                checkedEntries += Agrees(call, operands, Arguments(operands, point));
            }
        }

        Assert.True(checkedEntries > 0, "no point was inside the domain");
    }

    private static int Agrees(Apply call, Read[] operands, object[] arguments)
    {
        int agreed = 0;
        foreach (int i in Enumerable.Range(0, operands.Length).Where(i => Pullback.Flows(call, i)))
        {
            foreach (int j in Enumerable.Range(0, operands.Length).Where(j => operands[j].Type == IrType.Double))
            {
                Difference expected = Difference.Of(x => Slopes.Of(call, operands, With(arguments, j, x), i), (double)arguments[j]);
                if (double.IsNaN(expected.Slope))
                {
                    continue;
                }

                double actual = SecondSlope(call, operands, arguments, i, j);
                double tolerance = 1e-7 * Math.Max(1, Math.Abs(expected.Slope));
                Assert.True(Math.Abs(actual - expected.Slope) <= tolerance, $"[{i},{j}]: {actual}, not {expected.Slope}");
                agreed++;
            }
        }

        return agreed;
    }

    /// <summary>Slope along operand j of the formula for operand i.</summary>
    private static double SecondSlope(Apply call, Read[] operands, object[] arguments, int i, int j)
    {
        Dictionary<Variable, object> values = operands.Zip(arguments).ToDictionary(p => p.First.Variable, p => p.Second);
        Variable result = new(100, "y", call.Type);
        Evaluator evaluator = new(values);
        values[result] = evaluator.Evaluate(call);
        Dictionary<Variable, double> slopes = new()
        {
            [operands[j].Variable] = 1,
            [result] = Slopes.Of(call, operands, arguments, j),
        };
        return Pullback.Of(call, result.Read(), call.Type.Number(1))
            .Where(c => c.Operand.Equals(operands[i]))
            .Sum(c => Slope(c.Cotangent));

        double Slope(Expr expr) => expr is Read read
            ? slopes.GetValueOrDefault(read.Variable)
            : Pullback.Of(expr, expr, expr.Type.Number(1)).Sum(Chain);

        double Chain(Contribution contribution)
        {
            double factor = System.Convert.ToDouble(evaluator.Evaluate(contribution.Cotangent));
            return factor == 0 ? 0 : factor * Slope(contribution.Operand);
        }
    }

    private static object[] With(object[] arguments, int index, double value)
        => arguments.Select((a, i) => i == index ? value : a).ToArray();

    private static object[] Arguments(Read[] operands, double[] point)
        => operands.Select((o, i) => Evaluator.As(o.Type == IrType.Int32 ? 3 : point[i], o.Type)).ToArray();

    /// <summary>A call of each overload, with variables for arguments.</summary>
    private static IEnumerable<Apply> Calls(string primitive)
        => from overload in RuleTable.Find(primitive)!.Overloads
           from method in Primitives.Overloads(primitive, overload.Arity)
           let arguments = method.GetParameters().Select((p, i) => (Expr)new Variable(i, "x" + i, Primitives.TypeOf(p.ParameterType)).Read())
           select new Apply(primitive, arguments.ToEquatable(), Primitives.TypeOf(method.ReturnType));

    private static Type TypeOf(IrType type)
        => type == IrType.Double ? typeof(double) : type == IrType.Single ? typeof(float) : typeof(int);

    private static IEnumerable<Expr> Nodes(Expr expr) => (expr switch
    {
        Unary unary => [unary.Operand],
        Binary binary => [binary.Left, binary.Right],
        Convert convert => [convert.Operand],
        Conditional conditional => [conditional.Test, conditional.Then, conditional.Else],
        Apply apply => apply.Arguments,
        _ => Enumerable.Empty<Expr>(),
    }).SelectMany(Nodes).Append(expr);
}
