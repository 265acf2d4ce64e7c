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
    private readonly SemaphoreSlim delivering = new(1, 1);
    private readonly Lock gate = new();
    private readonly Dictionary<string, ChannelHealth> health = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Channel, string Key, string Period), ChannelHealth> refused = [];
    private HashSet<(string Channel, string Key, string Period)>? told;
    private ChannelsConfig? lastChannels;
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
    public IReadOnlyList<ChannelStatus> Channels(AlertsConfig config, AlertState state)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (gate)
        {
            Load();
            return [.. ChannelSet.Of(config.EffectiveChannels).Select(entry =>
            {
                ChannelHealth known = HealthOf(entry.Channel.Name);
                int waiting = Delivery == AlertDelivery.Off ? 0 : Waiting(entry, state, now).Count();
                return new ChannelStatus
                {
                    Name = entry.Channel.Name,
                    Enabled = entry.Settings.Enabled,
                    MinLevel = entry.Settings.MinLevel,
                    Missing = entry.Missing,
                    LastSentAt = known.SentAt,
                    LastErrorAt = known.ErrorAt,
                    LastError = known.Error,
                    Failures = known.Failures,
                    Waiting = waiting,
                    NextAttemptAt = waiting == 0 ? null : known.NotBefore > now ? known.NotBefore : now,
                };
            })];
        }
    }

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
            ForgetBackOffAfterEdit(config.EffectiveChannels);
            AlertState state = Read(today);
            await Task.WhenAll(ChannelSet.Of(config.EffectiveChannels)
                .Where(e => desktop != true || e.Channel.Name == DesktopChannel.ChannelName)
                .Select(e => DeliverToAsync(e, state, today, atOnce: desktop != false && e.Channel.Name == DesktopChannel.ChannelName, ct)));
        }
        finally
        {
            delivering.Release();
        }
    }

    /// <summary>The first instant at which a channel may be tried again or a snooze ends; null where nothing waits.</summary>
    public DateTimeOffset? NextDue(AlertsConfig config, AlertState state) =>
        Channels(config, state).Where(c => c.Enabled).Select(c => c.NextAttemptAt).Append(AlertBook.NextWake(state, time.GetUtcNow())).Min();

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
        string? error = await TryAsync(entry.Channel, Notification.Test, test, ct) is { } failure ? failure.Message : null;
        Changed?.Invoke();
        return error;
    }

    private async Task DeliverToAsync(ChannelSet.Entry entry, AlertState state, DateOnly today, bool atOnce, CancellationToken ct)
    {
        string channel = entry.Channel.Name;
        AlertCondition[] waiting;
        lock (gate)
        {
            Load();
            DateTimeOffset now = time.GetUtcNow();
            waiting = HealthOf(channel).NotBefore > now && !atOnce ? [] : [.. Waiting(entry, state, now).Where(c => !IsRefused(channel, c, now))];
        }

        foreach (AlertCondition condition in waiting.OrderBy(c => c.Alert.IsCritical ? 0 : 1).ThenBy(c => c.At))
        {
            DeliveryException? failure = await TryAsync(entry.Channel, new Notification(condition.Alert), condition, ct);
            if (failure is null)
            {
                await RememberAsync(channel, condition, today, ct);
            }
            else if (!failure.IsRefused)
            {
                // The next one would fail for the same reason, at the price of another time limit.
                break;
            }
        }
    }

    private async Task<DeliveryException?> TryAsync(INotificationChannel channel, Notification notification, AlertCondition condition, CancellationToken ct)
    {
        AlertEvent attempt = new(time.GetUtcNow(), AlertEventKind.Sent, condition.Key, condition.Period) { Channel = channel.Name, Level = condition.Alert.Level, Title = condition.Alert.Title, Message = condition.Alert.Message, Project = condition.Alert.Project };
        try
        {
            await channel.SendAsync(notification, ct);
            attempt = attempt with { At = time.GetUtcNow() };
            Note([attempt]);
            lock (gate)
            {
                HealthOf(channel.Name).Sent(attempt.At);
                told?.Add((channel.Name, condition.Key, condition.Period));
            }

            return null;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // What is no DeliveryException is a fault of a channel; it must not keep the others from being tried.
            DeliveryException failure = exception as DeliveryException ?? new DeliveryException("It failed for a reason that is in the log.", exception);
            attempt = attempt with { At = time.GetUtcNow(), Kind = AlertEventKind.Failed, Error = failure.Message, Message = null };
            Note([attempt]);
            bool isFirst;
            lock (gate)
            {
                isFirst = HealthOf(channel.Name).Failures == 0;
                HealthOf(channel.Name).Failed(attempt.At, failure.Message, failure.RetryAfter);
                if (failure.IsRefused)
                {
                    // The others are not held back by it.
                    HealthOf(channel.Name).NotBefore = DateTimeOffset.MinValue;
                    (string, string, string) item = (channel.Name, condition.Key, condition.Period);
                    (refused.TryGetValue(item, out ChannelHealth? known) ? known : refused[item] = new ChannelHealth()).Failed(attempt.At, failure.Message);
                }
            }

            // Once per outage: every attempt stands in the journal. Only a fault of this program needs its trace.
            if (exception is not DeliveryException)
            {
                log.LogWarning(exception, "Channel {Channel} could not tell of {Key}", channel.Name, condition.Key);
            }
            else if (isFirst)
            {
                log.LogWarning("Channel {Channel} could not tell of {Key}: {Error} It is tried again, and said again only once it has worked in between", channel.Name, condition.Key, failure.Message);
            }

            return failure;
        }
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

    private IEnumerable<AlertCondition> Waiting(ChannelSet.Entry entry, AlertState state, DateTimeOffset now)
    {
        string channel = entry.Channel.Name;
        return AlertBook.Open(state, now).Where(c => entry.Settings.Takes(c.Alert.Level)
            && !told!.Contains((channel, c.Key, c.Period))
            && !AlertBook.WasTold(state, channel, c.Key, c.Period));
    }

    private bool IsRefused(string channel, AlertCondition condition, DateTimeOffset now) =>
        refused.TryGetValue((channel, condition.Key, condition.Period), out ChannelHealth? item) && item.NotBefore > now;

    private ChannelHealth HealthOf(string channel) => health.TryGetValue(channel, out ChannelHealth? known) ? known : health[channel] = new ChannelHealth();

    // A corrected address is tried at once.
    private void ForgetBackOffAfterEdit(ChannelsConfig channels)
    {
        lock (gate)
        {
            if (lastChannels is not null && !Equals(Text(lastChannels), Text(channels)))
            {
                refused.Clear();
                foreach (ChannelHealth known in health.Values)
                {
                    known.NotBefore = DateTimeOffset.MinValue;
                }
            }

            lastChannels = channels;
        }

        static string Text(ChannelsConfig config) =>
            System.Text.Encoding.UTF8.GetString(DocumentJson.Serialize(new AlertsConfig { Channels = config }, ConfigDocuments.Alerts.Json));
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

    private void Load()
    {
        if (told is not null)
        {
            return;
        }

        told = [];
        foreach (AlertEvent e in Journal(time.GetUtcNow()).Where(e => e.Channel is not null))
        {
            if (e.Kind == AlertEventKind.Sent)
            {
                told.Add((e.Channel!, e.Key, e.Period));
                HealthOf(e.Channel!).Sent(e.At);
            }
            else if (e.Kind == AlertEventKind.Failed)
            {
                HealthOf(e.Channel!).Failed(e.At, e.Error);
            }
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
