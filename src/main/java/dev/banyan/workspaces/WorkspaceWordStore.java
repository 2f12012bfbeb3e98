package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.search.WordIndex;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// The search index of a project's workspaces.
public final class WorkspaceWordStore extends Store {

    private static final String BEFORE_AN_ADDRESS = "/s/";

    private final WordIndex<WorkspaceId> index;

    public WorkspaceWordStore(Tx tx) {
        super(tx);
        this.index = new WordIndex<>(
                tx,
                WORKSPACE_WORDS,
                WORKSPACE_WORDS.WORD,
                WORKSPACE_WORDS.WORD.concat(""),
                WORKSPACE_WORDS.SUB_CLIENT_ID);
    }

    /// Indexes a workspace in its current state.
    public void refresh(AccountId tenant, Workspace workspace) {
        index.replace(
                WORKSPACE_WORDS.TENANT_ID.eq(tenant).and(WORKSPACE_WORDS.SUB_CLIENT_ID.eq(workspace.id())),
                workspace.searchWords(),
                row(tenant, workspace.project(), workspace.id()));
    }

    /// Adds the words with signs of some workspaces ([WordIndex#addSigned]).
    @AllTenants("a job indexes the texts of all tenants")
    public Optional<String> addSigned(String after) {
        return index.addSigned(
                sql.selectFrom(SUB_CLIENTS).where(SUB_CLIENTS.DELETED_AT.isNull()),
                SUB_CLIENTS.ID,
                row -> Workspace.searchWords(
                        row.get(SUB_CLIENTS.NAME),
                        row.get(SUB_CLIENTS.PATHNAME),
                        row.get(SUB_CLIENTS.SHORT_ID),
                        Optional.ofNullable(row.get(SUB_CLIENTS.DESCRIPTION))),
                row -> row(row.get(SUB_CLIENTS.TENANT_ID), row.get(SUB_CLIENTS.PROJECT_ID), row.get(SUB_CLIENTS.ID)),
                after);
    }

    private static Map<Field<?>, Object> row(AccountId tenant, ProjectId project, WorkspaceId id) {
        return Map.of(
                WORKSPACE_WORDS.PROJECT_ID, project,
                WORKSPACE_WORDS.SUB_CLIENT_ID, id,
                WORKSPACE_WORDS.TENANT_ID, tenant);
    }

    /// Takes a deleted workspace out of the index.
    void forget(AccountId tenant, WorkspaceId workspace) {
        index.replace(
                WORKSPACE_WORDS.TENANT_ID.eq(tenant).and(WORKSPACE_WORDS.SUB_CLIENT_ID.eq(workspace)),
                Set.of(),
                Map.of());
    }

    /// Returns the workspaces of any project of a tenant that a search may find ([WordIndex#candidates]).
    WordIndex.Candidates<WorkspaceId> candidates(AccountId tenant, String search, int enough) {
        return index.candidates(WORKSPACE_WORDS.TENANT_ID.eq(tenant), search, enough);
    }

    /// Returns a condition on the workspaces of all projects of an account; a root account's include those of its
    /// sub-accounts.
    ///
    /// @param search as typed
    Condition matching(Owner owner, String search) {
        Condition projects = PROJECTS.TENANT_ID.eq(owner.tenant());
        return index.matching(
                WORKSPACE_WORDS
                        .TENANT_ID
                        .eq(owner.tenant())
                        .and(WORKSPACE_WORDS.PROJECT_ID.in(DSL.select(PROJECTS.ID)
                                .from(PROJECTS)
                                .where(
                                        owner.account().equals(owner.tenant())
                                                ? projects
                                                : projects.and(PROJECTS.ACCOUNT_ID.eq(owner.account()))))),
                WORKSPACE_WORDS.SUB_CLIENT_ID.eq(SUB_CLIENTS.ID),
                SUB_CLIENTS.ID,
                search);
    }

    /// Returns a condition on a project's workspaces ([WordIndex#matching]).
    ///
    /// @param search as typed, or an address
    Condition matching(AccountId tenant, ProjectId project, String search) {
        int address = search.toLowerCase(Locale.ROOT).lastIndexOf(BEFORE_AN_ADDRESS);
        return index.matching(
                WORKSPACE_WORDS.PROJECT_ID.eq(project).and(WORKSPACE_WORDS.TENANT_ID.eq(tenant)),
                WORKSPACE_WORDS.SUB_CLIENT_ID.eq(SUB_CLIENTS.ID),
                SUB_CLIENTS.ID,
                address < 0 ? search : search.substring(address + BEFORE_AN_ADDRESS.length() - 1));
    }
}
