using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Interpret;

namespace Backprop.Fuzz.Sharing;

/// <summary>How the gradients of two parameters lie that share something.</summary>
public enum Accumulators { Apart, Alike }

/// <summary>One thing that is reached from two parameters, or in two ways from one.</summary>
/// <param name="Start">Where the other begins in the one; where it ends behind it, both are parts of something longer.</param>
public sealed record Shared(Storage One, Storage Other, int Start, Accumulators Accumulators)
{
    public string Kind => string.Join(" and ", new[] { One.Kind, Other.Kind }.Order(StringComparer.Ordinal)) + (One.Parameter == Other.Parameter ? " of one parameter" : "") + (Start > 0 ? ", in part" : "");

    /// <summary>How long what both are parts of is.</summary>
    public int Length => Math.Max(One.Extents[0], Start + Other.Extents[0]);

    public bool IsLonger => One.IsLinear && Length > One.Extents[0];

    /// <summary>For each input the one that is the same number; of a constant and one that is differentiated the latter.</summary>
    public int[] Sources(FuzzProgram program)
    {
        int[] sources = [.. Enumerable.Range(0, program.Inputs.Count)];
        foreach ((int one, int other) in Pairs(program))
        {
            int source = program.Inputs[one].Parameter.IsActive(program.Inputs[one].Leaf) ? one : other;
            (sources[one], sources[other]) = (source, source);
        }

        return sources;
    }

    /// <summary>The inputs that are one number.</summary>
    public IEnumerable<(int One, int Other)> Pairs(FuzzProgram program)
    {
        Dictionary<(Parameter, string), int> places = program.Inputs.Select((input, i) => (input, i)).ToDictionary(pair => (pair.input.Parameter, pair.input.Leaf.Path), pair => pair.i);
        foreach (((Parameter parameter, string path), int other) in places)
        {
            if (parameter == Other.Parameter && path.StartsWith(Other.Path, StringComparison.Ordinal) && path[Other.Path.Length..] is ['.' or '[', ..] rest
                && places.TryGetValue((One.Parameter, One.Path + Moved(rest)), out int one))
            {
                yield return (one, other);
            }
        }
    }

    /// <summary>An index further on.</summary>
    private string Moved(string path)
    {
        int end = path.IndexOf(']', StringComparison.Ordinal);
        return Start == 0 ? path : $"[{int.Parse(path[1..end], System.Globalization.CultureInfo.InvariantCulture) + Start}{path[end..]}";
    }

    /// <summary>The same input with the same numbers where they are the same.</summary>
    public double[] Merged(FuzzProgram program, double[] numbers) => [.. Sources(program).Select(source => numbers[source])];

    /// <summary>Makes arguments of the interpreter share it.</summary>
    public void Apply(Method method, Value[] arguments)
    {
        if (One.IsLinear)
        {
            (Cells one, Cells other) = ((Cells)One.In(method, arguments), (Cells)Other.In(method, arguments));
            Cells whole = new([.. Enumerable.Range(0, Length).Select(i => i < one.Count ? one[i] : other[i - Start])], 0, Length, [Length]);
            One.Put(method, arguments, whole.Part(0, one.Count));
            Other.Put(method, arguments, whole.Part(Start, other.Count));
        }
        else
        {
            Other.Put(method, arguments, One.In(method, arguments));
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = method.Parameters[i].IsConstant && arguments[i] is Cells cells ? cells.Stopped() : arguments[i];
        }
    }
}
