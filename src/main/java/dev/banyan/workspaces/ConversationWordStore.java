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

/// The words by which conversations are found ([SearchWords]): those of titles, messages and contacts. A search reads
/// an index, however many conversations there are.
public final class ConversationWordStore {

    /// Of one text. A message holds hardly more.
    private static final int MOST = 200;
    /// So many matches are sorted; where there are more, the list is walked in its own order and soon full.
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
        // In one order for everybody: two who write the same words do not wait for each other in a circle.
        for (String word : words.stream().sorted().toList()) {
            insert = insert.values(workspace.value(), word, id.toString(), tenant);
        }
        insert.onConflictDoNothing().execute();
    }

    /// A condition: every word that was typed begins one of the conversation's.
    ///
    /// @param conversation the column that holds the id of the conversation
    /// @param search as somebody typed it; blank finds all
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

    /// Words hold letters and digits alone, so nothing in them is a wildcard. SQLite uses its index for a range and not
    /// for LIKE; PostgreSQL orders by the rules of a language, in which such a range may be empty.
    private Condition begins(String word) {
        return sql.dialect().family() == SQLDialect.SQLITE
                ? CONVERSATION_WORDS.WORD.ge(word).and(CONVERSATION_WORDS.WORD.lt(word + AFTER_ALL_WORDS))
                : CONVERSATION_WORDS.WORD.like(word + "%");
    }
}
