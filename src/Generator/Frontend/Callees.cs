using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>What a caller knows of a differentiable method: everything follows from its symbol, so an edit of its body concerns no caller.</summary>
internal static class Callees
{
    /// <summary>Null where the method is of an assembly that was built without its forward pass.</summary>
    /// <param name="caller">Within its type the method is called by its name alone, unless a parameter bears that name.</param>
    /// <param name="through">The type parameter of which it is a static member; null for any other method.</param>
    public static Callee? Of(IMethodSymbol method, IMethodSymbol caller, Compilation compilation, ITypeSymbol? through = null)
    {
        bool isOpen = Slots.Of(method.OriginalDefinition) is not null;
        bool isBeside = SymbolEqualityComparer.Default.Equals(method.ContainingType, caller.ContainingType) && !caller.Parameters.Any(p => p.Name.StartsWith(method.Name, StringComparison.Ordinal));
        bool isHere = SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, compilation.Assembly);
        string owner = isBeside ? "" : CSharpText.Of(through ?? method.ContainingType) + ".";
        ITypeSymbol? emitted = isHere ? null : EmittedResidualsOf(method);
        string? residuals = isHere && isOpen ? Callee.OpenResiduals : isHere ? $"{owner}{CSharpText.Identifier(Callee.ResidualsOf(method.Name, OverloadOf(method.OriginalDefinition)))}{TypeArgumentsOf(method)}" : emitted is null ? null : CSharpText.Of(emitted);
        if (residuals is null)
        {
            return null;
        }

        IEnumerable<CalleeParameter> receiver = method.IsStatic ? [] : [ReceiverOf(method)];
        IEnumerable<CalleeParameter> parameters = receiver.Concat(method.Parameters.Select(static p => new CalleeParameter(p.Name, TypeLowering.Lower(p.Type), PassingOf(p), Signature.WantedOf(p))));
        Callee callee = new(isHere && !isOpen ? KeyOf(method) : "", owner, method.Name, residuals, (isOpen ? parameters.Select(Untouched) : parameters).ToEquatable(), method.ReturnsVoid ? null : TypeLowering.Lower(method.ReturnType))
        {
            TypeArguments = TypeArgumentsOf(method),
            IsHidden = !isOpen && IsHidden(method, caller),
            IsOpen = isOpen,
            Slot = isOpen && Slots.FirstOf(method.OriginalDefinition) is var first && SymbolEqualityComparer.Default.Equals(first.ContainingAssembly, compilation.Assembly) ? KeyOf(first) : "",
            Keeping = Attributes.KeepingOf(method),
            RunsForeign = isHere && !isOpen,
            MayReturnArgument = !isOpen && method.ReturnType is IArrayTypeSymbol && method.Parameters.Any(static parameter => TypeLowering.Lower(parameter.Type) is { IsMemory: true } and not StructType),
        };
        return emitted is null || isOpen ? callee : callee.Knowing(ConductOf(emitted));
    }

    /// <summary>What a method of another assembly does, as its emitted code tells.</summary>
    private static Conduct ConductOf(ITypeSymbol residuals)
        => new(residuals.GetMembers(Conduct.WrittenName).FirstOrDefault() is IFieldSymbol { ConstantValue: int written } ? written : -1, !residuals.GetMembers(Conduct.ReturnsName).IsEmpty, !residuals.GetMembers(Conduct.ForeignName).IsEmpty);

    private static CalleeParameter Untouched(CalleeParameter parameter) => parameter with { IsUntouched = Callee.IsUncopied(parameter.Type) };

    private static CalleeParameter ReceiverOf(IMethodSymbol method)
    {
        IrType type = TypeLowering.Lower(method.ContainingType);
        return new("this", type, Passing.Receiver, Signature.WantedOf(method.ContainingType)) { IsChanging = type is StructType && !method.IsReadOnly && !method.ContainingType.IsReadOnly };
    }

    private static string TypeArgumentsOf(IMethodSymbol method) => method.TypeArguments.Length == 0 ? "" : $"<{string.Join(", ", method.TypeArguments.Select(CSharpText.Of))}>";

    /// <summary>A method whose pullback was written by hand.</summary>
    public static Callee Of(IMethodSymbol method, IMethodSymbol pullback)
    {
        IEnumerable<CalleeParameter> parameters = method.Parameters.Select(p => new CalleeParameter(p.Name, TypeLowering.Lower(p.Type), PassingOf(p), Signature.WantedOf(p)) { IsUnread = Attributes.IsUnread(pullback.Parameters[p.Ordinal]) });
        return new("", CSharpText.Of(method.ContainingType) + ".", method.Name, "", parameters.ToEquatable(), method.ReturnsVoid ? null : TypeLowering.Lower(method.ReturnType))
        {
            TypeArguments = TypeArgumentsOf(method),
            SkipsEmpty = Attributes.MaySkip(pullback),
            IsResultUnread = Attributes.IsUnread(pullback.Parameters[Math.Min(method.Parameters.Length, pullback.Parameters.Length - 1)]),
            Rule = $"{CSharpText.Of(pullback.ContainingType)}.{CSharpText.CallName(pullback, CSharpText.Of)}",
        };
    }

    private static bool IsHidden(IMethodSymbol method, IMethodSymbol caller)
    {
        HashSet<ISymbol> around = new(Levels(caller), SymbolEqualityComparer.Default);
        return Levels(method).Any(level => level.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal && !around.Contains(level));
    }

    private static IEnumerable<ISymbol> Levels(IMethodSymbol method)
    {
        for (INamedTypeSymbol? level = method.ContainingType; level is not null; level = level.ContainingType)
        {
            yield return level.OriginalDefinition;
        }
    }

    public static string KeyOf(IMethodSymbol method)
    {
        IMethodSymbol definition = method.OriginalDefinition;
        return $"{CSharpText.Of(definition.ContainingType)}.{definition.Name} {OverloadOf(definition)}";
    }

    public static Passing PassingOf(IParameterSymbol parameter) => parameter.RefKind switch
    {
        RefKind.Ref => Passing.Ref,
        RefKind.Out => Passing.Out,
        RefKind.None => Passing.Value,
        _ => Passing.In,
    };

    /// <summary>Names that differ in case only count as one: they would share a file.</summary>
    public static int OverloadOf(IMethodSymbol method) => method.ContainingType.GetMembers()
        .OfType<IMethodSymbol>()
        .Where(m => m.Name.Equals(method.Name, StringComparison.OrdinalIgnoreCase) && Attributes.IsDifferentiable(m))
        .TakeWhile(m => !SymbolEqualityComparer.Default.Equals(m, method.PartialDefinitionPart ?? method))
        .Count();

    // The numbers of overloads in another assembly may not be those of its source.
    private static ITypeSymbol? EmittedResidualsOf(IMethodSymbol method)
    {
        IMethodSymbol? forward = method.ContainingType.GetMembers(method.Name + "Forward").OfType<IMethodSymbol>().FirstOrDefault(f
            => f.Parameters.Length == method.Parameters.Length + 2
            && f.Parameters.Zip(method.Parameters, static (a, b) => a.RefKind == b.RefKind && SymbolEqualityComparer.Default.Equals(a.Type, b.Type)).All(static same => same));
        return forward?.Parameters[method.Parameters.Length].Type;
    }
}
