using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Backprop.Generator.Frontend;

/// <summary>
/// Remembers what methods were lowered to. A method is lowered again when its own file, or one in which it looked at a method's body, was parsed anew or when
/// its surroundings are no longer the same; an edit of another file's method bodies costs a comparison of that file alone.
/// </summary>
internal sealed class LoweringMemo
{
    private readonly ConditionalWeakTable<SyntaxTree, ConcurrentDictionary<TextSpan, Entry>> entries = new();
    private readonly object gate = new();
    private Compilation? latest;
    private object surroundings = new();

    /// <summary>What <paramref name="lower"/> gives for the declaration, now or when it was asked last.</summary>
    public IR.Method? Lower(SyntaxNode declaration, Compilation compilation, Func<LoweredMethod?> lower, CancellationToken cancellation)
    {
        object current = SurroundingsOf(compilation, cancellation);
        ConcurrentDictionary<TextSpan, Entry> ofFile = entries.GetValue(declaration.SyntaxTree, static _ => new());
        if (ofFile.TryGetValue(declaration.Span, out Entry? known) && known.Surroundings == current && known.Seen.All(compilation.ContainsSyntaxTree))
        {
            return known.Method;
        }

        LoweredMethod? lowered = lower();
        ofFile[declaration.Span] = new Entry(current, lowered?.Seen ?? [], lowered?.Method);
        return lowered?.Method;
    }

    /// <summary>One object for all compilations whose surroundings are the same, in the order in which they come.</summary>
    private object SurroundingsOf(Compilation compilation, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (latest != compilation)
            {
                surroundings = latest is not null && Surroundings.AreSame(latest, compilation, cancellation) ? surroundings : new object();
                latest = compilation;
            }

            return surroundings;
        }
    }

    private sealed record Entry(object Surroundings, IReadOnlyList<SyntaxTree> Seen, IR.Method? Method);
}
