package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.accounts.search.SearchHit;
import dev.banyan.accounts.search.SearchKind;
import dev.banyan.accounts.search.SearchScope;
import dev.banyan.accounts.search.SearchSource;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.search.Reindexed;
import dev.banyan.workspaces.ContactWordStore;
import dev.banyan.workspaces.ConversationWordStore;
import dev.banyan.workspaces.WorkspacePaths;
import jakarta.inject.Singleton;

/// Finds the contacts of all workspaces by their names and numbers. Leads to the workspace, whose inbox has the
/// conversation.
@Singleton
final class ContactSearch implements SearchSource, Reindexed {

    @Override
    public Map<String, Texts> texts() {
        return Map.of(
                "contacts", (tx, after) -> new ContactWordStore(tx).addSigned(after),
                "conversations", (tx, after) -> new ConversationWordStore(tx).addSignedOfTitles(after),
                "threads", (tx, after) -> new ConversationWordStore(tx).addSignedOfContacts(after),
                "messages", (tx, after) -> new ConversationWordStore(tx).addSignedOfMessages(after));
    }

    @Override
    public List<SearchHit> find(Tx tx, SearchScope scope, String text, int limit) {
        return scope.permits("contacts:read")
                ? new ContactWordStore(tx)
                        .search(scope.tenant(), scope.listed(), text, limit).stream()
                                .map(contact -> new SearchHit(
                                        SearchKind.CONTACT,
                                        contact.account(),
                                        contact.name(),
                                        contact.address().shown() + " in " + contact.workspaceName(),
                                        WorkspacePaths.workspace(contact.project(), contact.workspace())))
                                .toList()
                : List.of();
    }
}
