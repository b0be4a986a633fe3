using System.Globalization;
using System.Text.RegularExpressions;
using Backprop.Generator.IR;

namespace Backprop.Generator.Emit;

/// <summary>Puts operands into the text of an external.</summary>
internal sealed class ExternalText(External external, Func<Expr, Precedence, string> print)
{
    private static readonly Regex nameOf = new(@"\bnameof\(\{(\d+)\}\)", RegexOptions.CultureInvariant);

    private const string Openers = "([{";
    private const string Closers = ")]}";

    public Text Print(KnownNames names)
    {
        string format = names.Shorten(external.Format);
        if (names.Hides("nameof"))
        {
            format = nameOf.Replace(format, match => $"\"{Argument(match.Groups[1].Value, Precedence.Any).TrimStart('@')}\"");
        }

        var pieces = new List<string>();
        int at = 0;
        while (at < format.Length)
        {
            int brace = format.IndexOfAny(['{', '}'], at);
            if (brace < 0)
            {
                break;
            }

            pieces.Add(format.Substring(at, brace - at));
            if (brace + 1 < format.Length && format[brace + 1] == format[brace])
            {
                pieces.Add(format[brace].ToString());
                at = brace + 2;
                continue;
            }

            int end = format.IndexOf('}', brace);
            pieces.Add(Argument(format.Substring(brace + 1, end - brace - 1), IsDelimited(format, brace - 1, end + 1) ? Precedence.Any : Precedence.Primary));
            at = end + 1;
        }

        pieces.Add(format.Substring(at));
        return new(string.Concat(pieces), IsPrimary(format) ? Precedence.Primary : Precedence.Any);
    }

    private string Argument(string index, Precedence least) => print(external.Arguments[int.Parse(index, CultureInfo.InvariantCulture)], least);

    // An argument or an index: whatever it is, nothing around it binds more tightly.
    private static bool IsDelimited(string format, int before, int after)
    {
        while (before >= 0 && format[before] == ' ')
        {
            before--;
        }

        return before < 0
            ? after >= format.Length
            : format[before] is '(' or ',' or '[' && after < format.Length && format[after] is ')' or ',' or ']';
    }

    // Names, calls and indexers, or one bracketed or quoted whole: no operator outside brackets.
    private static bool IsPrimary(string format)
    {
        string text = format.StartsWith("new ", StringComparison.Ordinal) ? format.Substring(4) : format;
        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '"')
            {
                return StartsString(text, i);
            }

            depth += Openers.IndexOf(c) >= 0 || (c == '<' && depth >= 0 && IsTypeArguments(text, i)) ? 1 : 0;
            depth -= Closers.IndexOf(c) >= 0 || (c == '>' && depth > 0 && (i == 0 || text[i - 1] != '=')) ? 1 : 0;
            if (depth == 0 && !(char.IsLetterOrDigit(c) || Closers.IndexOf(c) >= 0 || c is '_' or '.' or ':' or '@' or '$' or '>' or '!'))
            {
                return false;
            }
        }

        return !IsCast(text);
    }

    private static bool StartsString(string text, int quote) => text.Substring(0, quote).All(c => c is '$' or '@') && text.EndsWith("\"", StringComparison.Ordinal);

    private static bool IsTypeArguments(string text, int at) => at > 0 && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] == '_');

    // (T)x: a closing parenthesis of the first one, with something other than a member or call behind it.
    private static bool IsCast(string text)
    {
        if (text.Length == 0 || text[0] != '(')
        {
            return text.Length > 0 && text[0] == '!';
        }

        int close = text.IndexOf(')');
        return close + 1 < text.Length && text[close + 1] is not ('.' or '[' or '(' or ')');
    }
}
