using Backprop.Generator.IR;
using Backprop.Generator.Transforms;

namespace Backprop.Generator.Tests.Semantics;

/// <summary>
/// Makes functions in normal form. Unlike what a frontend makes, they read old values at any later place and let joins and loops
/// exchange values: what merging values into locals must not get wrong.
/// </summary>
internal sealed class RandomFunctions(Random random)
{
    private const int Deepest = 4;

    private enum Style { Mixed, Nested, Effects }

    private readonly List<Variable> visible = [];
    private readonly Dictionary<int, Variable> current = [];
    private readonly List<FormalParameter> parameters = [];
    private readonly RandomExpressions expressions = new(random);
    private readonly Style style = (Style)random.Next(3);
    private int ids = 1;
    private int budget;

    private List<Stmt> output = [];
    private Variable accumulator = null!;

    public static Function Next(int seed)
    {
        var random = new Random(seed);
        return new RandomFunctions(random).Make(random.Next(4, 50));
    }

    private Function Make(int size)
    {
        budget = size;
        Parameter("p", IrType.Double, "double");
        Parameter("q", IrType.Double, "double");
        Parameter("n", IrType.Int32, "int");
        Parameter("k", IrType.Int32, "int");
        Parameter("flag", IrType.Bool, "bool");
        Parameter("a", Building.Doubles, "double[]");
        Parameter("b", Building.Doubles, "double[]");
        accumulator = new Variable(ids++, "acc", IrType.Double);
        parameters.Add(new FormalParameter(accumulator, Passing.Ref, "double", ""));
        foreach (string name in new[] { "x", "y", "z" }.Take(style == Style.Nested ? random.Next(1, 3) : random.Next(1, 4)))
        {
            Assign(new Variable(ids++, name, IrType.Double), expressions.Value(IrType.Double, Pool()));
        }

        Assign(new Variable(ids++, "m", IrType.Int32), expressions.Value(IrType.Int32, Pool()));
        Statements(0, size);
        if (random.Next(3) == 0)
        {
            // As in normal form: at the end, and what is read after it is what came in.
            output.Add(new WriteBack(accumulator, expressions.Operand(IrType.Double, Pool())));
        }

        foreach (Variable variable in current.Values.Where(_ => random.Next(3) == 0))
        {
            output.Add(new Evaluate(expressions.Log(variable.Type == IrType.Double ? variable.Read() : expressions.Operand(IrType.Double, Pool()))));
        }

        output.Add(new Return(expressions.Operand(IrType.Double, Pool())));
        return new Function("F", "public static", "double", parameters.ToEquatable(), "", default, Block.Of(output));
    }

    private Pool Pool() => new(visible, [.. current.Values], accumulator);

    private void Parameter(string name, IrType type, string text)
    {
        var variable = new Variable(ids++, name, type);
        parameters.Add(new FormalParameter(variable, Passing.Value, text, ""));
        visible.Add(variable);
        if (!type.IsMemory && type != IrType.Bool)
        {
            current.Add(variable.Id, variable);
        }
    }

    private void Assign(Variable variable, Expr value)
    {
        Sweep sweep = variable.Name.StartsWith('d') ? Sweep.Adjoint : Sweep.Primal;
        output.Add(new Declare(variable, value, sweep));
        Show(variable);
    }

    private void Show(Variable variable)
    {
        visible.Add(variable);
        if (!variable.Type.IsMemory && (variable.Name.Length > 0 || variable.Symbol != 0))
        {
            current[Uses.Key(variable)] = variable;
        }
    }

    private Variable Version(Variable variable) => variable with { Id = ids++, Symbol = Uses.Key(variable) };

    private void Statements(int depth, int count)
    {
        for (int i = 0; i < count && budget > 0; i++)
        {
            budget--;
            Statement(depth);
        }
    }

    // Few variables, reassigned in loops in loops with exits: where merging is most delicate.
    private void NestedStatement(int depth)
    {
        switch (random.Next(depth < Deepest ? 10 : 6))
        {
            case < 3: Reassign(); break;
            case < 4:
                Reassign();
                Log();
                break;
            case < 6: Log(); break;
            case < 7: Branch(depth, 0); break;
            default: Loop(depth); break;
        }
    }

    // Some values with effects, then one expression of all of them in any order.
    private void Shuffle()
    {
        List<Expr> values = [];
        for (int i = random.Next(2, 4); i > 0; i--)
        {
            Assign(new Variable(ids++, "", IrType.Double), expressions.WithEffect(expressions.Fresh(visible.Where(v => v.Name.Length > 0)), Pool()));
            values.Insert(random.Next(values.Count + 1), visible[^1].Read());
        }

        Expr all = values.Aggregate((left, right) => random.Next(2) == 0 ? left - right : right * (left + 1));
        visible.RemoveRange(visible.Count - values.Count, values.Count);
        Assign(new Variable(ids++, random.Next(2) == 0 ? "z" : "", IrType.Double), all);
    }

