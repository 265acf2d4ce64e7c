using AiaiaiDashboard.Components.Pages.Settings;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Hosting;
using Bunit;

namespace AiaiaiDashboard.Components.Tests.Pages;

/// <summary>What was typed on the settings page and not saved, before the page was loaded anew.</summary>
public sealed class KeptDraftTests : DashboardTestContext
{
    private const string Here = "/home/dev/.local/share/aiaiai-dashboard";

    private static SettingsFiles Files => new(
        new AlertsConfig
        {
            GlobalBudget = 200,
            PerProjectLimits = new SortedDictionary<string, decimal> { ["alpha"] = 50 },
            Channels = new ChannelsConfig { Webhooks = [new WebhookConfig { Name = "ops", UrlVariable = "OPS_URL" }] },
        },
        new SyncConfig(), new SourcesConfig(), []);

    [Fact]
    public void WriteAndRead_EveryKindOfField_BringsThemBack()
    {
        SettingsDraft before = new(Files), typed = new(Files), after = new(Files);
        typed.Budget = "lots";
        typed.SpikeRule = !typed.SpikeRule;
        typed.Thresholds[0].Percent = "60";
        typed.Thresholds.RemoveAt(1);
        typed.Limits.Add(new LimitDraft { Project = "beta", Amount = "7", IsNew = true });
        typed.Webhooks[0].Name = "on call";
        typed.Webhooks.Add(new WebhookDraft { Name = "new", On = false });
        typed.Mail = new MailDraft { Host = "mail.example.org", On = false };
        typed.ClaudePaths = "/one\n/two";

        KeptDraft.Read(KeptDraft.Write(before, typed, Here), Here)!.ApplyTo(after);

        Assert.Empty(SettingsChanges.Between(typed, after));
        Assert.Equal("lots", after.Budget);
        Assert.True(after.Limits[1].IsNew);
        // What the file says beside the fields of the form stays with its row.
        Assert.Equal(Files.Alerts.GlobalThresholds[0].Percent, after.Thresholds[0].Was.Percent);
        Assert.Equal("ops", after.Webhooks[0].Was!.Name);
        Assert.Null(after.Webhooks[1].Was);
    }

