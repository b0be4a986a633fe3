using System.Text.RegularExpressions;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>What C# lets a local be called.</summary>
internal static class Identifiers
{
    private static readonly HashSet<string> keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default",
        "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto",
        "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out",
        "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc",
        "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using",
        "virtual", "void", "volatile", "while",
    ];

    // Keywords only in some places, some of them places where an assignment may stand.
    private static readonly HashSet<string> contextual =
        ["async", "await", "dynamic", "extension", "field", "from", "nameof", "nint", "nuint", "partial", "record", "scoped", "var", "when", "where", "with", "yield"];

    private static readonly Regex words = new(@"(?<![$@])""(?:[^""\\]|\\.)*""|(?<![\w.@])@?([A-Za-z_]\w*)", RegexOptions.CultureInvariant);

    public static bool IsReserved(string name) => keywords.Contains(name) || contextual.Contains(name) || name == "_";

    /// <summary>The name as it must be written.</summary>
    public static string Written(string name) => IsReserved(name) ? "@" + name : name;

    /// <summary>The identifiers in the texts of a function's externals that a local of the same name would capture.</summary>
    public static HashSet<string> InExternals(Function function)
    {
        HashSet<string> found = [];
        void Search(Expr expr)
        {
            if (expr is External external)
            {
                foreach (Match match in words.Matches(external.Format))
                {
                    // The text of a plain string names nothing: there the group is empty.
                    found.Add(match.Groups[1].Value);
                }
            }

            foreach (Expr operand in Operands.Of(expr))
            {
                Search(operand);
            }
        }

        Parts.ForEachExpression(function.Body, Search);
        return found;
    }
}
