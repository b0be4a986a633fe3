using System.Globalization;

namespace Backprop.Packaging.Tests;

/// <summary>A project outside of the repository that uses the package, and another that it calls.</summary>
[Collection(PackedCollection.Name)]
public sealed class ConsumerTests(Packed packed)
{
    private static readonly string[] emitted =
    [
        "Consumer.App.Network.Loss.Forward.g.cs", "Consumer.App.Network.Loss.g.cs", "Consumer.App.Network.g.cs",
        "Consumer.App.Outer`1.Inner.Scale.Forward.g.cs", "Consumer.App.Outer`1.Inner.Scale.g.cs",
        "Everywhere.Friend.Forward.g.cs", "Everywhere.Friend.g.cs", "Everywhere.Walk.Forward.g.cs", "Everywhere.Walk.g.cs",
    ];

    [Theory]
    [InlineData("Project")]
    [InlineData("Package")]
    public void Differentiates_through_another_assembly_referred_to_as_a(string through)
    {
        string folder = Path.Combine(packed.Folder, through);
        Consumers(folder);
        if (through == "Package")
        {
            Dotnet(folder, "pack", "Library", "-o", Path.Combine(folder, "packed"));
        }

        Dotnet(folder, "build", "App", "-c", "Release", "-p:Through=" + through);
        string output = Path.Combine(folder, "App", "bin", "Release", "net10.0");
        string[][] lines = [.. Cli.Run(output, "App.dll").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(["Walk", "Friend", "Scale", "Loss", "Trained"], lines.Select(static line => line[0]));
        Assert.All(lines, static line => Assert.Equal("True", line[1]));
        double[][] gradients = [.. lines.Select(static line => line.Skip(2).Select(static n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray())];
        Assert.Equal(Differences(static (x, by) => Walk(x, by), 0.7, 1.1), gradients[0], static (expected, actual) => Math.Abs(expected - actual) < 1e-7);
        Assert.Equal([32], gradients[1]);
        Assert.Equal([3, 2], gradients[2]);
        Assert.Equal([7.5, 5, 0, 3, 30], gradients[3]);

        Assert.Equal(emitted.Order(StringComparer.Ordinal), Directory.GetFiles(Path.Combine(folder, "App", "generated"), "*.cs", SearchOption.AllDirectories).Select(static f => Path.GetFileName(f)!)
            .Where(static f => f.EndsWith(".g.cs", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(["App.dll", "Backprop.Gen.dll", "Library.dll", "System.Numerics.Tensors.dll"], Directory.GetFiles(output, "*.dll").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Project")]
    [InlineData("Package")]
    public void A_project_that_gets_the_package_through_another_gets_generator_and_analyzer(string through)
    {
        string folder = Path.Combine(packed.Folder, "Derived" + through);
        Consumers(folder);
        if (through == "Package")
        {
            Dotnet(folder, "pack", "Library", "-o", Path.Combine(folder, "packed"));
        }

        Dotnet(folder, "build", "Derived", "-c", "Release", "-p:Through=" + through);
        Assert.Equal("9 6", Cli.Run(Path.Combine(folder, "Derived", "bin", "Release", "net10.0"), "Derived.dll").Trim());
        (int code, string output, _) = Cli.Outcome(folder, With("build", "Derived", "-c", "Release", "-p:Through=" + through, "-p:DefineConstants=UNMARKED"));
        Assert.True(code != 0 && output.Contains("BPG017", StringComparison.Ordinal), output);
    }

    /// <summary>The consumers in a folder of their own, with the package among the sources of the machine.</summary>
    private void Consumers(string folder)
    {
        string source = Path.Combine(Packed.Root(), "tests", "Package.Tests", "consumers");
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories).Where(static f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal)))
        {
            string target = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, File.ReadAllText(file).Replace("MACHINE", MachinePackages(), StringComparison.Ordinal));
        }

        Directory.CreateDirectory(Path.Combine(folder, "packed"));
        File.Copy(packed.Package, Path.Combine(folder, "packed", Path.GetFileName(packed.Package)));
    }

    private static string MachinePackages() => Cli.Run(Packed.Root(), "nuget", "locals", "global-packages", "--list", "--force-english-output").Split(": ", 2)[1].Trim();

    private static void Dotnet(string folder, params string[] arguments) => Cli.Run(folder, With(arguments));

    private static string[] With(params string[] arguments) => [.. arguments, "--nologo", "-v", "q", "-p:UseSharedCompilation=false", "-p:BackpropVersion=" + Packed.Version];

    /// <summary>What <c>Everywhere.Walk</c> computes.</summary>
    private static double Walk(double x, double by)
    {
        for (int i = 0; i < 3; i++)
        {
            x = (x * by) + (1 / (1 + (x * x)));
        }

        return x * Math.Sin(Math.Sin(x) * 0.5) * by;
    }

    private static double[] Differences(Func<double, double, double> f, double x, double y)
    {
        const double h = 1e-5;
        return [(f(x + h, y) - f(x - h, y)) / (2 * h), (f(x, y + h) - f(x, y - h)) / (2 * h)];
    }
}
