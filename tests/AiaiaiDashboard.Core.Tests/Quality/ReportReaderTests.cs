using System.Text;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Quality.Reports;

namespace AiaiaiDashboard.Core.Tests.Quality;

/// <summary>Every reader on what real tools wrote, two versions each; what is expected was read off the tools' own summaries.</summary>
public sealed class ReportReaderTests
{
    [Theory]
    [InlineData("nyc-15.coverage-summary.json", "Istanbul JSON summary", 9, 14, "src/cart.js=6/8 web/format.js=3/6")]
    [InlineData("nyc-17.coverage-summary.json", "Istanbul JSON summary", 9, 14, "src/cart.js=6/8 web/format.js=3/6")]
    [InlineData("c8-7.coverage-summary.json", "Istanbul JSON summary", 22, 33, "src/cart.js=13/18 web/format.js=9/15")]
    [InlineData("c8-10.coverage-summary.json", "Istanbul JSON summary", 22, 33, "src/cart.js=13/18 web/format.js=9/15")]
    [InlineData("nyc-17.lcov.info", "lcov", 9, 14, "src/cart.js=6/8 web/format.js=3/6")]
    [InlineData("c8-7.lcov.info", "lcov", 22, 33, "src/cart.js=13/18 web/format.js=9/15")]
    [InlineData("lcov-1.16.info", "lcov", 6, 7, "src/axle.c=6/7")]
    [InlineData("coverage-py-6.lcov.info", "lcov", 5, 7, "backend/__init__.py=0/0 backend/score.py=5/7")]
    [InlineData("nyc-17.cobertura.xml", "Cobertura", 9, 14, "src/cart.js=6/8 web/format.js=3/6")]
    [InlineData("gcovr-5.cobertura.xml", "Cobertura", 6, 7, "src/axle.c=6/7")]
    [InlineData("coverage-py-6.cobertura.xml", "Cobertura", 5, 7, "__init__.py=0/0 score.py=5/7")]
    [InlineData("coverlet-6.cobertura.xml", "Cobertura", 5, 13, "home/dev/ledger/src/Ledger/Account.cs=5/13")]
    [InlineData("coverlet-8.cobertura.xml", "Cobertura", 5, 13, "home/dev/ledger/src/Ledger/Account.cs=5/13")]
    [InlineData("coverlet-8-own.cobertura.xml", "Cobertura", 107, 107, "home/dev/dashboard/src/AiaiaiDashboard.Core/Quality/Source/GitIndex.cs=107/107")]
    [InlineData("jacoco-0.8.6.xml", "JaCoCo", 4, 7, "org/example/Route.java=4/7")]
    [InlineData("go-1.19-set.out", "Go cover profile", 3, 6, "example.org/fleet/position/position.go=2/5 example.org/fleet/route/route.go=1/1")]
    [InlineData("go-1.19-atomic.out", "Go cover profile", 4, 6, "example.org/fleet/position/position.go=3/5 example.org/fleet/route/route.go=1/1")]
    public void Read_CoverageReport_TellsWhatItsToolTells(string sample, string format, long covered, long total, string files)
    {
        Report report = Read(sample);

        CoverageData data = report.Coverage!;
        Assert.Equal((format, QualitySourceKind.Coverage), (report.Format, report.Kind));
        Assert.Equal((covered, total), data.Stated ?? (data.Files.Values.Sum(f => f.Covered), data.Files.Values.Sum(f => f.Total)));
        Assert.Equal((covered, total), (data.Files.Values.Sum(f => f.Covered), data.Files.Values.Sum(f => f.Total)));
        Assert.Equal(files, string.Join(' ', data.Files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{Short(f.Key)}={f.Value.Covered}/{f.Value.Total}")));
    }

    [Theory]
    [InlineData("sdk-17.trx", "TRX", 1, 1, 1)]
    [InlineData("sdk-18.trx", "TRX", 1, 1, 1)]
    [InlineData("sdk-18-own.trx", "TRX", 11, 0, 0)]
    [InlineData("pytest-7.junit.xml", "JUnit", 1, 2, 1)]
    [InlineData("pytest-7-xunit1.junit.xml", "JUnit", 1, 2, 1)]
    [InlineData("mocha-10.junit.xml", "JUnit", 2, 1, 1)]
    [InlineData("node-20.junit.xml", "JUnit", 1, 1, 1)]
    public void Read_TestReport_CountsTheTests(string sample, string format, long passed, long failed, long skipped)
    {
        Report report = Read(sample);

        Assert.Equal((format, QualitySourceKind.Tests), (report.Format, report.Kind));
        Assert.Equal((passed, failed, skipped), (report.Tests!.Passed, report.Tests.Failed, report.Tests.Skipped));
        Assert.InRange(report.Tests.DurationMs!.Value, 1, 60_000);
    }

    [Fact]
    public void Read_Trx_NamesWhatWasTested() => Assert.EndsWith("ledger.tests.dll", Read("sdk-18.trx").TestedUnit, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"total":{"lines":{"pct":85.5}}}""", 85.5)]
    [InlineData("""<coverage line-rate="0.855" branch-rate="0"><packages/></coverage>""", 85.5)]
    public void Read_OnlyAPercentage_IsTaken(string text, double percent) => Assert.Equal((decimal)percent, Read(text, "coverage-summary.json").Coverage!.StatedPercent);

    [Theory]
    [InlineData("""<coverage lines-covered="17" lines-valid="20"/>""", 17, 20)]
    [InlineData("""<report name="r"><counter type="INSTRUCTION" missed="1" covered="1"/><counter type="LINE" missed="3" covered="17"/></report>""", 17, 20)]
    public void Read_OnlySums_AreTaken(string text, long covered, long total) => Assert.Equal((covered, total), Read(text, "coverage.xml").Coverage!.Stated);

    [Theory]
    [InlineData("lighthouse-11.json", 91, 100, 96, 100)]
    [InlineData("lighthouse-12.json", 95, 100, 96, 100)]
    public void Read_LighthouseReport_TakesTheScores(string sample, int performance, int accessibility, int bestPractices, int seo)
    {
        Report report = Read(sample);

        Assert.Equal(("Lighthouse JSON", QualitySourceKind.Lighthouse), (report.Format, report.Kind));
        Assert.Equal(
            new LighthouseScores { Performance = performance, Accessibility = accessibility, BestPractices = bestPractices, Seo = seo },
            report.Lighthouse);
    }

    [Theory]
    [InlineData("""{"lighthouseVersion":"9.6.8","categories":{"performance":{"id":"performance","auditRefs":[{"id":"x"}],"score":0.915},"accessibility":{"score":1},"best-practices":{"score":0.5},"seo":{"score":null}},"audits":{"a":[1,{"b":2}]}}""", "92 100 50 -")]
    [InlineData("""{"lighthouseVersion":"2.9.1","reportCategories":[{"id":"performance","audits":[{"score":1}],"score":91.2},{"score":88,"id":"accessibility"},{"id":"pwa","score":10}]}""", "91 88 - -")]
    public void Read_Lighthouse_TakesTheScores(string text, string expected)
    {
        LighthouseScores scores = Read(text, "lighthouse-report.json").Lighthouse!;

        Assert.Equal(expected, string.Join(' ', new[] { scores.Performance, scores.Accessibility, scores.BestPractices, scores.Seo }.Select(s => s?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-")));
    }

    [Theory]
    [InlineData("""<testsuites><testsuite tests="5" failures="1" errors="1" skipped="1" time="2.5"/><testsuite tests="2" time="1"/></testsuites>""", 4, 2, 1, 3500L)]
    [InlineData("""<testsuites tests="9" failures="2" time="1.5"><testsuite tests="9" failures="2"/></testsuites>""", 7, 2, 0, 1500L)]
    [InlineData("""<testsuite tests="3" skip="1"/>""", 2, 0, 1, null)]
    [InlineData("""<testsuites><testsuite><testsuite><testcase time="0.25"/><testcase><error/><failure/></testcase></testsuite></testsuite></testsuites>""", 1, 1, 0, 250L)]
    public void Read_JUnitWithoutCases_TakesTheSums(string text, long passed, long failed, long skipped, long? duration)
    {
        TestResults tests = Read(text, "junit.xml").Tests!;

        Assert.Equal((passed, failed, skipped, duration), (tests.Passed, tests.Failed, tests.Skipped, tests.DurationMs));
    }

    [Fact]
    public void Read_TrxThatBrokeOff_SaysSo()
    {
        Report report = Read("""<TestRun><Results><UnitTestResult outcome="Passed"/></Results><ResultSummary outcome="Failed"><Counters total="1" passed="1"/></ResultSummary></TestRun>""", "a.trx");

        Assert.Equal((1, 0), (report.Tests!.Passed, report.Tests.Failed));
        Assert.Contains("ended as Failed", report.Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LaterLcov_PassesOverWhatIsNew()
    {
        CoverageData data = Read("# lcov 2\nTN:\nSF:a.c\nVER:1\nFNL:0,3,9\nFNA:0,1,weigh\nFNF:1\nBRDA:5,e0,0,1\nMCDC:1,2,t,3,4,5\nDA:3,1,abc==\nDA:4,-1\nDA:5,0\nLF:3\nLH:2\nend_of_record\n", "lcov.info").Coverage!;

        Assert.Equal((2L, 3L), (data.Files["a.c"].Covered, data.Files["a.c"].Total));
    }

    internal static Report Read(string sample) => ReportReader.Read(Path.Combine(AppContext.BaseDirectory, "Quality", "Samples", sample), CancellationToken.None);

    internal static Report Read(string text, string name)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return ReportReader.Read(stream, name, CancellationToken.None);
    }

    private static string Short(string path) => path.Replace("/home/dev/shop/", "", StringComparison.Ordinal).Replace("/home/dev/axle/", "", StringComparison.Ordinal);
}
