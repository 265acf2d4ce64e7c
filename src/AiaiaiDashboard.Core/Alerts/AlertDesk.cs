using AiaiaiDashboard.Core.Alerts.Notifications;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using Microsoft.Extensions.Logging;

namespace AiaiaiDashboard.Core.Alerts;

/// <summary>Whether and when a workspace tells people of alerts.</summary>
public enum AlertDelivery
{
    /// <summary>Never: sample data, and where nothing but reading happens.</summary>
    Off,

    /// <summary>Before the sync ends: a single sync by command.</summary>
    InSync,

    /// <summary>The desktop before the sync ends, other channels beside it: a server.</summary>
    Beside,
}

/// <summary>
/// The one place that knows what was true, what people did about it and who was told. What waits to be told is derived: it is true, asks for attention,
/// and the channel was not told of this key in this period, neither by the document nor by the journal. Thread-safe.
/// </summary>
public sealed class AlertDesk : IDisposable
{
    /// <summary>Channel of what browsers have shown by themselves.</summary>
    public const string BrowserChannel = "browser";

    private readonly DocumentStore store;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly AlertJournal journal;
    private readonly DeliveryQueue queue;
    private readonly SemaphoreSlim delivering = new(1, 1);
    private bool reconciled;

    /// <summary>Creates the desk of a data directory.</summary>
    /// <param name="store">Its documents.</param>
    /// <param name="channels">Makes channels of a configuration.</param>
    /// <param name="time">Clock.</param>
    /// <param name="log">Receives failures.</param>
    /// <param name="delivery">Whether and when people are told.</param>
    public AlertDesk(DocumentStore store, ChannelSet channels, TimeProvider time, ILogger log, AlertDelivery delivery)
    {
        this.store = store;
        this.time = time;
        this.log = log;
        ChannelSet = channels;
        Delivery = delivery;
        journal = new AlertJournal(store.Directory);
        queue = new DeliveryQueue(channels, time, log, () => Journal(time.GetUtcNow()), Note);
    }

    /// <summary>Whether and when people are told.</summary>
    public AlertDelivery Delivery { get; }

    /// <summary>The channels there can be.</summary>
    public ChannelSet ChannelSet { get; }

    /// <summary>Called after something changed that pages show.</summary>
    public Action? Changed { get; set; }

    /// <summary>The state as it is on disk, or as the journal tells it where the document is lost or damaged.</summary>
    /// <param name="today">Today in the configured zone.</param>
    public AlertState Read(DateOnly today) => store.Read(AlertJson.State).Value ?? Rebuilt(today);

    /// <summary>Takes in what is true now and returns the state after it. The document is only written where something changed.</summary>
    /// <param name="alerts">What the facts say.</param>
    /// <param name="stays">See <see cref="AlertInputs.Stays"/>.</param>
    /// <param name="today">Today in the configured zone.</param>
    /// <param name="isCurrent">Whether the facts are still the newest; asked when it is this observation's turn. Older ones than a sync's must not undo it.</param>
    /// <param name="ct">Takes effect until the change begins.</param>
    public Task<AlertState> ObserveAsync(
        IReadOnlyList<ActiveAlert> alerts, Func<ActiveAlert, bool>? stays, DateOnly today, Func<bool>? isCurrent, CancellationToken ct) =>
        ChangeAsync(today, (state, now) => isCurrent?.Invoke() == false ? state : AlertBook.Observe(state, alerts, stays, today, now), ct);

    /// <summary>Carries out a transition of <see cref="AlertBook"/>, durably, and adds what it logged to the journal.</summary>
    /// <exception cref="IOException">It could not be written; the old state is intact.</exception>
    public async Task<AlertState> ChangeAsync(DateOnly today, Func<AlertState, DateTimeOffset, AlertState> change, CancellationToken ct)
    {
        return await store.UpdateAsync(
            AlertJson.State,
            current =>
            {
                DateTimeOffset now = time.GetUtcNow();
                AlertState before = current is null ? Rebuilt(today) : WithOpenOutages(current, today);
                AlertState next = change(before, now);
                if (!ReferenceEquals(next.Log, before.Log))
                {
                    // What was sent stands there already, since the attempt.
                    Note(next.Log.Except(before.Log).Where(e => e.Kind != AlertEventKind.Sent || e.Channel == BrowserChannel));
                }

                return next;
            },
            ct);
    }

