using System.Numerics;
using System.Numerics.Tensors;
using System.Reflection;

namespace Backprop.Generator.Tests.Tensors;

/// <summary>A member of TensorPrimitives for certain types of numbers, and a differentiable method that calls it.</summary>
/// <param name="Member">The member with its type arguments.</param>
/// <param name="Number">Of the method that calls it: <c>M0</c>, <c>M1</c> …</param>
internal sealed record TensorMember(MethodInfo Member, int Number)
{
    private static readonly Type[][] types =
    [
        [], [typeof(double)], [typeof(float)], [typeof(Half)], [typeof(double), typeof(double)], [typeof(float), typeof(double)], [typeof(double), typeof(float)],
        [typeof(int), typeof(double)], [typeof(double), typeof(int)], [typeof(float), typeof(int)],
    ];

    public static IReadOnlyList<TensorMember> All { get; } =
    [
        .. typeof(TensorPrimitives).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .SelectMany(static member => types.Select(arguments => With(member, arguments))).OfType<MethodInfo>()
            .Where(static member => member.GetParameters().Any(static p => Carries(p.ParameterType)) && member.GetParameters().All(static p => p.ParameterType.Name != "Func`2"))
            .Select(static (member, i) => new TensorMember(member, i)),
    ];

    public string Name => "M" + Number;

    /// <summary>Whether it leaves floating-point numbers, so that something is to be differentiated.</summary>
    public bool LeavesNumbers => Carries(Member.ReturnType) || Destinations.Any(static p => Carries(p.ParameterType));

    /// <summary>Whether it takes or leaves numbers that are neither <c>float</c> nor <c>double</c>.</summary>
    public bool HasHalves => Member.GetParameters().Any(static p => ElementOf(p.ParameterType) == typeof(Half));

    public IEnumerable<ParameterInfo> Destinations => Member.GetParameters().Where(static p => p.ParameterType.Name == "Span`1");

    /// <summary>A method that calls it with its own parameters.</summary>
    public string Method => Text(TypeOf);

    /// <summary>The same over a type parameter; null where it cannot be.</summary>
    public string? GenericMethod => Member.IsGenericMethod && Member.GetGenericArguments() is [var only] && only == typeof(double)
        ? Text(static type => TypeOf(type).Replace("double", "T", StringComparison.Ordinal), "<T>", " where T : IBinaryFloatingPointIeee754<T>")
        : null;

    public override string ToString() => $"{Member.Name}<{string.Join(", ", Member.GetGenericArguments().Select(static t => t.Name))}>({string.Join(", ", Member.GetParameters().Select(static p => TypeOf(p.ParameterType) + " " + p.Name))})";

    public static bool Carries(Type type) => ElementOf(type) is var element && (element == typeof(double) || element == typeof(float) || element == typeof(Half));

    public static Type ElementOf(Type type) => type.IsGenericType ? type.GetGenericArguments()[0] : type;

    private string Text(Func<Type, string> typeOf, string parameters = "", string constraint = "")
    {
        string list = string.Join(", ", Member.GetParameters().Select(p => (ElementOf(p.ParameterType) == typeof(Half) ? "[NoGradient] " : "") + typeOf(p.ParameterType) + " " + p.Name));
        string arguments = Member.IsGenericMethod ? $"<{string.Join(", ", Member.GetGenericArguments().Select(typeOf))}>" : "";
        string call = $"TensorPrimitives.{Member.Name}{arguments}({string.Join(", ", Member.GetParameters().Select(static p => p.Name))})";

        // Something to differentiate, where the member itself takes nothing of it.
        string other = HasHalves ? ", double z" : "";
        string result = Member.ReturnType == typeof(Half) ? "double" : typeOf(Member.ReturnType);
        string body = result == "void" ? $"{{ {call}; }}" : Member.ReturnType == typeof(Half) ? $"=> z * (double){call};" : $"=> {call};";
        return $"[Differentiable] public static {result} {Name}{parameters}({list}{other}){constraint} {body}";
    }

    private static string TypeOf(Type type) => type.IsGenericType
        ? type.IsValueType && type.Name.StartsWith("ValueTuple", StringComparison.Ordinal) ? type.ToString() : $"{type.Name.Split('`')[0]}<{TypeOf(type.GetGenericArguments()[0])}>"
        : type == typeof(double) ? "double" : type == typeof(float) ? "float" : type == typeof(int) ? "int" : type == typeof(bool) ? "bool" : type == typeof(long) ? "long" : type == typeof(void) ? "void" : type.Name;

    private static MethodInfo? With(MethodInfo member, Type[] arguments)
    {
        if (member.GetGenericArguments().Length != arguments.Length)
        {
            return null;
        }

        try
        {
            return arguments.Length == 0 ? member : member.MakeGenericMethod(arguments);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
