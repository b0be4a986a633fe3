using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Backprop.Generator.IR;
using Backprop.Generator.Rules;

namespace Backprop.Generator.Tests.Rules;

/// <summary>A member that takes or gives structs, called and differentiated with its operands laid out in one vector of numbers.</summary>
internal sealed class PartsCall(PartsRule rule)
{
    private readonly MethodBase member = NumericsMembers.Find(rule.Member);
    private readonly Type[] operands = NumericsMembers.OperandsOf(NumericsMembers.Find(rule.Member));

    /// <summary>The scalar types of the numbers.</summary>
    public Type[] Types { get; } = [.. NumericsMembers.OperandsOf(NumericsMembers.Find(rule.Member)).SelectMany(type => Enumerable.Repeat(ScalarOf(type), CountOf(type)))];

    public static bool IsFloating(Type type) => type == typeof(float) || type == typeof(double);

    /// <summary>The operands whose numbers are these.</summary>
    public object[] Operands(double[] x)
    {
        int start = 0;
        return [.. operands.Select(type => Made(type, x, ref start))];
    }

    /// <summary>The numbers of the result; null where the member refuses the arguments.</summary>
    public double[]? Value(double[] x)
    {
        object?[] arguments = Operands(x);
        try
        {
            return member switch
            {
                ConstructorInfo constructor => Numbers(constructor.Invoke(arguments)),
                MethodInfo { IsStatic: true } when member.GetParameters().Any(p => p.IsOut) => WithOut(arguments),
                MethodInfo { IsStatic: true } => Numbers(member.Invoke(null, arguments)!),
                MethodInfo { ReturnType: var type } when type == typeof(void) => Written(arguments),
                _ => Numbers(member.Invoke(arguments[0], arguments[1..])!),
            };
        }
        catch (TargetInvocationException e) when (e.InnerException is ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The value by the rule's own scalar operations; null where there are none.</summary>
    public double[]? Computed(double[] x)
    {
        Expr[] constants = [.. x.Select((value, i) => (Expr)(IsFloating(Types[i]) ? TypeOf(Types[i]).Number(value) : new Literal((long)value, TypeOf(Types[i]))))];
        return rule.Compute(constants)?.Numbers.Select(number => System.Convert.ToDouble(new Evaluator(new Dictionary<Variable, object>()).Evaluate(number))).ToArray();
    }

    /// <summary>What each number gets, where the numbers of the result have the cotangents <paramref name="dy"/>.</summary>
    public double[] Pull(double[] x, double[] dy)
    {
        double[] y = Value(x)!;
        Dictionary<Variable, object> values = [];
        Type result = IsFloating(Types.First(IsFloating)) ? Types.First(IsFloating) : typeof(float);
        Expr[] numbers = [.. x.Select((value, i) => Named(i, value, Types[i]))];
        Expr[] results = [.. y.Select((value, i) => Named(100 + i, value, result))], cotangents = [.. dy.Select((value, i) => Named(200 + i, value, result))];
        Evaluator evaluator = new(values);
        return [.. rule.Pull(numbers, results, cotangents).Select(number => System.Convert.ToDouble(evaluator.Evaluate(number)))];

        Expr Named(int id, double value, Type type)
        {
            Variable variable = new(id, "v" + id, TypeOf(type));
            values[variable] = Scalar(value, type);
            return variable.Read();
        }
    }

    private double[] WithOut(object?[] arguments)
    {
        object?[] all = [.. arguments, .. member.GetParameters().Where(p => p.IsOut).Select(_ => (object?)null)];
        object value = member.Invoke(null, all)!;
        return [(bool)value ? 1 : 0, .. all.Skip(arguments.Length).SelectMany(result => Numbers(result!))];
    }

    private double[] Written(object?[] arguments)
    {
        object target = arguments[0]!;
        member.Invoke(target, arguments[1..]);
        return Numbers(target);
    }

    private static IrType TypeOf(Type type) => type == typeof(byte) ? new ScalarType(Generator.IR.Scalar.Byte) : Primitives.TypeOf(type);

    private static object Made(Type type, double[] x, ref int start)
    {
        int first = start;
        start += CountOf(type);
        if (CountOf(type) == 1)
        {
            return Scalar(x[first], type);
        }

        object value = RuntimeHelpers.GetUninitializedObject(type);
        Span<byte> bytes = MemoryMarshal.CreateSpan(ref Bytes(value), Marshal.SizeOf(type));
        for (int i = 0; i < CountOf(type); i++)
        {
            if (type == typeof(Complex))
            {
                MemoryMarshal.Write(bytes[(i * sizeof(double))..], x[first + i]);
            }
            else
            {
                MemoryMarshal.Write(bytes[(i * sizeof(float))..], (float)x[first + i]);
            }
        }

        return value;
    }

    public static double[] Numbers(object value) => value switch
    {
        Half half => [(double)half],
        float or double => [System.Convert.ToDouble(value)],
        ITuple tuple => [.. Enumerable.Range(0, tuple.Length).SelectMany(i => Numbers(tuple[i]!))],
        Complex z => [z.Real, z.Imaginary],
        _ => [.. MemoryMarshal.Cast<byte, float>(MemoryMarshal.CreateSpan(ref Bytes(value), Marshal.SizeOf(value))).ToArray().Select(number => (double)number)],
    };

    // The fields of a boxed struct.
    private static ref byte Bytes(object boxed) => ref Unsafe.As<Box>(boxed).First;

    private sealed class Box
    {
        public byte First;
    }

    private static object Scalar(double value, Type type) => System.Convert.ChangeType(value, type);

    private static Type ScalarOf(Type type) => type == typeof(Complex) ? typeof(double) : CountOf(type) > 1 ? typeof(float) : type;

    private static int CountOf(Type type) => type == typeof(Complex) ? 2 : type.Namespace == "System.Numerics" && type.IsValueType ? Marshal.SizeOf(type) / sizeof(float) : 1;
}
