namespace Backprop.Tests;

public class CsvFileTests
{
    [Fact]
    public void Fields_follow_the_format()
    {
        CsvRow[] rows = CsvFile.Parse("name,value\r\n\"a, \"\"b\"\"\",1.5\n\n\"two\nlines\",-2e3\r\nlast,", CsvHeader.FirstRow).ToArray();
        Assert.Equal(["a, \"b\"", "two\nlines", "last"], rows.Select(r => r["name"]));
        Assert.Equal(1.5, rows[0].Double("value"));
        Assert.Equal(-2000f, rows[1].Single(1));
        Assert.Equal("", rows[2][1]);
        Assert.Equal([2, 4, 6], rows.Select(r => r.Line));
    }

    [Fact]
    public void Samples_are_made_of_rows()
    {
        (float[] X, int Label)[] samples = CsvFile.Parse("1;2;3\n4;5;6", CsvHeader.None, ';').Read(r => (r.Singles(0, 2), r.Integer(2)));
        Assert.Equal([4f, 5f], samples[1].X);
        Assert.Equal(6, samples[1].Label);
    }

    [Fact]
    public void Every_culture_reads_a_decimal_point()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.csv"), "x\n0.5\n");
        Assert.Equal(0.5, CsvFile.Open(folder.File("a.csv")).Single().Double("x"));
    }

    [Theory]
    [InlineData("a,b\n1", "Line 2 has 1 fields")]
    [InlineData("a,b\n1,2\n1,x", "Line 3, column 2: 'x' is not a number")]
    [InlineData("a,b\n1,\"2", "not closed")]
    [InlineData("a,b\n1,\"2\"3", "Line 2: text follows")]
    [InlineData("a,a\n1,2", "'a'")]
    public void A_mistake_is_named_with_its_place(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => CsvFile.Parse(text).Read(r => r.Double(1))).Message);

    [Fact]
    public void A_column_that_is_not_there_is_named()
    {
        Assert.Contains("'c'", Assert.Throws<ArgumentException>(() => CsvFile.Parse("a\n1").Read(r => r["c"])).Message);
        Assert.Throws<FileNotFoundException>(() => CsvFile.Open("no such file"));
    }
}
