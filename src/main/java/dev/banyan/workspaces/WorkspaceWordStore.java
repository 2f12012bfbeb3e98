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

/// The words by which the workspaces of a project are found ([SearchWords]): a search reads an index, however many
/// there
/// are.
public final class WorkspaceWordStore {

    private static final int MOST_WORDS = 60;

    /// So many matches are sorted; where there are more, the list is walked in its own order and soon full.
    private static final int SORTED_AT_MOST = 500;

    private static final String AFTER_ALL_WORDS = Character.toString(Character.MAX_CODE_POINT);
    private static final String BEFORE_AN_ADDRESS = "/s/";

    private final DSLContext sql;

    public WorkspaceWordStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// Writes the words of a workspace that has none.
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

    /// Writes the words of a workspace anew, as it is now.
    public void refresh(AccountId tenant, Workspace workspace) {
        delete(tenant, workspace.id());
        insert(tenant, workspace);
    }

    private void delete(AccountId tenant, WorkspaceId id) {
        sql.deleteFrom(WORKSPACE_WORDS)
                .where(WORKSPACE_WORDS.TENANT_ID.eq(tenant), WORKSPACE_WORDS.SUB_CLIENT_ID.eq(id.value()))
                .execute();
    }

    /// A condition on workspaces of a project: every word that was typed begins one of theirs.
    ///
    /// @param search as somebody typed it, an address too; without anything in it, all are found
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
        // The first word that few have leads to them all.
        for (String word : typed) {
            if (!manyBeginWith(tenant, project, word)) {
                return SUB_CLIENTS.ID.in(beginningWith(tenant, project, word)).and(all);
            }
        }
        return all;
    }

    /// Looks at one row, behind as many as may be sorted: to fetch them all would cost more than the search itself.
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

    /// Asks the few words of one workspace. Not the many of the project that begin so, which an index would offer
    /// first:
    /// hence the word without its column's index.
    private Condition has(ProjectId project, String word) {
        return DSL.exists(DSL.selectOne()
                .from(WORKSPACE_WORDS)
                .where(
                        WORKSPACE_WORDS.TENANT_ID.eq(SUB_CLIENTS.TENANT_ID),
                        WORKSPACE_WORDS.SUB_CLIENT_ID.eq(SUB_CLIENTS.ID),
                        WORKSPACE_WORDS.PROJECT_ID.eq(project.toString()),
                        WORKSPACE_WORDS.WORD.concat("").like(word + "%")));
    }

    /// Words hold letters and digits alone, so nothing in them is a wildcard. SQLite uses its index for a range and not
    /// for LIKE; PostgreSQL orders by the rules of a language, in which such a range may be empty.
    private Condition begins(String word) {
        return sql.dialect().family() == SQLDialect.SQLITE
                ? WORKSPACE_WORDS.WORD.ge(word).and(WORKSPACE_WORDS.WORD.lt(word + AFTER_ALL_WORDS))
                : WORKSPACE_WORDS.WORD.like(word + "%");
    }
}
