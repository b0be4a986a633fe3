using System.Text;

namespace Backprop;

/// <summary>A text file of one row a line that a resumed training continues: rows of steps after the resumption are cut off,
/// and so is a last row that was not finished.</summary>
internal sealed class AppendedLog : IDisposable
{
    private readonly FileStream file;

    private AppendedLog(FileStream file) => this.file = file;

    /// <summary>Starts a new file, or continues one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="context">Says whether and where the training continues.</param>
    /// <param name="positionOf">Where a row stands in the training; null for a row that is not ours, which is kept.</param>
    public static AppendedLog Open(string path, TrainingContext context, Func<string, LogPosition?> positionOf)
    {
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var file = new FileStream(full, context.IsResumed ? FileMode.OpenOrCreate : FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        if (context.IsResumed)
            file.SetLength(EndOfKept(file, row => positionOf(row)?.IsAfter(context) == true));
        file.Seek(0, SeekOrigin.End);
        return new AppendedLog(file);
    }

    public bool IsEmpty => file.Length == 0;

    /// <summary>The first row, for a check of the columns.</summary>
    public string? FirstRow()
    {
        file.Seek(0, SeekOrigin.Begin);
        string? row = new StreamReader(file, leaveOpen: true).ReadLine();
        file.Seek(0, SeekOrigin.End);
        return row;
    }

    /// <summary>Writes a row and hands it to the operating system, so that a killed process does not lose it.</summary>
    public void Write(ReadOnlySpan<byte> row)
    {
        file.Write(row);
        file.WriteByte((byte)'\n');
        file.Flush();
    }

    public void Dispose() => file.Dispose();

    private static long EndOfKept(FileStream file, Func<string, bool> isAfter)
    {
        byte[] content = new byte[file.Length];
        file.ReadExactly(content);
        int start = 0;
        for (int end; (end = Array.IndexOf(content, (byte)'\n', start)) >= 0; start = end + 1)
        {
            string row = Encoding.UTF8.GetString(content, start, end - start).TrimEnd('\r');
            if (isAfter(row))
                break;
        }

        return start;
    }
}