    [Fact]
    public void ApplyTo_FileChangedMeanwhile_LeavesTheOtherFieldsAlone()
    {
        SettingsDraft typed = new(Files) { TimeZone = "Europe/Berlin" };
        string? text = KeptDraft.Write(new SettingsDraft(Files), typed, Here);
        SettingsDraft now = new(Files with { Alerts = Files.Alerts with { GlobalBudget = 900 } });

        KeptDraft.Read(text, Here)!.ApplyTo(now);

        Assert.Equal(("900", "Europe/Berlin"), (now.Budget, now.TimeZone));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"Directory":"/home/dev/.local/share/aiaiai-dashboard","Fields":{}}""")]
    [InlineData("""{"Directory":"/home/dev/.local/share/aiaiai-dashboard","Fields":{"budget":null}}""")]
    [InlineData("""{"Directory":"/home/dev/.local/share/aiaiai-dashboard","Fields":{"budget":[null]}}""")]
    [InlineData("""{"Directory":"/home/dev/.local/share/aiaiai-dashboard","Fields":{"budget":[[null]]}}""")]
    [InlineData("""{"Directory":"/elsewhere","Fields":{"budget":[["1"]]}}""")]
    public void Read_NothingUsable_IsNone(string? text) => Assert.Null(KeptDraft.Read(text, Here));

    [Theory]
    [InlineData("""{"Directory":"/home/dev/.local/share/aiaiai-dashboard","Fields":{"budget":[],"thresholds":[[]],"webhooks":[["x"]],"mail":[["y"]],"nothing":[["z"]]},"Opened":{"thresholds":[],"webhooks":[],"mail":[]}}""")]
    public void ApplyTo_RowsWithoutTheirValues_AreEmptyFields(string text)
    {
        SettingsDraft draft = new(Files);
        draft.Thresholds.Clear();
        draft.Webhooks.Clear();

        KeptDraft.Read(text, Here)!.ApplyTo(draft);

        Assert.Equal(("", "", "x", "y"), (draft.Budget, draft.Thresholds.Single().Percent, draft.Webhooks.Single().Name, draft.Mail!.Host));
    }

    [Fact]
    public void Write_NothingChangedOrTooMuch_IsNone()
    {
        Assert.Null(KeptDraft.Write(new SettingsDraft(Files), new SettingsDraft(Files), Here));
        Assert.Null(KeptDraft.Write(new SettingsDraft(Files), new SettingsDraft(Files) { Roots = new string('x', KeptDraft.MaxBytes) }, Here));
        Assert.Null(KeptDraft.Write(new SettingsDraft(Files), new SettingsDraft(Files) { Roots = new string('ж', KeptDraft.MaxBytes / 2) }, Here));
    }

    [Fact]
    public void Write_LettersOfSeveralBytes_CountAsTheirBytes()
    {
        string roots = new('ж', 5_000);
        SettingsDraft after = new(Files);

        KeptDraft.Read(KeptDraft.Write(new SettingsDraft(Files), new SettingsDraft(Files) { Roots = roots }, Here), Here)!.ApplyTo(after);

        Assert.Equal(roots, after.Roots);
    }

    [Fact]
    public void Write_SecretInsteadOfAVariable_IsNotKept()
    {
        SettingsDraft typed = new(Files);
        typed.Webhooks[0].UrlVariable = "https://hooks.example.org/services/T0/SECRET";
        Assert.Null(KeptDraft.Write(new SettingsDraft(Files), typed, Here));

        typed.Webhooks[0].Name = "on call";
        typed.Webhooks[0].TokenVariable = "Bearer SECRET";
        typed.Mail = new MailDraft { Host = "mail.example.org", UserVariable = "me@SECRET", PasswordVariable = "pass-SECRET" };
        string text = KeptDraft.Write(new SettingsDraft(Files), typed, Here)!;
        SettingsDraft after = new(Files);
        KeptDraft.Read(text, Here)!.ApplyTo(after);

        Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
        Assert.Equal(("on call", "OPS_URL", "", "mail.example.org", ""), (after.Webhooks[0].Name, after.Webhooks[0].UrlVariable, after.Webhooks[0].TokenVariable, after.Mail!.Host, after.Mail.PasswordVariable));
    }

    [Fact]
    public void Write_NamesOfVariables_AreKept()
    {
        SettingsDraft typed = new(Files), after = new(Files);
        (typed.Webhooks[0].UrlVariable, typed.Webhooks[0].TokenVariable) = ("OTHER_URL", "OTHER_TOKEN");

        KeptDraft.Read(KeptDraft.Write(new SettingsDraft(Files), typed, Here), Here)!.ApplyTo(after);

        Assert.Equal(("OTHER_URL", "OTHER_TOKEN"), (after.Webhooks[0].UrlVariable, after.Webhooks[0].TokenVariable));
    }

    [Fact]
    public void ApplyTo_OtherRowsChangedMeanwhile_KeepsBoth()
    {
        SettingsDraft typed = new(Files);
        typed.Limits[0].Amount = "60";
        typed.Limits.Add(new LimitDraft { Project = "gamma", Amount = "3", IsNew = true });
        typed.Thresholds[0].Label = "mine";
        SettingsDraft now = new(Files with
        {
            Alerts = Files.Alerts with
            {
                PerProjectLimits = new SortedDictionary<string, decimal> { ["alpha"] = 50, ["beta"] = 9 },
                GlobalThresholds = [.. Files.Alerts.GlobalThresholds.Skip(1), new AlertThreshold { Percent = 95 }],
            },
        });
        // The first threshold is gone from the files: changed here and removed there is no change that can be put together.
        KeptDraft kept = KeptDraft.Read(KeptDraft.Write(new SettingsDraft(Files), typed, Here), Here)!;

        Assert.Equal(["thresholds"], kept.LeftOut(now));
        kept.ApplyTo(now);

        Assert.Equal(["alpha=60", "beta=9", "gamma=3"], now.Limits.Select(l => $"{l.Project}={l.Amount}"));
        Assert.Equal("95", now.Thresholds[^1].Percent);
        Assert.DoesNotContain("mine", now.Thresholds.Select(t => t.Label));
    }

    [Fact]
    public void ApplyTo_RowRemovedHereAndAddedThere_DoesBoth()
    {
        SettingsDraft typed = new(Files);
        typed.Thresholds.RemoveAt(0);
        typed.Webhooks.Add(new WebhookDraft { Name = "mine", UrlVariable = "MINE_URL" });
        SettingsDraft now = new(Files with
        {
            Alerts = Files.Alerts with
            {
                GlobalThresholds = [.. Files.Alerts.GlobalThresholds, new AlertThreshold { Percent = 95 }],
                Channels = new ChannelsConfig { Webhooks = [.. Files.Alerts.Channels!.Webhooks, new WebhookConfig { Name = "theirs", UrlVariable = "THEIR_URL" }] },
            },
        });
        string[] expected = [.. now.Thresholds.Skip(1).Select(t => t.Percent)];

        KeptDraft.Read(KeptDraft.Write(new SettingsDraft(Files), typed, Here), Here)!.ApplyTo(now);

        Assert.Equal(expected, now.Thresholds.Select(t => t.Percent));
        Assert.Equal(["ops", "theirs", "mine"], now.Webhooks.Select(w => w.Name));
    }

    [Fact]
    public void LeftOut_SameRowChangedByBoth_IsNamedAndNotApplied()
    {
        SettingsDraft typed = new(Files) { TimeZone = "Europe/Berlin" };
        typed.Limits[0].Amount = "60";
        typed.Webhooks[0].Level = "critical";
        typed.Mail = new MailDraft { Host = "mine.example.org" };
        SettingsDraft now = new(Files with
        {
            Alerts = Files.Alerts with
            {
                PerProjectLimits = new SortedDictionary<string, decimal> { ["alpha"] = 70 },
                Channels = new ChannelsConfig
                {
                    Webhooks = [new WebhookConfig { Name = "ops", UrlVariable = "NEW_URL" }],
                    Mail = new MailConfig { Host = "theirs.example.org" },
                },
            },
        });
        KeptDraft kept = KeptDraft.Read(KeptDraft.Write(new SettingsDraft(Files), typed, Here), Here)!;

        Assert.Equal(["project limits", "webhooks", "mail"], kept.LeftOut(now));
        kept.ApplyTo(now);

        Assert.Equal(("70", "NEW_URL", "theirs.example.org", "Europe/Berlin"), (now.Limits[0].Amount, now.Webhooks[0].UrlVariable, now.Mail!.Host, now.TimeZone));
    }

    [Fact]
    public void ApplyTo_ListsSavedAsTyped_AddsNothingTwice()
    {
        SettingsDraft typed = new(Files);
        typed.Thresholds.Add(new ThresholdDraft { Percent = "95" });
        typed.Limits.Add(new LimitDraft { Project = "beta", Amount = "7", IsNew = true });
        typed.Webhooks.Add(new WebhookDraft { Name = "mine", UrlVariable = "MINE_URL" });
        KeptDraft kept = KeptDraft.Read(KeptDraft.Write(new SettingsDraft(Files), typed, Here), Here)!;
        SettingsDraft now = new(typed.ToFiles());

        Assert.Empty(kept.LeftOut(now));
        kept.ApplyTo(now);

        Assert.Empty(SettingsChanges.Between(new SettingsDraft(typed.ToFiles()), now));
    }

    [Fact]
    public void Over_OlderAndNewer_HasBothAndTheNewerOfOneField()
    {
        KeptDraft older = KeptDraft.Read(KeptDraft.Write(new SettingsDraft(Files), new SettingsDraft(Files) { Budget = "1", TimeZone = "Europe/Berlin" }, Here), Here)!;
        KeptDraft newer = KeptDraft.Read(KeptDraft.Write(new SettingsDraft(Files), new SettingsDraft(Files) { Budget = "2" }, Here), Here)!;
        SettingsDraft after = new(Files);

        newer.Over(older).ApplyTo(after);

        Assert.Equal(("2", "Europe/Berlin"), (after.Budget, after.TimeZone));
    }
}
