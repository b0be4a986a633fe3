using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Backprop;

/// <summary>Replaces a file so that, whatever happens, a reader finds the old content or the new one in full.</summary>
/// <remarks>Temporary file in the same folder, flush to the disk, rename over the old name, flush of the folder. The
/// last makes the rename itself survive a power cut. .NET refuses to open a folder, so on Linux and macOS the C library's
/// <c>open</c>, <c>fsync</c> and <c>close</c> are called; Windows journals renames and has no such call.</remarks>
internal static partial class DurableFile
{
    public const string TemporarySuffix = ".tmp";

    /// <exception cref="IOException">The disk is full, or the folder cannot be written; the old content is untouched.</exception>
    public static void Replace(string path, IReadOnlyList<ReadOnlyMemory<byte>> content)
    {
        string full = Path.GetFullPath(path);
        string temporary = full + TemporarySuffix;
        try
        {
            using (SafeFileHandle file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(file, content, 0);
                RandomAccess.FlushToDisk(file);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        FlushFolder(Path.GetDirectoryName(full)!);
    }

    /// <summary>Makes renames and deletions inside a folder durable.</summary>
    public static void FlushFolder(string folder)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return;
        int descriptor = Open(folder, 0);
        if (descriptor < 0)
            throw new IOException($"Cannot open the folder {folder} to flush it (errno {Marshal.GetLastPInvokeError()}).");

        // Some network and FUSE file systems refuse to flush a folder; the rename has happened all the same.
        _ = Flush(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
