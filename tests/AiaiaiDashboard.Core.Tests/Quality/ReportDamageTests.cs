using System.Text;
using AiaiaiDashboard.Core.Quality.Reports;
using CsCheck;

namespace AiaiaiDashboard.Core.Tests.Quality;

/// <summary>Damaged and hostile reports end in a reason, in bounded time and memory, whatever they hold.</summary>
public sealed class ReportDamageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("reports-").FullName;

    public static TheoryData<string> Samples => [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Quality", "Samples")).Where(f => !f.EndsWith(".md", StringComparison.Ordinal)).Select(f => Path.GetFileName(f)!)];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // The last line of a Go profile may be cut between two lines, which nothing tells.
    [Theory]
    [MemberData(nameof(Samples))]
    public void Read_CutOffAnywhere_GivesAReasonAndNeverAnotherFailure(string sample)
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Quality", "Samples", sample));
        int step = Math.Max(1, whole.Length / 300);
        for (int length = 0; length < whole.Length - 40; length += step)
        {
            using var stream = new MemoryStream(whole, 0, length);
            Exception? failure = Record.Exception(() => ReportReader.Read(stream, sample, CancellationToken.None));

            Assert.True(failure is InvalidDataException || (failure is null && !sample.EndsWith(".xml", StringComparison.Ordinal) && !sample.EndsWith(".json", StringComparison.Ordinal)), $"{length}: {failure}");
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Read_BytesChanged_GivesAReportOrAReason(string sample)
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Quality", "Samples", sample));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[1, 6].Sample(
            changes =>
            {
                byte[] bytes = [.. whole];
                foreach ((int at, byte value) in changes)
                {
                    bytes[at] = value;
                }

                using var stream = new MemoryStream(bytes);
                Assert.True(Record.Exception(() => ReportReader.Read(stream, sample, CancellationToken.None)) is null or InvalidDataException);
            },
            iter: 200,
            threads: 1);
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "empty", "", "is empty" },
        { "text", "hello", "no format that is read" },
        { "html", "<html><body/></html>", "no format that is read" },
        { "an array", "[1]", "no format that is read" },
        { "json of something else", """{"name":"shop"}""", "no coverage summary" },
        { "lighthouse of something else", """{"name":"shop"}""", "no Lighthouse report" },
        { "lighthouse that failed", """{"runtimeError":{"code":"NO_FCP","message":"x"},"categories":{"performance":{"score":null}}}""", "NO_FCP" },
        { "clover", """<coverage generated="1"><project><metrics/></project></coverage>""", "Clover" },
        { "more covered than there is", """{"total":{"lines":{"total":1,"covered":2}}}""", "more covered lines" },
        { "a negative line", """<coverage><class filename="a"><lines><line number="-1" hits="1"/></lines></class></coverage>""", "line 1" },
        { "a record cut off", "SF:a.js\nDA:1,1\n", "cut off" },
        { "no tests", "<testsuites/>", "holds no test" },
        { "a huge number", """<testsuites><testsuite tests="99999999999999999999999"/></testsuites>""", "no whole number" },
        { "an entity bomb", """<?xml version="1.0"?><!DOCTYPE coverage [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><coverage><sources><source>&c;</source></sources></coverage>""", "damaged" },
        { "a file from outside", """<?xml version="1.0"?><!DOCTYPE coverage [<!ENTITY x SYSTEM "file:///etc/passwd">]><coverage><sources><source>&x;</source></sources></coverage>""", "damaged" },
        { "a parameter entity", """<?xml version="1.0"?><!DOCTYPE coverage [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x">%x;]><coverage/>""", "names no line" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Read_WrongContent_SaysWhy(string what, string text, string reason)
    {
        string name = what.Contains("lighthouse", StringComparison.Ordinal) ? "lighthouse-report.json" : "coverage.xml";

        var failure = Assert.Throws<InvalidDataException>(() => ReportReaderTests.Read(text, name));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<a>")]
    [InlineData("<testsuite>")]
    public void Read_XmlNestedDeeply_IsRefused(string element)
    {
        string text = string.Concat(Enumerable.Repeat(element, 1_000_000));

        Assert.Throws<InvalidDataException>(() => ReportReaderTests.Read("<testsuites>" + text, "junit.xml"));
    }

    [Fact]
    public void Read_JsonNestedDeeply_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => ReportReaderTests.Read("""{"total":""" + new string('[', 1_000_000), "coverage-summary.json"));

    [Fact]
    public void Read_200MegabyteReport_IsNotRead()
    {
        string path = Path.Combine(folder, "coverage.xml");
        using (FileStream file = File.Create(path))
        {
            file.Write("<coverage>"u8);
            file.SetLength(200L * 1024 * 1024);
        }

        Assert.Equal(ReportStream.TooLarge, Assert.Throws<InvalidDataException>(() => ReportReader.Read(path, CancellationToken.None)).Message);
    }

    [Fact]
    public void Read_OneEndlessLine_IsRefused() =>
        Assert.Contains("longer than 64 KB", Assert.Throws<InvalidDataException>(() => ReportReaderTests.Read("SF:" + new string('a', 500_000), "lcov.info")).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_OneEndlessText_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => ReportReaderTests.Read("""{"total":" """ + new string('a', 20_000_000) + "\"}", "coverage-summary.json"));

    [Fact]
    public void Read_MoreFilesThanAnyProjectHas_IsRefused()
    {
        var text = new StringBuilder("{\"total\":{\"lines\":{\"total\":1,\"covered\":1}}");
        for (int i = 0; i <= CoverageData.MaxFiles + 1; i++)
        {
            text.Append(",\"").Append(i).Append("\":{\"lines\":{\"total\":1,\"covered\":1}}");
        }

        Assert.Contains("100,000", Assert.Throws<InvalidDataException>(() => ReportReaderTests.Read(text.Append('}').ToString(), "coverage-summary.json")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Cancelled_Stops()
    {
        using var stream = new MemoryStream("<coverage/>"u8.ToArray());

        Assert.Throws<OperationCanceledException>(() => ReportReader.Read(stream, "coverage.xml", new CancellationToken(canceled: true)));
    }
}
