using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>What elements of storage are known to hold at one place of a block: what was stored there, or read from there, and not written since.</summary>
internal sealed class Held(Memory memory)
{
    private readonly Dictionary<Element, Expr> values = new(0);
    private readonly Dictionary<int, HashSet<Element>> byRoot = new(0);

    /// <summary>The value that an element holds; null where it is not known.</summary>
    public Expr? Find(Element element) => values.TryGetValue(element, out Expr? value) ? value : null;

    public void Learn(Element element, Expr value)
    {
        // The parts of a struct in a variable are put together elsewhere.
        IReadOnlyCollection<int> roots = memory.ReadBy(element.Memory);
        if (roots.Count == 0 || (element.Indices.Count == 0 && element.Memory.Type is not ObjectType))
        {
            return;
        }

        values[element] = value;
        foreach (int root in roots)
        {
            (byRoot.TryGetValue(root, out HashSet<Element>? elements) ? elements : byRoot[root] = []).Add(element);
        }
    }

    /// <summary>Forgets what a statement, with everything inside it, may write; a store leaves its value.</summary>
    public void Follow(Stmt stmt)
    {
        if (values.Count > 0)
        {
            foreach (Stmt inner in stmt.Deep())
            {
                Forget(inner);
            }
        }

        if (stmt is Store { Value: Read or Literal } store && store.Value.Type.Equals(store.Target.Type))
        {
            Learn(store.Target, store.Value);
        }
    }

    private void Forget(Stmt stmt)
    {
        if (Memory.RunsForeign(stmt))
        {
            values.Clear();
            byRoot.Clear();
            return;
        }

        if (stmt is Declare { Value: not External })
        {
            return;
        }

        foreach (int root in Memory.Targets(stmt).SelectMany(memory.WrittenBy))
        {
            if (byRoot.TryGetValue(root, out HashSet<Element>? elements))
            {
                byRoot.Remove(root);
                foreach (Element element in elements)
                {
                    values.Remove(element);
                }
            }
        }
    }
}
