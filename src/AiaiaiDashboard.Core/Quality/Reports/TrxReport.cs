using System.Globalization;

namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>
/// Visual Studio test results: <c>&lt;TestRun&gt;&lt;Times start="..." finish="..."/&gt;&lt;Results&gt;&lt;UnitTestResult outcome="Passed" .../&gt;</c>, then <c>UnitTest storage="/w/shop.tests.dll"</c> and
/// <c>ResultSummary outcome="Completed"</c> with <c>Counters</c>. The results themselves are counted, since <c>dotnet test</c> does not count skipped tests in the summary.
/// </summary>
internal static class TrxReport
{
    /// <summary>Reads it, its root element read already.</summary>
    /// <exception cref="System.Xml.XmlException">It is no XML.</exception>
    /// <exception cref="InvalidDataException">It is damaged or another format.</exception>
    public static Report Read(ReportXml xml)
    {
        var tally = new TestTally();
        TestResults? stated = null;
        long? duration = null;
        string? unit = null;
        string? outcome = null;
        while (xml.Next())
        {
            if (xml.IsEnd)
            {
                continue;
            }

            switch (xml.Name)
            {
                case "Times":
                    duration = Duration(xml.Attribute("start"), xml.Attribute("finish"));
                    break;
                case "UnitTestResult" when xml.Depth == 2:
                    Count(xml.Attribute("outcome"), tally);
                    break;
                case "UnitTest":
                    unit ??= xml.Attribute("storage");
                    break;
                case "ResultSummary":
                    outcome = xml.Attribute("outcome");
                    break;
                case "Counters":
                    stated = Stated(xml);
                    break;
            }
        }

        TestResults results = (tally.Count > 0 ? tally.Results : stated ?? throw new InvalidDataException("holds no test.")) with { DurationMs = duration };
        bool broke = outcome is "Failed" or "Error" or "Aborted" or "Timeout" && results.Failed == 0;
        return new Report("TRX") { Tests = results, TestedUnit = unit, Remark = broke ? $"the run ended as {outcome} though no test failed." : null };
    }

    private static void Count(string? outcome, TestTally tally)
    {
        tally.Begin();
        if (outcome is "NotExecuted" or "NotRunnable" or "Pending" or "Inconclusive" or "Disconnected")
        {
            tally.Skip();
        }
        else if (outcome is not ("Passed" or "PassedButRunAborted" or "Warning" or "Completed"))
        {
            tally.Fail();
        }

        tally.End();
    }

    private static TestResults? Stated(ReportXml xml)
    {
        if (xml.Count("total") is not { } total)
        {
            return null;
        }

        long passed = xml.Count("passed") ?? 0;
        long failed = (xml.Count("failed") ?? 0) + (xml.Count("error") ?? 0) + (xml.Count("timeout") ?? 0) + (xml.Count("aborted") ?? 0);
        return passed + failed <= total ? new TestResults { Passed = passed, Failed = failed, Skipped = total - passed - failed } : throw xml.Wrong("more tests passed or failed than there are");
    }

    private static long? Duration(string? start, string? finish) =>
        DateTimeOffset.TryParse(start, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset from)
        && DateTimeOffset.TryParse(finish, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset to)
        && to > from ? TestTally.Milliseconds((decimal)(to - from).TotalSeconds) : null;
}
