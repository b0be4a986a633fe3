namespace Backprop.Generator.IR;

/// <summary>A statement. Comments on each kind say in which form of the IR it occurs: source (what the frontend makes),
/// normal (versioned, exits in tail position: what analyses and transforms see) or printable (what is emitted).</summary>
internal abstract record Stmt;

/// <summary>Whether a statement is the user's own or was made for the backward pass (and may go when nobody needs it).</summary>
internal enum Sweep
{
    Primal,
    Adjoint,

    /// <summary>Computes again what the primal computed, to the last bit: a slope may depend on whether two values are the same.</summary>
    Again,
}

/// <summary>Introduces a variable; in normal form this is its only assignment. All forms.</summary>
internal sealed record Declare(Variable Variable, Expr? Value, Sweep Sweep = Sweep.Primal) : Stmt;

/// <summary>Gives a declared variable another value. Source and printable forms.</summary>
internal sealed record Assign(Variable Variable, Expr Value) : Stmt;

/// <summary><c>a[i] = v</c>. All forms.</summary>
internal sealed record Store(Element Target, Expr Value) : Stmt
{
    /// <summary>Number of the source token, if it may matter that this is written; else 0.</summary>
    public int Site { get; init; }
}

/// <summary><c>target += v</c>, where the target is an element or a <c>ref</c> parameter. Normal and printable forms.</summary>
internal sealed record Accumulate(Expr Target, Expr Value) : Stmt;

/// <summary>Writes a <c>ref</c> or <c>out</c> parameter. Normal and printable forms.</summary>
internal sealed record WriteBack(Variable Parameter, Expr Value) : Stmt;

/// <summary>A struct made anew in its place: <c>p = new P(p.X + d, p.Y)</c>. Printable form.</summary>
internal sealed record Renewal(Element Place, Pack Value) : Stmt;

/// <summary><c>memory.Fill(v)</c>. All forms.</summary>
internal sealed record Fill(Expr Memory, Expr Value) : Stmt
{
    /// <inheritdoc cref="Store.Site"/>
    public int Site { get; init; }
}

/// <summary><c>source.CopyTo(destination)</c>. All forms.</summary>
internal sealed record Copy(Expr Source, Expr Destination) : Stmt
{
    /// <inheritdoc cref="Store.Site"/>
    public int Site { get; init; }
}

/// <summary>An expression for its effect. All forms.</summary>
internal sealed record Evaluate(Expr Value) : Stmt;

/// <summary>All forms.</summary>
internal sealed record Throw(Expr Exception) : Stmt;

/// <summary>The source text of the user's statement from which the following ones were made. All forms.</summary>
/// <param name="Number">Which of the method's notes it is, from 1: <see cref="Places"/> knows where it stands. 0 for none.</param>
internal sealed record Note(string Text, int Number = 0) : Stmt;

/// <summary>A value that depends on the branch taken. Normal form.</summary>
internal sealed record Join(Variable Result, Expr Then, Expr Else)
{
    /// <summary>The very same object where nothing is different.</summary>
    public Join With(Expr then, Expr @else) => ReferenceEquals(then, Then) && ReferenceEquals(@else, Else) ? this : this with { Then = then, Else = @else };
}

/// <summary>All forms; joins only in normal form.</summary>
/// <param name="Id">Names the statement, so that its adjoint can say whose adjoint it is; unique in the method.</param>
internal sealed record If(int Id, Expr Test, Block Then, Block Else, EquatableArray<Join> Joins) : Stmt
{
    /// <summary>In an adjoint: the primal statement that is reversed here; 0 otherwise.</summary>
    public int Mirrors { get; init; }

    /// <summary>The very same object where nothing is different.</summary>
    public If With(Expr test, Block then, Block @else, EquatableArray<Join> joins)
        => ReferenceEquals(test, Test) && ReferenceEquals(then, Then) && ReferenceEquals(@else, Else) && joins.IsSame(Joins) ? this
            : this with { Test = test, Then = then, Else = @else, Joins = joins };
}

