using System.Reflection;
using System.Runtime.CompilerServices;

namespace Backprop.Integration.Contract;

/// <summary>Emitted members as C# declares them, found by reflection: what a caller sees.</summary>
internal static class SignatureText
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> keywords = new()
    {
        [typeof(double)] = "double", [typeof(float)] = "float", [typeof(int)] = "int", [typeof(bool)] = "bool", [typeof(string)] = "string", [typeof(void)] = "void", [typeof(char)] = "char",
    };

    /// <summary>The only method of that name; empty for none.</summary>
    public static string Of(Type type, string name) => type.GetMethods(Any).Where(m => m.Name == name).Select(Of).SingleOrDefault("");

    public static string Of(MethodInfo method)
    {
        IList<string?> names = method.ReturnParameter.GetCustomAttribute<TupleElementNamesAttribute>()?.TransformNames ?? [];
        return $"{Access(method)}{(method.IsStatic ? " static" : "")} {Text(method.ReturnType, new Queue<string?>(names))} {method.Name}({string.Join(", ", method.GetParameters().Select(Of))})";
    }

    private static string Of(ParameterInfo parameter)
    {
        string passing = !parameter.ParameterType.IsByRef ? parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        Type type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        IList<string?> names = parameter.GetCustomAttribute<TupleElementNamesAttribute>()?.TransformNames ?? [];
        return $"{passing}{Text(type, new Queue<string?>(names))} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue ?? "default"}" : "")}";
    }

    private static string Access(MethodBase method)
        => method.IsPublic ? "public" : method.IsPrivate ? "private" : method.IsAssembly ? "internal" : method.IsFamilyOrAssembly ? "protected internal" : method.IsFamilyAndAssembly ? "private protected" : "protected";

    private static string Text(Type type, Queue<string?> names)
    {
        if (type.IsArray)
        {
            return Text(type.GetElementType()!, names) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        }

        Type[] arguments = type.GetGenericArguments();
        if (type.IsGenericType && type.GetGenericTypeDefinition().FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal))
        {
            string?[] here = [.. arguments.Select(_ => names.TryDequeue(out string? name) ? name : null)];
            return $"({string.Join(", ", arguments.Select((argument, i) => $"{Text(argument, names)} {here[i]}".TrimEnd()))})";
        }

        return keywords.TryGetValue(type, out string? keyword) ? keyword
            : type.IsGenericType && !type.IsNested ? $"{type.Name.Split('`')[0]}<{string.Join(", ", arguments.Select(argument => Text(argument, names)))}>"
            : type.Name;
    }
}
