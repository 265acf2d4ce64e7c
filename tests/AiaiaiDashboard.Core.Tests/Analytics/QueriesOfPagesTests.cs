using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Tests.Analytics;

/// <summary>What pages ask the ledger beyond the precomputed figures, by the same definitions.</summary>
public sealed class QueriesOfPagesTests
{
    private static readonly DateOnly Today = new(2026, 11, 25);

    [Fact]
    public void CustomWindow_DaysOfAFixedWindow_EqualsTheFixedWindow()
    {
        UsageReadModel usage = Ledger(400);
        AnalyticsDocument document = AnalyticsCalculator.Compute(usage, new AlertsConfig(), Today, TimeZoneInfo.Utc, []);

        foreach ((string key, int days) in AnalyticsCalculator.Windows)
        {
            Same(document.Total.Windows[key], CustomWindow.Of(usage, Today.AddDays(1 - days), Today));
            Same(document.Projects["p1"].Windows[key], CustomWindow.Of(usage, Today.AddDays(1 - days), Today, "p1"));
        }
    }

    [Fact]
    public void CustomWindow_EndAfterToday_EndsToday()
    {
        WindowFigures window = CustomWindow.Of(Ledger(50), Today.AddDays(-3), Today.AddDays(30));

        Assert.Equal(Today, window.To);
        Assert.Equal(4, window.Days);
    }

    [Fact]
    public void TokenSplit_AnyLedger_AddsUpToTheCost()
    {
        var snapshot = new DashboardSnapshot { IsLoaded = true, Today = Today, Usage = Ledger(300) };

        TokenSplit split = TokenSplit.Of(snapshot, Today.AddDays(-29), Today);

        WindowFigures window = CustomWindow.Of(snapshot.Usage, Today.AddDays(-29), Today);
        Assert.Equal(window.Cost, split.Cost.Sum(), 10);
        Assert.Equal(window.Cost, split.CostPerDay.Sum(kind => kind.Sum()), 10);
        Assert.Equal([window.CacheRead, window.CacheWrite, window.TokensOut, window.TokensIn], split.Tokens);
    }

    [Fact]
    public void TokenSplit_ReadsOfACachedPrefix_SaveTheDifferenceToPlainInput()
    {
        // Opus 5: $5 a million tokens of input, a tenth of that for a read.
        UsageRow row = Row(0, "p1", "s", "claude-opus-5", 1) with { TokensIn = 0, TokensOut = 0, CacheWrite = 0, CacheRead = 1_000_000, Cost = 0.5m };
        var snapshot = new DashboardSnapshot { IsLoaded = true, Today = Today, Usage = new UsageReadModel([row], Today) };

        TokenSplit split = TokenSplit.Of(snapshot, Today, Today);

        Assert.Equal(4.5m, split.Saving);
        Assert.Equal(100m, split.HitRatePerDay[0]);
        Assert.Equal([4.5m], split.SavingPerDay);
        Assert.True(split.IsSavingKnown);
    }

    [Fact]
    public void TokenSplit_AnyLedger_SavesPerDayWhatItSavesInAll()
    {
        var snapshot = new DashboardSnapshot { IsLoaded = true, Today = Today, Usage = Ledger(300) };

        TokenSplit split = TokenSplit.Of(snapshot, Today.AddDays(-29), Today.AddDays(5));

        Assert.Equal(30, split.SavingPerDay.Count);
        Assert.Equal(split.Saving, split.SavingPerDay.Sum());
        Assert.NotEqual(0, split.Saving);
    }

    [Fact]
    public void TokenSplit_ByWeek_AddsUpTheDays()
    {
        var snapshot = new DashboardSnapshot { IsLoaded = true, Today = Today, Usage = Ledger(300) };
        TokenSplit split = TokenSplit.Of(snapshot, Today.AddDays(-89), Today);

        TokenWeeks weeks = split.ByWeek();

        Assert.Equal(split.Cost, weeks.Cost.Select(kind => kind.Sum()));
        Assert.Equal(split.Saving, weeks.Saving.Sum());
        Assert.All(weeks.Starts.Skip(1), start => Assert.Equal(DayOfWeek.Monday, start.DayOfWeek));
        int lastWeek = weeks.Starts[^1].DayNumber - split.From.DayNumber;
        Assert.Equal(split.ReadPerDay.Skip(lastWeek).Sum() / split.InputPerDay.Skip(lastWeek).Sum() * 100, weeks.HitRate[^1]);
    }

