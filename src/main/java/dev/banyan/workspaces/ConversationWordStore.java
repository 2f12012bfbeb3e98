package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.CONVERSATION_WORDS;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.SearchWords;
import dev.banyan.platform.db.Tx;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/// The search index of conversations ([SearchWords]): words of titles, messages and contacts. A search reads an index,
/// however many conversations there are.
public final class ConversationWordStore {

    /// Most words of one text. A message rarely has more.
    private static final int MOST = 200;
    /// Most matches that are sorted. If there are more, the list is walked in its own order, which fills a page
    /// quickly.
    private static final int SORTED_AT_MOST = 500;

    private static final String AFTER_ALL_WORDS = Character.toString(Character.MAX_CODE_POINT);

    private final DSLContext sql;

    public ConversationWordStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// Adds the words of a text to those of a conversation.
    public void add(AccountId tenant, WorkspaceId workspace, ConversationId id, String text) {
        Set<String> words = SearchWords.of(text, MOST);
        if (words.isEmpty()) {
            return;
        }
        var insert = sql.insertInto(
                CONVERSATION_WORDS,
                CONVERSATION_WORDS.SUB_CLIENT_ID,
                CONVERSATION_WORDS.WORD,
                CONVERSATION_WORDS.CONVERSATION_ID,
                CONVERSATION_WORDS.TENANT_ID);
        // Always in the same order, so that two writers of the same words can't deadlock.
        for (String word : words.stream().sorted().toList()) {
            insert = insert.values(workspace.value(), word, id.toString(), tenant);
        }
        insert.onConflictDoNothing().execute();
    }

    /// A condition: every typed word is the beginning of one of the conversation's words.
    ///
    /// @param conversation the column with the conversation's id
    /// @param search as typed; blank finds all
    public Condition matching(AccountId tenant, WorkspaceId workspace, Field<String> conversation, String search) {
        if (search.isBlank()) {
            return DSL.noCondition();
        }
        List<String> typed = SearchWords.typed(search).stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        if (typed.isEmpty()) {
            return DSL.falseCondition();
        }
        Condition all = typed.stream()
                .map(word -> has(tenant, workspace, conversation, word))
                .reduce(DSL.noCondition(), Condition::and);
        List<String> found = sql.selectDistinct(CONVERSATION_WORDS.CONVERSATION_ID)
                .from(CONVERSATION_WORDS)
                .where(in(tenant, workspace), begins(typed.getFirst()))
                .limit(SORTED_AT_MOST + 1)
                .fetch(CONVERSATION_WORDS.CONVERSATION_ID);
        return found.size() > SORTED_AT_MOST ? all : conversation.in(found).and(all);
    }

    private Condition has(AccountId tenant, WorkspaceId workspace, Field<String> conversation, String word) {
        return DSL.exists(DSL.selectOne()
                .from(CONVERSATION_WORDS)
                .where(in(tenant, workspace), CONVERSATION_WORDS.CONVERSATION_ID.eq(conversation), begins(word)));
    }

    private static Condition in(AccountId tenant, WorkspaceId workspace) {
        return CONVERSATION_WORDS.TENANT_ID.eq(tenant).and(CONVERSATION_WORDS.SUB_CLIENT_ID.eq(workspace.value()));
    }

    /// Words are letters and digits only, so they contain no wildcards. SQLite uses its index for a range but not for
    /// LIKE; PostgreSQL sorts by the rules of a language, where such a range may be empty.
    private Condition begins(String word) {
        return sql.dialect().family() == SQLDialect.SQLITE
                ? CONVERSATION_WORDS.WORD.ge(word).and(CONVERSATION_WORDS.WORD.lt(word + AFTER_ALL_WORDS))
                : CONVERSATION_WORDS.WORD.like(word + "%");
    }
}
