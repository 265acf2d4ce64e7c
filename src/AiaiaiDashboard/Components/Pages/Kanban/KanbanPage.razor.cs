using AiaiaiDashboard.Components.Controls;
using AiaiaiDashboard.Components.State;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Projects.Board;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Formatting;
using AiaiaiDashboard.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace AiaiaiDashboard.Components.Pages.Kanban;

/// <summary>
/// The board. A move shows at once and is written behind; where that fails the card goes back, with the reason. The mouse and the finger are
/// js/board.js, which names a card's new neighbours; the keyboard's card in hand is here, so that it is announced and shown where it will be.
/// </summary>
public sealed partial class KanbanPage : IAsyncDisposable
{
    private const string MoveUp = "up";
    private const string MoveDown = "down";

    private readonly List<BoardMove> pending = [];
    private readonly Dictionary<string, int> first = [];
    private ElementReference board;
    private ElementReference menu;
    private IJSObjectReference? module;
    private IJSObjectReference? watch;
    private DotNetObjectReference<KanbanPage>? self;
    private IReadOnlyList<ProjectSummary> shown = [];
    private IReadOnlyList<Column> columns = [];
    private ProjectQuery query = new(null, null, null, null);
    private LiftedCard? lifted;
    private string announcement = "";

    /// <summary>What is changed.</summary>
    [Inject]
    public required IProjectCommands Commands { get; init; }

    /// <summary>Toasts.</summary>
    [Inject]
    public required ISnackbar Snackbar { get; init; }

    /// <summary>The browser.</summary>
    [Inject]
    public required IJSRuntime Js { get; init; }

    /// <summary>Text that is searched for.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    /// <summary>Client that is shown.</summary>
    [SupplyParameterFromQuery]
    public string? Client { get; set; }

    /// <summary>Language or framework that is shown.</summary>
    [SupplyParameterFromQuery]
    public string? Stack { get; set; }

    /// <summary>See <see cref="ProjectQuery.Show"/>.</summary>
    [SupplyParameterFromQuery]
    public string? Show { get; set; }

    /// <summary>The column that small screens show; active without.</summary>
    [SupplyParameterFromQuery(Name = "column")]
    public string? ColumnName { get; set; }

    private bool IsFilteredAway => !query.IsEmpty && shown.Count == 0 && Snapshot.Projects.Count > 0;

    private string Shown => lifted?.Status ?? (ProjectStatus.All.Contains(ColumnName) ? ColumnName! : ProjectStatus.Active);

    /// <summary>Called by the browser: a card was dropped. Returns once it is shown there, before it is written.</summary>
    [JSInvokable]
    public void Drop(string id, string status, string? after, string? before)
    {
        if (ProjectStatus.All.Contains(status) && Snapshot.Project(id) is not null)
        {
            _ = MoveAsync(new BoardMove(id, status, after, before));
        }
    }

    /// <summary>Called by the browser: a key of the board was pressed on a card. Returns the id of the card in hand, or null.</summary>
    [JSInvokable]
    public string? Key(string id, string key)
    {
        if (lifted is null)
        {
            if (key == "Space")
            {
                Lift(id);
            }
        }
        else if (key == "Space")
        {
            DropLifted();
        }
        else if (key == "Escape")
        {
            Announce($"Move cancelled. {NameOf(lifted.Id)} is back in {ProjectGroups.Title(lifted.HomeStatus)}, position {lifted.HomePosition + 1}.");
            lifted = null;
        }
        else
        {
            Carry(key);
        }

        Layout();
        StateHasChanged();
        return lifted?.Id;
    }

    /// <summary>Called by the browser: a line of the menu of a card was chosen. Returns once it is shown, before it is written.</summary>
    [JSInvokable]
    public void Choose(string id, string choice)
    {
        if (columns.FirstOrDefault(c => c.IndexOf(id) >= 0) is not { } home)
        {
            return;
        }

        string status = ProjectStatus.All.Contains(choice) ? choice : home.Status;
        List<ProjectSummary> others = [.. columns.First(c => c.Status == status).Cards.Where(p => p.Id != id)];
        int position = choice switch { MoveUp => home.IndexOf(id) - 1, MoveDown => home.IndexOf(id) + 1, _ => 0 };
        if (status == home.Status && (choice is not (MoveUp or MoveDown) || position < 0 || position > others.Count))
        {
            return;
        }

        Announce($"{NameOf(id)} moved to {ProjectGroups.Title(status)}, position {position + 1}.");
        _ = MoveAsync(new BoardMove(id, status, others.ElementAtOrDefault(position - 1)?.Id, others.ElementAtOrDefault(position)?.Id));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        self?.Dispose();
        try
        {
            if (watch is not null)
            {
                await watch.InvokeVoidAsync("dispose");
                await watch.DisposeAsync();
            }

            if (module is not null)
            {
                await module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The tab is gone, and with it everything that was to be released there.
        }
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => Read();

    /// <inheritdoc/>
    protected override void OnSnapshotChanged() => Read();

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            self = DotNetObjectReference.Create(this);
            module = await Js.InvokeAsync<IJSObjectReference>("import", "/" + Assets["js/board.js"]);
            watch = await module.InvokeAsync<IJSObjectReference>("watch", board, menu, self);
        }
    }

    private int? LimitOf(string status) => Snapshot.Board.WipLimits.TryGetValue(status, out int limit) ? limit : null;

