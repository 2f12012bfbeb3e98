package dev.banyan.workspaces;

import dev.banyan.platform.web.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Says what deleting a conversation means, and asks. */
@CheckedTemplate(basePath = "workspaces")
record DeleteConversationPage(WorkspaceDoor door, String conversation, String title, long messages)
        implements TemplateInstance {
    public String messagesText() {
        return Words.count(messages, "message", "messages");
    }
}
