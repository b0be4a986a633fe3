namespace Backprop.Fuzz.Ast;

public abstract record Stmt : Node;

public sealed record Block(params Stmt[] Statements) : Stmt;

public sealed record Declare(Variable Variable, Expr? Value) : Stmt;

/// <summary>A <c>ref</c> local: another name of a place.</summary>
public sealed record Alias(Variable Variable, Expr Target) : Stmt;

public sealed record Evaluate(Expr Value) : Stmt;

public sealed record If(Expr Test, Block Then, Block? Else) : Stmt;

/// <summary>Constants, or bounds of a number; none means default.</summary>
public sealed record Case(double? Label, Expr? When, Block Body) : Node;

public sealed record Switch(Expr Subject, BinaryOp Relation, Case[] Cases) : Stmt;

public sealed record For(Variable Index, Expr From, BinaryOp Relation, Expr Bound, int Step, Block Body) : Stmt;

public sealed record While(Expr Test, Block Body) : Stmt;

public sealed record DoWhile(Block Body, Expr Test) : Stmt;

/// <param name="IsReference">The item is another name of the element.</param>
public sealed record ForEach(Variable Item, Expr Memory, bool IsReference, Block Body) : Stmt;

/// <summary>A loop that only a <c>break</c> or a <c>return</c> leaves.</summary>
public sealed record Forever(string Head, Block Body) : Stmt;

public sealed record Break : Stmt;

public sealed record Continue : Stmt;

public sealed record Return(Expr? Value) : Stmt;

public sealed record Throw : Stmt;

/// <summary><c>(a, b) = (b, a)</c>.</summary>
public sealed record Several(Expr[] Targets, Expr[] Values) : Stmt;

/// <summary><c>(a, b) = tuple</c>, or <c>var (a, b) = tuple</c>.</summary>
public sealed record Unpack(Expr[] Targets, bool IsNew, Expr Tuple) : Stmt;

public sealed record Fill(Expr Memory, Expr Value) : Stmt;

public sealed record Clear(Expr Memory) : Stmt;

public sealed record CopyTo(Expr Source, Expr Destination) : Stmt;

/// <summary>A method of <c>TensorPrimitives</c> on memory, and numbers that go with each of its elements.</summary>
public sealed record Elementwise(string Function, Expr[] Operands, Expr Destination) : Stmt;

public sealed record LocalFunction(Method Method) : Stmt;
