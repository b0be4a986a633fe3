using System.Collections.Concurrent;
using Backprop.Generator.Analyses;
using Backprop.Generator.Frontend;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator;

/// <summary>What the generator knows of the methods that a method calls, for the analyzer, which looks at one method at a time.</summary>
internal sealed class KnownCallees(Compilation compilation)
{
    private readonly ConcurrentDictionary<IMethodSymbol, (Prepared? Method, IReadOnlyList<IMethodSymbol> Called)> known = new(SymbolEqualityComparer.Default);

    /// <summary>The same method, knowing what those that it calls do with what they are handed.</summary>
    public Prepared Knowing(Prepared method, IReadOnlyList<IMethodSymbol> called, CancellationToken cancellation)
    {
        if (called.Count == 0)
        {
            return method;
        }

        Dictionary<string, Prepared> reached = new() { [method.Method.Key] = method };
        Stack<IMethodSymbol> open = new(called);
        while (open.Count > 0)
        {
            (Prepared? callee, IReadOnlyList<IMethodSymbol> calls) = known.GetOrAdd(open.Pop(), symbol => Lowered(symbol, cancellation));
            if (callee is not null && !reached.ContainsKey(callee.Method.Key))
            {
                reached.Add(callee.Method.Key, callee);
                calls.ToList().ForEach(open.Push);
            }
        }

        return Differentiator.Knowing(method, Differentiator.GraphOf(reached.Values));
    }

    private (Prepared? Method, IReadOnlyList<IMethodSymbol> Called) Lowered(IMethodSymbol callee, CancellationToken cancellation)
    {
        if (callee.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not { } declaration || !compilation.ContainsSyntaxTree(declaration.SyntaxTree))
        {
            return (null, []);
        }

        LoweredMethod lowered = Lowering.Lower(callee, declaration, compilation.GetSemanticModel(declaration.SyntaxTree), cancellation);
        return (lowered.Method is null ? null : new Prepared(lowered.Method), lowered.Called);
    }
}
