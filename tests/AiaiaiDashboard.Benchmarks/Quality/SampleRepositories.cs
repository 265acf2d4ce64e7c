using System.Globalization;
using System.Text;
using LibGit2Sharp;

namespace AiaiaiDashboard.Benchmarks.Quality;

/// <summary>Repositories with tracked source files of the sizes real ones have: half of them below 3 KB, some up to 60 KB.</summary>
internal static class SampleRepositories
{
    private static readonly string[] Lines =
    [
        "    public decimal Total(IEnumerable<Item> items) => items.Sum(item => item.Price * item.Count);", "", "    /// <summary>What one item costs.</summary>", "    {", "    }",
        "        if (order.State == OrderState.Paid && order.Items.Count > 0)", "        return result;", "        // Rounded once, at the end.", "        string text = $\"{name}: {value}\";", "using System.Text;",
    ];

    /// <summary>Creates them below a folder; the same numbers give the same bytes.</summary>
    public static IReadOnlyList<string> Create(string folder, int repositories, int filesEach)
    {
        var random = new Random(7);
        var paths = new List<string>();
        for (int number = 0; number < repositories; number++)
        {
            string path = Path.Join(folder, string.Create(CultureInfo.InvariantCulture, $"repository-{number}"));
            Directory.CreateDirectory(path);
            Repository.Init(path);
            using var repository = new Repository(path);
            for (int file = 0; file < filesEach; file++)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"src/part{file % 20}/File{file}.{(file % 3 == 0 ? "ts" : "cs")}");
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Join(path, name))!);
                File.WriteAllText(Path.Join(path, name), Text(random, number, file));
                repository.Index.Add(name);
            }

            repository.Index.Write();
            File.WriteAllText(Path.Join(path, "lcov.info"), "SF:src/part0/File0.ts\nDA:1,1\nDA:2,0\nend_of_record\n");
            paths.Add(path);
        }

        return paths;
    }

    private static string Text(Random random, int repository, int file)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"// {repository} {file}\n");
        int bytes = (int)Math.Min(60_000, 800 * Math.Exp(random.NextDouble() * 3.2));
        while (text.Length < bytes)
        {
            text.Append(Lines[random.Next(Lines.Length)]).Append('\n');
        }

        return text.Append(random.Next(12) == 0 ? "// TODO: later\n" : "").ToString();
    }
}
