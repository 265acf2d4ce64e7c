using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace AiaiaiDashboard.Core.State;

/// <summary>
/// What pages asked of a snapshot beyond its precomputed figures, kept as long as the snapshot: the next one who opens the same page waits for no query. Holds what a page shows, never
/// the rows behind it. Thread-safe; two who ask at once may both compute.
/// </summary>
public static class SnapshotMemo
{
    /// <summary>Answers that are kept of one snapshot; with one more all are forgotten.</summary>
    public const int MaxAnswers = 256;

    // By reference: a copy with other properties is another snapshot.
    private static readonly ConditionalWeakTable<DashboardSnapshot, ConcurrentDictionary<object, object>> Kept = [];

    /// <summary>The answer to a question, computed at the first time it is asked.</summary>
    /// <typeparam name="T">What is computed: immutable and small.</typeparam>
    /// <param name="snapshot">The snapshot it is computed from, and from nothing else.</param>
    /// <param name="key">The question with all its parameters, comparable by value.</param>
    /// <param name="compute">Computes it.</param>
    public static T Once<T>(this DashboardSnapshot snapshot, object key, Func<T> compute)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(compute);
        ConcurrentDictionary<object, object> answers = Kept.GetValue(snapshot, static _ => new());
        if (answers.TryGetValue(key, out object? known))
        {
            return (T)known;
        }

        T answer = compute();
        if (answers.Count >= MaxAnswers)
        {
            answers.Clear();
        }

        answers[key] = answer;
        return answer;
    }
}
