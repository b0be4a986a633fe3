namespace Backprop.Tests;

/// <summary>A grid is an array of two dimensions over other storage.</summary>
public class GridTests
{
    [Fact]
    public void Rows_lie_one_after_the_other()
    {
        double[] storage = [0, 1, 2, 3, 4, 5, 6];
        var grid = new Grid<double>(storage, 2, 3);
        Assert.Equal((6, 2, 3), (grid.Length, grid.GetLength(0), grid.GetLength(1)));
        Assert.Equal((0, 2, 3, 5), (grid[0, 0], grid[0, 2], grid[1, 0], grid[1, 2]));
        grid[1, 1] += 10;
        Assert.Equal(14, storage[4]);
        grid.Fill(7);
        Assert.Equal([7, 7, 7, 7, 7, 7, 6], storage);
        grid.Clear();
        Assert.Equal([0, 0, 0, 0, 0, 0, 6], storage);
    }

    [Fact]
    public void An_index_outside_of_its_dimension_throws_even_inside_of_the_storage()
    {
        int[,] array = new int[2, 3];
        int[] storage = new int[6];
        for (int i = -1; i <= 3; i++)
        {
            for (int j = -2; j <= 4; j++)
            {
                (int row, int column) = (i, j);
                Exception? expected = Record.Exception(() => array[row, column]);
                Exception? thrown = Record.Exception(() => new Grid<int>(storage, 2, 3)[row, column]);
                Assert.Equal(expected?.GetType(), thrown?.GetType());
            }
        }
    }

    [Fact]
    public void A_row_is_a_part_of_the_storage()
    {
        double[] storage = [0, 1, 2, 3, 4, 5, 6];
        Assert.Equal([3, 4, 5], new Grid<double>(storage, 2, 3)[1].ToArray());
        new Grid<double>(storage, 2, 3)[0][2] = 9;
        Assert.Equal(9, storage[2]);
        Assert.Equal(0, new Grid<double>(storage, 2, 0)[1].Length);
        foreach (int row in new[] { -1, 2, int.MinValue, int.MaxValue })
        {
            Assert.Throws<IndexOutOfRangeException>(() => new Grid<double>(storage, 2, 3)[row][0]);
            Assert.Throws<IndexOutOfRangeException>(() => new Grid<double>(storage, 2, 0)[row].Length);
        }
    }

    [Fact]
    public void Rows_that_a_loop_makes_are_measured_as_it_would()
    {
        Assert.Equal((0, 3, -3), (Grid.Columns(0, -3), Grid.Columns(2, 3), Grid.Columns(2, -3)));
        Assert.Equal((5, 5), (Grid.With(2, 3), Grid.With(5, 0)));
        Assert.Throws<OverflowException>(() => Grid.With(5, -1));
        Assert.Throws<OverflowException>(() => Grid.With(int.MaxValue, 1));
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(2, -1)]
    [InlineData(-1, -1)]
    [InlineData(int.MinValue, 0)]
    [InlineData(1 << 16, 1 << 16)]
    public void Extents_that_no_array_has_throw(int rows, int columns)
        => Assert.Throws<OverflowException>(() => { _ = new Grid<double>(new double[4], rows, columns); });

    [Fact]
    public void Other_misuse_throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = new Grid<double>(new double[5], 2, 3); });
        Assert.Throws<IndexOutOfRangeException>(() => new Grid<double>(new double[6], 2, 3).GetLength(2));
    }

    [Fact]
    public void A_rented_grid_is_zero()
    {
        for (int round = 0; round < 2; round++)
        {
            using ResidualStore.Frame frame = ResidualStore.Open();
            Grid<float> grid = frame.RentGrid<float>(3, 2);
            Assert.Equal((6, 0f), (grid.Length, grid[2, 1]));
            grid.Fill(1);
        }
    }
}