    [Fact]
    public void TokenSplit_ModelsWithoutAPrice_DoesNotClaimToKnowTheSaving()
    {
        UsageRow unheardOf = Row(0, "p1", "s", "unheard-of", 3);
        TokenSplit Of(params UsageRow[] rows) => TokenSplit.Of(new DashboardSnapshot { IsLoaded = true, Today = Today, Usage = new UsageReadModel(rows, Today) }, Today, Today);

        Assert.False(Of(unheardOf).IsSavingKnown);
        Assert.Equal(0, Of(unheardOf).Saving);
        Assert.True(Of(unheardOf, Row(0, "p1", "t", "claude-opus-5", 1)).IsSavingKnown);
        Assert.True(Of(unheardOf with { CacheRead = 0, CacheWrite = 0 }).IsSavingKnown);
    }

    [Theory]
    [InlineData(0, 6)]
    [InlineData(3, 40)]
    [InlineData(-2, 13)]
    [InlineData(150, 300)]
    public void CostComparison_AnyRange_EqualsTheWindowOfEachProject(int fromDaysAgo, int length)
    {
        UsageReadModel usage = Ledger(400);
        (DateOnly from, DateOnly to) = (Today.AddDays(-fromDaysAgo - length), Today.AddDays(-fromDaysAgo));

        IReadOnlyList<CostComparison> projects = CostComparison.OfProjects(usage, from, to);

        Assert.Equal(CustomWindow.Of(usage, from, to).ByProject.Select(p => (p.Name, p.Cost)), projects.Select(p => (p.Name, p.Cost)));
        Assert.All(projects, p => Assert.Equal(CustomWindow.Of(usage, from, to, p.Name).PreviousCost, p.Before));
    }

    [Fact]
    public void CostComparison_ModelsOfOneProject_LeavesTheOthersOut()
    {
        UsageReadModel usage = new([Row(0, "a", "s", "m", 8), Row(8, "a", "s", "m", 4), Row(0, "b", "s", "m", 40), Row(0, "b", "s", "n", 20)], Today);

        Assert.Equal([new CostComparison("m", 2, 1)], CostComparison.OfModels(usage, Today.AddDays(-6), Today, "a"));
        Assert.Equal([new CostComparison("m", 12, 1), new CostComparison("n", 5, null)], CostComparison.OfModels(usage, Today.AddDays(-6), Today));
        Assert.Empty(CostComparison.OfModels(usage, Today.AddDays(-6), Today, "unheard-of"));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(9, 9, 0)]
    [InlineData(10, 8, 2)]
    [InlineData(40, 8, 32)]
    public void FoldedRanking_ManyNames_NamesEightAndAddsUpTheRest(int count, int named, int rest)
    {
        NamedCost[] ranking = [.. Enumerable.Range(0, count).Select(n => new NamedCost($"m{n}", 100 - n, n, 1))];

        FoldedRanking folded = FoldedRanking.Of(ranking);

        Assert.Equal((named, rest), (folded.Named.Count, folded.RestCount));
        Assert.Equal(rest > 0, folded.Rest is not null);
        Assert.Equal(ranking.Sum(r => r.Cost), folded.Named.Sum(r => r.Cost) + (folded.Rest?.Cost ?? 0));
        Assert.Equal(ranking.Sum(r => r.Tokens), folded.Named.Sum(r => r.Tokens) + (folded.Rest?.Tokens ?? 0));
    }

    [Theory]
    [InlineData(null, 25, 1, 3)]
    [InlineData("  ", 25, 1, 3)]
    [InlineData("NAME 1", 11, 1, 2)]
    [InlineData("p07", 1, 1, 1)]
    [InlineData("no such", 0, 1, 1)]
    public void SumTable_Text_FindsKeysAndNamesInAnyCase(string? text, int count, int page, int pages)
    {
        UsageSumTable table = UsageSumTable.Of(Sums(25), UsageSumOrder.Parse(null), text, key => $"Name {key[1..].TrimStart('0')}", page, 10);

        Assert.Equal((count, page, pages), (table.Count, table.Page, table.Pages));
        Assert.Equal(Math.Min(10, count), table.Rows.Count);
    }

