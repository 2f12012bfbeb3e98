package dev.banyan.workspaces.inbox;

import static dev.banyan.schema.Tables.*;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.campaigns.TaggedContacts.Tagged;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.WorkspaceId;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// The tags of threads.
final class ThreadTagStore extends Store {

    private static final Field<String> USED = field(name("used", "tag"), String.class);

    ThreadTagStore(Tx tx) {
        super(tx);
    }

    /// Returns the tags of many threads in one query, each in alphabetical order.
    Map<ConversationId, List<String>> ofAll(
            AccountId tenant, WorkspaceId workspace, Collection<ConversationId> threads) {
        return threads.isEmpty()
                ? Map.of()
                : sql.select(THREAD_TAGS.CONVERSATION_ID, THREAD_TAGS.TAG)
                        .from(THREAD_TAGS)
                        .where(in(tenant, workspace), THREAD_TAGS.CONVERSATION_ID.in(threads))
                        .orderBy(THREAD_TAGS.TAG)
                        .fetchGroups(row -> row.value1(), row -> row.value2());
    }

    /// Returns the tags that a workspace uses, in alphabetical order. Skips from one to the next in the index, however
    /// often each is used.
    List<String> used(AccountId tenant, WorkspaceId workspace, int limit) {
        var next = name("used")
                .fields("tag")
                .as(select(min(THREAD_TAGS.TAG))
                        .from(THREAD_TAGS)
                        .where(in(tenant, workspace))
                        .unionAll(select(field(select(min(THREAD_TAGS.TAG))
                                        .from(THREAD_TAGS)
                                        .where(in(tenant, workspace), THREAD_TAGS.TAG.gt(USED))))
                                .from(table(name("used")))
                                .where(USED.isNotNull())));
        return sql.withRecursive(next)
                .select(USED)
                .from(next)
                .where(USED.isNotNull())
                .limit(limit)
                .fetch(USED);
    }

    void add(AccountId tenant, WorkspaceId workspace, ConversationId thread, String tag) {
        sql.insertInto(THREAD_TAGS)
                .set(THREAD_TAGS.CONVERSATION_ID, thread)
                .set(THREAD_TAGS.TAG, tag)
                .set(THREAD_TAGS.TENANT_ID, tenant)
                .set(THREAD_TAGS.SUB_CLIENT_ID, workspace)
                .onConflictDoNothing()
                .execute();
    }

    void remove(AccountId tenant, WorkspaceId workspace, ConversationId thread, String tag) {
        sql.deleteFrom(THREAD_TAGS)
                .where(in(tenant, workspace), THREAD_TAGS.CONVERSATION_ID.eq(thread), THREAD_TAGS.TAG.eq(tag))
                .execute();
    }

    /// Returns the contacts of threads with this tag, in the order of the index.
    ///
    /// @param workspace only of this one; empty: of all workspaces of the account
    List<Tagged> contacts(AccountId tenant, Optional<String> workspace, String tag, Optional<String> after, int limit) {
        String[] last = after.map(cursor -> cursor.split(" ", 2)).orElseGet(() -> new String[] {"", ""});
        return sql.select(THREAD_TAGS.SUB_CLIENT_ID, THREAD_TAGS.CONVERSATION_ID, CONTACTS.PHONE, CONTACTS.NAME)
                .from(THREAD_TAGS)
                .join(INBOX_THREADS)
                .on(INBOX_THREADS.CONVERSATION_ID.eq(THREAD_TAGS.CONVERSATION_ID))
                .join(CONTACTS)
                .on(CONTACTS.ID.eq(INBOX_THREADS.CONTACT_ID))
                .where(
                        THREAD_TAGS.TENANT_ID.eq(tenant),
                        workspace
                                .<Condition>map(THREAD_TAGS.SUB_CLIENT_ID.coerce(String.class)::eq)
                                .orElseGet(DSL::noCondition),
                        THREAD_TAGS.TAG.eq(tag),
                        last.length < 2
                                ? DSL.noCondition()
                                : row(
                                                THREAD_TAGS.SUB_CLIENT_ID.coerce(String.class),
                                                THREAD_TAGS.CONVERSATION_ID.coerce(String.class))
                                        .gt(last[0], last[1]))
                .orderBy(THREAD_TAGS.SUB_CLIENT_ID, THREAD_TAGS.CONVERSATION_ID)
                .limit(limit)
                .fetch(found -> new Tagged(
                        found.value3(),
                        found.value4().equals(found.value3().shown()) ? "" : found.value4(), // the number is no name
                        found.value1() + " " + found.value2()));
    }

    private static Condition in(AccountId tenant, WorkspaceId workspace) {
        return THREAD_TAGS.TENANT_ID.eq(tenant).and(THREAD_TAGS.SUB_CLIENT_ID.eq(workspace));
    }
}
