using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Gives every assignment its own variable, so that a value means the same wherever it is read. What differs after an <c>if</c> becomes a
/// join, what goes from iteration to iteration a carried variable. Variables that are assigned once stay as they are, so the pass
/// can run again after one that introduced assignments.
/// </summary>
internal sealed class Versions
{
    private readonly Ids ids;
    private readonly Dictionary<int, Variable> mutable;

    // Values without a name that a named variable stands for: they are called as it is.
    private readonly Dictionary<int, Variable> named = [];

    private Versions(Ids ids, Dictionary<int, Variable> mutable)
    {
        this.ids = ids;
        this.mutable = mutable;
    }

    public static Block Apply(Block body, IEnumerable<Parameter> parameters, Ids ids)
    {
        Dictionary<int, Variable> mutable = Mutable(body);
        if (mutable.Count == 0)
        {
            return body;
        }

        Versions versions = new(ids, mutable);
        Scope scope = new(null);
        List<Parameter> written = [];
        foreach (Parameter parameter in parameters)
        {
            Variable variable = parameter.Variable;
            if (mutable.ContainsKey(variable.Id))
            {
                scope.Define(variable.Id, parameter.Passing == Passing.Out ? new Default(variable.Type) : variable.Read());
                written.AddRange(parameter.Passing is Passing.Ref or Passing.Out ? [parameter] : []);
            }
        }

        List<Stmt> result = versions.Statements(body, scope);
        int end = result.LastOrDefault() is Return ? result.Count - 1 : result.Count;
        result.InsertRange(end, written.Select(parameter => new WriteBack(parameter.Variable, scope.Find(parameter.Variable)!)));
        return versions.named.Count == 0 ? Block.Of(result) : new Naming(versions.named).Visit(Block.Of(result));
    }

    /// <summary>The variables that need versions, and those that only stand for another value.</summary>
    private static Dictionary<int, Variable> Mutable(Block body)
    {
        Dictionary<int, Variable> mutable = [];
        foreach (Stmt stmt in body.Deep())
        {
            Variable? variable = stmt is Assign assign ? assign.Variable : stmt is Declare { Value: null or { IsOperand: true } } declare ? declare.Variable : null;
            if (variable is not null && !mutable.ContainsKey(variable.Id))
            {
                mutable.Add(variable.Id, variable);
            }
        }

        return mutable;
    }

    private List<Stmt> Statements(Block block, Scope scope)
    {
        List<Stmt> result = [];
        foreach (Stmt stmt in block.Statements)
        {
            switch (stmt)
            {
                case Declare declare when mutable.ContainsKey(declare.Variable.Id):
                    scope.Define(declare.Variable.Id, new Default(declare.Variable.Type));
                    Define(declare.Variable, declare.Value ?? new Default(declare.Variable.Type), declare.Sweep, scope, result);
                    break;
                case Assign assign:
                    Define(assign.Variable, assign.Value, Sweep.Primal, scope, result);
                    break;
                case If branch:
                    result.Add(Branch(branch, scope));
                    break;
                case Loop loop:
                    result.Add(Loop(loop, scope));
                    break;
                default:
                    result.Add(stmt.Map(expr => Rename(expr, scope), inner => inner));
                    break;
            }

            if (result.Count > 0)
            {
                scope.Introduce(result[result.Count - 1].Introduces());
            }
        }

        return result;
    }

    private static Expr Rename(Expr expr, Scope scope) => expr.Substitute(scope.Find);

    private void Define(Variable variable, Expr value, Sweep sweep, Scope scope, List<Stmt> result)
    {
        Expr renamed = Rename(value, scope);
        if (renamed.IsOperand)
        {
            Call(renamed, variable, scope);
            scope.Assign(variable.Id, renamed);
            return;
        }

        Variable version = ids.VersionOf(variable);
        result.Add(new Declare(version, renamed, sweep));
        scope.Assign(variable.Id, version.Read());
    }

    /// <summary>A value that was computed here for a variable bears its name.</summary>
    private void Call(Expr value, Variable variable, Scope scope)
    {
        if (variable.Name.Length > 0 && value is Read { Variable: { Name: "", Type: ScalarType } nameless } && scope.Introduces(nameless.Id) && !named.ContainsKey(nameless.Id))
        {
            named[nameless.Id] = nameless with { Name = variable.Name, Symbol = Uses.Key(variable) };
        }
    }

