namespace Backprop.Tests;

public sealed class DurableFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_content_is_replaced_whole_and_nothing_is_left_over()
    {
        DurableFile.Replace(folder.File("a"), [new byte[] { 1, 2, 3, 4 }]);
        DurableFile.Replace(folder.File("a"), [new byte[] { 5 }, new byte[] { 6, 7 }]);
        Assert.Equal([5, 6, 7], File.ReadAllBytes(folder.File("a")));
        Assert.Single(Directory.GetFiles(folder.FullPath));
    }

    [Fact]
    public void A_file_that_cannot_be_written_leaves_the_folder_as_it_was()
    {
        Directory.CreateDirectory(folder.File("taken"));
        Assert.ThrowsAny<Exception>(() => DurableFile.Replace(folder.File("taken"), [new byte[] { 1 }]));
        Assert.Empty(Directory.GetFiles(folder.FullPath));
        Assert.Throws<DirectoryNotFoundException>(() => DurableFile.Replace(folder.File("no/such/folder"), [new byte[] { 1 }]));
    }

    [Fact]
    public void A_folder_that_is_not_there_cannot_be_flushed()
    {
        DurableFile.FlushFolder(folder.FullPath);
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
            Assert.Throws<IOException>(() => DurableFile.FlushFolder(folder.File("missing")));
    }
}
