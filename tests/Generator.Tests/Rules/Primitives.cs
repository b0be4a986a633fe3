using System.Reflection;
using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.Rules;

/// <summary>The methods that the names of primitives stand for, found by reflection.</summary>
internal static class Primitives
{
    public static readonly IReadOnlyDictionary<string, Type> Hosts = new Dictionary<string, Type>
    {
        ["Math"] = typeof(Math),
        ["MathF"] = typeof(MathF),
        ["double"] = typeof(double),
        ["float"] = typeof(float),
        ["BitConverter"] = typeof(BitConverter),
    };

    public static string HostOf(string primitive) => primitive[..primitive.IndexOf('.')];

    public static string MemberOf(string primitive) => primitive[(primitive.IndexOf('.') + 1)..];

    /// <summary>Every public static method of the hosts that takes or gives floating-point numbers; operators are the IR's own.</summary>
    public static IEnumerable<string> FloatingMembers()
        => (from host in Hosts
            from method in MethodsOf(host.Value)
            where !method.IsSpecialName && (IsFloating(method.ReturnType) || method.GetParameters().Any(p => IsFloating(p.ParameterType)))
            select $"{host.Key}.{method.Name}").Distinct();

    /// <summary>The overloads of a primitive that take that many arguments, all of them numbers, at least one floating.</summary>
    public static IEnumerable<MethodInfo> Overloads(string primitive, int arity)
        => from method in MethodsOf(Hosts[HostOf(primitive)])
           where method.Name == MemberOf(primitive)
           let closed = Close(method)
           let types = closed.GetParameters().Select(p => p.ParameterType).ToArray()
           where types.Length == arity && types.Any(IsScalar) && types.All(t => IsScalar(t) || t == typeof(int))
           select closed;

    public static MethodInfo Find(string primitive, IEnumerable<Type> arguments)
    {
        Type[] types = arguments.ToArray();
        return MethodsOf(Hosts[HostOf(primitive)])
            .Where(m => m.Name == MemberOf(primitive) && m.GetParameters().Length == types.Length)
            .Select(m => m.IsGenericMethodDefinition ? m.MakeGenericMethod(types[0]) : m)
            .Single(m => m.GetParameters().Select(p => p.ParameterType).SequenceEqual(types));
    }

    /// <summary>The method of the same meaning that computes in double.</summary>
    public static MethodInfo InDouble(MethodInfo method)
    {
        string host = method.DeclaringType == typeof(Math) || method.DeclaringType == typeof(MathF) ? "Math" : "double";
        return Find(
            $"{host}.{method.Name}",
            method.GetParameters().Select(p => p.ParameterType == typeof(int) ? typeof(int) : typeof(double)));
    }

    public static IrType TypeOf(Type type)
        => type == typeof(double) ? IrType.Double
        : type == typeof(float) ? IrType.Single
        : type == typeof(bool) ? IrType.Bool
        : IrType.Int32;

    private static IEnumerable<MethodInfo> MethodsOf(Type host)
        => host.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);

    /// <summary>Conversions are tried from the other floating type; conversions to integers to int.</summary>
    private static MethodInfo Close(MethodInfo method)
        => !method.IsGenericMethodDefinition ? method
        : method.ReturnType == typeof(double) ? method.MakeGenericMethod(typeof(float))
        : method.ReturnType == typeof(float) ? method.MakeGenericMethod(typeof(double))
        : method.MakeGenericMethod(typeof(int));

    private static bool IsScalar(Type type) => type == typeof(double) || type == typeof(float);

    private static bool IsFloating(Type type)
        => type.IsByRef ? IsFloating(type.GetElementType()!)
        : IsScalar(type) || (type.IsGenericType && type.GetGenericArguments().Any(IsFloating));
}
