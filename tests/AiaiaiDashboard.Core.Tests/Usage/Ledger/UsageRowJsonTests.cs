using System.Buffers;
using System.Text;
using System.Text.Json;
using AiaiaiDashboard.Core.Usage;
using CsCheck;

namespace AiaiaiDashboard.Core.Tests.Usage.Ledger;

public sealed class UsageRowJsonTests
{
    private static readonly Gen<decimal> GenMoney = Gen.Select(Gen.Long[0, 1L << 50], Gen.Int[0, 20]).Select((units, scale) => new decimal((int)units, (int)(units >> 32), 0, false, (byte)scale));
    private static readonly Gen<string> GenText = Gen.OneOf(Gen.Char.AlphaNumeric.Array[0, 12].Select(c => new string(c)), Gen.OneOf("", "a\"b\\c", "\u0000\n\u2028", "проект", "😀", "<b>&'", "\uFFFD", "=1+1"));
    private static readonly Gen<DateTimeOffset?> GenInstant = Gen.OneOf(
        Gen.Const((DateTimeOffset?)null), Gen.Long[0, DateTime.MaxValue.Ticks].Select(t => (DateTimeOffset?)new DateTimeOffset(t, TimeSpan.Zero)));

    private static readonly Gen<long[]> GenCounters = Gen.OneOf(Gen.Long[0, 1_000_000], Gen.Long[0, long.MaxValue]).Array[6];

    private static readonly Gen<UsagePart> GenPart =
        from flags in Gen.Bool.Array[5]
        from c in GenCounters
        from money in GenMoney
        select new UsagePart
        {
            LongContext = flags[0],
            Fast = flags[1],
            Us = flags[2],
            Batch = flags[3],
            CostUsd = flags[4] ? money : null,
            WebSearches = c[0] % 7,
            Calls = c[0],
            TokensIn = c[1],
            TokensOut = c[2],
            CacheWrite = c[3],
            CacheWrite1h = c[4],
            CacheRead = c[5],
        };

    internal static readonly Gen<UsageRow> GenRow =
        from day in Gen.Int[0, DateOnly.MaxValue.DayNumber]
        from names in GenText.Array[4]
        from c in GenCounters
        from cost in GenMoney
        from at in GenInstant.Array[2]
        from hours in Gen.Select(Gen.Int[0, 23], GenMoney).Array[0, 4]
        from parts in GenPart.Array[0, 3]
        from rest in Gen.Select(Gen.Bool, Gen.Long[0, 9])
        select new UsageRow
        {
            Date = DateOnly.FromDayNumber(day),
            Project = names[0],
            Session = names[1],
            Model = names[2],
            Source = names[3],
            Calls = c[0],
            TokensIn = c[1],
            TokensOut = c[2],
            CacheWrite = c[3],
            CacheWrite1h = c[4],
            CacheRead = c[5],
            Cost = cost,
            FirstAt = at[0],
            LastAt = at[1],
            Unpriced = rest.Item1,
            IncompleteCalls = rest.Item2,
            Hours = new SortedDictionary<string, decimal>(hours.GroupBy(h => h.Item1).ToDictionary(g => g.Key.ToString("00", System.Globalization.CultureInfo.InvariantCulture), g => g.First().Item2)),
            Parts = parts,
        };

    [Fact]
    public void Read_WhatWasWritten_IsTheSameRow() => GenRow.Sample(row =>
    {
        byte[] line = Write(row);
        UsageRow read = UsageRowJson.Read(line.AsSpan(0, line.Length - 1));
        Assert.True(UsageRowEquality.Same(row, read), Encoding.UTF8.GetString(line));
        Assert.Equal(line, Write(read));
        Assert.Equal(line.Length - 1, Array.IndexOf(line, (byte)'\n'));
    });

    [Fact]
    public void Write_Row_HasTheKeyFirstAndEightDecimals()
    {
        var row = new UsageRow { Date = new DateOnly(2026, 3, 10), Project = "p", Session = "s", Model = "m", Source = "manual", TokensIn = 5, Cost = 0.5m };

        Assert.Equal(
            """{"date":"2026-03-10","project":"p","session":"s","model":"m","source":"manual","calls":0,"tokensIn":5,"tokensOut":0,"cacheWrite":0,"cacheWrite1h":0,"cacheRead":0,"cost":0.50000000}""" + "\n",
            Encoding.UTF8.GetString(Write(row)));
    }

    [Fact]
    public void Write_SmallCost_KeepsEveryDecimal()
    {
        var row = new UsageRow { Date = new DateOnly(2026, 3, 10), Project = "p", Session = "s", Model = "m", Source = "manual", Cost = 0.000000001234m };

        Assert.Contains("\"cost\":0.000000001234}", Encoding.UTF8.GetString(Write(row)), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnknownProperties_AreKept()
    {
        const string line = """{"date":"2026-03-10","project":"p","session":"s","model":"m","source":"manual","cost":1,"later":{"a":[1,null]},"x":"y"}""";

        string written = Encoding.UTF8.GetString(Write(UsageRowJson.Read(Encoding.UTF8.GetBytes(line))));

        Assert.EndsWith(""","later":{"a":[1,null]},"x":"y"}""" + "\n", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "\"date\" is missing")]
    [InlineData("[]", "a row is an object")]
    [InlineData("5", "a row is an object")]
    [InlineData("{\"date\":\"10.3.2026\"}", "\"date\" must be YYYY-MM-DD")]
    [InlineData("{\"date\":5}", "\"date\" must be a string")]
    [InlineData("{\"cost\":-1}", "\"cost\" must be a number from 0 on")]
    [InlineData("{\"cost\":\"1\"}", "\"cost\" must be a number from 0 on")]
    [InlineData("{\"calls\":1.5}", "\"calls\" must be a whole number from 0 on")]
    [InlineData("{\"tokensIn\":-5}", "\"tokensIn\" must be a whole number from 0 on")]
    [InlineData("{\"tokensOut\":null}", "\"tokensOut\" must be a whole number from 0 on")]
    [InlineData("{\"hours\":{\"24\":1}}", "\"hours\" has keys from \"00\" to \"23\"")]
    [InlineData("{\"hours\":[]}", "\"hours\" must be an object")]
    [InlineData("{\"parts\":{}}", "\"parts\" must be an array")]
    [InlineData("{\"date\":\"2026-03-10\",\"project\":\"p\",\"model\":\"m\",\"source\":\"manual\"}", "\"cost\" is missing")]
    [InlineData("{\"unpriced\":1}", "not a ledger row")]
    [InlineData("{\"firstAt\":\"x\"}", "not a ledger row")]
    [InlineData("{\"a\":1} {}", "not a ledger row")]
    [InlineData("{\"a\":", "not a ledger row")]
    [InlineData("", "not a ledger row")]
    public void Read_WrongLine_SaysWhatIsWrong(string line, string message)
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => UsageRowJson.Read(Encoding.UTF8.GetBytes(line)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    internal static byte[] Write(UsageRow row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        UsageRowJson.Write(buffer, row);
        return buffer.WrittenSpan.ToArray();
    }
}
