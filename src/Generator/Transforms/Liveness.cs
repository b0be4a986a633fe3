using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>A value of normal form and where it lives.</summary>
internal sealed record LiveValue(Variable Variable, Region Scope, Region Block, int Position)
{
    public LiveRange Range { get; } = new();
}

/// <summary>
/// Finds where each value of a function in normal form is needed. Positions number the steps of the program in the order of its text, twice
/// each: at 2p a step reads, at 2p + 1 it writes. So a value read last at the step that writes another does not overlap it.
/// </summary>
internal sealed class Liveness
{
    private readonly Dictionary<int, LiveValue> values = [];
    private readonly List<LiveValue> inOrder = [];
    private readonly List<(int Variable, int Position, Region Region)> reads = [];

    // Joins are written in the branches, before the place from which on they are in scope.
    private readonly Dictionary<int, LiveRange> early = [];
    private int step;

    private Liveness()
    {
    }

    public static IReadOnlyList<LiveValue> Of(Function function)
    {
        var pass = new Liveness();
        var method = new Region(RegionKind.Method, null, 0);
        foreach (FormalParameter parameter in function.Parameters)
        {
            pass.Define(parameter.Variable, method, method, 0);
        }

        pass.step = 1;
        pass.Visit(function.Body, method, Ending.OfMethod);
        pass.Extend();
        return pass.inOrder;
    }

    private void Visit(Block block, Region region, Ending ending)
    {
        foreach (Stmt statement in block.Statements)
        {
            switch (statement)
            {
                case If s: VisitIf(s, region, ending); break;
                case Loop s: VisitLoop(s, region); break;
                case Break: VisitBreak(region, ending); break;
                case Note: break;
                default: VisitSimple(statement, region); break;
            }
        }

        if (!Parts.Leaves(block))
        {
            Assign(ending.Flows, region);
        }
    }

    private void VisitSimple(Stmt statement, Region region)
    {
        int at = step++;
        foreach (Expr expr in Parts.Expressions(statement))
        {
            Read(expr, at, region);
        }

        foreach (Variable variable in Parts.Defines(statement))
        {
            Define(variable, region, region, at);
        }
    }

    private void VisitIf(If s, Region region, Ending ending)
    {
        int test = step++;
        Read(s.Test, test, region);
        VisitBranch(s.Then, RegionKind.Then, region, test, Ending.OfThen(s, ending));
        VisitBranch(s.Else, RegionKind.Else, region, test, Ending.OfElse(s, ending));
        int after = step++;
        foreach (Join join in s.Joins)
        {
            Define(join.Result, region, region, after);
        }
    }

    private void VisitBranch(Block block, RegionKind kind, Region outer, int test, Ending ending)
    {
        var region = new Region(kind, outer, step) { Test = test, IsExit = Parts.Leaves(block) && Parts.EndsInBreak(block) };
        Visit(block, region, ending);
        region.End = step - 1;
        if (region.IsExit)
        {
            outer.InnermostLoop!.Exits.Add(region);
        }
    }

    private void VisitLoop(Loop s, Region region)
    {
        int before = step++;
        foreach (Carried c in s.Carried)
        {
            Read(c.Init, before, region);
        }

        int from = step++;
        var loop = new Region(RegionKind.Loop, region, step);
        foreach (Carried c in s.Carried)
        {
            Define(c.Param, loop, region, before);
        }

        if (s.Head is Counted counted)
        {
            Read(counted.From, from, region);
            Define(counted.Index, loop, loop, from);
        }

        VisitHead(s, loop);
        Visit(s.Body, loop, Ending.OfBody(s));
        int after = loop.End = step++;
        foreach (Carried c in s.Carried)
        {
            Mark(c.Param, (2 * after) - 1, (2 * after) + 1);
            Define(c.Result, region, region, after);
        }

        if (s.Head is Counted head)
        {
            Mark(head.Index, (2 * from) + 1, (2 * after) + 1);
        }
    }

    private void VisitHead(Loop s, Region loop)
    {
        if (s.Head is While { Condition: var condition })
        {
            Visit(condition, loop, Ending.OfMethod);
        }

        int test = step++;
        switch (s.Head)
        {
            case Counted head: Read(head.Bound, test, loop); break;
            case While head: Read(head.Test, test, loop); break;
        }

        // Where the test ends the loop, the results are what was carried so far.
        foreach (Carried c in s.Carried)
        {
            reads.Add((c.Param.Id, 2 * test, loop));
        }
    }

    private void VisitBreak(Region region, Ending ending)
    {
        var local = new Dictionary<int, int>();
        foreach (IReadOnlyList<Flow> flows in ending.WayOut())
        {
            int at = step++;
            foreach (Variable variable in flows.SelectMany(f => Operands.Reads(f.Value)))
            {
                if (local.TryGetValue(variable.Id, out int written))
                {
                    Mark(variable, (2 * written) + 1, 2 * at);
                }
                else
                {
                    reads.Add((variable.Id, 2 * at, region));
                }
            }

            foreach (Flow flow in flows)
            {
                local[flow.Into.Id] = at;
                Mark(flow.Into, (2 * at) + 1, (2 * at) + 1);
            }
        }

        // Nothing but the way out follows, so what was written last lives to its end by itself.
        step++;
    }

    private void Assign(IReadOnlyList<Flow> flows, Region region)
    {
        int at = step++;
        foreach (Flow flow in flows)
        {
            Read(flow.Value, at, region);
            Mark(flow.Into, (2 * at) + 1, (2 * at) + 1);
        }
    }

    private void Read(Expr expr, int at, Region region)
    {
        foreach (Variable variable in Operands.Reads(expr))
        {
            reads.Add((variable.Id, 2 * at, region));
        }
    }

    private void Define(Variable variable, Region scope, Region block, int at)
    {
        var value = new LiveValue(variable, scope, block, at);
        if (early.TryGetValue(variable.Id, out LiveRange written))
        {
            value.Range.Add(written);
        }

        value.Range.Add((2 * at) + 1, (2 * at) + 1);
        values.Add(variable.Id, value);
        inOrder.Add(value);
    }

    private void Mark(Variable variable, int start, int end)
    {
        if (values.TryGetValue(variable.Id, out LiveValue value))
        {
            value.Range.Add(start, end);
            return;
        }

        if (!early.TryGetValue(variable.Id, out LiveRange range))
        {
            early.Add(variable.Id, range = new LiveRange());
        }

        range.Add(start, end);
    }

    private void Extend()
    {
        var pieces = new LivePieces();
        foreach ((int id, int position, Region region) in reads)
        {
            LiveValue value = values[id];
            pieces.Collect(value, position, region);
            pieces.AddTo(value.Range);
        }
    }
}