    [Fact]
    public void SumTable_AllPages_GiveEveryRowOnceAndOneTotal()
    {
        UsageAnswer answer = Sums(25);
        UsageSumTable Page(int page) => UsageSumTable.Of(answer, UsageSumOrder.Parse("name"), "p", key => key, page, 10);

        Assert.Equal(answer.Rows.Select(r => r.Keys[0]).Order(StringComparer.Ordinal), new[] { 1, 2, 3 }.SelectMany(page => Page(page).Rows).Select(r => r.Keys[0]));
        Assert.Equal((1, 3), (Page(int.MinValue).Page, Page(int.MaxValue).Page));
        Assert.Equal((answer.Total.Cost, answer.Total.TotalTokens, answer.Total.Calls), (Page(2).Total.Cost, Page(2).Total.TotalTokens, Page(2).Total.Calls));
        Assert.Equal(answer.Total.LastAt, Page(1).Total.LastAt);
    }

    [Fact]
    public void HourMap_HoursOfOneWeekday_AveragesOverItsDays()
    {
        UsageRow[] rows = [.. Enumerable.Range(0, 13).Select(week => Row(week * 7, "p1", $"s{week}", "m", 4) with { Hours = new SortedDictionary<string, decimal> { ["09"] = 2 } })];

        HourMap map = HourMap.Of(new UsageReadModel(rows, Today), Today);

        // Today is a Wednesday.
        Assert.Equal((2 * 24) + 9, map.Peak);
        Assert.Equal(2, map.Highest);
        Assert.Equal(HourMap.Levels, map.Level(map.Peak));
        Assert.Equal(0, map.Level(0));
        Assert.Empty(HourMap.Of(new UsageReadModel(rows, Today), Today, "nobody").PerHour);
    }

    [Theory]
    [InlineData(EntryOrder.Time)]
    [InlineData(EntryOrder.Cost)]
    [InlineData(EntryOrder.Tokens)]
    [InlineData(EntryOrder.Project)]
    [InlineData(EntryOrder.Model)]
    public void Entries_AllPages_GiveEveryRowOnceInOrder(EntryOrder order)
    {
        UsageReadModel usage = Ledger(333);
        var filter = new EntryFilter { From = DateOnly.MinValue, To = Today, Order = order };

        UsageEntries entries = UsageEntries.Of(usage, filter);
        List<UsageRow> paged = [.. Enumerable.Range(1, 40).SelectMany(page => entries.Page(page, 10))];

        Assert.Equal(entries.Count, paged.Count);
        Assert.Equal(usage.Rows.Select(r => r.Key).Order(UsageKey.Order), paged.Select(r => r.Key).Order(UsageKey.Order));
        Assert.Equal(paged.Sum(r => r.Cost), entries.Cost);
        Assert.Equal(paged.Select(r => r.Key), entries.All().Select(r => r.Key));
        if (order == EntryOrder.Cost)
        {
            Assert.Equal(paged.Select(r => r.Cost).OrderDescending(), paged.Select(r => r.Cost));
            Assert.Equal(paged.Select(r => r.Cost).Order(), UsageEntries.Of(usage, filter with { Reversed = true }).All().Select(r => r.Cost));
        }
    }

    [Fact]
    public void Entries_Filtered_FindProjectsAndSessionsInAnyCase()
    {
        UsageReadModel usage = new([Row(0, "alpha", "ABC-1", "m", 1), Row(0, "beta", "xyz-2", "m", 2), Row(1, "beta", "xyz-3", "n", 4)], Today);
        var filter = new EntryFilter { From = Today.AddDays(-9), To = Today };

        Assert.Equal(1, UsageEntries.Of(usage, filter with { Text = "abc" }).Cost * 4);
        Assert.Equal(6, UsageEntries.Of(usage, filter with { Text = "BET" }).Cost * 4);
        Assert.Equal(4, UsageEntries.Of(usage, filter with { Text = "z", Model = "n" }).Cost * 4);
        Assert.Equal(0, UsageEntries.Of(usage, filter with { Model = "nothing" }).Count);
        Assert.Empty(UsageEntries.Of(usage, filter).Page(0, 10));
        Assert.Empty(UsageEntries.Of(usage, filter).Page(int.MaxValue, int.MaxValue));
    }

