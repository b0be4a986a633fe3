using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Diagnostics;

/// <summary>
/// Every diagnostic of the project, in one list. BPG0xx: a method cannot be differentiated because of how it is declared; BPG1xx: a construct
/// inside it cannot; BPG2xx: it can, but the numbers may not be what was meant; BPG9xx: a defect of the generator.
/// Each message says what was found, why that stops the derivative, and what to write instead; each code has a page in docs/diagnostics.
/// </summary>
internal static class Descriptors
{
    private const string Usage = "Backprop.Usage";
    private const string Unsupported = "Backprop.Unsupported";
    private const string Numerics = "Backprop.Numerics";
    private const string Internal = "Backprop.Internal";

    public static readonly DiagnosticDescriptor NotPartial = new(
        "BPG001",
        "Containing type is not partial",
        "'{0}' is not partial, so the backward pass of '{1}' cannot be added to it; add the modifier 'partial'",
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
        "Generic method is not yet supported",
        "'{0}' has type parameters, and rules for a type that is not known yet are not yet supported; write it for float or double",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG008"));

    public static readonly DiagnosticDescriptor InstanceMethod = new(
        "BPG009",
        "Instance method is not yet supported",
        "'{0}' is an instance method, and the gradient of 'this' is not yet supported; make it static and pass what it reads as parameters",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG009"));

    public static readonly DiagnosticDescriptor FileLocal = new(
        "BPG010",
        "File-local type",
        "'{0}' is local to its file, and the backward pass of '{1}' is written in another file; remove the modifier 'file'",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG010"));

    public static readonly DiagnosticDescriptor Recomputed = new(
        "BPG011",
        "Recomputed method writes its parameters",
        "'{0}' is marked [Recompute] and may write what it is given, so it could not be run again in the backward pass; remove [Recompute], take ReadOnlySpan, or return what it computes",
        Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG011"));

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
        "A local '{0}' is not yet supported, because its gradient would need storage of the same shape; use one array with index arithmetic, such as a[i * columns + j], or take it as a parameter",
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

    public static readonly DiagnosticDescriptor InternalError = new(
        "BPG901",
        "Internal error",
        "The generator failed on '{0}' and wrote no gradient for it: {1}; please report this with the method's source",
        Internal,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG901"));

    public static readonly DiagnosticDescriptor TooDeep = new(
        "BPG902",
        "Method is nested too deeply",
        "'{0}' nests its expressions or statements too deeply to be differentiated; name intermediate results in local variables",
        Internal,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Link("BPG902"));

    /// <summary>All of them, in the order of their codes.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        NotPartial, NoBody, NotOrdinary, ParameterType, NoDifferentiableParameter, NameTaken, ReturnType, GenericMethod, InstanceMethod, FileLocal, Recomputed,
        UnknownConstruct, Statement, Function, CompositeValue, LocalArray, MemoryReassigned, Reference, ForEach, Pattern, DifferentiableCall,
        WritingCall, StoredOutside, MemoryOperation, ActiveExternal, IntegerDivision, InternalError, TooDeep,
    ];

    private static string Link(string id) => $"https://github.com/backprop-gen/backprop-gen/blob/main/docs/diagnostics/{id}.md";
}
