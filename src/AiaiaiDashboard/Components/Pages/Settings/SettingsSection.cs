using AiaiaiDashboard.Components.State;
using Microsoft.AspNetCore.Components;

namespace AiaiaiDashboard.Components.Pages.Settings;

/// <summary>A section of the form: it writes into the draft and says so.</summary>
public abstract class SettingsSection : DashboardComponent
{
    /// <summary>What stands in the fields.</summary>
    [Parameter, EditorRequired]
    public required SettingsDraft Draft { get; set; }

    /// <summary>Called after every change of the draft.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    /// <summary>What is wrong with a field: file and JSON path, such as <c>alerts.globalBudget</c>.</summary>
    protected string? ErrorOf(string field) => Draft.Errors.GetValueOrDefault(field);

    /// <summary>Writes into the draft.</summary>
    protected Task Set(Action change)
    {
        change();
        return Changed.InvokeAsync();
    }
}
