using System.Globalization;
using AiaiaiDashboard.Core.Usage;
using CsCheck;
using static AiaiaiDashboard.Core.Tests.Usage.Queries.Rows;

namespace AiaiaiDashboard.Core.Tests.Usage.Queries;

public sealed class UsageReadModelTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    private static string Lines(UsageAnswer answer) =>
        string.Join("; ", answer.Rows.Select(r => string.Create(CultureInfo.InvariantCulture, $"{string.Join('/', r.Keys)}={r.Cost}")));

    [Fact]
    public void Query_ByDay_IsInOrderOfDays()
    {
        var model = new UsageReadModel([Row("2026-11-20", 2), Row("2026-11-01", 5), Row("2026-11-20", 1, model: "haiku")], Today);

        UsageAnswer answer = model.Query(new UsageQuery([UsageGrouping.Day]));

        Assert.Equal("2026-11-01=5; 2026-11-20=3", Lines(answer));
        Assert.Equal(8, answer.Total.Cost);
    }

    [Fact]
    public void Query_ByModel_IsByCostThenName()
    {
        var model = new UsageReadModel([Row("2026-11-20", 1, model: "b"), Row("2026-11-20", 1, model: "a"), Row("2026-11-20", 3, model: "c")], Today);

        Assert.Equal("c=3; a=1; b=1", Lines(model.Query(new UsageQuery([UsageGrouping.Model]))));
    }

    [Fact]
    public void Query_ByMonthAndProject_HasALinePerCombination()
    {
        var model = new UsageReadModel([Row("2026-10-31", 1), Row("2026-11-01", 2), Row("2026-11-02", 4, "beta"), Row("2025-11-01", 8)], Today);

        Assert.Equal(
            "2025-11/alpha=8; 2026-10/alpha=1; 2026-11/alpha=2; 2026-11/beta=4",
            Lines(model.Query(new UsageQuery([UsageGrouping.Month, UsageGrouping.Project]))));
    }

    [Theory]
    [InlineData(null, null, 15)]
    [InlineData("2026-11-19", null, 14)]
    [InlineData("2026-11-20", "2026-11-20", 4)]
    [InlineData(null, "2026-11-19", 3)]
    [InlineData("2026-11-21", "2026-12-31", 8)]
    [InlineData("2026-11-21", "2026-11-20", 0)]
    [InlineData("2027-01-01", null, 0)]
    public void Query_Range_IncludesBothEndsAndNothingAfterToday(string? since, string? until, int expected)
    {
        var model = new UsageReadModel(
            [Row("2026-11-18", 1), Row("2026-11-19", 2), Row("2026-11-20", 4), Row("2026-11-21", 8), Row("2026-11-22", 16)], Today);

        UsageAnswer answer = model.Query(new UsageQuery([], Day(since), Day(until)));

        Assert.Equal(expected, answer.Total.Cost);
        Assert.Empty(answer.Rows);
    }

    [Fact]
    public void Query_UnknownProject_IsEmpty()
    {
        var model = new UsageReadModel([Row("2026-11-18", 1)], Today);

        UsageAnswer answer = model.Query(new UsageQuery([UsageGrouping.Day], Project: "nowhere"));

        Assert.Empty(answer.Rows);
        Assert.Equal(0, answer.Total.Calls);
    }

    [Fact]
    public void Rows_TranscriptsAndAdminOnOneDay_TranscriptsCountAndManualIsAdded()
    {
        var model = new UsageReadModel(
            [
                Row("2026-11-18", 10, source: UsageSource.AnthropicAdmin, session: ""),
                Row("2026-11-18", 7),
                Row("2026-11-18", 1, source: UsageSource.Manual),
                Row("2026-11-18", 20, "beta", source: UsageSource.AnthropicAdmin),
                Row("2026-11-19", 40, source: UsageSource.AnthropicAdmin),
            ],
            Today);

        Assert.Equal(68, model.Query(new UsageQuery([])).Total.Cost);
        Assert.Equal(10, Assert.Single(model.Outranked).Cost);
        Assert.Equal(4, model.RowCount);
    }

    [Fact]
    public void Rows_TranscriptRowOfZeros_LeavesTheDayToTheApi()
    {
        var model = new UsageReadModel([Row("2026-11-18", 0, calls: 0, tokens: 0), Row("2026-11-18", 10, source: UsageSource.AnthropicAdmin)], Today);

        Assert.Equal(10, model.Query(new UsageQuery([])).Total.Cost);
        Assert.Empty(model.Outranked);
    }

    [Fact]
    public void AsOf_NextDay_CountsRowsThatWereInTheFuture()
    {
        var model = new UsageReadModel([Row("2026-11-21", 1), Row("2026-11-22", 2)], Today);

        Assert.Equal(3, model.AsOf(Today.AddDays(1)).Query(new UsageQuery([])).Total.Cost);
        Assert.Same(model, model.AsOf(Today));
    }

    [Fact]
    public void Query_Sums_CarryCountersTimesAndFlags()
    {
        UsageRow one = Row("2026-11-18", 1, calls: 2, tokens: 3) with
        {
            TokensOut = 5,
            CacheWrite = 7,
            CacheWrite1h = 4,
            CacheRead = 11,
            IncompleteCalls = 1,
            FirstAt = At(9),
            LastAt = At(10),
        };
        UsageRow two = Row("2026-11-19", 2, calls: 1, tokens: 1, unpriced: true) with { FirstAt = At(8), LastAt = At(9) };

        UsageSum total = new UsageReadModel([one, two, Row("2026-11-20", 0)], Today).Query(new UsageQuery([])).Total;

        Assert.Equal((4L, 14L, 5L, 7L, 4L, 11L, 1L), (total.Calls, total.TokensIn, total.TokensOut, total.CacheWrite, total.CacheWrite1h, total.CacheRead, total.IncompleteCalls));
        Assert.Equal((At(8), At(10), true), (total.FirstAt, total.LastAt, total.Unpriced));
    }

    [Fact]
    public void Query_ProjectThatCountsForAnother_IsAddedToIt()
    {
        var model = new UsageReadModel(
            [Row("2026-11-18", 1, "beta"), Row("2026-11-18", 2), Row("2026-11-19", 4, "beta")], Today, new Dictionary<string, string> { ["beta"] = "alpha" });

        UsageSum all = Assert.Single(model.Query(new UsageQuery([UsageGrouping.Project])).Rows);

        Assert.Equal(("alpha", 7m), (all.Keys[0], all.Cost));
        Assert.All(model.Rows, row => Assert.Equal("alpha", row.Project));
    }

    [Fact]
    public void With_Rows_AddsThemAndReplacesThoseOfTheSameKey()
    {
        UsageReadModel model = new UsageReadModel([Row("2026-11-18", 1), Row("2026-11-19", 2)], Today).With([Row("2026-11-19", 5), Row("2026-11-20", 8)]);

        Assert.Equal([1m, 5, 8], model.Rows.Select(r => r.Cost));
    }

    [Fact]
    public void With_AnyRows_EqualsALedgerReadWithThem()
    {
        Gen<UsageRow> row = Gen.Select(
            Gen.Int[-6, 2], OneOf("alpha", "beta", "γ"), OneOf("", "s1", "s2"), OneOf("opus", "haiku"), OneOf(UsageSource.ClaudeCode, UsageSource.AnthropicAdmin, UsageSource.Manual), Gen.Int[0, 3],
            (day, project, session, model, source, amount) => Row(Today.AddDays(day).ToString("O", CultureInfo.InvariantCulture), amount, project, session, model, source, calls: amount, tokens: amount));
        var owners = new Dictionary<string, string> { ["γ"] = "alpha" };
        Gen.Select(row.Array[0, 40], row.Array[0, 6], row.Array[0, 6], Gen.Bool).Sample((rows, changed, later, used) =>
        {
            var before = new UsageReadModel(rows.Reverse().DistinctBy(r => r.Key), Today, owners);
            int days = used ? before.Days.Length : 0;
            string held = Text(before);
            UsageReadModel grown = before.With(changed).With(later);
            var read = new UsageReadModel(rows.Concat(changed).Concat(later).Reverse().DistinctBy(r => r.Key), Today, owners);

            Assert.Equal(Text(read), Text(grown));
            Assert.Equal(Text(read.AsOf(Today.AddDays(1))), Text(grown.AsOf(Today.AddDays(1))));
            Assert.Equal(held, Text(before));
        });

        static string Text(UsageReadModel model) => string.Join(
            '\n',
            Rows("counted", model.Rows), Rows("outranked", model.Outranked), Rows("future", model.Future),
            string.Join(' ', model.Days.Select(d => $"{d.Date:O} {d.Cost.ToString(CultureInfo.InvariantCulture)} {string.Join(',', d.Cells.Select(c => $"{model.Columns.Projects[c.Project]}/{model.Columns.Models[c.Model]}={c.Cost.ToString(CultureInfo.InvariantCulture)}"))}")),
            Lines(model.Query(new UsageQuery([UsageGrouping.Day, UsageGrouping.Project, UsageGrouping.Model, UsageGrouping.Session]))));

        static string Rows(string name, IReadOnlyList<UsageRow> rows) => $"{name}: {string.Join(' ', rows.Select(r => $"{r.Key}={r.Cost.ToString(CultureInfo.InvariantCulture)}").Order(StringComparer.Ordinal))}";
    }

    [Fact]
    public void Query_AnyLedger_EqualsPlainSums()
    {
        Gen<UsageRow> row = Gen.Select(
            Gen.Int[-40, 3], OneOf("alpha", "beta", "γ"), OneOf("", "s1", "s2"), OneOf("opus", "haiku"), Gen.Int[0, 1000],
            (day, project, session, model, cents) => Row(Today.AddDays(day).ToString("O", CultureInfo.InvariantCulture), cents / 100m, project, session, model));
        Gen<UsageGrouping> grouping = OneOf(Enum.GetValues<UsageGrouping>());
        Gen.Select(row.Array[0, 40], grouping.Array[0, 3], Gen.Int[-45, 5], Gen.Int[-45, 5], OneOf<string?>(null, "alpha", "δ")).Sample((rows, by, since, until, project) =>
        {
            UsageRow[] unique = [.. rows.DistinctBy(r => r.Key)];
            (DateOnly from, DateOnly to) = (Today.AddDays(since), Today.AddDays(until));
            UsageAnswer answer = new UsageReadModel(unique, Today).Query(new UsageQuery(by, from, to, project));
            UsageRow[] counted = [.. unique.Where(r => r.Date >= from && r.Date <= to && r.Date <= Today && (project is null || r.Project == project))];
            Dictionary<string, decimal> expected = by.Length == 0 ? [] : counted.GroupBy(r => string.Join('|', by.Select(g => Text(r, g)))).ToDictionary(g => g.Key, g => g.Sum(r => r.Cost));
            Assert.Equal(counted.Sum(r => r.Cost), answer.Total.Cost);
            Assert.Equal(expected, answer.Rows.ToDictionary(r => string.Join('|', r.Keys), r => r.Cost));
        });
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Text(UsageRow row, UsageGrouping grouping) => grouping switch
    {
        UsageGrouping.Day => row.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        UsageGrouping.Month => row.Date.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        UsageGrouping.Project => row.Project,
        UsageGrouping.Model => row.Model,
        _ => row.Session,
    };

    private static DateTimeOffset At(int hour) => new(2026, 11, 18, hour, 0, 0, TimeSpan.Zero);

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
