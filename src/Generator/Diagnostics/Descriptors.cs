using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Diagnostics;

/// <summary>
/// Every diagnostic of the project, in one list. BPG0xx: a method or type cannot be differentiated because of how it is declared; BPG1xx: a construct
/// inside it cannot; BPG2xx: it can, but the numbers may not be what was meant; BPG9xx: a defect of the generator.
/// Each message says what was found, why that stops the derivative, and what to write instead; each code has a page in docs/diagnostics.
/// </summary>
internal static partial class Descriptors
{
    private const string Usage = "Backprop.Usage";
    private const string Unsupported = "Backprop.Unsupported";
    private const string Numerics = "Backprop.Numerics";
    private const string Internal = "Backprop.Internal";

    public static readonly DiagnosticDescriptor NotPartial = new(
        "BPG001",
        "Containing type is not partial",
        "'{0}' is not partial, so what is generated for '{1}' cannot be added to it; add the modifier 'partial'",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG001"));

    public static readonly DiagnosticDescriptor NoBody = new(
        "BPG002",
        "Differentiable method has no body",
        "'{0}' has no body here, so there is nothing to differentiate; mark a method that is implemented in C#",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG002"));

    public static readonly DiagnosticDescriptor NotOrdinary = new(
        "BPG003",
        "Differentiable method is not an ordinary method",
        "'{0}' is {1}, for which no backward pass can be written; move the computation to an ordinary method and mark that one",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG003"));

    public static readonly DiagnosticDescriptor ParameterType = new(
        "BPG004",
        "Parameter type cannot be differentiated",
        "Parameter '{0}' has type '{1}', {2}; {3}",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG004"));

    public static readonly DiagnosticDescriptor NoDifferentiableParameter = new(
        "BPG005",
        "No differentiable parameter",
        "'{0}' has no parameter to differentiate with respect to; give it a float, a double or memory of them, or remove [NoGradient] from one",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG005"));

    public static readonly DiagnosticDescriptor NameTaken = new(
        "BPG006",
        "Name of a generated member is taken",
        "'{0}' already has a member '{1}', the name that the generator needs for the gradient of '{2}'; rename that member",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG006"));

    public static readonly DiagnosticDescriptor ReturnType = new(
        "BPG007",
        "Return type cannot be differentiated",
        "'{0}' returns '{1}', {2}; {3}",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG007"));

    public static readonly DiagnosticDescriptor GenericMethod = new(
        "BPG008",
        "Constraint of a type parameter is too weak",
        "The derivative of '{0}' needs '{1}', which the constraints of '{2}' do not give; constrain it with IFloatingPointIeee754<{2}>",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG008"));

    public static readonly DiagnosticDescriptor InstanceMethod = new(
        "BPG009",
        "Instance method of a class that is not differentiable",
        "'{0}' may read numbers of 'this', whose class has no gradient; mark the class with [Differentiable], or make the method static and pass what it reads",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG009"));

    public static readonly DiagnosticDescriptor FileLocal = new(
        "BPG010",
        "File-local type",
        "'{0}' is local to its file, and what is generated for '{1}' is written in another file; remove the modifier 'file'",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG010"));

    public static readonly DiagnosticDescriptor ModelKind = new(
        "BPG011",
        "Type cannot be a model",
        "'{0}' is {1}, so it cannot be differentiable; {2}",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG011"));

    public static readonly DiagnosticDescriptor ModelBase = new(
        "BPG012",
        "Class is differentiable in part",
        "'{0}' {1}; {2}",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG012"));

    public static readonly DiagnosticDescriptor ModelMember = new(
        "BPG013",
        "Member of a differentiable type cannot be a leaf",
        "Member '{0}' has type '{1}', {2}; {3}",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG013"));

    public static readonly DiagnosticDescriptor CapturedNumbers = new(
        "BPG014",
        "Captured parameter of a differentiable type",
        "Parameter '{0}' of type '{1}' is kept by the members that use it, in a field that no walk can reach; assign it to a field and use that",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG014"));

    public static readonly DiagnosticDescriptor PullbackSignature = new(
        "BPG015",
        "Pullback has another signature",
        "'{0}' is no pullback of '{1}'; it must be declared '{2}'",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG015"));

    public static readonly DiagnosticDescriptor Recomputed = new(
        "BPG016",
        "Recomputed method writes its parameters",
        "'{0}' is marked [Recompute] and may write what it is given, so it could not be run again in the backward pass; remove [Recompute], take ReadOnlySpan, or return what it computes",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG016"));

    public static readonly DiagnosticDescriptor Slot = new(
        "BPG017",
        "Methods behind one call must have gradients of one form",
        "'{0}' {1}; {2}",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG017"));

    public static readonly DiagnosticDescriptor UnknownConstruct = new(
        "BPG100",
        "Construct is not supported",
        "This {0} is not among the constructs that this version can differentiate; write the computation with assignments, branches, loops and calls of Math",
        Unsupported,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG100"));

    public static readonly DiagnosticDescriptor Statement = new(
        "BPG101",
        "Control flow cannot be reversed",
        "{0} cannot be run backwards: {1}; {2}",
        Unsupported,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG101"));

    public static readonly DiagnosticDescriptor Function = new(
        "BPG102",
        "Function value is not yet supported",
        "{0} is not yet supported: {1}; {2}",
        Unsupported,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG102"));

    public static readonly DiagnosticDescriptor CompositeValue = new(
        "BPG103",
        "Value of a type that has no derivative here",
        "A value of type '{0}' {1}; {2}",
        Unsupported,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG103"));

    public static readonly DiagnosticDescriptor LocalArray = new(
        "BPG104",
        "Local array of this shape is not yet supported",
        "A local '{0}' is not supported here, because {1}; {2}",
        Unsupported,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG104"));

    public static readonly DiagnosticDescriptor MemoryReassigned = new(
        "BPG105",
        "Memory must be one value",
        "{0} stands for different memory at different times, so its gradient has no one place; {1}",
        Unsupported,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG105"));

    public static readonly DiagnosticDescriptor Reference = new(
        "BPG106",
        "Reference is not supported",
        "This reference is not to an element of an array or a span, so a write through it cannot be followed; use the variable itself",
        Unsupported,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG106"));

    public static readonly DiagnosticDescriptor ForEach = new(
        "BPG107",
        "Collection of a foreach is not supported",
        "A foreach over '{0}' cannot be run backwards, because its elements are not known by index; loop over an array or a span, or use for",
        Unsupported,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG107"));

    public static readonly DiagnosticDescriptor Pattern = new(
        "BPG108",
        "Pattern is not supported",
        "A {0} is not yet supported here; write the condition with comparisons",
        Unsupported,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG108"));

    public static readonly DiagnosticDescriptor DifferentiableCall = new(
        "BPG109",
        "Call of a differentiable method cannot be differentiated",
        "The call of '{0}' cannot be differentiated, because {1}; {2}",
        Unsupported,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG109"));

    public static readonly DiagnosticDescriptor WritingCall = new(
        "BPG110",
        "Call may write what the derivative needs",
        "'{0}' is handed {1} and may write it unseen, so the derivative cannot be followed through it; {2}",
        Unsupported,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG110"));

    public static readonly DiagnosticDescriptor StoredOutside = new(
        "BPG111",
        "Value leaves the method",
        "A store to {0} keeps the value outside the method, where its derivative cannot follow; {1}",
        Unsupported,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG111"));

    public static readonly DiagnosticDescriptor MemoryOperation = new(
        "BPG112",
        "Operation on memory or bits is not supported",
        "'{0}' cannot be differentiated, because {1}; {2}",
        Unsupported,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG112"));

    public static readonly DiagnosticDescriptor KeptValue = new(
        "BPG113",
        "Call may keep a value that is read again",
        "'{0}' is handed a value that depends on a parameter and may keep it where '{1}' reads it, without its derivative; return the value instead, or wrap the argument in Gradient.Stop if it is meant as a constant",
        Unsupported,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG113"));

    public static readonly DiagnosticDescriptor ActiveExternal = new(
        "BPG120",
        "Derivative of a call is not known",
        "'{0}' takes a value that depends on a parameter, and its derivative is not known; mark it with [Differentiable], write its body here, or wrap the argument in Gradient.Stop if it is meant as a constant",
        Unsupported,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG120"));

    public static readonly DiagnosticDescriptor IntegerDivision = new(
        "BPG201",
        "Integer division becomes a floating-point number",
        "This division of integers drops the fraction before the result becomes a '{0}', and its derivative is zero; convert one operand first if a fraction is meant, or cast the result",
        Numerics,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG201"));

    public static readonly DiagnosticDescriptor ConstantResult = new(
        "BPG202",
        "Result depends on no parameter",
        "The result of '{0}' depends on no parameter, so its gradient is always zero; use the parameters in it, or remove [Differentiable]",
        Numerics,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG202"));

    public static readonly DiagnosticDescriptor ZeroGradient = new(
        "BPG203",
        "Gradient of a parameter is always zero",
        "Nothing that '{1}' gives depends on '{0}', so its gradient is always zero; mark it [NoGradient] if that is meant",
        Numerics,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG203"));

    public static readonly DiagnosticDescriptor CastFeedsValue = new(
        "BPG204",
        "Cast to an integer feeds a floating-point value",
        "This cast drops the fraction, and the slope of that is zero: no derivative flows through it; use the number itself, or Math.Floor or Math.Truncate to say that this is meant",
        Numerics,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG204"));

    public static readonly DiagnosticDescriptor MayAlias = new(
        "BPG205",
        "Two parameters may be the same memory",
        "'{0}' and '{1}' must not overlap, because one of them is written and their cotangents could not be told apart; that is checked when the backward method is called",
        Numerics,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG205"));

    public static readonly DiagnosticDescriptor SingularRule = new(
        "BPG206",
        "Derivative is singular or zero at this constant",
        "With this constant '{0}' has {1}",
        Numerics,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG206"));

    public static readonly DiagnosticDescriptor Stopped = new(
        "BPG207",
        "Derivative is stopped by [NoGradient]",
        "{0}, so what {1} is left out of the gradient; wrap {2} in Gradient.Stop if that is meant",
        Numerics,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG207"));

    public static readonly DiagnosticDescriptor LoopRecords = new(
        "BPG301",
        "Loop records values for the backward pass",
        "This loop records {0} value(s) an iteration: {1}",
        Numerics,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG301"));

    /// <summary>All of them, in the order of their codes.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All =>
    [
        NotPartial, NoBody, NotOrdinary, ParameterType, NoDifferentiableParameter, NameTaken, ReturnType, GenericMethod, InstanceMethod, FileLocal,
        ModelKind, ModelBase, ModelMember, CapturedNumbers, PullbackSignature, Recomputed, Slot, Mode,
        UnknownConstruct, Statement, Function, CompositeValue, LocalArray, MemoryReassigned, Reference, ForEach, Pattern, DifferentiableCall,
        WritingCall, StoredOutside, MemoryOperation, KeptValue, ActiveExternal, EmittedCall, IntegerDivision,
        ConstantResult, ZeroGradient, CastFeedsValue, MayAlias, SingularRule, Stopped, LoopRecords, InternalError, TooDeep,
    ];

    private static string Link(string id) => $"https://github.com/backprop-gen/backprop-gen/blob/main/docs/diagnostics/{id}.md";
}
