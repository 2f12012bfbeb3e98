package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.SUB_CLIENTS;
import static dev.banyan.schema.Tables.WORKSPACE_WORDS;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.SearchWords;
import dev.banyan.platform.db.Tx;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/// The search index of a project's workspaces ([SearchWords]): a search reads an index, however many workspaces there
/// are.
public final class WorkspaceWordStore {

    private static final int MOST_WORDS = 60;

    /// Most matches that are sorted. If there are more, the list is walked in its own order, which fills a page
    /// quickly.
    private static final int SORTED_AT_MOST = 500;

    private static final String AFTER_ALL_WORDS = Character.toString(Character.MAX_CODE_POINT);
    private static final String BEFORE_AN_ADDRESS = "/s/";

    private final DSLContext sql;

    public WorkspaceWordStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// Adds a new workspace to the index.
    public void insert(AccountId tenant, Workspace workspace) {
        String text = String.join(
                " ",
                workspace.name(),
                workspace.pathname(),
                workspace.shortId(),
                workspace.description().orElse(""));
        var insert = sql.insertInto(
                WORKSPACE_WORDS,
                WORKSPACE_WORDS.PROJECT_ID,
                WORKSPACE_WORDS.WORD,
                WORKSPACE_WORDS.SUB_CLIENT_ID,
                WORKSPACE_WORDS.TENANT_ID);
        for (String word : SearchWords.of(text, MOST_WORDS)) {
            insert = insert.values(
                    workspace.project().toString(), word, workspace.id().value(), tenant);
        }
        insert.execute();
    }

    /// Reindexes a workspace in its current state.
    public void refresh(AccountId tenant, Workspace workspace) {
        delete(tenant, workspace.id());
        insert(tenant, workspace);
    }

    private void delete(AccountId tenant, WorkspaceId id) {
        sql.deleteFrom(WORKSPACE_WORDS)
                .where(WORKSPACE_WORDS.TENANT_ID.eq(tenant), WORKSPACE_WORDS.SUB_CLIENT_ID.eq(id.value()))
                .execute();
    }

    /// A condition on a project's workspaces: every typed word is the beginning of one of theirs.
    ///
    /// @param search as typed, or an address; blank finds all
    Condition matching(AccountId tenant, ProjectId project, String search) {
        if (search.isBlank()) {
            return DSL.noCondition();
        }
        int address = search.toLowerCase(Locale.ROOT).lastIndexOf(BEFORE_AN_ADDRESS);
        String wanted = address < 0 ? search : search.substring(address + BEFORE_AN_ADDRESS.length());
        List<String> typed = SearchWords.typed(wanted).stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        if (typed.isEmpty()) {
            return DSL.falseCondition();
        }
        Condition all = typed.stream().map(word -> has(project, word)).reduce(DSL.noCondition(), Condition::and);
        // The first rare word narrows the search to all candidates.
        for (String word : typed) {
            if (!manyBeginWith(tenant, project, word)) {
                return SUB_CLIENTS.ID.in(beginningWith(tenant, project, word)).and(all);
            }
        }
        return all;
    }

    /// Checks a single row just past the sorting limit: fetching all matches would cost more than the search itself.
    private boolean manyBeginWith(AccountId tenant, ProjectId project, String word) {
        return sql.fetchExists(sql.selectOne()
                .from(WORKSPACE_WORDS)
                .where(
                        WORKSPACE_WORDS.PROJECT_ID.eq(project.toString()),
                        WORKSPACE_WORDS.TENANT_ID.eq(tenant),
                        begins(word))
                .limit(1)
                .offset(SORTED_AT_MOST));
    }

    private List<String> beginningWith(AccountId tenant, ProjectId project, String word) {
        return sql.selectDistinct(WORKSPACE_WORDS.SUB_CLIENT_ID)
                .from(WORKSPACE_WORDS)
                .where(
                        WORKSPACE_WORDS.PROJECT_ID.eq(project.toString()),
                        WORKSPACE_WORDS.TENANT_ID.eq(tenant),
                        begins(word))
                .fetch(WORKSPACE_WORDS.SUB_CLIENT_ID);
    }

    /// Checks the few words of one workspace instead of the project's many words with that beginning. An index on the
    /// word column would offer the latter first, so the column is written in a way that the index can't be used.
    private Condition has(ProjectId project, String word) {
        return DSL.exists(DSL.selectOne()
                .from(WORKSPACE_WORDS)
                .where(
                        WORKSPACE_WORDS.TENANT_ID.eq(SUB_CLIENTS.TENANT_ID),
                        WORKSPACE_WORDS.SUB_CLIENT_ID.eq(SUB_CLIENTS.ID),
                        WORKSPACE_WORDS.PROJECT_ID.eq(project.toString()),
                        WORKSPACE_WORDS.WORD.concat("").like(word + "%")));
    }

    /// Words are letters and digits only, so they contain no wildcards. SQLite uses its index for a range but not for
    /// LIKE; PostgreSQL sorts by the rules of a language, where such a range may be empty.
    private Condition begins(String word) {
        return sql.dialect().family() == SQLDialect.SQLITE
                ? WORKSPACE_WORDS.WORD.ge(word).and(WORKSPACE_WORDS.WORD.lt(word + AFTER_ALL_WORDS))
                : WORKSPACE_WORDS.WORD.like(word + "%");
    }
}
