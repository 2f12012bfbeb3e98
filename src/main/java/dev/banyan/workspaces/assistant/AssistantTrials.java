package dev.banyan.workspaces.assistant;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.MessageText;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.assistant.Assistant.Answer;
import dev.banyan.workspaces.assistant.Assistant.Question;
import jakarta.inject.Singleton;

/// Previews an answer with unsaved settings, as if a conversation began with the typed text. Stores nothing but the
/// language model's usage.
@Singleton
record AssistantTrials(Assistants assistants, ChosenAssistant assistant, RateLimits limits, Uuids uuids, Clock clock) {

    /// An answer, and what led to it.
    record Tried(Answer answer, List<AnswerReason> why) {

        List<String> sentences() {
            return why.stream().map(AnswerReason::sentence).toList();
        }
    }

    Outcome<Tried> answer(WorkspaceActor actor, ProjectId project, WorkspaceId id, AssistantDraft draft, String said) {
        return assistants.ready(actor, project, id, draft).then(ready -> switch (MessageText.check(said)) {
            case MessageText.Checked.Bad bad -> Outcome.rejected(bad.invalid());
            case MessageText.Checked.Good good -> answer(actor, ready, good.text());
        });
    }

    private Outcome<Tried> answer(WorkspaceActor actor, Assistants.Ready ready, String said) {
        Optional<Duration> wait = limits.take(
                RateLimit.ASSISTANT_TRIES_BY_WORKSPACE, ready.workspace().id().value());
        if (wait.isPresent()) {
            return Outcome.refused(new Refusal.TooMany(wait.get()));
        }
        Workspace workspace = ready.workspace();
        var message = Message.of(uuids.next(), 1, Author.USER, said, Optional.empty(), clock.instant());
        var question = new Question(
                workspace.owner().tenant(),
                workspace.id(),
                workspace.name(),
                List.of(),
                List.of(message),
                Optional.of(nameOf(actor)));
        var why = new ArrayList<AnswerReason>();
        Answer answer = assistant.answer(ready.settings(), question, new Answering(_ -> {}), why::add);
        return Outcome.done(new Tried(answer, List.copyOf(why)));
    }

    private static String nameOf(WorkspaceActor actor) {
        return switch (actor) {
            case WorkspaceActor.ProjectSide side -> side.context().root().displayName();
            case WorkspaceActor.Member member -> member.user().username();
        };
    }
}