/// <summary>
/// A variable that goes from iteration to iteration. Normal form.
/// <paramref name="Param"/> holds it inside the loop, <paramref name="Result"/> after it.
/// </summary>
internal sealed record Carried(Variable Param, Expr Init, Expr Next, Variable Result)
{
    /// <summary>The very same object where nothing is different.</summary>
    public Carried With(Expr init, Expr next) => ReferenceEquals(init, Init) && ReferenceEquals(next, Next) ? this : this with { Init = init, Next = next };
}

/// <summary>How a loop goes on.</summary>
internal abstract record LoopHead;

/// <summary>
/// <c>for (index = From; index {Relation} Bound; index += Step)</c>; the body does not write the index, the bound does not change.
/// Normal and printable forms.
/// </summary>
internal sealed record Counted(Variable Index, Expr From, BinaryOp Relation, Expr Bound, int Step) : LoopHead
{
    /// <summary>The very same object where nothing is different.</summary>
    public Counted With(Expr from, Expr bound) => ReferenceEquals(from, From) && ReferenceEquals(bound, Bound) ? this : this with { From = from, Bound = bound };
}

/// <summary>
/// <c>while (Test)</c>, where <paramref name="Condition"/> computes the test before each iteration. All forms. In source form
/// <paramref name="Step"/> runs after the body (also after <c>continue</c>), and <paramref name="Index"/> is the variable that a
/// <c>for</c> declares, or null; in normal form both are empty and the condition only declares values that the test alone uses.
/// </summary>
internal sealed record While(Block Condition, Expr Test, Block Step, Variable? Index) : LoopHead
{
    /// <summary>The very same object where nothing is different.</summary>
    public While With(Block condition, Expr test, Block step)
        => ReferenceEquals(condition, Condition) && ReferenceEquals(test, Test) && ReferenceEquals(step, Step) ? this : this with { Condition = condition, Test = test, Step = step };
}

/// <summary><c>do … while (Test)</c>. Printable form.</summary>
internal sealed record DoWhile(Expr Test) : LoopHead;

/// <summary>All forms; carried only in normal form.</summary>
/// <param name="Id">Names the loop: target of <see cref="Break"/>, and whose adjoint another loop is.</param>
internal sealed record Loop(int Id, LoopHead Head, Block Body, EquatableArray<Carried> Carried) : Stmt
{
    /// <summary>In an adjoint: the primal loop that is reversed here; 0 otherwise.</summary>
    public int Mirrors { get; init; }

    /// <summary>The carried parameter that holds the number of the iteration, from 0, where the head does not tell.</summary>
    public Variable? Trip { get; init; }

    /// <summary>The very same object where nothing is different.</summary>
    public Loop With(LoopHead head, Block body, EquatableArray<Carried> carried)
        => ReferenceEquals(head, Head) && ReferenceEquals(body, Body) && carried.IsSame(Carried) ? this : this with { Head = head, Body = body, Carried = carried };
}

/// <summary>Statements that <see cref="Leave"/> can jump out of (a loop's body, for <c>continue</c>; a <c>switch</c>, for
/// <c>break</c>). Source form.</summary>
internal sealed record Scope(int Id, Block Body) : Stmt;

/// <summary>Goes to the end of the scope. Source form.</summary>
internal sealed record Leave(int Scope) : Stmt;

/// <summary>Ends the loop. In normal and printable form it is the last statement of a path through the body of the innermost loop,
/// and the values of that path still flow into the carried variables. All forms.</summary>
internal sealed record Break(int Loop) : Stmt;

/// <summary>Ends the method. In source form anywhere; in printable form last.</summary>
internal sealed record Return(Expr? Value) : Stmt;

/// <summary>A list of statements.</summary>
internal sealed record Block(EquatableArray<Stmt> Statements)
{
    public static readonly Block Empty = new(EquatableArray<Stmt>.Empty);

    public bool IsEmpty => Statements.Count == 0;

    public static Block Of(IEnumerable<Stmt> statements) => new(statements.ToEquatable());

    /// <summary>The very same object where nothing is different.</summary>
    public Block With(EquatableArray<Stmt> statements) => statements.IsSame(Statements) ? this : new(statements);
}

/// <summary><c>using var v = e;</c>. Printable form.</summary>
internal sealed record Using(Variable Variable, Expr Value) : Stmt;

/// <summary>Begins a part of an emitted method: <c>// forward</c>, <c>// backward</c>. Normal and printable forms.</summary>
internal sealed record Section(string Title) : Stmt;
