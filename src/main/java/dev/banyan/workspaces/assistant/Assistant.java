package dev.banyan.workspaces.assistant;

import dev.banyan.platform.AccountId;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.WorkspaceId;
import java.util.List;
import java.util.Optional;

/// What answers in the conversations of a workspace: fixed rules, or a language model.
public interface Assistant {

    /// What is to be answered.
    ///
    /// @param workspaceName as its users know it
    /// @param history what was said before, in order, as far back as is read; may be empty
    /// @param unanswered what was said since the last answer, in order; at least one message
    /// @param name of who asks, where it is known
    record Question(
            AccountId tenant,
            WorkspaceId workspace,
            String workspaceName,
            List<Message> history,
            List<Message> unanswered,
            Optional<String> name) {

        public Question(
                AccountId tenant,
                WorkspaceId workspace,
                String workspaceName,
                List<Message> history,
                List<Message> unanswered) {
            this(tenant, workspace, workspaceName, history, unanswered, Optional.empty());
        }
    }

    /// What came of it.
    sealed interface Answer {

        /// What was said, as a whole; its parts are what the listener heard, up to where it stopped.
        String text();

        record Said(String text) implements Answer {}

        /// A person is needed; the text says so.
        record HandedOver(String text) implements Answer {}

        /// No answer could be had; the text says why, for people.
        record Failed(String text) implements Answer {}
    }

    /// Gives the answer part by part while it is written, and returns when it is complete, or soon after it was
    /// stopped.
    Answer answer(Question question, Answering answering);
}
