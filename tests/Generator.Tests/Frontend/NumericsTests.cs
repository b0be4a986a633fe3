using System.Collections.Immutable;
using System.Numerics;
using System.Reflection;
using System.Text;
using Backprop.Generator.Rules;
using Backprop.Generator.Tests.Rules;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Backprop.Generator.Tests.Frontend;

/// <summary>Members of System.Numerics as they stand in a user's method.</summary>
public sealed class NumericsTests
{
    private static readonly Dictionary<string, string> symbols = new()
    {
        ["op_Addition"] = "+", ["op_Subtraction"] = "-", ["op_Multiply"] = "*", ["op_Division"] = "/", ["op_UnaryNegation"] = "-", ["op_UnaryPlus"] = "+",
    };

    [Fact]
    public void Every_member_with_a_rule_can_stand_in_a_differentiable_method()
    {
        PartsRule[] rules = [.. PartsRules.All.Where(rule => rule.Kind == RuleKind.Differentiable)];
        StringBuilder members = new();
        for (int i = 0; i < rules.Length; i++)
        {
            members.AppendLine(Method(rules[i].Member, i));
        }

        Output output = new Consumer().Generate($"using System; using System.Numerics; using Backprop; static partial class C {{ {members} }}").CompilesCleanly();
        Assert.Equal(rules.Length, output.Files);
        Type type = output.Load("C");
        for (int i = 0; i < rules.Length; i++)
        {
            IsRight(rules[i], type, i);
        }
    }

    // The value has the bits of the primal; the gradient is what the rule says.
    private static void IsRight(PartsRule rule, Type type, int number)
    {
        PartsCall call = new(rule);
        Random random = new(number);
        double[] x = [.. call.Types.Select(scalar => PartsCall.IsFloating(scalar) ? (float)(0.2 + random.NextDouble()) : 1).Order()];
        object[] arguments = call.Operands(x), zeros = call.Operands(new double[x.Length]);
        object?[] all = [.. arguments, .. zeros.Where(Carries), Type.Missing];
        object value = type.GetMethod($"M{number}", BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, arguments)!;
        object again = type.GetMethod($"M{number}Backward", BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, all)!;
        Assert.True(value.Equals(again), $"{rule.Member}({string.Join(", ", x)}): {again} by the emitted method, {value} by the primal");

        double[] gradient = [.. all.Skip(arguments.Length).Take(zeros.Count(Carries)).SelectMany(part => PartsCall.Numbers(part!))];
        Type result = Call(NumericsMembers.Find(rule.Member), arguments.Length).Result;
        double[] expected = [.. call.Pull(x, rule.Member.Contains(".Invert(") ? [0, .. Weights(result)] : [.. Weights(result)]).Where((_, i) => PartsCall.IsFloating(call.Types[i]))];
        double scale = Math.Max(1, expected.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty().Max());
        Assert.Equal(expected.Length, gradient.Length);
        Assert.All(expected.Zip(gradient), pair => Assert.True(
            pair.First.Equals(pair.Second) || Math.Abs(pair.First - pair.Second) <= 1e-4 * scale, $"{rule.Member}({string.Join(", ", x)}): {pair.Second} by the emitted method, {pair.First} by the rule"));
    }

    private static bool Carries(object operand) => operand is not (int or byte);

    private static IEnumerable<double> Weights(Type type) => type == typeof(float) || type == typeof(double) ? [1]
        : type == typeof(Complex) ? [1, 2]
        : type.GetFields(BindingFlags.Public | BindingFlags.Instance).SelectMany((field, i) => Weights(field.FieldType).Select(weight => (i + 1) * weight));

