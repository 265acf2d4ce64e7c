using MudBlazor;
using ValidationException = FluentValidation.ValidationException;

namespace AiaiaiDashboard.Components.Controls;

/// <summary>The toasts of commands about projects. Texts go in as content, which is encoded: names come from folders.</summary>
public static class ProjectToasts
{
    private const int UndoTime = 10_000;

    /// <summary>Whether an exception is the store's refusal, whose message says why: nothing was changed then.</summary>
    public static bool IsRefusal(Exception exception) =>
        exception is InvalidDataException or IOException or UnauthorizedAccessException or ValidationException;

    /// <summary>Runs a command; a refusal becomes a toast that stays.</summary>
    public static async Task RunAsync(ISnackbar snackbar, Func<Task> command)
    {
        try
        {
            await command();
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            Error(snackbar, $"Nothing was changed. {exception.Message}");
        }
    }

    /// <summary>Something happened.</summary>
    public static void Say(ISnackbar snackbar, string text) => Add(snackbar, text, Severity.Normal, _ => { });

    /// <summary>Something failed: stays until it is closed.</summary>
    public static void Error(ISnackbar snackbar, string text) => Add(snackbar, text, Severity.Error, options => options.RequireInteraction = true);

    /// <summary>Something happened that can be taken back for ten seconds.</summary>
    /// <param name="snackbar">Toasts.</param>
    /// <param name="text">What happened.</param>
    /// <param name="undo">Takes it back; false where it was changed since.</param>
    public static void Undoable(ISnackbar snackbar, string text, Func<Task<bool>> undo) => Add(snackbar, text, Severity.Normal, options =>
    {
        options.VisibleStateDuration = UndoTime;
        options.Action = "Undo";
        options.OnClick = _ => RunAsync(snackbar, async () =>
        {
            if (!await undo())
            {
                Say(snackbar, "It was changed since. Nothing was undone.");
            }
        });
    });

    private static void Add(ISnackbar snackbar, string text, Severity severity, Action<SnackbarOptions> configure) => snackbar.Add(
        builder => builder.AddContent(0, text),
        severity,
        options =>
        {
            options.HideIcon = true;
            configure(options);
        });
}
