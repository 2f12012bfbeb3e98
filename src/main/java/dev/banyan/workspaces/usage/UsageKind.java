package dev.banyan.workspaces.usage;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.banyan.platform.Keyed;

/// What is counted for a workspace, and can be limited per month. A limit never costs a customer’s message: what
/// people from outside begin only leads to a warning; what the workspace begins is refused.
public enum UsageKind implements Keyed {
    /// Written by contacts, and by users to the assistant.
    MESSAGES_IN("messagesIn", "Messages received", false),
    /// Written by agents, programs and the assistant.
    MESSAGES_OUT("messagesOut", "Messages sent", true),
    /// Read and written by language models.
    TOKENS("tokens", "Language model tokens", true),
    ACTIVE_USERS("activeUsers", "Active users", false),
    /// The size of all files now; not a sum over the month.
    STORAGE("storageBytes", "Files", true);

    private final String key;
    public final String label;
    /// True if more is refused at the limit.
    public final boolean refuses;

    UsageKind(String key, String label, boolean refuses) {
        this.key = key;
        this.label = label;
        this.refuses = refuses;
    }

    @JsonValue
    @Override
    public String key() {
        return key;
    }
}