    [Theory]
    [InlineData("Matrix4x4.CreateBillboard(v, v, v, v).M11", "BPG120")]
    [InlineData("Vector3.BitwiseAnd(v, v).X", "BPG120")]
    [InlineData("(v & v).X", "BPG120")]
    [InlineData("Matrix4x4.Decompose(Matrix4x4.CreateTranslation(v), out _, out _, out Vector3 t) ? t.X : 0", "BPG110")]
    [InlineData("(float)(Half)v.X + (float)Square((Half)v.Y)", "BPG103")]
    public async Task What_is_refused_is_an_error(string expression, string id)
    {
        string source = $"using System; using System.Numerics; using Backprop; static partial class C {{ [Differentiable] static float F(Vector3 v) => {expression}; static Half Square(Half h) => h * h; }}";
        CSharpCompilation compilation = Source.CompileValid(source);
        ImmutableArray<Microsoft.CodeAnalysis.Diagnostic> found = await compilation.WithAnalyzers([new DifferentiableAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        Assert.Equal(id, Assert.Single(found).Id);
    }

    private static string Method(string name, int number)
    {
        MethodBase member = NumericsMembers.Find(name);
        Type[] operands = NumericsMembers.OperandsOf(member);
        string parameters = string.Join(", ", operands.Select((type, i) => $"{type.Name} a{i}"));
        (string statement, Type result) = Call(member, operands.Length);
        string returns = result == typeof(double) || result == typeof(Complex) || (result.IsGenericType && result.GetGenericArguments()[0] == typeof(double)) ? "double" : "float";
        return $"[Differentiable] static {returns} M{number}({parameters}) {{ {statement} return {Sum("y", result, DefinedBy(name, operands[0]))}; }}";
    }

    private static (string Statement, Type Result) Call(MethodBase member, int count)
    {
        string all = string.Join(", ", Enumerable.Range(0, count).Select(i => "a" + i)), rest = string.Join(", ", Enumerable.Range(1, Math.Max(0, count - 1)).Select(i => "a" + i));
        Type owner = member.DeclaringType!;
        PropertyInfo? property = owner.GetProperties().FirstOrDefault(p => p.GetMethod == member || p.SetMethod == member);
        if (member is ConstructorInfo)
        {
            return ($"var y = new {owner.Name}({all});", owner);
        }

        var method = (MethodInfo)member;
        if (property is not null)
        {
            bool isSetter = property.SetMethod == member;
            string indices = string.Join(", ", Enumerable.Range(1, property.GetIndexParameters().Length).Select(i => "a" + i));
            string place = indices.Length > 0 ? $"a0[{indices}]" : $"a0.{property.Name}";
            return isSetter ? ($"{place} = a{count - 1}; var y = a0;", owner) : ($"var y = {place};", property.PropertyType);
        }

        if (owner == typeof(Half))
        {
            return ("var y = (float)(Half)a0;", typeof(float));
        }

        return method.Name switch
        {
            "op_Implicit" => ($"{owner.Name} y = a0;", owner),
            _ when symbols.TryGetValue(method.Name, out string? symbol) => (count == 1 ? $"var y = {symbol}a0;" : $"var y = a0 {symbol} a1;", method.ReturnType),
            "Invert" => ($"{owner.Name}.Invert(a0, out var y);", owner),
            _ => ($"var y = {(method.IsStatic ? $"{owner.FullName}.{method.Name}({all})" : $"a0.{method.Name}({rest})")};", method.ReturnType),
        };
    }

    /// <summary>How many numbers of the result mean something: an unsafe conversion leaves those to chance that it was not given.</summary>
    private static int DefinedBy(string name, Type operand)
        => !name.Contains("Unsafe(", StringComparison.Ordinal) ? int.MaxValue : operand == typeof(float) ? 1 : operand.GetFields(BindingFlags.Public | BindingFlags.Instance).Length;

    private static string Sum(string value, Type type, int count = int.MaxValue) => type == typeof(float) || type == typeof(double) ? value
        : type == typeof(Complex) ? $"{value}.Real + 2 * {value}.Imaginary"
        : string.Join(" + ", type.GetFields(BindingFlags.Public | BindingFlags.Instance).Take(count).Select((field, i) => $"{i + 1} * ({Sum($"{value}.{field.Name}", field.FieldType)})"));
}