    /// <summary>Remembers that browsers have shown alerts by themselves.</summary>
    public Task ShownByBrowserAsync(IReadOnlyCollection<string> keys, DateOnly today, CancellationToken ct)
    {
        AlertCondition[] shown = [.. Read(today).Conditions.Where(c => keys.Contains(c.Key))];
        return shown.Length == 0 ? Task.CompletedTask : ChangeAsync(
            today, (state, now) => shown.Aggregate(state, (s, c) => AlertBook.Told(s, BrowserChannel, c, now)), ct);
    }

    /// <inheritdoc/>
    public void Dispose() => delivering.Dispose();

    /// <summary>How the channels do.</summary>
    public IReadOnlyList<ChannelStatus> Channels(AlertsConfig config, AlertState state) => queue.Statuses(config.EffectiveChannels, state, Delivery != AlertDelivery.Off);

    /// <summary>Tells whoever waits and may be told now. Never throws for a channel that fails.</summary>
    /// <param name="config">Settings in force.</param>
    /// <param name="today">Today in the configured zone.</param>
    /// <param name="desktop">True: the desktop only, whenever it was last tried. False: every channel whose back-off is over. Null: both.</param>
    /// <param name="ct">Ends the attempts; what was not told stays waiting.</param>
    public async Task DeliverAsync(AlertsConfig config, DateOnly today, bool? desktop, CancellationToken ct)
    {
        if (Delivery == AlertDelivery.Off)
        {
            return;
        }

        await delivering.WaitAsync(ct);
        try
        {
            await queue.DeliverAsync(config.EffectiveChannels, Read(today), desktop, (channel, condition) => RememberAsync(channel, condition, today, ct), ct);
        }
        finally
        {
            delivering.Release();
        }
    }

    /// <summary>The first instant at which a channel may be tried again or a snooze ends; null where nothing waits.</summary>
    public DateTimeOffset? NextDue(AlertsConfig config, AlertState state)
    {
        DateTimeOffset? next = AlertBook.NextWake(state, time.GetUtcNow());
        foreach (ChannelStatus channel in Channels(config, state))
        {
            if (channel.Enabled && channel.NextAttemptAt is { } at && (next is null || at < next))
            {
                next = at;
            }
        }

        return next;
    }

    /// <summary>Sends a test through one channel, switched on or not. Null for success, else why it failed.</summary>
    public async Task<string?> SendTestAsync(AlertsConfig config, string channel, CancellationToken ct)
    {
        if (Delivery == AlertDelivery.Off)
        {
            return "Sample data: no channel sends.";
        }

        if (ChannelSet.Of(config.EffectiveChannels).FirstOrDefault(e => e.Channel.Name == channel) is not { } entry)
        {
            return "There is no such channel any more.";
        }

        AlertCondition test = new(AlertBook.TestKey, time.GetUtcNow(), Notification.Test.Alert);
        string? error = await queue.TryAsync(entry.Channel, Notification.Test, test, ct) is { } failure ? failure.Message : null;
        Changed?.Invoke();
        return error;
    }

    private async Task RememberAsync(string channel, AlertCondition condition, DateOnly today, CancellationToken ct)
    {
        try
        {
            await ChangeAsync(today, (state, now) => AlertBook.Told(state, channel, condition, now), ct);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // The journal knows it, which is enough for it not to be sent again.
            log.LogWarning(exception, "{File} could not be written", DataFiles.AlertState);
        }
    }

    // An outage the journal knows of goes on under the name it has there, also where the document has lost it: it would be told as a new one. Once
    // per process: from then on the document is ours.
    private AlertState WithOpenOutages(AlertState state, DateOnly today)
    {
        if (reconciled)
        {
            return state;
        }

        reconciled = true;
        AlertCondition[] lost = [.. Rebuilt(today).Conditions.Where(c => c.Alert.Type == AlertType.Source && !state.Conditions.Any(s => s.Key == c.Key))];
        return lost.Length == 0 ? state : state with { Conditions = [.. state.Conditions, .. lost] };
    }

    private AlertState Rebuilt(DateOnly today)
    {
        DateTimeOffset now = time.GetUtcNow();
        return AlertBook.Rebuild(Journal(now), today, now);
    }

    private IReadOnlyList<AlertEvent> Journal(DateTimeOffset now)
    {
        try
        {
            return journal.Read(now);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(exception, "The journal of alerts could not be read");
            return [];
        }
    }

    private void Note(IEnumerable<AlertEvent> events)
    {
        try
        {
            lock (journal)
            {
                journal.Append(events, time.GetUtcNow());
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(exception, "The journal of alerts could not be written");
        }
    }
}
