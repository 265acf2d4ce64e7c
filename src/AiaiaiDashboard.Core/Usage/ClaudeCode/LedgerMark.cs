using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>A number that changes when the ledger's transcript rows do, whatever their order.</summary>
internal static class LedgerMark
{
    /// <summary>The mark of the rows that come from transcripts. No row becomes an object for it.</summary>
    public static unsafe ulong Of(UsageLedger ledger)
    {
        LedgerIndex index = ledger.Index;
        int source = index.Sources.CodeOf(UsageSource.ClaudeCode);
        ulong[] projects = Names(index.Projects);
        ulong[] models = Names(index.Models);
        char[] text = [];
        ulong mark = 0;
        ulong* facts = stackalloc ulong[6];
        for (int row = 0; row < index.Count; row++)
        {
            ref readonly UsageFacts held = ref index.Facts(row);
            if (held.Source != source)
            {
                continue;
            }

            ReadOnlySpan<byte> session = index.Session(row);
            if (text.Length < session.Length)
            {
                text = new char[Math.Max(256, session.Length)];
            }

            facts[0] = (ulong)held.Day;
            facts[1] = projects[held.Project];
            facts[2] = Of(text.AsSpan(0, Encoding.UTF8.GetChars(session, text)));
            facts[3] = models[held.Model];
            facts[4] = (ulong)held.Calls;
            facts[5] = (ulong)held.TotalTokens;
            mark += XxHash3.HashToUInt64(new ReadOnlySpan<byte>(facts, 6 * sizeof(ulong)));
        }

        return mark;
    }

    private static ulong[] Names(Usage.NameTable names)
    {
        ulong[] hashes = new ulong[names.Count];
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = Of(names[i]);
        }

        return hashes;
    }

    private static ulong Of(ReadOnlySpan<char> text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text));
}
