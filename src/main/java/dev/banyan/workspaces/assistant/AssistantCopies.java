package dev.banyan.workspaces.assistant;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.WorkspaceId;

/// Gives a workspace the assistant of another one: rules, texts and office hours. The key of a language model stays
/// where it is, because it is sealed for one workspace.
public final class AssistantCopies {

    private AssistantCopies() {}

    /// @param from a workspace of the same tenant
    public static void copy(Tx tx, AccountId tenant, WorkspaceId from, WorkspaceId to, Instant now) {
        var store = new AssistantStore(tx);
        AssistantSettings settings = store.find(tenant, from).orElse(BuiltInRules.SETTINGS);
        Optional<AssistantSettings> before = store.find(tenant, to);
        AssistantSettings copied =
                settings.withModel(settings.model().withKey(before.flatMap(old -> keptKey(settings, old))));
        if (!copied.equals(before.orElse(BuiltInRules.SETTINGS))) {
            store.save(tenant, to, copied, now);
        }
    }

    /// A key belongs to one origin, so the workspace's own key stays only if the model is called there.
    private static Optional<AssistantSettings.Key> keptKey(AssistantSettings settings, AssistantSettings old) {
        return settings.model()
                        .endpoint()
                        .map(AssistantSettings.Model::origin)
                        .equals(old.model().endpoint().map(AssistantSettings.Model::origin))
                ? old.model().key()
                : Optional.empty();
    }
}
