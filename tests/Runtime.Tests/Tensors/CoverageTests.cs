using System.Numerics.Tensors;
using System.Reflection;

namespace Backprop.Tests.TensorPullbackTests;

/// <summary>No member of TensorPrimitives is forgotten: each that leaves floating-point numbers has a pullback or a documented refusal.</summary>
public sealed class CoverageTests
{
    private static readonly Type[][] types =
    [
        [typeof(double)], [typeof(float)],
        [typeof(double), typeof(double)], [typeof(float), typeof(double)], [typeof(double), typeof(float)],
        [typeof(int), typeof(double)], [typeof(double), typeof(int)],
    ];

    public static TheoryData<string> Active => [.. Instances().Select(static instance => instance.ToString()!)];

    [Theory]
    [MemberData(nameof(Active))]
    public void A_member_has_a_pullback_of_the_right_signature_or_is_refused(string signature)
    {
        MethodInfo primal = Instances().Single(instance => instance.ToString() == signature);
        string[][] candidates = [.. Candidates(primal)];
        if (Documentation.Refused.Contains(primal.Name))
        {
            Assert.Empty(candidates);
        }
        else
        {
            Assert.Contains(Expected(primal), candidates);
            Assert.Contains(primal.Name, Documentation.Listed);
        }
    }

    [Fact]
    public void Every_pullback_is_of_a_member() =>
        Assert.All(Members.Pullbacks, static pullback => Assert.Contains(Members.Primals, primal => Members.IsOf(pullback, primal)));

    [Fact]
    public void The_documentation_lists_only_members()
    {
        Assert.NotEmpty(Documentation.Listed);
        Assert.All(Documentation.Listed, static name => Assert.Contains(typeof(TensorPrimitives).GetMethods(), primal => primal.Name == name));
    }

    private static IEnumerable<MethodInfo> Instances() =>
        from primal in Members.Primals
        from arguments in types
        where primal.GetGenericArguments().Length == arguments.Length
        let instance = Instantiate(primal, arguments)
        where instance is not null && LeavesNumbers(instance)
        select instance;

    private static bool LeavesNumbers(MethodInfo instance) =>
        IsFloating(instance.ReturnType) || instance.GetParameters().Any(static p => Members.IsSpan(p.ParameterType) && IsFloating(Element(p.ParameterType)));

    /// <summary>Operands, the result, an accumulator for each operand, the cotangent of what the call leaves.</summary>
    private static string[] Expected(MethodInfo primal)
    {
        Type[] parameters = [.. primal.GetParameters().Select(static p => p.ParameterType)];
        bool hasResult = IsFloating(primal.ReturnType);
        return
        [
            .. parameters.Select(static p => p.ToString()),
            .. hasResult ? [primal.ReturnType.ToString()] : Array.Empty<string>(),
            .. parameters.Select(Accumulator).OfType<string>(),
            .. parameters.Where(static p => Members.IsSpan(p) && IsFloating(Element(p))).Select(static p => p.ToString()),
            .. hasResult ? [primal.ReturnType.ToString()] : Array.Empty<string>(),
        ];
    }

    private static string? Accumulator(Type operand) =>
        IsFloating(operand) ? operand.MakeByRefType().ToString()
        : Members.IsReadOnlySpan(operand) && IsFloating(Element(operand)) ? typeof(Span<>).MakeGenericType(Element(operand)).ToString()
        : null;

    private static IEnumerable<string[]> Candidates(MethodInfo primal) =>
        from pullback in Members.Pullbacks
        where pullback.GetCustomAttributes<PullbackOfAttribute>().Any(of => of.Method == primal.Name)
        let instance = Instantiate(pullback, primal.GetGenericArguments())
        where instance is not null
        select Members.TypesOf(instance).ToArray();

    private static MethodInfo? Instantiate(MethodInfo method, Type[] arguments)
    {
        try
        {
            return method.MakeGenericMethod(arguments);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static Type Element(Type span) => span.GetGenericArguments()[0];

    private static bool IsFloating(Type type) => type == typeof(double) || type == typeof(float);
}
