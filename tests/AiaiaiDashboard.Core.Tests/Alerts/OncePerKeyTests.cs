using System.Globalization;
using System.Text.Json;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using CsCheck;

namespace AiaiaiDashboard.Core.Tests.Alerts;

/// <summary>Random months of spend, edits, acknowledgements, restarts, lost documents and outages: nobody is told twice, and nobody is forgotten.</summary>
public sealed class OncePerKeyTests
{
    private enum Act
    {
        Spend,
        RaiseBudget,
        LowerBudget,
        Limit,
        Acknowledge,
        Snooze,
        Dismiss,
        Wake,
        Restart,
        LoseDocument,
        Outage,
        Mend,
        Damage,
        NextDay,
        NextMonth,
    }

    private static readonly Gen<(Act Act, int Amount)[]> Sequences =
        Gen.Select(Gen.Int[0, (int)Act.NextMonth], Gen.Int[1, 120], (act, amount) => ((Act)act, amount)).Array[1, 40];

    [Fact]
    public void AnySequence_OfTenThousand_TellsOncePerKeyAndPeriod() => Sequences.Sample(
        sequence =>
        {
            var life = new Life();
            foreach ((Act act, int amount) in sequence)
            {
                life.Do(act, amount);
                life.Sync();
            }
        },
        iter: 10_000);

    private sealed class Life
    {
        private readonly HashSet<(string Key, string Period)> told = [];
        private readonly List<AlertEvent> journal = [];
        private AlertState state = new();
        private AlertsConfig config = new();
        private DateTimeOffset now = new(2026, 10, 3, 8, 0, 0, TimeSpan.Zero);
        private decimal spend;
        private bool failing;
        private bool damaged;
        private readonly Dictionary<string, string> outages = [];

        private DateOnly Today => DateOnly.FromDateTime(now.UtcDateTime);

        public void Do(Act act, int amount)
        {
            string? key = state.Conditions.Count == 0 ? null : state.Conditions[amount % state.Conditions.Count].Key;
            switch (act)
            {
                case Act.Spend: spend += amount; break;
                case Act.RaiseBudget: config = config with { GlobalBudget = config.GlobalBudget + amount }; break;
                case Act.LowerBudget: config = config with { GlobalBudget = Math.Max(1, config.GlobalBudget!.Value - amount) }; break;
                case Act.Limit: config = config with { PerProjectLimits = new Dictionary<string, decimal> { ["alpha"] = amount } }; break;
                case Act.Acknowledge when key is not null: Change(AlertBook.Acknowledge(state, [key], now)); break;
                case Act.Snooze when key is not null: Change(AlertBook.Snooze(state, key, now.AddHours(amount), now)); break;
                case Act.Dismiss when key is not null: Change(AlertBook.Dismiss(state, key, now)); break;
                case Act.Wake when key is not null: Change(AlertBook.Wake(state, key, now)); break;
                case Act.Restart: state = JsonSerializer.Deserialize(DocumentJson.Serialize(state, AlertJson.State.Json), AlertJson.State.Json)!; break;
                case Act.LoseDocument: state = AlertBook.Rebuild(journal, Today, now); break;
                case Act.Outage: failing = true; break;
                case Act.Mend: (failing, damaged) = (false, false); break;
                case Act.Damage: damaged = true; break;
                case Act.NextDay: Pass(TimeSpan.FromDays(1)); break;
                case Act.NextMonth: Pass(TimeSpan.FromDays(DateTime.DaysInMonth(now.Year, now.Month))); break;
                default: break;
            }
        }

        public void Sync()
        {
            now = now.AddMinutes(15);
            var inputs = new AlertInputs { Config = config, Figures = Figures(), Today = Today, NameOf = id => id, Steps = Steps() };
            IReadOnlyList<ActiveAlert> alerts = AlertEvaluator.Evaluate(inputs);
            NoteOutages(alerts);
            Change(AlertBook.Observe(state, alerts, inputs.Stays(), Today, now));
            foreach (AlertCondition condition in AlertBook.Open(state, now).Where(c => !AlertBook.WasTold(state, "desktop", c.Key, c.Period)).ToArray())
            {
                // The period by the contract, kept apart from the program's own: the month, for sources the outage.
                string period = Period(condition.Alert);
                Assert.True(told.Add((condition.Key, period)), $"{condition.Key} was told twice in {period}.");
                Change(AlertBook.Told(state, "desktop", condition, now));
            }

            // None missed: whatever is true and not silenced was told.
            foreach (ActiveAlert alert in AlertBook.Show(state, alerts, inputs.Stays(), Today, now).Where(a => a.IsOpen))
            {
                Assert.Contains((alert.Key, Period(alert)), told);
            }

            // A second look at the same facts changes nothing.
            Assert.Equal(state, AlertBook.Observe(state, alerts, inputs.Stays(), Today, now.AddMinutes(5)));
        }

        private string Period(ActiveAlert alert) =>
            alert.Type == AlertType.Source ? outages[alert.Key] : now.ToString("yyyy-MM", CultureInfo.InvariantCulture);

        private void NoteOutages(IReadOnlyList<ActiveAlert> alerts)
        {
            string[] failing = [.. alerts.Where(a => a.Type == AlertType.Source).Select(a => a.Key)];
            foreach (string mended in outages.Keys.Except(failing).ToArray())
            {
                outages.Remove(mended);
            }

            foreach (string key in failing)
            {
                outages.TryAdd(key, now.ToString("O", CultureInfo.InvariantCulture));
            }
        }

        private void Pass(TimeSpan span)
        {
            int month = now.Month;
            now += span;
            spend = now.Month == month ? spend : 0;
        }

        private void Change(AlertState next)
        {
            journal.AddRange(next.Log.Except(state.Log));
            state = next;
        }

        // Damage loses what was spent from the figures, not from the world.
        private AnalyticsDocument Figures()
        {
            decimal seen = damaged ? spend / 2 : spend;
            return new AnalyticsDocument
            {
                Date = Today,
                Total = Scope(seen, Budgets.Global(config)),
                Projects = new Dictionary<string, ScopeFigures> { ["alpha"] = Scope(seen, Budgets.Limit(config, "alpha")) },
            };
        }

        private static ScopeFigures Scope(decimal spent, decimal? budget) =>
            new() { Month = new MonthFigures { Spend = spent, Budget = budget, Percent = budget is { } b ? spent / b * 100 : null } };

        private SyncStepStatus[] Steps() =>
        [
            new SyncStepStatus
            {
                Name = SyncStepNames.Tokens,
                Status = failing || damaged ? SyncOutcome.Error : SyncOutcome.Success,
                Sources = [new SyncSourceStatus { Name = "claude-code", Status = failing ? SyncOutcome.Error : SyncOutcome.Success }],
            },
        ];
    }
}
