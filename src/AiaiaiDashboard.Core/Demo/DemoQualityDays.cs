using System.Buffers;
using System.Globalization;
using AiaiaiDashboard.Core.History;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Demo;

/// <summary>
/// Quality of the sample projects, in every state the pages know: measured and not, fallen by more than 5 points, tests that began to fail and tests that
/// have failed for long, a stale report, and one that cannot be read.
/// </summary>
/// <param name="today">The day everything is relative to.</param>
internal sealed class DemoQualityDays(DateOnly today)
{
    private const int Days = 300;
    private const int DailyDays = 40;
    private const string Fallen = "invoice-ocr";
    private const string NewlyFailing = "storefront-api";
    private const string LongFailing = "fleet-telemetry";
    private const string Stale = "data-catalog";
    private const string Damaged = "mobile-onboarding";

    /// <summary>The row of a project; null where nothing was measured.</summary>
    public QualityRecord? Record(DemoProject project)
    {
        if (project.Quality is not { } measured)
        {
            return null;
        }

        long lines = project.Tasks * 310L;
        return new QualityRecord
        {
            Project = project.Id,
            Date = ProjectRecord.FormatDay(today.AddDays(-project.Committed)),
            TestCoverage = new TestCoverage { Frontend = measured.Frontend, Backend = measured.Backend, Overall = measured.Overall, Lines = lines * 6 / 10 },
            LighthouseScore = measured.Lighthouse,
            Lighthouse = measured.Lighthouse is { } score ? new LighthouseScores { Performance = score, Accessibility = Math.Min(100, score + 4), BestPractices = 96, Seo = 92 } : null,
            OpenIssues = measured.Issues,
            TechDebt = measured.Debt,
            Tests = new TestResults { Passed = (project.Tasks * 11) - Failed(project, 0), Failed = Failed(project, 0), Skipped = project.Tasks % 4, DurationMs = project.Tasks * 700 },
            Code = Code(project, lines),
            Sources = Sources(project),
            Reasons = project.Id == Damaged ? ["coverage/lcov.info ends in the middle of a source file: it was cut off."] : null,
        };
    }

    /// <summary>Writes the days of all projects into history/.</summary>
    public void WriteHistory(DataDirectory directory)
    {
        IEnumerable<QualitySnapshot> rows =
            from ago in Enumerable.Range(0, Days).Reverse()
            where ago < DailyDays || ago % 3 == 0
            from project in DemoProject.All
            where ago <= project.Started && Record(project) is not null
            orderby ago descending, project.Id
            select Row(project, ago);
        foreach (IGrouping<string, QualitySnapshot> month in rows.GroupBy(r => r.Date[..7]))
        {
            var lines = new ArrayBufferWriter<byte>();
            foreach (QualitySnapshot row in month)
            {
                lines.Write(DocumentJson.SerializeLine(row, DocumentJson.TypeInfo<QualitySnapshot>(SnapshotJson.Default)));
            }

            directory.Log(DataFiles.History("quality", month.Key)).Replace(stream => stream.Write(lines.WrittenSpan));
        }
    }

    private QualitySnapshot Row(DemoProject project, int ago)
    {
        QualityRecord now = Record(project)!;
        DateOnly day = today.AddDays(-ago);
        // Since its last commit nothing has changed.
        int moved = Math.Max(0, ago - project.Committed);
        decimal drift = moved == 0 ? 0 : (decimal)(Drift(project.Id) * moved / Days) + Wobble(project.Id, day);
        decimal fall = project.Id == Fallen && ago is > 4 and < 60 ? 6.2m : 0;
        TestCoverage coverage = now.TestCoverage!;
        return QualitySnapshot.Of(
            now with
            {
                Date = ProjectRecord.FormatDay(today.AddDays(-Math.Max(ago, project.Committed))),
                TestCoverage = coverage with { Frontend = At(coverage.Frontend, fall - drift), Backend = At(coverage.Backend, fall - drift), Overall = At(coverage.Overall, fall - drift) },
                LighthouseScore = now.LighthouseScore is { } score ? Math.Round(At(score, -drift / 2)!.Value) : null,
                OpenIssues = Math.Max(0, now.OpenIssues!.Value + (int)Math.Round(drift * (project.Id.Length % 2 == 0 ? 0.5m : -0.4m))),
                Tests = now.Tests! with { Failed = Failed(project, ago) },
            },
            day);
    }

