using Backprop.Generator.IR;

namespace Backprop.Generator.Emit;

/// <summary>Prints the statements of one function.</summary>
internal sealed class StatementPrinter(IndentedWriter writer, KnownNames names, Overflow arithmetic)
{
    private const int Widest = 110;

    private readonly ExpressionPrinter expressions = new(names, arithmetic);
    private readonly SimpleStatementText simple = new(names, arithmetic);

    public void Print(Block block)
    {
        Note? open = null;
        int mark = writer.Mark;
        foreach (Stmt statement in block.Statements)
        {
            if (statement is Note note)
            {
                Comment(open, mark);
                open = note;
                mark = writer.Mark;
            }
            else if (statement is Section section)
            {
                Comment(open, mark);
                open = null;
                writer.Blank();
                writer.Line("// " + section.Title);
                mark = writer.Mark;
            }
            else
            {
                Print(statement);
            }
        }

        Comment(open, mark);
    }

    // A comment that says what stands below it anyway is left out.
    private void Comment(Note? note, int mark)
    {
        if (note is null || writer.Mark == mark)
        {
            return;
        }

        string source = Squeeze(note.Text);
        if (source != Squeeze(string.Concat(writer.Since(mark))) && source != Squeeze(writer.Since(mark).First()))
        {
            writer.Insert(mark, "// " + string.Join(" ", note.Text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)));
        }
    }

    private static string Squeeze(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private void Print(Stmt statement)
    {
        switch (statement)
        {
            case If s: Print(s); break;
            case Loop s: Print(s); break;
            default: Wrapped(simple.Of(statement) ?? throw new InvalidOperationException($"{statement.GetType().Name} is not in printable form.")); break;
        }
    }

    // The arguments of a long call go on lines of their own, as many as fit.
    private void Wrapped(string line)
    {
        int open = line.IndexOf('(');
        if (writer.Column + line.Length <= Widest || open < 0 || line.Contains('"') || !line.EndsWith(");", StringComparison.Ordinal) || MatchOf(line, open) != line.Length - 2)
        {
            writer.Line(line);
            return;
        }

        writer.Line(line.Substring(0, open + 1));
        string current = "";
        foreach (string argument in Arguments(line.Substring(open + 1, line.Length - open - 3)))
        {
            if (current.Length > 0 && writer.Column + current.Length + argument.Length + 6 > Widest)
            {
                writer.Line("    " + current);
                current = "";
            }

            current += (current.Length > 0 ? " " : "") + argument;
        }

        writer.Line("    " + current + ");");
    }

    private static int MatchOf(string text, int open)
    {
        int depth = 0;
        for (int i = open; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static IEnumerable<string> Arguments(string list)
    {
        int depth = 0, start = 0;
        for (int i = 0; i < list.Length; i++)
        {
            depth += list[i] is '(' or '<' or '[' ? 1 : list[i] is ')' or '>' or ']' ? -1 : 0;
            if (list[i] == ',' && depth == 0)
            {
                yield return list.Substring(start, i + 1 - start).Trim();
                start = i + 1;
            }
        }

        yield return list.Substring(start).Trim();
    }

    private void Print(If s)
    {
        string head = $"if ({expressions.Print(s.Test)})";
        if (s.Else.IsEmpty && OneLine(s.Then) is { } only && writer.Column + head.Length + 1 + only.Length <= Widest)
        {
            writer.Line($"{head} {only}");
            return;
        }

        writer.Line(head);
        Body(s.Then);
        while (ElseIf(s) is { } next)
        {
            s = next;
            writer.Line($"else if ({expressions.Print(s.Test)})");
            Body(s.Then);
        }

        if (!s.Else.IsEmpty)
        {
            writer.Line("else");
            Body(s.Else);
        }
    }

    private static If? ElseIf(If s)
    {
        List<Stmt> inner = [.. s.Else.Statements.Where(e => e is not Note).Take(2)];
        return inner.Count == 1 ? inner[0] as If : null;
    }

    private string? OneLine(Block block)
    {
        string? text = null;
        foreach (Stmt statement in block.Statements)
        {
            if (statement is Declare or Using || (text is not null && statement is not Note))
            {
                return null;
            }

            text = statement is Note ? text : simple.Of(statement);
            if (text is null && statement is not Note)
            {
                return null;
            }
        }

        bool commented = block.Statements.Any(s => s is Note note && Squeeze(note.Text) != Squeeze(text ?? ""));
        return commented ? null : text;
    }

    private void Body(Block block)
    {
        writer.Open();
        Print(block);
        writer.Close();
    }

    private void Print(Loop s)
    {
        switch (s.Head)
        {
            case Counted head:
                writer.Line($"for ({First(head)}; {Test(head)}; {Step(head)})");
                Body(s.Body);
                break;
            case While head:
                writer.Line($"while ({expressions.Print(head.Test)})");
                Body(s.Body);
                break;
            case DoWhile head:
                writer.Line("do");
                Body(s.Body);
                writer.Line($"while ({expressions.Print(head.Test)});");
                break;
        }
    }

    private string First(Counted head)
        => $"{TypeText.Of(head.Index.Type, names)} {head.Index.Name} = {expressions.PrintAs(head.From, head.Index.Type)}";

    private string Test(Counted head) => expressions.Print(new Binary(head.Relation, new Read(head.Index), head.Bound, IrType.Bool));

    private static string Step(Counted head) => head.Step switch
    {
        1 => head.Index.Name + "++",
        -1 => head.Index.Name + "--",
        < 0 => $"{head.Index.Name} -= {LiteralText.Of(Numbers.Int(head.Step)).Substring(1)}",
        _ => $"{head.Index.Name} += {LiteralText.Of(Numbers.Int(head.Step))}",
    };
}