    private sealed class Naming(Dictionary<int, Variable> named) : Rewriter
    {
        public override Variable Define(Variable variable) => named.TryGetValue(variable.Id, out Variable name) ? name : variable;
    }

    private If Branch(If branch, Scope scope)
    {
        // What the branches assign is not what was tested.
        Expr test = Rename(branch.Test, scope);
        Scope thenScope = new(scope);
        Scope elseScope = new(scope);
        List<Stmt> then = Statements(branch.Then, thenScope);
        List<Stmt> @else = Statements(branch.Else, elseScope);
        List<Join> joins = [.. branch.Joins.Select(join => join with { Then = Rename(join.Then, thenScope), Else = Rename(join.Else, elseScope) })];
        foreach (int id in thenScope.Assigned.Union(elseScope.Assigned).OrderBy(id => id))
        {
            Expr left = thenScope.Find(id)!;
            Expr right = elseScope.Find(id)!;

            // After a throw nothing goes on, so the other branch alone decides.
            Expr value = then.LastOrDefault() is Throw ? right : @else.LastOrDefault() is Throw ? left : left.Equals(right) ? left : Join(id, left, right, joins);
            scope.Assign(id, value);
        }

        return branch with { Test = test, Then = Block.Of(then), Else = Block.Of(@else), Joins = joins.ToEquatable() };
    }

    private Read Join(int id, Expr left, Expr right, List<Join> joins)
    {
        Variable result = ids.VersionOf(mutable[id]);
        joins.Add(new(result, left, right));
        return result.Read();
    }

    private Loop Loop(Loop loop, Scope outer)
    {
        IEnumerable<Stmt> inside = loop.Body.Deep().Concat(loop.Head is While h ? h.Condition.Deep() : []);
        List<Variable> changed = [.. inside.OfType<Assign>().Select(assign => assign.Variable)
            .Where(variable => outer.Find(variable) is not null).GroupBy(variable => variable.Id).Select(group => group.First())];
        Scope scope = new(outer);
        List<(Variable Variable, Variable Param)> parameters = [];
        foreach (Variable variable in changed)
        {
            Variable param = ids.VersionOf(variable);
            parameters.Add((variable, param));
            scope.Define(variable.Id, param.Read());
        }

        LoopHead head = Head(loop.Head, scope, outer);
        List<Stmt> body = Statements(loop.Body, scope);
        List<Carried> carried = [.. loop.Carried.Select(c => c with { Init = Rename(c.Init, outer), Next = Rename(c.Next, scope) })];
        foreach ((Variable variable, Variable param) in parameters)
        {
            Variable result = ids.VersionOf(variable);
            carried.Add(new(param, outer.Find(variable)!, scope.Find(variable)!, result));
            outer.Assign(variable.Id, result.Read());
        }

        return loop with { Head = head, Body = Block.Of(body), Carried = carried.ToEquatable() };
    }

    private LoopHead Head(LoopHead head, Scope scope, Scope outer)
    {
        if (head is While h)
        {
            Scope condition = new(scope);
            List<Stmt> statements = Statements(h.Condition, condition);
            return h with { Condition = Block.Of(statements), Test = Rename(h.Test, condition) };
        }

        Counted counted = (Counted)head;
        return counted with { From = Rename(counted.From, outer), Bound = Rename(counted.Bound, outer) };
    }

    /// <summary>What each variable holds at a point of the program; a branch or a body sees the outer one and keeps its own changes.</summary>
    private sealed class Scope(Scope? parent)
    {
        private readonly Dictionary<int, Expr> values = [];
        private readonly HashSet<int> own = [];
        private readonly HashSet<int> introduced = [];

        /// <summary>The outer variables that were assigned here.</summary>
        public IEnumerable<int> Assigned => values.Keys.Where(id => !own.Contains(id));

        public Expr? Find(Variable variable) => Find(variable.Id);

        public Expr? Find(int id)
        {
            for (Scope? scope = this; scope is not null; scope = scope.Outer)
            {
                if (scope.values.TryGetValue(id, out Expr? value))
                {
                    return value;
                }
            }

            return null;
        }

        /// <summary>Whether a value is computed in this block.</summary>
        public bool Introduces(int id) => introduced.Contains(id);

        public void Introduce(IEnumerable<Variable> variables) => introduced.UnionWith(variables.Select(variable => variable.Id));

        private Scope? Outer { get; } = parent;

        public void Define(int id, Expr value)
        {
            own.Add(id);
            values[id] = value;
        }

        public void Assign(int id, Expr value) => values[id] = value;
    }
}
