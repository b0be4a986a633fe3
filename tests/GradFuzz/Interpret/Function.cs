namespace Backprop.Fuzz.Interpret;

/// <summary>What a function's arguments must be for it to be smooth and of moderate size.</summary>
public enum Domain { All, Positive, AboveOne, Unit, Moderate }

/// <summary>A member of <c>Math</c>: its value, its partial derivatives, and how far its arguments are from a kink.</summary>
/// <param name="Slopes">The partial derivatives, from the arguments and the value.</param>
/// <param name="Margin">The distance to the nearest kink or jump.</param>
/// <param name="Side">Which smooth piece the arguments are in.</param>
public sealed record Function(
    string Name,
    int Arity,
    Domain Domain,
    Func<double[], double> Value,
    Func<float[], float> Single,
    Func<double[], double, double[]> Slopes)
{
    public Func<double[], double> Margin { get; init; } = _ => double.PositiveInfinity;

    public Func<double[], double, int> Side { get; init; } = (_, _) => 0;

    /// <summary>How C# calls it for a type.</summary>
    public string TextFor(string type) => IsOfMath ? type switch { "double" => "Math.", "float" => "MathF.", _ => type + "." } + Name : type + "." + Name;

    public bool IsOfMath { get; init; } = true;

    /// <summary>Its slope is not smooth or zero: used less.</summary>
    public bool IsKinked { get; init; }
}
