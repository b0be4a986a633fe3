using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Chooses the final names. The user's names stay where C# allows it; made-up ones yield by number. A local's name differs from those of
/// all locals in blocks around and inside its own; blocks beside each other may use the same name.
/// </summary>
internal sealed class Naming
{
    private static readonly string[] counters = ["i", "j", "k"];

    private readonly HashSet<int> userKeys;
    private readonly HashSet<string> takenForAll;
    private readonly HashSet<string> takenForMadeUp = [];
    private readonly HashSet<string> members;
    private readonly Dictionary<int, string> names = [];
    private readonly Dictionary<int, Expr?> firstValues = [];
    private readonly HashSet<int> indices = [];

    private Naming(Function function, HashSet<string> members, HashSet<int> userKeys)
    {
        this.userKeys = userKeys;
        this.members = members;
        takenForAll = Identifiers.InExternals(function);
    }

    /// <summary>A block and the locals that it declares.</summary>
    private sealed class Scope(Scope? parent)
    {
        private readonly HashSet<string> taken = [];
        private readonly Dictionary<string, int> numbers = [];

        public List<Variable> Locals { get; } = [];

        public List<Scope> Inner { get; } = [];

        public void Take(string name) => taken.Add(name);

        public bool IsTaken(string name)
        {
            for (Scope? scope = this; scope is not null; scope = scope.Outer)
            {
                if (scope.taken.Contains(name))
                {
                    return true;
                }
            }

            return false;
        }

        public int NextNumber(string name)
        {
            for (Scope? scope = this; scope is not null; scope = scope.Outer)
            {
                if (scope.numbers.TryGetValue(name, out int number))
                {
                    return numbers[name] = number + 1;
                }
            }

            return numbers[name] = 1;
        }

        private Scope? Outer => parent;
    }

    /// <param name="function">In printable form.</param>
    /// <param name="members">Names that made-up ones yield to.</param>
    /// <param name="userKeys">Which variables are the user's: see <see cref="UserVariables"/>.</param>
    public static Function Run(Function function, HashSet<string> members, HashSet<int> userKeys)
    {
        var pass = new Naming(function, members, userKeys);
        foreach (FormalParameter parameter in function.Parameters)
        {
            pass.names.Add(parameter.Variable.Id, parameter.Passing == Passing.Receiver ? parameter.Variable.Name : Identifiers.Written(parameter.Variable.Name));
            pass.takenForAll.Add(parameter.Variable.Name);
        }

        Scope scopes = pass.Collect(function.Body, new Scope(null));
        pass.NameUsers(scopes);
        pass.takenForMadeUp.UnionWith(pass.names.Values.Select(static name => name.TrimStart('@')));
        pass.NameMadeUp(scopes);
        var renaming = new Renaming(pass.names);
        return function with
        {
            Parameters = function.Parameters.Select(p => p with { Variable = renaming.Define(p.Variable) }).ToEquatable(),
            Body = renaming.Visit(function.Body),
        };
    }

    private Scope Collect(Block block, Scope scope)
    {
        foreach (Stmt statement in block.Statements)
        {
            switch (statement)
            {
                case Declare s:
                    scope.Locals.Add(s.Variable);
                    if (s.Value is not null)
                    {
                        firstValues[s.Variable.Id] = s.Value;
                    }

                    break;
                case Assign s when !firstValues.ContainsKey(s.Variable.Id):
                    // What one branch gives to it may be a variable's value; of itself it is no copy of that.
                    firstValues.Add(s.Variable.Id, s.Value is Read ? null : s.Value);
                    break;
                case Using s:
                    scope.Locals.Add(s.Variable);
                    firstValues[s.Variable.Id] = s.Value;
                    break;
                case If s:
                    scope.Inner.Add(Collect(s.Then, new Scope(scope)));
                    scope.Inner.Add(Collect(s.Else, new Scope(scope)));
                    break;
                case Loop s:
                    var inner = new Scope(scope);
                    if (s.Head is Counted head)
                    {
                        inner.Locals.Add(head.Index);
                        indices.Add(head.Index.Id);
                    }

                    scope.Inner.Add(Collect(s.Body, inner));
                    break;
            }
        }

        return scope;
    }

    private bool IsUsers(Variable variable) => variable.Name.Length > 0 && userKeys.Contains(Uses.Key(variable));

    private void NameUsers(Scope scope)
    {
        foreach (Variable variable in scope.Locals.Where(IsUsers))
        {
            Choose(variable, variable.Name == "_" ? "unused" : variable.Name, scope, takenForAll.Contains);
        }

        scope.Inner.ForEach(NameUsers);
    }

    private void NameMadeUp(Scope scope)
    {
        foreach (Variable variable in scope.Locals.Where(v => !IsUsers(v)))
        {
            bool IsTaken(string name) => takenForAll.Contains(name) || takenForMadeUp.Contains(name) || members.Contains(name) || Identifiers.IsReserved(name) || KnownTypes.Namespaces.ContainsKey(name);
            Choose(variable, Suggestion(variable, scope, IsTaken), scope, IsTaken);
        }

        scope.Inner.ForEach(NameMadeUp);
    }

    private string Suggestion(Variable variable, Scope scope, Func<string, bool> isTaken)
    {
        if (variable.Name.Length > 0)
        {
            return variable.Name;
        }

        if (indices.Contains(variable.Id))
        {
            return counters.FirstOrDefault(c => !isTaken(c) && !scope.IsTaken(c)) ?? counters[0];
        }

        firstValues.TryGetValue(variable.Id, out Expr? value);
        return Words.For(value, variable.Type, v => names.TryGetValue(v.Id, out string name) ? name.TrimStart('@') : "");
    }

    private void Choose(Variable variable, string wish, Scope scope, Func<string, bool> isTaken)
    {
        string name = wish;
        while (isTaken(name) || scope.IsTaken(name))
        {
            name = wish + scope.NextNumber(wish).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        scope.Take(name);
        names.Add(variable.Id, Identifiers.Written(name));
    }

    private sealed class Renaming(Dictionary<int, string> names) : Rewriter
    {
        public override Variable Define(Variable variable)
            => names.TryGetValue(variable.Id, out string name) && name != variable.Name ? variable with { Name = name } : variable;
    }
}
