namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>
/// JUnit XML (surefire, gradle, pytest, jest-junit, mocha): <c>&lt;testsuites&gt;&lt;testsuite tests="3" failures="1" time="1.2"&gt;&lt;testcase&gt;&lt;failure/&gt;</c>. Either
/// element may be the root, suites may lie in suites, and <c>errors</c> or <c>skipped</c> (older: <c>skip</c>, <c>disabled</c>) may be missing: the cases themselves are counted.
/// </summary>
internal static class JUnitReport
{
    /// <summary>Reads it, its root element read already.</summary>
    /// <exception cref="System.Xml.XmlException">It is no XML.</exception>
    /// <exception cref="InvalidDataException">It is damaged or another format.</exception>
    public static TestResults Read(ReportXml xml)
    {
        var tally = new TestTally();
        TestResults? stated = Stated(xml);
        TestResults? suites = null;
        decimal? rootTime = xml.Number("time");
        decimal suiteTime = 0;
        decimal caseTime = 0;
        bool isCase = false;
        while (xml.Next())
        {
            if (xml.IsEnd)
            {
                if (xml.Name == "testcase" && isCase)
                {
                    tally.End();
                    isCase = false;
                }

                continue;
            }

            switch (xml.Name)
            {
                case "testcase":
                    isCase = true;
                    tally.Begin();
                    caseTime += xml.Number("time") is > 0 and { } time ? time : 0;
                    break;
                case "failure" or "error" when isCase:
                    tally.Fail();
                    break;
                case "skipped" when isCase:
                    tally.Skip();
                    break;
                case "testsuite" when xml.Depth == 1:
                    suiteTime += xml.Number("time") is > 0 and { } seconds ? seconds : 0;
                    suites = Stated(xml) is { } suite ? suite.Plus(suites) : suites;
                    break;
            }
        }

        decimal duration = rootTime is > 0 and { } whole ? whole : Math.Max(suiteTime, caseTime);
        return (tally.Count > 0 ? tally.Results : stated ?? suites ?? throw new InvalidDataException("holds no test.")) with { DurationMs = TestTally.Milliseconds(duration) };
    }

    private static TestResults? Stated(ReportXml xml)
    {
        if (xml.Count("tests") is not { } tests)
        {
            return null;
        }

        long failed = (xml.Count("failures") ?? 0) + (xml.Count("errors") ?? 0);
        long skipped = xml.Count("skipped") ?? xml.Count("skip") ?? xml.Count("disabled") ?? 0;
        return failed + skipped <= tests
            ? new TestResults { Passed = tests - failed - skipped, Failed = failed, Skipped = skipped }
            : throw xml.Wrong("more tests failed or were skipped than there are");
    }
}
