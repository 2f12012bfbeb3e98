package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.campaigns.TaggedContacts;
import jakarta.inject.Singleton;

/// Gives campaigns the contacts whose threads have a tag.
@Singleton
record InboxTaggedContacts(Database database) implements TaggedContacts {

    @Override
    public List<Tagged> tagged(
            AccountId tenant, Optional<String> workspace, String tag, Optional<String> after, int limit) {
        return Inbox.tagOf(tag)
                .map(name -> database.read(
                        tenant, tx -> new ThreadTagStore(tx).contacts(tenant, workspace, name, after, limit)))
                .orElse(List.of());
    }
}