    private int FirstOf(string status) => first.GetValueOrDefault(status, ShowMore.More);

    private string NameOf(string id) => Snapshot.Project(id)?.Name ?? id;

    private void Read()
    {
        query = new ProjectQuery(Text, Client, Stack, Show);
        shown = Project is { } one ? [one] : [.. Snapshot.Projects.Where(query.Matches)];
        if (lifted is not null && shown.All(p => p.Id != lifted.Id))
        {
            lifted = null;
        }

        Layout();
    }

    private void Layout()
    {
        columns = BoardView.Of(shown, pending, lifted);
        // What the keyboard carries stays in sight, and where it is put down.
        if (lifted is { } card && card.Position >= FirstOf(card.Status))
        {
            first[card.Status] = card.Position + 1;
        }

        // So does what was moved in any other way.
        foreach (BoardMove move in pending)
        {
            int position = columns.First(c => c.Status == move.Status).IndexOf(move.Id);
            first[move.Status] = Math.Max(FirstOf(move.Status), position + 1);
        }
    }

    private void Lift(string id)
    {
        if (columns.FirstOrDefault(c => c.IndexOf(id) >= 0) is { } home)
        {
            int position = home.IndexOf(id);
            lifted = new LiftedCard(id, home.Status, position, home.Status, position);
            Announce($"{NameOf(id)} lifted. {home.Title}, position {position + 1} of {home.Cards.Count}. Arrow keys move it, Space drops it, Escape cancels.");
        }
    }

    private void Carry(string key)
    {
        int column = ProjectStatus.All.ToList().IndexOf(lifted!.Status);
        int target = Math.Clamp(column + (key switch { "ArrowLeft" => -1, "ArrowRight" => 1, _ => 0 }), 0, columns.Count - 1);
        // The card in hand counts in its column already.
        int last = columns[target].Cards.Count - (target == column ? 1 : 0);
        int position = target != column && lifted.HomeStatus == columns[target].Status ? lifted.HomePosition
            : lifted.Position + (key switch { "ArrowUp" => -1, "ArrowDown" => 1, _ => 0 });
        lifted = lifted with { Status = columns[target].Status, Position = Math.Clamp(position, 0, last) };
        Announce($"Over {columns[target].Title}, position {lifted.Position + 1} of {last + 1}.");
    }

    private void DropLifted()
    {
        LiftedCard card = lifted!;
        Column column = columns.First(c => c.Status == card.Status);
        int position = column.IndexOf(card.Id);
        lifted = null;
        Announce($"{NameOf(card.Id)} dropped in {column.Title}, position {position + 1} of {column.Cards.Count}.");
        if (card.Status != card.HomeStatus || position != card.HomePosition)
        {
            _ = MoveAsync(new BoardMove(card.Id, card.Status, column.Cards.ElementAtOrDefault(position - 1)?.Id, column.Cards.ElementAtOrDefault(position + 1)?.Id));
        }
    }

    private async Task MoveAsync(BoardMove move)
    {
        string name = NameOf(move.Id);
        bool stays = Snapshot.Project(move.Id)?.Status == move.Status;
        pending.Add(move);
        Layout();
        StateHasChanged();
        BoardChange? change = null;
        string? failure = null;
        try
        {
            // First the browser shows it, then it is written.
            await Task.Yield();
            change = await Commands.MoveAsync(move);
        }
        catch (Exception exception) when (ProjectToasts.IsRefusal(exception))
        {
            failure = exception.Message;
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }

        pending.Remove(move);
        TakeNewest();
        Layout();
        if (failure is not null || change is null)
        {
            string reason = failure ?? "It is not on the board any more.";
            Announce($"{name} could not be moved and is back where it was. {reason}");
            ProjectToasts.Error(Snackbar, $"{name} could not be moved. {reason}");
        }
        else if (change.After.Count > 0)
        {
            string rule = move.Status == ProjectStatus.Completed && !stays ? " Its progress is 100% now." : "";
            ProjectToasts.Undoable(
                Snackbar,
                stays ? $"{name} moved in {ProjectGroups.Title(move.Status)}." : $"{name} moved to {ProjectGroups.Title(move.Status)}.{rule}",
                () => UndoAsync(name, change));
        }

        StateHasChanged();
    }

    private async Task<bool> UndoAsync(string name, BoardChange change)
    {
        bool done = await Commands.UndoAsync(change);
        await InvokeAsync(() =>
        {
            TakeNewest();
            Announce(done ? $"{name} is back where it was." : $"{name} was changed since.");
            StateHasChanged();
        });
        return done;
    }

    private Task SetLimitAsync((string Status, string Limit) typed)
    {
        int? limit = int.TryParse(typed.Limit, Format.Culture, out int value) ? value : null;
        if (typed.Limit.Trim().Length > 0 && limit is not (>= 1 and <= BoardConfigValidator.MaxLimit))
        {
            ProjectToasts.Error(Snackbar, $"A limit is a number from 1 to {BoardConfigValidator.MaxLimit}.");
            return Task.CompletedTask;
        }

        return ProjectToasts.RunAsync(Snackbar, async () =>
        {
            await Commands.SetColumnLimitAsync(typed.Status, limit);
            TakeNewest();
        });
    }

    // The same words twice are spoken once only: the space makes them differ.
    private void Announce(string text) => announcement = text == announcement ? text + "\u00A0" : text;
}
