using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>The bodies of the user's members, and which of them write the struct that they are called on.</summary>
/// <param name="compilation">Whose sources can be seen.</param>
internal sealed class Bodies(Compilation compilation, CancellationToken cancellation)
{
    private readonly Dictionary<IMethodSymbol, bool> known = new(SymbolEqualityComparer.Default);

    /// <summary>Of a member in two parts, the one with the body.</summary>
    public static IMethodSymbol Implementing(IMethodSymbol member) => member.PartialImplementationPart ?? member;

    public IOperation? Of(IMethodSymbol member)
    {
        SyntaxNode? syntax = member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);
        return syntax is null || !compilation.ContainsSyntaxTree(syntax.SyntaxTree) ? null : compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax, cancellation);
    }

    /// <summary>Whether a member of a struct may write it; one whose body cannot be seen may, unless it is the framework's.</summary>
    public bool MayWriteReceiver(IMethodSymbol member)
    {
        bool isAutomatic = member.MethodKind is MethodKind.PropertyGet or MethodKind.PropertySet && Members.IsAutomatic(member);
        if (isAutomatic || member.IsStatic || member.IsReadOnly || member.ContainingType is { IsReadOnly: true } or { IsValueType: false })
        {
            return false;
        }

        IMethodSymbol definition = Implementing(member.OriginalDefinition);
        if (!known.TryGetValue(definition, out bool writes))
        {
            // One that leads back to itself is put in no place, so what is said of it meanwhile does not matter.
            known[definition] = false;
            known[definition] = writes = Of(definition) is { } body ? WriteFacts.Of(this, body).IsAssigned(definition.ContainingType) : !IsOfFramework(definition);
        }

        return writes;
    }

    /// <summary>Whether it is known to do nothing but what it says.</summary>
    public static bool IsOfFramework(ISymbol member)
        => member.ContainingType is null || Primitives.IsSystemType(member.ContainingType, member.ContainingType.Name) || StructLowering.IsNumeric(member.ContainingType);
}
