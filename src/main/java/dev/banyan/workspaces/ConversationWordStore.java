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

/// The search index of conversations: words of titles, messages and contacts.
public final class ConversationWordStore extends Store {

    /// Most words of one text. A message rarely has more.
    private static final int MOST = 200;

    private final WordIndex<ConversationId> index;

    public ConversationWordStore(Tx tx) {
        super(tx);
        this.index =
                new WordIndex<>(tx, CONVERSATION_WORDS, CONVERSATION_WORDS.WORD, CONVERSATION_WORDS.CONVERSATION_ID);
    }

    /// Adds the words of a text to those of a conversation.
    public void add(AccountId tenant, WorkspaceId workspace, ConversationId id, String text) {
        add(tenant, workspace, id, List.of(text));
    }

    /// Adds a contact’s name and number to the words of the conversation with them, the number so that its end is
    /// found, too.
    public void addContact(
            AccountId tenant, WorkspaceId workspace, ConversationId id, String name, ContactAddress address) {
        var words = new LinkedHashSet<>(SearchWords.of(name + " " + address.dialled(), MOST));
        words.addAll(SearchWords.endings(address.dialled()));
        index.add(words, row(tenant, workspace, id));
    }

    /// Adds the words of some texts to those of a conversation: each word once, however often it occurs.
    public void add(AccountId tenant, WorkspaceId workspace, ConversationId id, List<String> texts) {
        var words = new LinkedHashSet<String>();
        texts.forEach(text -> words.addAll(SearchWords.of(text, MOST)));
        index.add(words, row(tenant, workspace, id));
    }

    /// Adds the words with signs of some titles ([WordIndex#addSigned]).
    @AllTenants("a job indexes the texts of all tenants")
    public Optional<String> addSignedOfTitles(String after) {
        return index.addSigned(
                sql.selectFrom(CONVERSATIONS).where(DSL.noCondition()),
                CONVERSATIONS.ID,
                row -> SearchWords.of(row.get(CONVERSATIONS.TITLE), MOST),
                row -> row(
                        row.get(CONVERSATIONS.TENANT_ID),
                        row.get(CONVERSATIONS.SUB_CLIENT_ID),
                        row.get(CONVERSATIONS.ID)),
                after);
    }

    /// Adds the words with signs of some contacts’ names ([WordIndex#addSigned]).
    @AllTenants("a job indexes the texts of all tenants")
    public Optional<String> addSignedOfContacts(String after) {
        return index.addSigned(
                sql.select(
                                INBOX_THREADS.TENANT_ID,
                                INBOX_THREADS.SUB_CLIENT_ID,
                                INBOX_THREADS.CONVERSATION_ID,
                                CONTACTS.NAME)
                        .from(INBOX_THREADS)
                        .join(CONTACTS)
                        .onKey()
                        .where(DSL.noCondition()),
                INBOX_THREADS.CONVERSATION_ID,
                row -> SearchWords.of(row.get(CONTACTS.NAME), MOST),
                row -> row(
                        row.get(INBOX_THREADS.TENANT_ID),
                        row.get(INBOX_THREADS.SUB_CLIENT_ID),
                        row.get(INBOX_THREADS.CONVERSATION_ID)),
                after);
    }

    /// Adds the words with signs of some messages ([WordIndex#addSigned]).
    @AllTenants("a job indexes the texts of all tenants")
    public Optional<String> addSignedOfMessages(String after) {
        return index.addSigned(
                sql.selectFrom(MESSAGES).where(DSL.noCondition()),
                MESSAGES.ID,
                row -> SearchWords.of(row.get(MESSAGES.BODY), MOST),
                row -> row(
                        row.get(MESSAGES.TENANT_ID),
                        row.get(MESSAGES.SUB_CLIENT_ID),
                        row.get(MESSAGES.CONVERSATION_ID)),
                after);
    }

    private static Map<Field<?>, Object> row(AccountId tenant, WorkspaceId workspace, ConversationId id) {
        return Map.of(
                CONVERSATION_WORDS.SUB_CLIENT_ID, workspace,
                CONVERSATION_WORDS.CONVERSATION_ID, id,
                CONVERSATION_WORDS.TENANT_ID, tenant);
    }

    /// Returns a condition on conversations ([WordIndex#matching]).
    ///
    /// @param conversation the column with the conversation's id
    public Condition matching(
            AccountId tenant, WorkspaceId workspace, Field<ConversationId> conversation, String search) {
        return index.matching(
                CONVERSATION_WORDS.TENANT_ID.eq(tenant).and(CONVERSATION_WORDS.SUB_CLIENT_ID.eq(workspace)),
                CONVERSATION_WORDS.CONVERSATION_ID.eq(conversation),
                conversation,
                search);
    }
}
