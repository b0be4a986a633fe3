namespace Backprop.Tests;

public sealed class NameTests
{
    /// <summary>What a new project imports without saying so.</summary>
    private static readonly string[] Imported =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    [Fact]
    public void No_type_has_the_name_of_one_that_every_project_imports()
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        IEnumerable<Type> framework = trusted.Split(Path.PathSeparator).Select(static path => Path.GetFileNameWithoutExtension(path))
            .Where(static name => name.StartsWith("System.", StringComparison.Ordinal)).SelectMany(static name => System.Reflection.Assembly.Load(name).GetExportedTypes());
        HashSet<string> known = [.. framework.Where(static type => Imported.Contains(type.Namespace)).Select(static type => type.Name)];
        Assert.Contains("Console", known);
        Assert.Contains("Monitor", known);
        Assert.DoesNotContain(typeof(Optimizer).Assembly.GetExportedTypes().Where(static type => type.Namespace == "Backprop").Select(static type => type.Name), known.Contains);
    }
}
