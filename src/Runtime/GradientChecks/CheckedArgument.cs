using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Backprop;

/// <summary>A parameter of a checked function: its numbers, laid out one after another in the vector of all.</summary>
internal abstract class CheckedArgument(int start)
{
    private readonly List<LeafInfo> leaves = [];
    private readonly List<double> numbers = [];

    /// <summary>Where its numbers begin.</summary>
    public int Start => start;

    /// <summary>Where they end.</summary>
    public int End => start + numbers.Count;

    public IReadOnlyList<LeafInfo> Leaves => leaves;

    public IReadOnlyList<double> Numbers => numbers;

    protected void Add(LeafInfo leaf) => leaves.Add(leaf);

    protected void Add(double number) => numbers.Add(number);
}

/// <summary>A parameter of a checked function.</summary>
internal abstract class CheckedArgument<T>(int start) : CheckedArgument(start)
{
    public static CheckedArgument<T> Of(T value, string name, int start) => value is ILeafOwner<T> owner
        ? new OwnerArgument<T>(owner, name, start)
        : new ValueArgument<T>(value, name, start);

    /// <summary>An argument of its own with the given numbers.</summary>
    /// <param name="all">The numbers of all parameters.</param>
    public T Make(ReadOnlySpan<double> all) => Create(all[Start..End]);

    /// <summary>Copies the numbers of an argument into the vector of all.</summary>
    public abstract void Read(T value, Span<double> all);

    protected abstract T Create(ReadOnlySpan<double> numbers);
}

/// <summary>Numbers, structs of them, and arrays.</summary>
internal sealed class ValueArgument<T> : CheckedArgument<T>
{
    private readonly object value;

    public ValueArgument(T value, string name, int start)
        : base(start)
    {
        this.value = value ?? throw new ArgumentNullException("at", $"The parameter '{name}' is null.");
        Describe(value, name);
        foreach (double number in Flatten(value))
        {
            Add(number);
        }

        if (Numbers.Count == 0)
        {
            throw new ArgumentException($"The parameter '{name}' has no numbers of type float or double.", "at");
        }
    }

    public override void Read(T value, Span<double> all)
    {
        double[] read = Flatten(value ?? throw new ArgumentException("The backward pass set an accumulator to null.", "backward"));
        if (read.Length != Numbers.Count)
        {
            throw new ArgumentException($"The backward pass left {read.Length} numbers in an accumulator of {Numbers.Count}.", "backward");
        }

        read.CopyTo(all[Start..]);
    }

    protected override T Create(ReadOnlySpan<double> numbers) => (T)With(value, ref numbers);

    private static double[] Flatten(object value)
    {
        var numbers = new List<double>();
        Gather(value, numbers);
        return [.. numbers];
    }

    private static void Gather(object? value, List<double> numbers)
    {
        switch (value)
        {
            case double number:
                numbers.Add(number);
                break;
            case float number:
                numbers.Add(number);
                break;
            case double[] array:
                numbers.AddRange(array);
                break;
            case Array array:
                foreach (object? element in array)
                {
                    Gather(element, numbers);
                }

                break;
            case not null:
                foreach (FieldInfo field in FieldsOf(value.GetType()))
                {
                    Gather(field.GetValue(value), numbers);
                }

                break;
        }
    }

    /// <summary>A copy that has other numbers.</summary>
    private static object With(object value, ref ReadOnlySpan<double> numbers)
    {
        switch (value)
        {
            case double or float:
                object number = value is double ? numbers[0] : (float)numbers[0];
                numbers = numbers[1..];
                return number;
            case Array array:
                return With(array, ref numbers);
            default:
                // A boxed struct is changed through its fields, readonly ones too.
                object copy = value.GetType().IsValueType ? CopyOf(value) : value;
                foreach (FieldInfo field in FieldsOf(value.GetType()))
                {
                    if (field.GetValue(value) is { } inner)
                    {
                        field.SetValue(copy, With(inner, ref numbers));
                    }
                }

                return copy;
        }
    }

    private static Array With(Array array, ref ReadOnlySpan<double> numbers)
    {
        var copy = (Array)array.Clone();
        if (copy is double[] plain)
        {
            numbers[..plain.Length].CopyTo(plain);
            numbers = numbers[plain.Length..];
            return copy;
        }

        int[] index = [.. Enumerable.Range(0, array.Rank).Select(array.GetLowerBound)];
        for (int i = 0; i < array.Length; i++)
        {
            if (array.GetValue(index) is { } element)
            {
                copy.SetValue(With(element, ref numbers), index);
            }

            for (int d = array.Rank - 1; d >= 0 && ++index[d] == array.GetLength(d) && d > 0; d--)
            {
                index[d] = 0;
            }
        }

        return copy;
    }

    private static readonly MethodInfo memberwiseClone = typeof(object).GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private static object CopyOf(object box) => memberwiseClone.Invoke(box, null)!;

    private void Describe(object? value, string path)
    {
        switch (value)
        {
            case double or float:
                Add(new LeafInfo(path, [], value.GetType()));
                break;
            case Array array when array.GetType().GetElementType() is { } element && (element == typeof(double) || element == typeof(float)):
                Add(new LeafInfo(path, [.. Enumerable.Range(0, array.Rank).Select(array.GetLength)], element));
                break;
            case Array array:
                int number = 0;
                foreach (object? element in array)
                {
                    Describe(element, $"{path}[{IndexText.Of(number++, [.. Enumerable.Range(0, array.Rank).Select(array.GetLength)])}]");
                }

                break;
            case not null:
                foreach (FieldInfo field in FieldsOf(value.GetType()))
                {
                    Describe(field.GetValue(value), $"{path}.{NameOf(field)}");
                }

                break;
        }
    }

    // The backing field of a property is named after it.
    private static string NameOf(FieldInfo field) => field.Name is ['<', .. var rest] && rest.IndexOf('>') is > 0 and var end ? rest[..end] : field.Name;

    // Of structs alone: what a reference leads to is not part of the argument.
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Fields of a struct are kept: its layout depends on them.")]
    private static IEnumerable<FieldInfo> FieldsOf(Type type) => type is { IsValueType: true, IsPrimitive: false, IsEnum: false }
        ? type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(static f => f.MetadataToken).Where(static f => f.FieldType.IsValueType || f.FieldType.IsArray)
        : [];
}
