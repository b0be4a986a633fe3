namespace Backprop.Generator.IR;

/// <summary>A parameter of a method that is called.</summary>
/// <param name="Wanted">Whether its pullback takes an accumulator for it.</param>
internal sealed record CalleeParameter(string Name, IrType Type, Passing Passing, Wanted Wanted)
{
    /// <summary>Whether it is a struct on which a method is called that may write it.</summary>
    public bool IsChanging { get; init; }

    /// <summary>Whether a call gives the variable that is passed another value.</summary>
    public bool IsOutput => Passing is Passing.Ref or Passing.Out || IsChanging;

    /// <summary>Whether it is memory that the method may write.</summary>
    public bool IsWritable => !IsUntouched && Type is not SpanType { Access: Access.ReadOnly, ElementType: StructType or { IsMemory: false } } && Type is { IsMemory: true } and not StructType;

    /// <summary>Whether it is memory that the method is known not to write.</summary>
    public bool IsUntouched { get; init; }

    /// <summary>Whether a pullback written by hand does not read what it holds.</summary>
    public bool IsUnread { get; init; }

    /// <summary>Whether the accumulator is a variable of the caller's.</summary>
    public bool HasVariableAccumulator => Wanted == Wanted.Gradient && Passing != Passing.Out && Type is StructType or { IsFloating: true };
}

/// <summary>A differentiable method that another one calls: all that its symbol shows, and nothing of its body.</summary>
/// <param name="Key">Names it among the methods of the compilation; empty for one of another assembly.</param>
/// <param name="Owner">What stands before its name: its type and a dot, or nothing.</param>
/// <param name="Residuals">The struct that its forward pass fills, as C#, fully qualified.</param>
/// <param name="ReturnType">Null for <c>void</c>.</param>
internal sealed record Callee(string Key, string Owner, string Name, string Residuals, EquatableArray<CalleeParameter> Parameters, IrType? ReturnType)
{
    /// <summary>The pullback that the user wrote for it, as C#: it takes the result in the place of residuals. Empty for a differentiable method.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Whether that pullback does not read the result.</summary>
    public bool IsResultUnread { get; init; }

    /// <summary>Whether that pullback takes empty accumulators for memory whose gradient nobody asks for.</summary>
    public bool SkipsEmpty { get; init; }

    /// <summary>Of a generic method, as C#.</summary>
    public string TypeArguments { get; init; } = "";

    /// <summary>Whether its type is less accessible than that of the caller, so that the residuals of the caller cannot have a field of its residuals.</summary>
    public bool IsHidden { get; init; }

    public Keeping Keeping { get; init; }

    /// <summary>Whether any of several bodies may run. What one keeps is handed over by name.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Where any of several bodies may run: the most general of their methods, if it is of the compilation; else empty.</summary>
    public string Slot { get; init; } = "";

    /// <summary>Whether the call is of the base class's own method, whatever overrides it.</summary>
    public bool IsOfBase { get; init; }

    /// <summary>Whether the forward pass takes memory from the residual store, as C#.</summary>
    public string KeepsMemory => IsOpen ? "true" : Residuals + ".KeepsMemory";

    /// <summary>Whether its result may be an array that it was given, as far as is known.</summary>
    public bool MayReturnArgument { get; init; }

    /// <summary>Whether it runs code that is not differentiated and may write memory which it was not given, as far as is known.</summary>
    public bool RunsForeign { get; init; }

    /// <summary>The same, with what is known of its body.</summary>
    public Callee Knowing(Conduct conduct) => this with
    {
        Parameters = Parameters.Select((parameter, i) => parameter.IsWritable ? parameter with { IsUntouched = (conduct.Written & Conduct.BitOf(i)) == 0 } : parameter).ToEquatable(),
        MayReturnArgument = conduct.ReturnsArgument,
        RunsForeign = conduct.RunsForeign,
    };

    /// <summary>What the forward passes of all methods with several bodies keep.</summary>
    public const string OpenResiduals = "global::Backprop.ResidualMemory";

    /// <summary>The type of a parameter in the pullback: a caller may hand it a copy of an array, so it takes a span, unless it runs the method again.</summary>
    public static IrType TypeInPullback(IrType type, Keeping keeping)
        => keeping == Keeping.Residuals && type is ArrayType { Rank: 1, ElementType: ScalarType or StructType { IsUnmanaged: true } or OpaqueType { IsUnmanaged: true } } array
            ? new SpanType(array.ElementType, Access.Writable)
            : type;

    /// <summary>Whether it is memory of which a caller can keep no copy for the pullback.</summary>
    public static bool IsUncopied(IrType type) => type is { IsMemory: true } and not StructType && TypeInPullback(type, Keeping.Residuals) is not SpanType;

    public bool HasSeed => ReturnType is { } type && (type.IsFloating || type.HoldsFloating);

    /// <summary>The struct that the forward pass of a method fills. Overloads share the names of their methods; their structs are numbered.</summary>
    public static string ResidualsOf(string method, int overload)
        => method + "Residuals" + (overload == 0 ? "" : (overload + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));

    public IrType ResidualsType => new OpaqueType(Residuals) { IsResiduals = true };
}

/// <summary>Which of the methods that belong to a differentiable one is called.</summary>
internal enum Pass
{
    /// <summary>The user's own.</summary>
    Primal,

    Forward,
    Pullback,
}

/// <summary>A call of a differentiable method. Source and normal forms.</summary>
/// <param name="Arguments">One for each parameter (of an <c>out</c> parameter what it holds before). Of a pullback: what the primal left in them; the
/// residuals; for each wanted parameter the accumulator, where that is a variable what it holds before; the seed.</param>
/// <param name="Results">What the call gives: the value, then each <c>ref</c> and <c>out</c> parameter, then the residuals. Of a pullback: the
/// accumulators that are variables.</param>
/// <param name="Site">Number of the source token.</param>
internal sealed record Call(Callee Callee, Pass Pass, EquatableArray<Expr> Arguments, EquatableArray<Variable> Results, int Site) : Stmt
{
    /// <summary>The variable that holds the value; null where there is none.</summary>
    public Variable? Value => Callee.ReturnType is null || Pass == Pass.Pullback ? null : Results[0];

    /// <summary>The parameters with their arguments.</summary>
    public IEnumerable<(CalleeParameter Parameter, Expr Argument)> Given => Callee.Parameters.Zip(Arguments, static (parameter, argument) => (parameter, argument));

    /// <summary>The parameters that the call gives another value, and the variables that hold it.</summary>
    public IEnumerable<(CalleeParameter Parameter, Variable Result)> Outputs
        => Callee.Parameters.Where(static parameter => parameter.IsOutput).Zip(Results.Skip(Callee.ReturnType is null ? 0 : 1), static (parameter, result) => (parameter, result));

    /// <summary>The arguments whose memory may be written: of a pullback the accumulators.</summary>
    public IEnumerable<Expr> Written => Pass == Pass.Pullback
        ? Arguments.Skip(Callee.Parameters.Count + (Callee.Rule.Length == 0 || Callee.HasSeed ? 1 : 0)).Where(static argument => argument.Type is { IsMemory: true } and not StructType)
        : Given.Where(static given => given.Parameter.IsWritable).Select(static given => given.Argument);
}
