using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Backprop.Generator.Tests;

/// <summary>
/// Calls a differentiable method and its backward pass on arguments laid out in one vector. The value is the sum of all that the method hands out:
/// its result, <c>out</c> and <c>ref</c> parameters, the elements of arrays that it may write.
/// </summary>
internal sealed class Probe
{
    private const int Elements = 4;

    private readonly List<string> before = [];
    private readonly List<string> shadows = [];
    private readonly List<string> arguments = [];
    private readonly List<string> accumulators = [];
    private readonly List<string> outputs = [];
    private readonly List<string> after = [];
    private int size;

    private Probe(IMethodSymbol method)
    {
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            Add(parameter, "a" + parameter.Ordinal, "d" + parameter.Ordinal);
        }
    }

    /// <summary>Runs the backward pass of the first differentiable method at a point.</summary>
    /// <param name="start">Of the numbers 0.5, 0.7 … that the arguments are.</param>
    /// <param name="door">Which emitted methods are called.</param>
    public static Run At(Output output, double start = 0.5, Door door = Door.Backward)
    {
        IMethodSymbol method = MethodOf(output.Input);
        Probe probe = new(method);
        Type type = output.Load("Probing", probe.Text(method, door));
        double[] point = [.. Enumerable.Range(0, probe.size).Select(i => start + (0.2 * i))];
        var value = type.GetMethod("Value")!.CreateDelegate<Func<double[], double>>();
        var backward = type.GetMethod("Backward")!.CreateDelegate<Func<double[], double[], double>>();
        double[] gradient = new double[point.Length];
        return new Run(value, point, backward(point, gradient), gradient);
    }

    internal enum Door
    {
        Backward,

        /// <summary>The forward pass, then the pullback; twice, which must give the same.</summary>
        Halves,
    }

    /// <summary>The value and the gradient at a point.</summary>
    internal sealed record Run(Func<double[], double> Primal, double[] Point, double Value, double[] Gradient)
    {
        /// <summary>The value is that of the primal, the gradient that of central differences.</summary>
        public void IsRight(double tolerance = 1e-6)
        {
            Assert.Equal(Primal(Point), Value);
            for (int i = 0; i < Point.Length; i++)
            {
                double difference = Difference(i, 1e-3), error = Math.Abs(difference - Gradient[i]) / Math.Max(1, Math.Abs(difference));
                Assert.True(error < tolerance, $"Entry {i}: the gradient is {Gradient[i]}, differences give {difference}.");
            }
        }

        private double Difference(int i, double h)
        {
            return ((8 * (At(h) - At(-h))) - (At(2 * h) - At(-2 * h))) / (12 * h);

            double At(double offset)
            {
                double[] moved = [.. Point];
                moved[i] += offset;
                return Primal(moved);
            }
        }
    }

    public static IMethodSymbol MethodOf(CSharpCompilation compilation) => Types(compilation.Assembly.GlobalNamespace)
        .SelectMany(type => type.GetMembers().OfType<IMethodSymbol>())
        .First(method => method.GetAttributes().Any(attribute => attribute.AttributeClass!.Name == "DifferentiableAttribute"));

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container)
        => container.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));

    private void Add(IParameterSymbol parameter, string name, string shadow)
    {
        bool isConstant = parameter.GetAttributes().Any(attribute => attribute.AttributeClass!.Name == "NoGradientAttribute");
        string handed = parameter.RefKind switch { RefKind.Ref => "ref ", RefKind.Out => "out ", RefKind.In => "in ", _ => "" };
        arguments.Add(handed + name);
        if (parameter.Type.SpecialType is SpecialType.System_Double or SpecialType.System_Single && !isConstant)
        {
            Scalar(parameter, name, shadow);
        }
        else if (ElementOf(parameter.Type) is { } element)
        {
            Memory(parameter, element, name, isConstant ? null : shadow);
        }
        else
        {
            before.Add($"{parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)} {name} = {Constant(parameter.Type)};");
        }
    }

    private void Scalar(IParameterSymbol parameter, string name, string shadow)
    {
        string type = parameter.Type.ToDisplayString();
        bool isOut = parameter.RefKind == RefKind.Out;
        before.Add($"{type} {name} = {(isOut ? "0" : $"({type})p[{size}]")};");
        shadows.Add($"{type} {shadow} = {(parameter.RefKind is RefKind.Ref or RefKind.Out ? "1" : "0")};");
        accumulators.Add(isOut ? shadow : "ref " + shadow);
        outputs.AddRange(parameter.RefKind is RefKind.Ref or RefKind.Out ? [name] : []);
        if (!isOut)
        {
            after.Add($"d[{size++}] = {shadow};");
        }
    }

    private void Memory(IParameterSymbol parameter, ITypeSymbol element, string name, string? shadow)
    {
        bool isWritable = parameter.Type is IArrayTypeSymbol || parameter.Type.Name == "Span";
        string type = element.ToDisplayString();
        bool isInput = shadow is not null && type is "double" or "float";
        string item = isInput ? $"({type})p[{size} + i]" : type == "int" ? "i" : "(" + type + ")(0.3 + i)";
        before.Add($"{type}[] {name} = new {type}[{Elements}]; for (int i = 0; i < {Elements}; i++) {name}[i] = {item};");
        if (isInput)
        {
            shadows.Add($"{type}[] {shadow} = new {type}[{Elements}]; for (int i = 0; i < {Elements}; i++) {shadow}[i] = {(isWritable ? 1 : 0)};");
            accumulators.Add(shadow!);
            outputs.AddRange(isWritable ? [$"Sum({name})"] : []);
            after.Add($"for (int i = 0; i < {Elements}; i++) d[{size} + i] = {shadow}[i];");
            size += Elements;
        }
    }

    private static ITypeSymbol? ElementOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" } span => span.TypeArguments[0],
        _ => null,
    };

    private static string Constant(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => "true",
        SpecialType.System_Int32 => "3",
        SpecialType.System_Double or SpecialType.System_Single => 0.7.ToString(CultureInfo.InvariantCulture) + "f",
        _ => "default!",
    };

    private string Text(IMethodSymbol method, Door door)
    {
        string type = method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat).Replace("<T>", "<int>", StringComparison.Ordinal).Replace("<U>", "<int>", StringComparison.Ordinal);
        string name = $"{type}.{method.Name}", escaped = $"{type}.@{method.Name}";
        string call = $"{escaped}({string.Join(", ", arguments)})";
        bool isArray = method.ReturnType is IArrayTypeSymbol;
        bool hasSeed = !method.ReturnsVoid && method.ReturnType.SpecialType is SpecialType.System_Double or SpecialType.System_Single || isArray;
        string seed = isArray ? ", Ones(result.Length)" : "";
        string backward = $"{name}Backward({string.Join(", ", arguments.Concat(accumulators))}{seed})";
        string halves = "";
        if (door == Door.Halves)
        {
            IEnumerable<string> left = arguments.Select(argument => argument.Split(' ')[^1]);
            backward = $"{name}Forward({string.Join(", ", arguments.Append("out var kept"))})";
            string pullback = $"{name}Pullback({string.Join(", ", left.Append("in kept").Concat(accumulators))}{seed})";
            IEnumerable<string> fresh = shadows.Select(static shadow => shadow[(shadow.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            halves = $"for (int run = 0; run < 2; run++) {{ {string.Join(" ", fresh)} {pullback}; }}";
        }

        StringBuilder text = new();
        text.AppendLine("#pragma warning disable");
        text.AppendLine("public static class Probing {");
        text.AppendLine("static double Sum(double[] a) { double s = 0; foreach (double x in a) s += x; return s; }");
        text.AppendLine("static double[] Ones(int n) { double[] a = new double[n]; System.Array.Fill(a, 1); return a; }");
        text.AppendLine($"public static double Value(double[] p) {{ {string.Join(" ", before)} {Statement(call, isArray, hasSeed)} }}");
        string length = isArray ? $"double[] result; {{ {string.Join(" ", before)} result = {call}; }} " : "";
        string local = length.Length == 0 ? "" : "{";
        text.AppendLine($"public static double Backward(double[] p, double[] d) {{ {length}{local} {string.Join(" ", before.Concat(shadows))} double v = 0; "
            + $"{(hasSeed ? isArray ? $"v = Sum({backward});" : $"v = {backward};" : backward + ";")} {halves} {string.Join(" ", after)} return {Total("v")}; {(local.Length == 0 ? "" : "}")} }}");
        return text.AppendLine("}").ToString();
    }

    private string Statement(string call, bool isArray, bool hasValue)
        => hasValue ? $"double v = {(isArray ? $"Sum({call})" : call)}; return {Total("v")};" : $"{call}; return {Total("0")};";

    private string Total(string value) => string.Join(" + ", outputs.Prepend(value));
}
