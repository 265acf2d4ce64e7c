using AiaiaiDashboard.Core.Alerts.Notifications;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using Microsoft.Extensions.Logging;

namespace AiaiaiDashboard.Core.Alerts;

/// <summary>
/// What waits to be told, and to whom. Derived: an alert is true, asks for attention, and the channel was not told of this key in this period, neither by
/// the document nor by the journal. Thread-safe.
/// </summary>
/// <param name="channels">The channels there can be.</param>
/// <param name="time">Clock.</param>
/// <param name="log">Receives failures.</param>
/// <param name="journal">Reads what was attempted so far.</param>
/// <param name="note">Writes attempts into the journal.</param>
internal sealed class DeliveryQueue(ChannelSet channels, TimeProvider time, ILogger log, Func<IReadOnlyList<AlertEvent>> journal, Action<IEnumerable<AlertEvent>> note)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ChannelHealth> health = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Channel, string Key, string Period), ChannelHealth> refused = [];
    private HashSet<(string Channel, string Key, string Period)>? told;
    private ChannelsConfig? lastChannels;

    /// <summary>How the channels do.</summary>
    /// <param name="config">Settings in force.</param>
    /// <param name="state">What is true and who was told.</param>
    /// <param name="sends">Whether anybody is told at all.</param>
    public IReadOnlyList<ChannelStatus> Statuses(ChannelsConfig config, AlertState state, bool sends)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (gate)
        {
            Load();
            return [.. channels.Of(config).Select(entry =>
            {
                ChannelHealth known = HealthOf(entry.Channel.Name);
                int waiting = sends ? Waiting(entry, state, now).Count() : 0;
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
    /// <param name="state">What is true and who was told.</param>
    /// <param name="desktop">See <see cref="AlertDesk.DeliverAsync"/>.</param>
    /// <param name="remember">Called with channel and alert after each success.</param>
    /// <param name="ct">Ends the attempts.</param>
    public Task DeliverAsync(ChannelsConfig config, AlertState state, bool? desktop, Func<string, AlertCondition, Task> remember, CancellationToken ct)
    {
        ForgetBackOffAfterEdit(config);
        return Task.WhenAll(channels.Of(config)
            .Where(e => desktop != true || e.Channel.Name == DesktopChannel.ChannelName)
            .Select(e => DeliverToAsync(e, state, atOnce: desktop != false && e.Channel.Name == DesktopChannel.ChannelName, remember, ct)));
    }

    /// <summary>Sends one notification and remembers how that went. Null for success.</summary>
    public async Task<DeliveryException?> TryAsync(INotificationChannel channel, Notification notification, AlertCondition condition, CancellationToken ct)
    {
        AlertEvent attempt = new(time.GetUtcNow(), AlertEventKind.Sent, condition.Key, condition.Period) { Channel = channel.Name, Level = condition.Alert.Level, Title = condition.Alert.Title, Message = condition.Alert.Message, Project = condition.Alert.Project };
        try
        {
            await channel.SendAsync(notification, ct);
            attempt = attempt with { At = time.GetUtcNow() };
            note([attempt]);
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
            note([attempt]);
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

    private async Task DeliverToAsync(ChannelSet.Entry entry, AlertState state, bool atOnce, Func<string, AlertCondition, Task> remember, CancellationToken ct)
    {
        string channel = entry.Channel.Name;
        AlertCondition[] waiting;
        lock (gate)
        {
            Load();
            DateTimeOffset now = time.GetUtcNow();
            waiting = HealthOf(channel).NotBefore > now && !atOnce ? [] : [.. Waiting(entry, state, now).Where(c => !IsRefused(channel, c, now))];
        }

        if (waiting.Length == 0)
        {
            return;
        }

        foreach (AlertCondition condition in waiting.OrderBy(c => c.Alert.IsCritical ? 0 : 1).ThenBy(c => c.At))
        {
            DeliveryException? failure = await TryAsync(entry.Channel, new Notification(condition.Alert), condition, ct);
            if (failure is null)
            {
                await remember(channel, condition);
            }
            else if (!failure.IsRefused)
            {
                // The next one would fail for the same reason, at the price of another time limit.
                break;
            }
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

    private void Load()
    {
        if (told is not null)
        {
            return;
        }

        told = [];
        foreach (AlertEvent e in journal().Where(e => e.Channel is not null))
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
}