    // Values with effects, each used once soon after, in any order: where folding is most delicate.
    private void EffectStatement()
    {
        Expr x = expressions.Fresh(visible), y = expressions.Fresh(visible);
        switch (random.Next(12))
        {
            case < 4: Assign(new Variable(ids++, "", IrType.Double), expressions.WithEffect(x, Pool())); break;
            case < 6: Assign(new Variable(ids++, "", IrType.Double), random.Next(2) == 0 ? x - y : x * (y + x)); break;
            case < 8: Shuffle(); break;
            case 8: output.Add(new Store(expressions.Target(Pool()), x)); break;
            case 9: output.Add(random.Next(2) == 0 ? new Accumulate(expressions.Target(Pool()), x) : new Accumulate(accumulator.Read(), x)); break;
            case 10:
                var test = new Variable(ids++, "", IrType.Bool);
                output.Add(new Declare(test, x < y));
                (Block then, Expr first) = Inside(() => Arm());
                (Block @else, Expr second) = Inside(() => Arm());
                var choice = new Variable(ids++, "", IrType.Double);
                output.Add(new If(ids++, test.Read(), then, @else, EquatableArray.Of(new Join(choice, first, second))));
                Show(choice);
                break;
            default: Reassign(); break;
        }

        Expr Arm()
        {
            if (random.Next(2) == 0)
            {
                Assign(new Variable(ids++, "", IrType.Double), expressions.WithEffect(expressions.Fresh(visible), Pool()));
            }

            return expressions.Fresh(visible);
        }
    }

    private void Log() => output.Add(new Evaluate(expressions.Log(expressions.Operand(IrType.Double, Pool()))));

    private void Statement(int depth)
    {
        if (style != Style.Mixed && random.Next(4) != 0)
        {
            if (style == Style.Nested)
            {
                NestedStatement(depth);
            }
            else
            {
                EffectStatement();
            }

            return;
        }

        int choice = random.Next(depth < Deepest ? 30 : 22);
        IrType type = random.Next(4) == 0 ? IrType.Int32 : IrType.Double;
        switch (choice)
        {
            case < 7: Assign(new Variable(ids++, "", type), expressions.Value(type, Pool())); break;
            case < 8: Assign(new Variable(ids++, "", IrType.Bool), expressions.Value(IrType.Bool, Pool())); break;
            case < 14: Reassign(); break;
            case 14: Assign(new Variable(ids++, "d" + random.Next(3), IrType.Double), expressions.Value(IrType.Double, Pool())); break;
            case 15 or 16: output.Add(new Store(expressions.Target(Pool()), expressions.Deep(IrType.Double, Pool()))); break;
            case 17: output.Add(new Accumulate(expressions.Target(Pool()), expressions.Operand(IrType.Double, Pool()))); break;
            case 18: output.Add(new Accumulate(accumulator.Read(), expressions.Operand(IrType.Double, Pool()))); break;
            case 19 or 20: Log(); break;
            case 21: Slice(); break;
            case < 27: Branch(depth, 0); break;
            default: Loop(depth); break;
        }
    }

    private void Reassign()
    {
        List<Variable> candidates = [.. current.Values];
        Variable old = candidates[random.Next(candidates.Count)];
        Expr value = expressions.Value(old.Type, Pool());
        if (random.Next(3) == 0 && old.Type == IrType.Double)
        {
            value = old.Read() + expressions.Operand(IrType.Double, Pool());
        }

        Assign(Version(old), value);
    }

    private void Slice()
    {
        Variable memory = visible.First(v => v.Type == Building.Doubles);
        Assign(new Variable(ids++, random.Next(2) == 0 ? "" : "row", Building.Writable), new Slice(memory.Read(), Numbers.Int(random.Next(2)), Numbers.Int(4), Building.Writable));
    }

    // Runs something in a block of its own and gives back what is visible at its end; afterwards everything is as it was.
    private (Block Block, T Result) Inside<T>(Func<T> fill)
    {
        List<Stmt> outer = output;
        int count = visible.Count;
        var before = new Dictionary<int, Variable>(current);
        output = [];
        T result = fill();
        Block block = Block.Of(output);
        output = outer;
        visible.RemoveRange(count, visible.Count - count);
        current.Clear();
        foreach (KeyValuePair<int, Variable> pair in before)
        {
            current.Add(pair.Key, pair.Value);
        }

        return (block, result);
    }

    /// <param name="loop">The loop whose body ends with this branch; 0 where no exit may stand.</param>
    private void Branch(int depth, int loop)
    {
        int id = ids++;
        Expr test = expressions.Test(Pool());
        List<Variable> joined = [.. current.Values.Where(_ => random.Next(3) != 0)];
        IrType[] extra = [.. Enumerable.Range(0, random.Next(3) == 0 ? 2 : random.Next(2)).Select(_ => IrType.Double)];
        (Block then, Expr[] thenValues) = Inside(() => Arm(depth, loop, joined, extra));
        (Block @else, Expr[] elseValues) = Inside(() => Arm(depth, loop, joined, extra));
        List<Variable> results = [.. joined.Select(Version), .. extra.Select(t => new Variable(ids++, "", t))];
        output.Add(new If(id, test, then, @else, results.Select((r, i) => new Join(r, thenValues[i], elseValues[i])).ToEquatable()));
        results.ForEach(Show);
    }

