using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>One step of a leaf's path: a member's name, an index or a key. Making one allocates nothing; its text is written when asked for.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PathStep
{
    private readonly string? text;
    private readonly long number;
    private readonly Func<string?, long, string> format;

    private PathStep(string? text, long number, Func<string?, long, string> format) => (this.text, this.number, this.format) = (text, number, format);

    /// <summary>A member.</summary>
    public static implicit operator PathStep(string member) => new(member, 0, static (text, _) => "." + text);

    /// <summary>An element of an array or a list.</summary>
    public static implicit operator PathStep(int index) => new(null, index, static (_, number) => $"[{number.ToString(CultureInfo.InvariantCulture)}]");

    /// <summary>An entry of a dictionary.</summary>
    /// <typeparam name="TKey"><c>string</c>, <c>char</c>, an integer or an enum.</typeparam>
    public static PathStep Key<TKey>(TKey key)
        where TKey : notnull => typeof(TKey) == typeof(string)
            ? new PathStep((string)(object)key, 0, static (text, _) => $"[\"{text!.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"]")
            : new PathStep(null, Bits(key), Keys<TKey>.Format);

    /// <summary>As C# writes it after what stands before: <c>.W</c>, <c>[1]</c>, <c>["head"]</c>.</summary>
    public override string ToString() => format(text, number);

    private static long Bits<TKey>(TKey key) => Unsafe.SizeOf<TKey>() switch
    {
        1 => Unsafe.As<TKey, byte>(ref key),
        2 => Unsafe.As<TKey, short>(ref key),
        4 => Unsafe.As<TKey, int>(ref key),
        8 => Unsafe.As<TKey, long>(ref key),
        _ => throw new NotSupportedException($"{typeof(TKey)} is no integer, so it cannot be a key of a model's dictionary."),
    };

    private static class Keys<TKey>
        where TKey : notnull
    {
        public static readonly Func<string?, long, string> Format = static (_, number) =>
        {
            TKey key = Unsafe.As<long, TKey>(ref number);
            string text = string.Create(CultureInfo.InvariantCulture, $"{key}");
            return typeof(TKey).IsEnum && !char.IsAsciiDigit(text[0]) && text[0] != '-' ? $"[{typeof(TKey).Name}.{text}]"
                : typeof(TKey) == typeof(char) ? $"['{text}']"
                : $"[{text}]";
        };
    }
}
