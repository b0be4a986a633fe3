using System.Text;

namespace Darts;

/// <summary>A board of the usual measures: what a hit counts, and a picture of hits.</summary>
public static class Dartboard
{
    private static readonly int[] Numbers = [20, 1, 18, 4, 13, 6, 10, 15, 2, 17, 3, 19, 7, 16, 8, 11, 14, 9, 12, 5];

    /// <summary>Points for a hit; 0 outside of the double ring.</summary>
    public static int Score(Hit hit)
    {
        double millimetres = 1000 * hit.Distance;
        if (millimetres <= 15.9)
        {
            return millimetres <= 6.35 ? 50 : 25;
        }

        double turn = Math.Atan2(hit.Right, hit.Above) / (2 * Math.PI);
        int number = Numbers[(int)Math.Floor(20 * (turn + 1) + 0.5) % 20];
        return millimetres switch
        {
            >= 99 and <= 107 => 3 * number,
            >= 162 and <= 170 => 2 * number,
            < 170 => number,
            _ => 0,
        };
    }

    /// <summary>The board as text, 2 cm a row; hits as 1 to 9 by how many fell into the same place, the rest as rings.</summary>
    public static string Draw(IEnumerable<Hit> hits)
    {
        const int Rows = 19;
        const double Cell = 0.4 / Rows;
        Dictionary<(int Row, int Column), int> counts = [];
        foreach (Hit hit in hits)
        {
            (int Row, int Column) place = ((int)Math.Round(-hit.Above / Cell), (int)Math.Round(2 * hit.Right / Cell));
            counts[place] = counts.GetValueOrDefault(place) + 1;
        }

        StringBuilder picture = new();
        for (int row = -Rows / 2; row <= Rows / 2; row++)
        {
            for (int column = -Rows; column <= Rows; column++)
            {
                picture.Append(counts.TryGetValue((row, column), out int count) ? Mark(count) : Ring(Cell * Math.Sqrt(row * row + 0.25 * column * column), Cell));
            }

            picture.AppendLine();
        }

        return picture.ToString();
    }

    private static char Mark(int count) => count < 10 ? (char)('0' + count) : '#';

    private static char Ring(double distance, double cell)
        => distance < cell / 2 ? '+'
            : Math.Abs(distance - 0.166) < cell / 2 || Math.Abs(distance - 0.103) < cell / 2 ? '·'
            : ' ';
}
