using System.Numerics;
using System.Reflection;

namespace Backprop.Generator.Tests.Rules;

/// <summary>The members of System.Numerics by the names that rules bear, found by reflection.</summary>
internal static class NumericsMembers
{
    private static readonly Type[] types =
        [typeof(Vector2), typeof(Vector3), typeof(Vector4), typeof(Quaternion), typeof(Plane), typeof(Matrix3x2), typeof(Matrix4x4), typeof(Complex)];

    private static readonly Dictionary<Type, string> keywords = new()
    {
        [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(char)] = "char", [typeof(decimal)] = "decimal", [typeof(double)] = "double", [typeof(float)] = "float",
        [typeof(int)] = "int", [typeof(long)] = "long", [typeof(nint)] = "nint", [typeof(nuint)] = "nuint", [typeof(object)] = "object", [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short", [typeof(string)] = "string", [typeof(uint)] = "uint", [typeof(ulong)] = "ulong", [typeof(ushort)] = "ushort",
    };

    private static readonly Dictionary<string, MethodBase> byName = Numeric().Concat(Pairs()).Concat(Roundings()).ToDictionary(Name);

    /// <summary>
    /// Members that need a rule: they take or hand over numbers that could carry a derivative, and give some. A test, a count, a text or a hash
    /// carries none; a static property is a
    /// constant; the real and the imaginary part are what a complex number is taken apart into.
    /// </summary>
    public static IEnumerable<string> Names => byName.Keys;

    public static MethodBase Find(string name) => byName[name];

    /// <summary>The types of a member's operands, the receiver first.</summary>
    public static Type[] OperandsOf(MethodBase member) =>
    [
        .. member is MethodInfo { IsStatic: false } ? [member.DeclaringType!] : Type.EmptyTypes,
        .. member.GetParameters().Where(p => !p.IsOut).Select(p => p.ParameterType),
    ];

    private static IEnumerable<MethodBase> Numeric() => types.SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Concat(typeof(System.Numerics.Vector).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.GetParameters().Any(p => types.Contains(p.ParameterType))))
        .OfType<MethodBase>().Where(NeedsRule);

    private static IEnumerable<MethodBase> Pairs() => new[] { typeof(Math), typeof(MathF), typeof(double), typeof(float) }
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => method.ReturnType.IsGenericType && method.ReturnType.GetGenericArguments().Any(Holds));

    private static IEnumerable<MethodBase> Roundings() => typeof(Half).GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(method => method.Name == "op_Explicit" && method.ReturnType == typeof(Half) && Holds(method.GetParameters()[0].ParameterType));

    private static bool NeedsRule(MethodBase member)
    {
        bool takes = OperandsOf(member).Length > 0;
        Type result = member is MethodInfo method ? method.ReturnType : member.DeclaringType!;
        bool writes = result == typeof(void) || member.Name == "TryCopyTo" || member.GetParameters().Any(p => p.ParameterType.IsByRef && p.IsOut && types.Contains(p.ParameterType.GetElementType()));
        bool isPart = member is { Name: "get_Real" or "get_Imaginary" };
        return takes && !isPart && (Holds(result) || writes);
    }

    private static bool Holds(Type type)
        => type == typeof(float) || type == typeof(double) || types.Contains(type) || (type.IsGenericType && type.GetGenericArguments().Any(Holds));

    private static string Name(MethodBase member)
    {
        string owner = TypeName(member.DeclaringType!), whole = member.IsStatic ? owner : owner + ".this";
        PropertyInfo? property = member.IsSpecialName ? member.DeclaringType!.GetProperties().FirstOrDefault(p => p.GetMethod == member || p.SetMethod == member) : null;
        if (property is not null)
        {
            string name = property.GetIndexParameters() is { Length: > 0 } indices ? $"{whole}[{List(indices)}]" : $"{whole}.{property.Name}";
            return property.SetMethod == member ? $"{name} = {TypeName(property.PropertyType)}" : name;
        }

        return member is ConstructorInfo ? $"{owner}.new({List(member.GetParameters())})" : $"{whole}.{member.Name}({List(member.GetParameters())})";
    }

    private static string List(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(p
        => (p.IsOut ? "out " : !p.ParameterType.IsByRef ? "" : p.IsIn ? "ref readonly " : "ref ") + TypeName(p.ParameterType.IsByRef ? p.ParameterType.GetElementType()! : p.ParameterType)));

    private static string TypeName(Type type)
        => keywords.TryGetValue(type, out string? keyword) ? keyword
        : type.IsArray ? TypeName(type.GetElementType()!) + "[]"
        : type.IsPointer ? TypeName(type.GetElementType()!) + "*"
        : type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>"
        : type.Name;
}
