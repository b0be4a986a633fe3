using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Backprop.Packaging.Tests;

/// <summary>The package, made once for all tests, and a folder outside of the repository for what uses it.</summary>
public sealed class Packed : IDisposable
{
    public const string Version = "0.1.0-test";

    public Packed()
    {
        Folder = Directory.CreateTempSubdirectory("backprop-package-").FullName;
        Pack("packed");
    }

    public string Folder { get; }

    public string Package => Path.Combine(Folder, "packed", $"Backprop.Gen.{Version}.nupkg");

    public string Symbols => Path.ChangeExtension(Package, ".snupkg");

    /// <summary>Packs as a maintainer does.</summary>
    /// <returns>The folder of the packages.</returns>
    public string Pack(string into)
    {
        string folder = Path.Combine(Folder, into);
        Cli.Run(Root(), "pack", Path.Combine("src", "Runtime"), "-o", folder, "--no-restore", "--nologo", "-v", "q", "-p:PackageVersion=" + Version, "-p:UseSharedCompilation=false");
        return folder;
    }

    public static Dictionary<string, byte[]> Entries(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        return archive.Entries.ToDictionary(static e => e.FullName, static e =>
        {
            using Stream stream = e.Open();
            using MemoryStream copy = new();
            stream.CopyTo(copy);
            return copy.ToArray();
        });
    }

    public static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

[CollectionDefinition(Name)]
public sealed class PackedCollection : ICollectionFixture<Packed>
{
    public const string Name = "package";
}
