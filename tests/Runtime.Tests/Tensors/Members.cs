using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Reflection;
using Backprop.Tensors;

namespace Backprop.Tests.TensorPullbackTests;

/// <summary>The members of TensorPrimitives, their pullbacks, and how to call either with arrays for spans.</summary>
internal static class Members
{
    public static IReadOnlyList<MethodInfo> Primals { get; } = [.. Declared(typeof(TensorPrimitives))];

    public static IReadOnlyList<MethodInfo> Pullbacks { get; } =
        [.. Declared(typeof(TensorPullbacks)).Where(static method => method.IsDefined(typeof(PullbackOfAttribute)))];

    /// <summary>The pairs of one type parameter, by a name that tells overloads apart.</summary>
    public static IReadOnlyDictionary<string, (MethodInfo Primal, MethodInfo Pullback)> Pairs { get; } = Primals
        .Where(static primal => primal.GetGenericArguments().Length == 1)
        .SelectMany(static primal => Pullbacks.Where(pullback => IsOf(pullback, primal)).Select(pullback => (Primal: primal, Pullback: pullback)))
        .ToDictionary(static pair => NameOf(pair.Primal));

    public static bool IsOf(MethodInfo pullback, MethodInfo primal) =>
        pullback.GetCustomAttributes<PullbackOfAttribute>().Any(of => of.Type == typeof(TensorPrimitives) && of.Method == primal.Name)
        && TypesOf(pullback).Take(primal.GetParameters().Length).SequenceEqual(TypesOf(primal))
        && (primal.GetGenericArguments().Length > 1 || pullback.GetParameters().Length == CountOf(primal));

    /// <summary>Operands and destinations come with their cotangents, a result with its seed.</summary>
    private static int CountOf(MethodInfo primal) => primal.GetParameters().Length
        + primal.GetParameters().Count(static p => p.ParameterType.ContainsGenericParameters)
        + (primal.ReturnType.IsGenericParameter ? 2 : 0);

    public static IEnumerable<string> TypesOf(MethodInfo method) => method.GetParameters().Select(static p => p.ParameterType.ToString());

    public static string NameOf(MethodInfo primal) => $"{primal.Name}({string.Join(", ", primal.GetParameters().Select(static p =>
        (IsReadOnlySpan(p.ParameterType) ? "[]" : "") + p.Name))})";

    public static bool IsReadOnlySpan(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ReadOnlySpan<>);

    public static bool IsSpan(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Span<>);

    /// <summary>Calls a method of spans: arrays stand for spans and for <c>ref</c> scalars, boxes for other values.</summary>
    public static object? Call(MethodInfo method, params object[] arguments)
    {
        var array = Expression.Parameter(typeof(object[]));
        var call = Expression.Call(method, method.GetParameters().Select((p, i) => Argument(p.ParameterType, Expression.ArrayIndex(array, Expression.Constant(i)))));
        Expression body = method.ReturnType == typeof(void)
            ? Expression.Block(call, Expression.Constant(null))
            : Expression.Convert(call, typeof(object));
        return Expression.Lambda<Func<object[], object?>>(body, array).Compile()(arguments);
    }

    private static Expression Argument(Type type, Expression boxed)
    {
        if (type.IsByRef)
        {
            return Expression.ArrayAccess(Expression.Convert(boxed, type.GetElementType()!.MakeArrayType()), Expression.Constant(0));
        }

        if (!IsSpan(type) && !IsReadOnlySpan(type))
        {
            return Expression.Convert(boxed, type);
        }

        Type elements = type.GetGenericArguments()[0].MakeArrayType();
        return Expression.Convert(Expression.Convert(boxed, elements), type, type.GetMethod("op_Implicit", [elements]));
    }

    private static IEnumerable<MethodInfo> Declared(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(static method => method.IsGenericMethodDefinition);
}
