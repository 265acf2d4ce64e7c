using System.Text;
using AiaiaiDashboard.Core.Usage;
using CsCheck;

namespace AiaiaiDashboard.Core.Tests.Usage.Ledger;

/// <summary>The fast reader of ledger lines against the careful one: both give the same row, or the fast one gives none.</summary>
public sealed class LedgerLineTests
{
    private const string Plain =
        """{"date":"2026-03-10","project":"p","session":"s-é","model":"m","source":"claude-code","calls":12,"tokensIn":5,"tokensOut":0,"cacheWrite":7,"cacheWrite1h":1,"cacheRead":900,"cost":0.50000000,"unpriced":true,"firstAt":"2026-03-10T09:30:00Z","lastAt":"2026-03-10T10:31:00.25Z","hours":{"09":0.25000000,"10":0.25000000},"incompleteCalls":2,"parts":[{"fast":true,"calls":1,"tokensIn":2,"tokensOut":3,"cacheWrite":0,"cacheWrite1h":0,"cacheRead":0,"webSearches":1,"costUSD":0.01000000}]}""";

    private static readonly byte[] Line = Encoding.UTF8.GetBytes(Plain);

    [Theory]
    [InlineData(Plain)]
    [InlineData("""{"date":"2026-03-10","project":"","session":"","model":"m","source":"manual","calls":0,"tokensIn":0,"tokensOut":0,"cacheWrite":0,"cacheWrite1h":0,"cacheRead":0,"cost":0.00000000}""")]
    [InlineData("""{"date":"0001-01-01","project":"p","session":"s","model":"m","source":"x","calls":999999999999999999,"tokensIn":1,"tokensOut":1,"cacheWrite":1,"cacheWrite1h":1,"cacheRead":1,"cost":3,"firstAt":"9999-12-31T23:59:59.9999999Z"}""")]
    public void TryRead_LineAsTheLedgerWritesIt_IsTakenAndGivesTheSameRow(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);

        Assert.True(LedgerLine.TryRead(bytes, out LedgerLine fields));
        AssertSame(UsageRowJson.Read(bytes), RowOf(in fields));
    }

    [Theory]
    [InlineData("""{"date":"2026-03-10","project":"p\n","session":"s","model":"m","source":"x","calls":0,"tokensIn":0,"tokensOut":0,"cacheWrite":0,"cacheWrite1h":0,"cacheRead":0,"cost":0}""")]
    [InlineData("""{"project":"p","date":"2026-03-10","session":"s","model":"m","source":"x","cost":0}""")]
    [InlineData("""{"date":"2026-03-10","project":"p","session":"s","model":"m","source":"x","calls":0,"tokensIn":0,"tokensOut":0,"cacheWrite":0,"cacheWrite1h":0,"cacheRead":0,"cost":1e3}""")]
    [InlineData("""{"date":"2026-03-10","project":"p","session":"s","model":"m","source":"x","calls":0,"tokensIn":0,"tokensOut":0,"cacheWrite":0,"cacheWrite1h":0,"cacheRead":0,"cost":1,"note":"mine"}""")]
    [InlineData("")]
    [InlineData("{}")]
    public void TryRead_AnyOtherLine_IsLeftToTheCarefulReader(string line) =>
        Assert.False(LedgerLine.TryRead(Encoding.UTF8.GetBytes(line), out _));

    [Fact]
    public void TryRead_ARowAsWritten_GivesTheSameRow() => UsageRowJsonTests.GenRow.Sample(row =>
    {
        byte[] line = UsageRowJsonTests.Write(row)[..^1];
        if (LedgerLine.TryRead(line, out LedgerLine fields))
        {
            AssertSame(UsageRowJson.Read(line), RowOf(in fields));
        }
    });

    [Fact]
    public void TryRead_EveryByteChangedCutOrDoubled_IsTakenOnlyWhereTheCarefulReaderTakesIt()
    {
        for (int at = 0; at < Line.Length; at++)
        {
            foreach (byte value in "\0 \"\\{}[],:-.0195eZTa\u007f"u8.ToArray().Append((byte)0xC3).Append((byte)0xFF))
            {
                byte[] changed = [.. Line];
                changed[at] = value;
                AssertTakenOnlyWhereRight(changed);
            }

            AssertTakenOnlyWhereRight(Line[..at]);
            AssertTakenOnlyWhereRight([.. Line[..at], .. Line[(at + 1)..]]);
            AssertTakenOnlyWhereRight([.. Line[..at], .. Line[at..(at + 1)], .. Line[at..]]);
        }
    }

    [Fact]
    public void Put_ManyKeysSupersededInTurn_KeepsTheLastRowOfEach()
    {
        const int keys = 20_000;
        var index = new LedgerIndex();
        for (int round = 1; round <= 3; round++)
        {
            for (int key = 0; key < keys; key++)
            {
                byte[] line = Encoding.UTF8.GetBytes(Plain.Replace("s-é", $"s-{key}", StringComparison.Ordinal).Replace("\"calls\":12", $"\"calls\":{round * key}", StringComparison.Ordinal));
                Assert.True(LedgerLine.TryRead(line, out LedgerLine fields));
                Assert.Equal(round > 1, index.Put(in fields));
            }
        }

        Assert.Equal(keys, index.Count);
        for (int key = 0; key < keys; key++)
        {
            int place = index.Find(new UsageKey(new DateOnly(2026, 3, 10), "p", $"s-{key}", "m", UsageSource.ClaudeCode));
            Assert.Equal(3L * key, index.Row(place).Calls);
        }

        Assert.Equal(-1, index.Find(new UsageKey(new DateOnly(2026, 3, 10), "p", "s-none", "m", UsageSource.ClaudeCode)));
    }

    private static void AssertTakenOnlyWhereRight(byte[] line)
    {
        if (LedgerLine.TryRead(line, out LedgerLine fields))
        {
            AssertSame(UsageRowJson.Read(line), RowOf(in fields));
        }
    }

    private static UsageRow RowOf(in LedgerLine fields)
    {
        var index = new LedgerIndex();
        index.Put(in fields);
        return index.Row(0);
    }

    private static void AssertSame(UsageRow expected, UsageRow read)
    {
        Assert.True(UsageRowEquality.Same(expected, read), $"{expected}\n{read}");
        Assert.Equal(UsageRowJsonTests.Write(expected), UsageRowJsonTests.Write(read));
    }
}
