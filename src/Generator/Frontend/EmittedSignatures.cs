using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Backprop.Generator.Frontend;

/// <summary>
/// Whether the members to be emitted for a method can stand beside what its type has under their names: their parameters must differ, and what
/// <c>FooGradient</c> calls must be the emitted <c>FooBackward</c> and nothing that suits its arguments better. (No other method can have the parameters
/// of <c>FooForward</c> and <c>FooPullback</c>: they take what is emitted.)
/// </summary>
internal sealed class EmittedSignatures(IMethodSymbol method, Compilation compilation)
{
    /// <summary>The first name that is taken; null when all are free.</summary>
    public string? Taken()
    {
        string backward = method.Name + "Backward", gradient = method.Name + "Gradient";
        Formal[] own = BackwardOf(method), call = CallOf(method);
        IEnumerable<Formal[]?> rivals = Others().Select(BackwardOf).Concat(Declared(backward));
        return rivals.Any(rival => rival is null || AreSame(rival, own) || Wins(Expanded(rival, call.Length), own, call)) ? backward
            : Declared(gradient, static m => m.Arity == 0).Any(rival => rival is null || AreSame(rival, PrimalOf(method))) ? gradient
            : TakenByAnotherKind();
    }

    private string? TakenByAnotherKind()
    {
        string residuals = IR.Callee.ResidualsOf(method.Name, Callees.OverloadOf(method));
        return Members(residuals).Any() ? residuals
            : new[] { method.Name + "Forward", method.Name + "Pullback" }.FirstOrDefault(name => Members(name).Any(static m => m is not IMethodSymbol));
    }

    /// <param name="Way">How the argument is handed over: a variable or a value.</param>
    private sealed record Formal(RefKind Way, ITypeSymbol Type, Needed Needed);

    private enum Needed { Always, Optional, Repeated }

    private IEnumerable<IMethodSymbol> Others() => method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>()
        .Where(other => Attributes.IsDifferentiable(other) && !Same(other, method) && !Same(other, method.PartialDefinitionPart) && !Same(other, method.PartialImplementationPart));

    /// <summary>The parameters of each member of that name; null for one that is no method or has type parameters.</summary>
    private IEnumerable<Formal[]?> Declared(string name, Func<IMethodSymbol, bool>? concerns = null) => Members(name)
        .Where(m => m is not IMethodSymbol other || concerns is null || method.Arity > 0 || concerns(other))
        .Select(static m => m is IMethodSymbol { Arity: 0 } declared ? PrimalOf(declared) : null);

    private IEnumerable<ISymbol> Members(string name) => method.ContainingType.GetMembers(name).Where(static m => !ContainerLowering.IsGenerated(m));

    private static Formal[] PrimalOf(IMethodSymbol declared) => [.. declared.Parameters.Select(static p
        => new Formal(p.RefKind, p.Type, p.IsParams ? Needed.Repeated : p.IsOptional ? Needed.Optional : Needed.Always))];

    private Formal[] BackwardOf(IMethodSymbol primal)
        => [.. PrimalOf(primal).Select(static p => p with { Needed = Needed.Always }), .. AccumulatorsOf(primal, SpanOf), .. !primal.ReturnsVoid && FloatingContent.MayHold(primal.ReturnType)
            ? [new Formal(RefKind.None, primal.ReturnType, primal.ReturnType.IsValueType ? Needed.Optional : Needed.Always)] : Array.Empty<Formal>()];

    /// <summary>What <c>FooGradient</c> hands to <c>FooBackward</c>: new arrays for accumulators, and no seed.</summary>
    private Formal[] CallOf(IMethodSymbol primal)
        => [.. PrimalOf(primal), .. AccumulatorsOf(primal, element => compilation.CreateArrayTypeSymbol(element))];

    private static IEnumerable<Formal> AccumulatorsOf(IMethodSymbol primal, Func<ITypeSymbol, ITypeSymbol> memory)
        => primal.Parameters.Where(static p => Signature.WantedOf(p) == IR.Wanted.Gradient).Select(p => p.Type switch
        {
            IArrayTypeSymbol { Rank: 1, ElementType: { TypeKind: not TypeKind.Array } element } => new Formal(RefKind.None, memory(element), Needed.Always),
            INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory", TypeArguments: { Length: 1 } arguments } => new Formal(RefKind.None, memory(arguments[0]), Needed.Always),
            { IsValueType: true } when p.RefKind != RefKind.Out => new Formal(RefKind.Ref, p.Type, Needed.Always),
            _ => new Formal(RefKind.None, p.Type, Needed.Always),
        });

    private ITypeSymbol SpanOf(ITypeSymbol element) => compilation.GetTypeByMetadataName("System.Span`1")?.Construct(element) ?? element;

    /// <summary>Whether C# takes them for one signature.</summary>
    private static bool AreSame(Formal[] left, Formal[] right)
        => left.Length == right.Length && left.Zip(right, static (l, r) => IsVariable(l) == IsVariable(r) && Same(l.Type, r.Type)).All(static same => same);

    /// <summary>A last parameter of any number of arguments stands for as many as there are.</summary>
    private static Formal[] Expanded(Formal[] rival, int count)
        => rival.LastOrDefault() is { Needed: Needed.Repeated } last ? [.. rival, .. Enumerable.Repeat(last, Math.Max(0, count - rival.Length))] : rival;

    private bool Wins(Formal[] rival, Formal[] own, Formal[] call) => Accepts(rival, call) && !IsWorse(rival, own, call);

    private bool Accepts(Formal[] rival, Formal[] call)
        => rival.Length >= call.Length && rival.Skip(call.Length).All(static p => p.Needed != Needed.Always) && call.Zip(rival, Accepts).All(static accepted => accepted);

    private bool Accepts(Formal argument, Formal parameter) => (argument.Way, parameter) switch
    {
        (_, { Needed: Needed.Repeated }) => true,
        (RefKind.Ref or RefKind.Out, _) => parameter.Way == argument.Way && Same(argument.Type, parameter.Type),
        _ => parameter.Way is not (RefKind.Ref or RefKind.Out) && compilation.ClassifyConversion(argument.Type, parameter.Type).IsImplicit,
    };

    /// <summary>Whether C# prefers the emitted method: it takes some argument as it is that the rival converts, and never the other way round.</summary>
    private static bool IsWorse(Formal[] rival, Formal[] own, Formal[] call)
    {
        int[] different = [.. Enumerable.Range(0, call.Length).Where(i => !Same(rival[i].Type, own[i].Type))];
        return different.Length > 0 && different.All(i => Same(own[i].Type, call[i].Type));
    }

    private static bool IsVariable(Formal formal) => formal.Way != RefKind.None;

    private static bool Same(ISymbol? left, ISymbol? right) => SymbolEqualityComparer.Default.Equals(left, right);
}
