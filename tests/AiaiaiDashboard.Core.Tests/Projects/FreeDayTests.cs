using AiaiaiDashboard.Core.Projects;

namespace AiaiaiDashboard.Core.Tests.Projects;

public sealed class FreeDayTests
{
    [Theory]
    [InlineData("2026-11-23", "2026-11-23")]
    [InlineData(" 2026-11-23T10:00:00Z ", "2026-11-23")]
    [InlineData("2026/11/23", "2026-11-23")]
    [InlineData("2026.1.5", "2026-01-05")]
    [InlineData("23.11.2026", "2026-11-23")]
    [InlineData("3.4.2026", "2026-04-03")]
    [InlineData("23/11/2026", "2026-11-23")]
    [InlineData("11/23/2026", "2026-11-23")]
    [InlineData("05-05-2026", "2026-05-05")]
    [InlineData("23 November 2026", "2026-11-23")]
    [InlineData("Nov 23, 2026", "2026-11-23")]
    [InlineData("November 23rd, 2026", "2026-11-23")]
    [InlineData("1st of March 2026", "2026-03-01")]
    [InlineData("Monday, 23 nov 2026", "2026-11-23")]
    [InlineData("23-Nov-2026", "2026-11-23")]
    [InlineData("2026 November 23", "2026-11-23")]
    [InlineData("15 de enero de 2026", "2026-01-15")]
    [InlineData("15 sept. 2026", "2026-09-15")]
    [InlineData("2 dic 2026", "2026-12-02")]
    public void Parse_UsualForm_IsTheDay(string text, string day) =>
        Assert.Equal(day, FreeDay.Parse(text) is { } parsed ? ProjectRecord.FormatDay(parsed) : null);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("03/04/2026")]
    [InlineData("3-4-2026")]
    [InlineData("Q2 2026")]
    [InlineData("March 2026")]
    [InlineData("mid March 2026")]
    [InlineData("23 Nov 26")]
    [InlineData("31 April 2026")]
    [InlineData("2026-02-30")]
    [InlineData("13/13/2026")]
    [InlineData("20 marvels 2026")]
    [InlineData("ASAP")]
    [InlineData("2026-11-23 or 2026-12-01")]
    [InlineData("1 2 3")]
    public void Parse_NoDayOrMoreThanOne_IsNull(string? text) => Assert.Null(FreeDay.Parse(text));
}
