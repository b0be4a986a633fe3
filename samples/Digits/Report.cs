using System.Text;
using Backprop;

namespace Digits;

/// <summary>What the sample prints.</summary>
public static class Report
{
    private const string Shades = " .:-=+*#%@";

    /// <summary>Some digits side by side, as text.</summary>
    public static string Draw(params IEnumerable<Digit> digits)
    {
        Digit[] row = [.. digits];
        var text = new StringBuilder();
        for (int y = 0; y < Digit.Size; y += 2)
        {
            foreach (Digit digit in row)
            {
                for (int x = 0; x < Digit.Size; x++)
                {
                    float ink = (digit.Pixels[y * Digit.Size + x] + digit.Pixels[(y + 1) * Digit.Size + x]) / 2;
                    text.Append(Shades[(int)(ink * (Shades.Length - 1) + 0.5f)]);
                }
            }

            text.AppendLine();
        }

        return text.ToString();
    }

    /// <summary>Which digit was taken for which.</summary>
    public static string Table(ConfusionMatrix confusion)
    {
        var text = new StringBuilder("       taken for\n      ");
        for (int predicted = 0; predicted < confusion.Classes; predicted++)
        {
            text.Append($"{predicted,6}");
        }

        text.AppendLine();
        for (int label = 0; label < confusion.Classes; label++)
        {
            text.Append($"{label,6}");
            for (int predicted = 0; predicted < confusion.Classes; predicted++)
            {
                double count = confusion[label, predicted];
                text.Append(count > 0 ? $"{count,6:F0}" : "     ·");
            }

            text.AppendLine($"   {100 * confusion.Recall(label),5:F1} %");
        }

        return text.ToString();
    }
}
