package dev.banyan.workspaces.assistant;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;

/// Answers in the conversations of a workspace: by fixed rules or a language model.
public interface Assistant {

    /// Returns how the first answer of a conversation begins: people should know that no person writes it.
    static String introduction(Workspace workspace) {
        return workspace.brand().language().say("This is the automated assistant of %s.", workspace.name()) + "\n\n";
    }

    /// The input for an answer.
    ///
    /// @param workspaceName as its users know it
    /// @param history earlier messages in order, as far back as is read; may be empty
    /// @param unanswered messages since the last answer in order; at least one
    /// @param name of the person asking, if known
    record Question(
            AccountId tenant,
            WorkspaceId workspace,
            String workspaceName,
            List<Message> history,
            List<Message> unanswered,
            Optional<String> name) {}

    /// Result of answering.
    sealed interface Answer {

        /// The whole text; the listener has received its parts up to where it stopped.
        String text();

        record Said(String text) implements Answer {}

        /// A person is needed; the text says so.
        record HandedOver(String text) implements Answer {}

        /// No answer was possible; the text says why, for people.
        record Failed(String text) implements Answer {}
    }

    /// Passes on the answer in parts while it is written; returns when it is complete, or soon after it was stopped.
    Answer answer(Question question, Answering answering);
}
