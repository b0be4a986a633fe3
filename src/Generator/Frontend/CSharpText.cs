using System.Globalization;
using System.Text;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Backprop.Generator.Frontend;

/// <summary>Symbols and constants as C# that means the same wherever it stands.</summary>
internal static class CSharpText
{
    private static readonly SymbolDisplayFormat annotated = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat withoutGlobal = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    private static readonly SymbolDisplayFormat brief = SymbolDisplayFormat.CSharpShortErrorMessageFormat
        .RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseAsterisksInMultiDimensionalArrays);

    public static string Of(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    public static string Annotated(ITypeSymbol type) => type.ToDisplayString(annotated);

    public static string OfNamespace(INamespaceSymbol? space)
        => space is null or { IsGlobalNamespace: true } ? "" : space.ToDisplayString(withoutGlobal);

    /// <summary>For a message: without namespaces.</summary>
    public static string Short(ISymbol symbol) => symbol.ToDisplayString(brief);

    public static string Identifier(string name)
        => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <param name="of">The text of a type.</param>
    public static string Member(ISymbol member, Func<ITypeSymbol, string> of) => $"{of(member.ContainingType)}.{Identifier(member.Name)}";

    /// <summary>The name of a method with its type arguments.</summary>
    /// <param name="of">The text of a type.</param>
    public static string CallName(IMethodSymbol method, Func<ITypeSymbol, string> of)
    {
        ITypeSymbol[] arguments = [.. IsExtensionBlock(method.ContainingType) ? method.ContainingType.TypeArguments : [], .. method.TypeArguments];
        return Identifier(method.Name) + (arguments.Length > 0 ? $"<{string.Join(", ", arguments.Select(of))}>" : "");
    }

    /// <summary>Whether it is a block of extension members, for which Roslyn has a word from version 5 on.</summary>
    public static bool IsExtensionBlock(INamedTypeSymbol? type) => type is not null && (int)type.TypeKind == 14;

    /// <summary>A constant that is no number of the IR; null when there is no text for it.</summary>
    public static string? Constant(object? value, ITypeSymbol type) => value switch
    {
        null => $"default({Of(type)})",
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
        _ when type.TypeKind == TypeKind.Enum => EnumConstant(value, (INamedTypeSymbol)type),
        bool or char or double or float or IFormattable => Scalar(value),
        _ => null,
    };

    /// <summary>A number, bool or char of a constant; null for anything else.</summary>
    public static Literal? Number(object? value, IrType type) => type is not ScalarType ? null : value switch
    {
        double number => new Literal(BitConverter.DoubleToInt64Bits(number), type),
        float number => new Literal(BitConverter.DoubleToInt64Bits(number), type),
        bool truth => new Literal(truth ? 1 : 0, type),
        char character => new Literal(character, type),
        ulong number => new Literal(unchecked((long)number), type),
        sbyte or byte or short or ushort or int or uint or long => new Literal(System.Convert.ToInt64(value, CultureInfo.InvariantCulture), type),
        _ => null,
    };

    private static string EnumConstant(object value, INamedTypeSymbol type)
    {
        IFieldSymbol? member = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.HasConstantValue && Equals(f.ConstantValue, value));
        return member is null ? $"({Of(type)})({Scalar(value)})" : $"{Of(type)}.{Identifier(member.Name)}";
    }

    private static string Scalar(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        float.NaN => "float.NaN",
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        char character => SymbolDisplay.FormatLiteral(character, quote: true),
        uint number => number.ToString(CultureInfo.InvariantCulture) + "u",
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        ulong number => number.ToString(CultureInfo.InvariantCulture) + "UL",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}

/// <summary>Builds the format of an <see cref="External"/> and collects its operands.</summary>
internal sealed class ExternalText
{
    private readonly StringBuilder format = new();
    private readonly List<Expr> arguments = [];

    public ExternalText Text(string text)
    {
        format.Append(text.Replace("{", "{{").Replace("}", "}}"));
        return this;
    }

    public ExternalText Hole(Expr operand)
    {
        format.Append('{').Append(arguments.Count.ToString(CultureInfo.InvariantCulture)).Append('}');
        arguments.Add(operand);
        return this;
    }

    public External Build(IrType type, Effect effect, int site) => new(format.ToString(), arguments.ToEquatable(), type, effect, site);
}
