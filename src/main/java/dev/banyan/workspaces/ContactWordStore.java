package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.search.SearchWords;
import dev.banyan.platform.search.WordIndex;
import dev.banyan.whatsapp.ContactAddress;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// The words by which the contacts of all workspaces of a tenant are found: of their names, and their numbers.
public final class ContactWordStore extends Store {

    private static final int CANDIDATES = 500;

    /// A contact that was found, and where.
    ///
    /// @param account whose project the workspace belongs to
    public record Found(
            AccountId account,
            ProjectId project,
            WorkspaceId workspace,
            String workspaceName,
            UUID id,
            String name,
            ContactAddress address) {}

    private final WordIndex<UUID> index;

    public ContactWordStore(Tx tx) {
        super(tx);
        this.index = new WordIndex<>(tx, CONTACT_WORDS, CONTACT_WORDS.WORD, CONTACT_WORDS.CONTACT_ID);
    }

    /// Adds the words of a new contact.
    public void add(AccountId tenant, WorkspaceId workspace, UUID id, String name, ContactAddress address) {
        index.add(words(name, address), row(tenant, workspace, id));
    }

    /// Rewrites the words of a contact that exists.
    public void refresh(AccountId tenant, WorkspaceId workspace, UUID id, String name, ContactAddress address) {
        index.replace(
                CONTACT_WORDS
                        .TENANT_ID
                        .eq(tenant)
                        .and(CONTACT_WORDS.SUB_CLIENT_ID.eq(workspace))
                        .and(CONTACT_WORDS.CONTACT_ID.eq(id)),
                words(name, address),
                row(tenant, workspace, id));
    }

    private static Map<Field<?>, Object> row(AccountId tenant, WorkspaceId workspace, UUID id) {
        return Map.of(
                CONTACT_WORDS.TENANT_ID, tenant,
                CONTACT_WORDS.SUB_CLIENT_ID, workspace,
                CONTACT_WORDS.CONTACT_ID, id);
    }

    /// Adds the words with signs of some contacts ([WordIndex#addSigned]).
    @AllTenants("a job indexes the texts of all tenants")
    public Optional<String> addSigned(String after) {
        return index.addSigned(
                sql.selectFrom(CONTACTS).where(DSL.noCondition()),
                CONTACTS.ID,
                row -> words(row.get(CONTACTS.NAME), row.get(CONTACTS.PHONE)),
                row -> row(row.get(CONTACTS.TENANT_ID), row.get(CONTACTS.SUB_CLIENT_ID), row.get(CONTACTS.ID)),
                after);
    }

    /// Returns what a search finds, the best first.
    ///
    /// @param among limits it to the projects of these accounts, if present
    public List<Found> search(
            AccountId tenant, Optional<? extends Collection<AccountId>> among, String search, int limit) {
        // Of the accounts left out there may be more, so all candidates are looked at.
        WordIndex.Candidates<UUID> found =
                index.candidates(CONTACT_WORDS.TENANT_ID.eq(tenant), search, among.isEmpty() ? limit : CANDIDATES);
        return found.best(
                sql.select(
                                PROJECTS.ACCOUNT_ID,
                                PROJECTS.ID,
                                SUB_CLIENTS.ID,
                                SUB_CLIENTS.NAME,
                                CONTACTS.ID,
                                CONTACTS.NAME,
                                CONTACTS.PHONE)
                        .from(CONTACTS)
                        .join(SUB_CLIENTS)
                        .on(SUB_CLIENTS.TENANT_ID.eq(CONTACTS.TENANT_ID), SUB_CLIENTS.ID.eq(CONTACTS.SUB_CLIENT_ID))
                        .join(PROJECTS)
                        .on(PROJECTS.TENANT_ID.eq(SUB_CLIENTS.TENANT_ID), PROJECTS.ID.eq(SUB_CLIENTS.PROJECT_ID))
                        .where(
                                CONTACTS.TENANT_ID.eq(tenant),
                                SUB_CLIENTS.DELETED_AT.isNull(),
                                CONTACTS.ID.in(found.ids()),
                                among.<Condition>map(PROJECTS.ACCOUNT_ID::in).orElse(DSL.noCondition()))
                        .fetch(row -> new Found(
                                row.value1(),
                                row.value2(),
                                row.value3(),
                                row.value4(),
                                row.value5(),
                                row.value6(),
                                row.value7())),
                Found::id,
                contact -> words(contact.name(), contact.address()),
                limit);
    }

    private static Set<String> words(String name, ContactAddress address) {
        Set<String> words = SearchWords.of(name, List.of(address.key(), address.dialled()));
        words.addAll(SearchWords.endings(address.dialled()));
        return words;
    }
}