    [Fact]
    public void Digest_HostileNames_StayText()
    {
        UsageReadModel usage = new([Row(0, "a|b", "s", "<img src=x>`m`", 8), Row(8, "a|b", "s", "m", 4)], Today);
        AnalyticsDocument figures = AnalyticsCalculator.Compute(usage, new AlertsConfig(), Today, TimeZoneInfo.Utc, []);

        string text = Digest.Write(
            new DigestSource
            {
                Figures = figures,
                Usage = usage,
                Alerts = [new ActiveAlert { Key = "global-75", Type = "global", Level = "warning", Message = "The budget\nis *used*.", Spend = 1, Budget = 1, Percent = 75, Since = Today }],
                Quality = [new QualityMove("a|b", "coverage", 70, 72.5m, "%")],
                NameOf = id => id,
            },
            Today.AddDays(-6),
            Today);

        Assert.Contains("| a\\|b | $2.00 | 100.0% | +100% |", text, StringComparison.Ordinal);
        Assert.Contains("\\<img src=x\\>\\`m\\`", text, StringComparison.Ordinal);
        Assert.Contains("- Warning: The budget is \\*used\\*.", text, StringComparison.Ordinal);
        Assert.Contains("- a\\|b: coverage from 70.0% to 72.5%", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Digest_ThresholdsOfOneLimit_SaysTheHighest()
    {
        ActiveAlert Spent(string type, string? project, decimal? percent) =>
            new() { Key = $"{type}-{project}-{percent}", Type = type, Project = project, Level = "critical", Message = $"{type} {project} {percent}", Percent = percent, Since = Today };
        UsageReadModel usage = new([Row(0, "a", "s", "m", 8)], Today);

        string text = Digest.Write(
            new DigestSource
            {
                Figures = AnalyticsCalculator.Compute(usage, new AlertsConfig(), Today, TimeZoneInfo.Utc, []),
                Usage = usage,
                Alerts = [Spent("project", "a", 75), Spent("project", "a", 100), Spent("project", "b", 75), Spent("global", null, 90), Spent("global", null, 75), Spent("spike", "a", null)],
                NameOf = id => id,
            },
            Today.AddDays(-6),
            Today);

        Assert.Contains("## Alerts\n\n- Critical: project a 100\n- Critical: project b 75\n- Critical: global  90\n- Critical: spike a \n\n", text, StringComparison.Ordinal);
    }

    private static UsageAnswer Sums(int projects) =>
        new UsageReadModel(Enumerable.Range(1, projects).Select(n => Row(n, $"p{n:00}", "s", "m", n)), Today).Query(new UsageQuery([UsageGrouping.Project]));

    private static void Same(WindowFigures expected, WindowFigures actual)
    {
        Assert.Equal(expected with { ByModel = [], ByProject = [] }, actual with { ByModel = [], ByProject = [] });
        Assert.Equal(expected.ByModel, actual.ByModel);
        Assert.Equal(expected.ByProject, actual.ByProject);
    }

    private static UsageReadModel Ledger(int rows)
    {
        var random = new Random(rows);
        return new UsageReadModel(
            Enumerable.Range(0, rows)
                .Select(i => Row(random.Next(200), $"p{random.Next(3)}", $"s{random.Next(60)}", random.Next(2) == 0 ? "claude-opus-5" : "claude-haiku-4-5", random.Next(1, 50)))
                .DistinctBy(r => r.Key),
            Today);
    }

    private static UsageRow Row(int daysAgo, string project, string session, string model, int amount) => new()
    {
        Date = Today.AddDays(-daysAgo),
        Project = project,
        Session = session,
        Model = model,
        Source = UsageSource.ClaudeCode,
        Calls = amount,
        TokensIn = amount * 10,
        TokensOut = amount * 7,
        CacheWrite = amount * 20,
        CacheRead = amount * 300,
        Cost = amount / 4m,
        LastAt = new DateTimeOffset(Today.AddDays(-daysAgo).ToDateTime(new TimeOnly(amount % 24, 0)), TimeSpan.Zero),
    };
}
