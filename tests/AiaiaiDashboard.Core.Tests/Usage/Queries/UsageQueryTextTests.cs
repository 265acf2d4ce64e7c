using System.Globalization;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.Export;

namespace AiaiaiDashboard.Core.Tests.Usage.Queries;

public sealed class UsageQueryTextTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Theory]
    [InlineData("7d", "2026-11-15")]
    [InlineData("1d", "2026-11-21")]
    [InlineData("30d", "2026-10-23")]
    [InlineData("2026-02-28", "2026-02-28")]
    public void Parse_Since_IsTheFirstOfThatManyDates(string text, string expected)
    {
        (UsageQuery? query, _) = UsageQueryText.Parse("day", text, null, "", Today);

        Assert.Equal((DateOnly.ParseExact(expected, "yyyy-MM-dd", CultureInfo.InvariantCulture), null), (query!.Since!.Value, query.Project));
    }

    [Theory]
    [InlineData("day,week", null, null, "by")]
    [InlineData("day,day", null, null, "by")]
    [InlineData("", "0d", null, "since")]
    [InlineData("", "-7d", null, "since")]
    [InlineData("", "99999999999d", null, "since")]
    [InlineData("", "2026-2-8", null, "since")]
    [InlineData("", null, "tomorrow", "until")]
    [InlineData("", "2026-11-02", "2026-11-01", "until")]
    [InlineData("week", "x", "y", "by since until")]
    public void Parse_Mistakes_AreAllNamed(string by, string? since, string? until, string expected)
    {
        (UsageQuery? query, IReadOnlyDictionary<string, string> errors) = UsageQueryText.Parse(by, since, until, null, Today);

        Assert.Null(query);
        Assert.Equal(expected, string.Join(' ', errors.Keys));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("  =1", "'  =1")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("a=1", "a=1")]
    [InlineData("", "")]
    public void Field_AnyText_IsOneFieldAndNoFormula(string text, string expected) => Assert.Equal(expected, CsvText.Field(text));
}
