using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;

namespace Backprop.Packaging.Tests;

/// <summary>What is in the package.</summary>
[Collection(PackedCollection.Name)]
public sealed class ContentTests(Packed packed)
{
    private const string Generator = "analyzers/dotnet/cs/Backprop.Gen.Generator.dll";

    private static readonly string[] files =
    [
        "README.md", Generator, "analyzers/dotnet/cs/Backprop.Gen.CodeFixes.dll", "lib/net10.0/Backprop.Gen.dll", "lib/net10.0/Backprop.Gen.xml",
        "build/Backprop.Gen.props", "buildTransitive/Backprop.Gen.props",
    ];

    private readonly Dictionary<string, byte[]> entries = Packed.Entries(packed.Package);

    [Fact]
    public void Holds_runtime_generator_code_fixes_documentation_and_readme_and_nothing_else()
        => Assert.Equal(files.Order(), entries.Keys.Where(static e => !e.StartsWith('_') && !e.StartsWith("package/", StringComparison.Ordinal) && e is not ("[Content_Types].xml" or "Backprop.Gen.nuspec")).Order());

    [Fact]
    public void Names_its_licence_readme_and_source()
    {
        XElement about = Specification();
        Assert.Equal("MIT", Value(about, "license"));
        Assert.Equal("README.md", Value(about, "readme"));
        Assert.NotEqual("", Value(about, "description"));
        Assert.NotEqual("", Value(about, "tags"));
        Assert.NotEqual("", Value(about, "projectUrl"));
    }

    [Fact]
    public void Depends_on_the_platforms_own_tensors_only()
        => Assert.Equal(["System.Numerics.Tensors"], Specification().Descendants().Where(static e => e.Name.LocalName == "dependency").Select(static e => e.Attribute("id")!.Value));

    [Fact]
    public void The_readme_is_the_repositorys() => Assert.Equal(File.ReadAllBytes(Path.Combine(Packed.Root(), "README.md")), entries["README.md"]);

    [Fact]
    public void Public_members_are_documented()
        => Assert.Contains("M:Backprop.Gradient.Stop``1(``0)", Encoding.UTF8.GetString(entries["lib/net10.0/Backprop.Gen.xml"]), StringComparison.Ordinal);

    [Fact]
    public void Symbols_are_those_of_the_library()
    {
        Dictionary<string, byte[]> symbols = Packed.Entries(packed.Symbols);
        using PEReader library = new(new MemoryStream(entries["lib/net10.0/Backprop.Gen.dll"]));
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols["lib/net10.0/Backprop.Gen.pdb"]));
        DebugDirectoryEntry entry = library.ReadDebugDirectory().First(static e => e.Type == DebugDirectoryEntryType.CodeView);
        Assert.Equal(library.ReadCodeViewDebugDirectoryData(entry).Guid, new BlobContentId(provider.GetMetadataReader().DebugMetadataHeader!.Id).Guid);
    }

    [Fact]
    public void The_generator_needs_nothing_but_the_compiler()
    {
        using PEReader generator = new(new MemoryStream(entries[Generator]));
        MetadataReader metadata = generator.GetMetadataReader();
        string[] needed = [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name)).Order()];
        // All that an analyzer finds in the compiler it runs in.
        Assert.Subset(new HashSet<string> { "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "System.Memory", "System.Reflection.Metadata", "netstandard" }, new HashSet<string>(needed));
    }

    [Fact]
    public void Compiled_again_it_is_the_same()
    {
        string[] arguments = ["build", Path.Combine("src", "Generator"), "-t:Rebuild", "-c", "Release", "--no-restore", "--nologo", "-v", "q", "-p:UseSharedCompilation=false"];
        Cli.Run(Packed.Root(), arguments);
        Assert.Equal(entries[Generator], Packed.Entries(Path.Combine(packed.Pack("again"), Path.GetFileName(packed.Package)))[Generator]);
    }

    private XElement Specification() => XDocument.Parse(Encoding.UTF8.GetString(entries["Backprop.Gen.nuspec"]).TrimStart('\uFEFF')).Root!.Elements().Single();

    private static string Value(XElement about, string name) => about.Elements().SingleOrDefault(e => e.Name.LocalName == name)?.Value ?? "";
}
