using FluentValidation;

namespace AiaiaiDashboard.Core.Alerts;

/// <summary>What alert-state.json must hold for its transitions to be sound; a document that breaks it is rebuilt from the journal.</summary>
internal sealed class AlertStateValidator : AbstractValidator<AlertState>
{
    public AlertStateValidator()
    {
        // JSON may hold null wherever it likes.
        RuleFor(s => s.FiredAlerts).Must(list => list.All(k => k is not null)).WithMessage("null is not allowed here.");
        RuleFor(s => s.Conditions)
            .Must(list => list.All(c => c is { Period: not null, Alert: { Key: not null, Type: not null, Level: not null, Message: not null } }))
            .WithMessage("a condition needs period and alert.");
        RuleFor(s => s.Conditions)
            .Must(list => list.Where(c => c?.Alert is not null).Select(c => c.Key).Distinct(StringComparer.Ordinal).Count() == list.Count)
            .WithMessage("a key is there twice.");
        RuleForEach(s => s.Acknowledgements).Must(IsMark).WithMessage("a mark needs key and month.");
        RuleForEach(s => s.Snoozes).Must(IsMark).WithMessage("a mark needs key and month.");
        RuleForEach(s => s.Dismissals).Must(IsMark).WithMessage("a mark needs key and month.");
        RuleForEach(s => s.Notified).Must(n => n is { Channel: not null, Key: not null, Period: not null }).WithMessage("a notice needs channel, key and period.");
        RuleForEach(s => s.Log).Must(e => e is { Kind: not null, Key: not null, Period: not null }).WithMessage("an event needs kind, key and period.");
    }

    private static bool IsMark(AlertMark mark) => mark is { Key: not null, Month: not null };
}