    private static decimal? At(decimal? value, decimal change) => value is { } known ? Math.Clamp(Math.Round(known + change, 1), 0, 100) : null;

    private static long Failed(DemoProject project, int ago) => project.Id switch
    {
        NewlyFailing => ago < 3 ? 3 : 0,
        LongFailing => ago < 20 ? 1 : 0,
        _ => 0,
    };

    // Points gained over the whole time, the same on every day.
    private static double Drift(string project) => DemoRandom.For(project, DateOnly.MinValue).Between(-9, 28);

    private static decimal Wobble(string project, DateOnly day) => (decimal)DemoRandom.For(project, new DateOnly(day.Year, day.Month, Math.Max(1, day.Day / 6 * 6))).Between(-0.9, 0.9);

    private static CodeCounts Code(DemoProject project, long lines)
    {
        int issues = project.Quality!.Issues;
        int hack = issues / 6;
        int fixme = issues / 4;
        long styles = project.Quality.Lighthouse is null ? 0 : lines / 9;
        string language = project.Stack[0] is "C#" or "Go" or "Rust" or "Python" or "JavaScript" ? project.Stack[0] : "TypeScript";
        LanguageLines[] languages = [new(language, (int)(lines / 90), lines - styles), .. styles > 0 ? [new LanguageLines("CSS", (int)(styles / 120), styles)] : Array.Empty<LanguageLines>()];
        return new CodeCounts { Files = languages.Sum(l => l.Files), Lines = lines, Languages = languages, Todo = issues - hack - fixme, Fixme = fixme, Hack = hack };
    }

    private QualitySource[] Sources(DemoProject project)
    {
        (string coverage, string format, string tests, string testFormat) = project.Stack[0] switch
        {
            "C#" => ("tests/TestResults/3f0c/coverage.cobertura.xml", "Cobertura", "tests/TestResults/results.trx", "TRX"),
            "Go" => ("coverage.out", "Go cover profile", "junit.xml", "JUnit"),
            "Python" => ("coverage.xml", "Cobertura", "junit.xml", "JUnit"),
            "Rust" => ("lcov.info", "lcov", "target/nextest/default/junit.xml", "JUnit"),
            _ when project.Id == Damaged => ("coverage/lcov.info", "lcov", "junit.xml", "JUnit"),
            _ => ("coverage/coverage-summary.json", "Istanbul JSON summary", "junit.xml", "JUnit"),
        };
        // Before this day begins in any zone, so that it is never in the future.
        DateTimeOffset at = new DateTimeOffset(today.AddDays(-project.Committed), TimeOnly.MinValue, TimeSpan.Zero).AddHours(-14).AddMinutes(project.Tasks);
        List<QualitySource> sources =
        [
            new() { Kind = QualitySourceKind.Coverage, File = coverage, Format = format, MeasuredAt = project.Id == Stale ? at.AddDays(-19) : at, Kept = project.Id == Damaged },
            new() { Kind = QualitySourceKind.Tests, File = tests, Format = testFormat, MeasuredAt = at },
            new() { Kind = QualitySourceKind.Code, File = ".git/index", Format = "Source code" },
        ];
        if (project.Quality!.Lighthouse is not null)
        {
            sources.Insert(1, new QualitySource { Kind = QualitySourceKind.Lighthouse, File = string.Create(CultureInfo.InvariantCulture, $".lighthouseci/lhr-{at.ToUnixTimeMilliseconds()}.json"), Format = "Lighthouse JSON", MeasuredAt = at });
        }

        return [.. sources];
    }
}
