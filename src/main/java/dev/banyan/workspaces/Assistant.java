package dev.banyan.workspaces;

import java.util.List;
import java.util.function.Consumer;

/// What answers the users of a workspace. [RulesAssistant] is one; one that asks a language model follows.
interface Assistant {

    /// What is to be answered.
    ///
    /// @param workspaceName as its users know it
    /// @param unanswered what the user said since the last answer, in order; at least one message
    record Question(String workspaceName, List<Message> unanswered) {}

    /// Gives the answer part by part while it is written, and returns when it is complete.
    void answer(Question question, Consumer<String> part);
}
