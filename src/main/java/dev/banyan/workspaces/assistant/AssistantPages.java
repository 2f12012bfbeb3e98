package dev.banyan.workspaces.assistant;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.assistant.Assistant.Answer;
import dev.banyan.workspaces.assistant.AssistantTrials.TrialResult;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Handles the form of the two assistant pages: the project's, and that of the workspace's own admins.
@Singleton
final class AssistantPages {

    /// The caller, the assistant, and the form's target.
    record Desk(WorkspaceActor actor, ProjectId project, WorkspaceId workspace, String action, String as) {}

    /// What to show.
    sealed interface ViewState {

        /// @param ok false if a rule is broken
        record Editor(AssistantEditor editor, boolean ok) implements ViewState {}

        record Saved() implements ViewState {}

        record NotFound() implements ViewState {}

        record Forbidden() implements ViewState {}
    }

    private final Assistants assistants;
    private final AssistantTrials trials;

    AssistantPages(Assistants assistants, AssistantTrials trials) {
        this.assistants = assistants;
        this.trials = trials;
    }

    ViewState show(Desk desk) {
        return switch (assistants.read(desk.actor(), desk.project(), desk.workspace())) {
            case Assistants.ViewResult.Done seen ->
                new ViewState.Editor(
                        editor(
                                desk,
                                seen,
                                AssistantDraft.of(seen.settings()),
                                FieldErrors.NONE,
                                "",
                                false,
                                Optional.empty()),
                        true);
            case Assistants.ViewResult.NotFound _ -> new ViewState.NotFound();
            case Assistants.ViewResult.Forbidden _ -> new ViewState.Forbidden();
        };
    }

    ViewState post(Desk desk, AssistantForm form) {
        if (form.isEdit()) {
            return again(desk, form, form.edited(), FieldErrors.NONE, Optional.empty());
        }
        return form.isTrial() ? attempt(desk, form) : save(desk, form);
    }

    private ViewState save(Desk desk, AssistantForm form) {
        AssistantDraft draft = form.draft();
        return switch (assistants.save(desk.actor(), desk.project(), desk.workspace(), draft)) {
            case Assistants.Changed.Done _ -> new ViewState.Saved();
            case Assistants.Changed.NotFound _ -> new ViewState.NotFound();
            case Assistants.Changed.Forbidden _ -> new ViewState.Forbidden();
            case Assistants.Changed.Rejected rejected ->
                again(desk, form, draft, FieldErrors.from(rejected.invalid()), Optional.empty());
        };
    }

    private ViewState attempt(Desk desk, AssistantForm form) {
        AssistantDraft draft = form.draft();
        return switch (trials.answer(desk.actor(), desk.project(), desk.workspace(), draft, form.message)) {
            case TrialResult.Done done ->
                again(desk, form, draft, FieldErrors.NONE, Optional.of(tried(form.message, done)));
            case TrialResult.NotFound _ -> new ViewState.NotFound();
            case TrialResult.Forbidden _ -> new ViewState.Forbidden();
            case TrialResult.Rejected rejected ->
                again(desk, form, draft, FieldErrors.from(rejected.invalid()), Optional.empty());
            case TrialResult.TooMany _ ->
                again(
                        desk,
                        form,
                        draft,
                        new FieldErrors(Map.of("message", "Too many tries. Wait a minute and try again.")),
                        Optional.empty());
        };
    }

    private ViewState again(
            Desk desk,
            AssistantForm form,
            AssistantDraft draft,
            FieldErrors errors,
            Optional<AssistantEditor.TrialResult> tried) {
        return switch (assistants.read(desk.actor(), desk.project(), desk.workspace())) {
            case Assistants.ViewResult.Done seen ->
                new ViewState.Editor(
                        editor(desk, seen, draft, errors, form.message, form.isTrial(), tried), !errors.any());
            case Assistants.ViewResult.NotFound _ -> new ViewState.NotFound();
            case Assistants.ViewResult.Forbidden _ -> new ViewState.Forbidden();
        };
    }

    private static AssistantEditor editor(
            Desk desk,
            Assistants.ViewResult.Done seen,
            AssistantDraft draft,
            FieldErrors errors,
            String said,
            boolean trying,
            Optional<AssistantEditor.TrialResult> tried) {
        return new AssistantEditor(
                desk.action(),
                desk.as(),
                draft,
                errors,
                seen.changed(),
                seen.settings().model().key(),
                seen.usage(),
                said,
                trying,
                tried);
    }

    private static AssistantEditor.TrialResult tried(String said, TrialResult.Done done) {
        String outcome = switch (done.answer()) {
            case Answer.Said _ -> "said";
            case Answer.HandedOver _ -> "handed";
            case Answer.Failed _ -> "failed";
        };
        return new AssistantEditor.TrialResult(said, outcome, done.answer().text(), words(done.why()));
    }

    /// Explains an answer in sentences.
    static List<String> words(List<AnswerReason> why) {
        return why.stream()
                .map(reason -> switch (reason) {
                    case AnswerReason.HandedOver handed ->
                        "“" + handed.phrase() + "” is among the hand-over words: a person is asked for.";
                    case AnswerReason.ByRule rule -> "Rule " + rule.number() + " fits: “" + rule.phrase() + "”.";
                    case AnswerReason.Greeted _ -> "The greeting comes first, since the conversation begins.";
                    case AnswerReason.FellBack _ -> "No rule fits, so the fallback is said.";
                    case AnswerReason.Closed _ -> "It is outside the office hours: that is said once a day.";
                    case AnswerReason.ByModel _ -> "The language model answered.";
                })
                .toList();
    }
}