    private Expr[] Arm(int depth, int loop, List<Variable> joined, IrType[] extra)
    {
        if (random.Next(4) != 0)
        {
            Statements(depth + 1, random.Next(4));
        }

        if (loop != 0 && random.Next(5) < (style == Style.Nested ? 3 : 2))
        {
            if (random.Next(3) == 0 && depth < Deepest)
            {
                Branch(depth + 1, loop);
            }
            else
            {
                Expr[] values = EndValues(joined, extra);
                output.Add(new Break(loop));
                return values;
            }
        }
        else if (random.Next(25) == 0)
        {
            output.Add(new Throw(new External("new global::System.InvalidOperationException()", default, new OpaqueType("global::System.Exception"), Effect.Pure, 0)));
        }

        return EndValues(joined, extra);
    }

    // Mostly the present value of each variable; sometimes any other, so that values change places.
    private Expr[] EndValues(List<Variable> variables, IrType[] extra) =>
    [
        .. variables.Select(v => random.Next(6) == 0 ? expressions.Operand(v.Type, Pool()) : current[Uses.Key(v)].Read()),
        .. extra.Select(t => random.Next(3) == 0 ? expressions.Value(t, Pool()) : expressions.Operand(t, Pool())),
    ];

    private void Loop(int depth)
    {
        int id = ids++;
        List<Variable> carried = [.. current.Values.Where(_ => random.Next(style == Style.Nested ? 3 : 2) == 0)];
        Expr[] inits = EndValues(carried, []);
        List<Variable> inside = [.. carried.Select(Version)];
        List<Variable> results = [.. carried.Select(Version)];
        bool counted = random.Next(2) == 0;
        var count = new Variable(ids++, counted ? random.Next(3) == 0 ? "" : "i" : random.Next(2) == 0 ? "" : "count", IrType.Int32);
        Expr bound = random.Next(3) != 0 ? Numbers.Int(random.Next(6) == 0 ? 0 : random.Next(2, 4)) : new Binary(BinaryOp.And, expressions.Operand(IrType.Int32, Pool()), Numbers.Int(3), IrType.Int32);
        LoopHead head = null!;
        if (counted && random.Next(2) == 0)
        {
            Assign(new Variable(ids++, "", IrType.Int32), bound);
            bound = visible[^1].Read();
        }

        (Block body, (Expr[] Next, Expr? Count) ends) = Inside(() =>
        {
            inside.ForEach(Show);
            visible.Add(count);
            head = counted ? new Counted(count, Numbers.Int(0), BinaryOp.Less, bound, 1) : Condition(count, bound, id);
            Statements(depth + 1, random.Next(1, 5));
            Expr? next = counted ? null : Increment(count);
            if (random.Next(style == Style.Nested ? 4 : 2) != 0)
            {
                Branch(depth + 1, id);
            }

            return (EndValues(carried, []), next);
        });
        List<Carried> all = [.. carried.Select((_, i) => new Carried(inside[i], inits[i], ends.Next[i], results[i]))];
        if (!counted)
        {
            all.Add(new Carried(count, Numbers.Int(0), ends.Count!, new Variable(ids++, count.Name, IrType.Int32, count.Id)));
        }

        output.Add(new Loop(id, head, body, all.ToEquatable()));
        results.ForEach(Show);
    }

    private Expr Increment(Variable count)
    {
        Variable next = random.Next(2) == 0 ? count with { Id = ids++, Symbol = count.Id } : new Variable(ids++, "", IrType.Int32);
        output.Add(new Declare(next, new Binary(BinaryOp.Add, count.Read(), Numbers.Int(1), IrType.Int32)));
        visible.Add(next);
        return next.Read();
    }

    // Every while loop counts, so that it ends.
    private While Condition(Variable count, Expr bound, int loop)
    {
        (Block block, Expr test) = Inside(() =>
        {
            var more = new Variable(ids++, "", IrType.Bool);
            output.Add(new Declare(more, new Binary(BinaryOp.Less, count.Read(), bound, IrType.Bool)));
            if (random.Next(2) == 0)
            {
                return (Expr)more.Read();
            }

            visible.Add(more);
            if (random.Next(2) == 0)
            {
                Reassign();
            }

            Assign(new Variable(ids++, random.Next(3) == 0 ? "go" : "", IrType.Double), expressions.Value(IrType.Double, Pool()));
            var and = new Variable(ids++, "", IrType.Bool);
            output.Add(new Declare(and, new Binary(BinaryOp.And, more.Read(), visible[^1].Read() < IrType.Double.Number(3), IrType.Bool)));
            return and.Read();
        });
        return new While(block, test, Block.Empty, null);
    }
}
