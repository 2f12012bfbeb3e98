package dev.banyan.workspaces.audit;

import module java.base;
import dev.banyan.accounts.audit.AuditNames;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.AuditEntry;
import dev.banyan.platform.audit.AuditFilter;
import dev.banyan.platform.audit.AuditFilter.By;
import dev.banyan.platform.audit.AuditLog;
import dev.banyan.platform.audit.AuditWords;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.access.WorkspaceKey;
import dev.banyan.workspaces.access.WorkspaceKeyStore;
import jakarta.inject.Singleton;

/// Reads what was done in one workspace, newest first.
@Singleton
public record WorkspaceAudit(Database database, AuditLog log, AuditNames names) {

    /// The people of the project’s side, in a filter and as admins of the workspace see them.
    static final String TEAM = "team";

    static final String TEAM_NAME = "Project team";
    private static final String SERVER = "server";
    private static final String USER = "workspaceUser";
    private static final String KEY = AuditEntry.API_KEY;
    private static final int KEYS_NAMED = 100;

    /// What to look for; a text is empty if nothing was typed.
    ///
    /// @param action such as `WorkspaceUserAdded`
    /// @param actor a username or an email of a user, the id of an API key, `team` or `server`
    public record Query(String action, String actor) {

        public Query {
            action = action.strip();
            actor = actor.strip();
        }

        /// Returns true if nothing was typed.
        public boolean isEmpty() {
            return action.isEmpty() && actor.isEmpty();
        }

        boolean isUnknown() {
            return !action.isEmpty() && !AuditWords.actions().contains(action);
        }
    }

    /// An act with the name of the one who did it.
    ///
    /// @param ip empty where the reader may not see it
    public record Entry(AuditEntry act, String who, String ip) {}

    /// @param next where the list continues; empty at its end
    public record Part(List<Entry> entries, Optional<UUID> next) {}

    public Outcome<Part> list(
            WorkspaceActor actor, ProjectId project, WorkspaceId id, Query query, Optional<UUID> after, int limit) {
        return open(actor, project, id).map(workspace -> list(workspace, actor, query, after, limit));
    }

    /// Returns the workspace if the caller may see what was done in it.
    public Outcome<Workspace> open(WorkspaceActor actor, ProjectId project, WorkspaceId id) {
        return database.read(tx -> Access.to(tx, actor, Right.SEE_AUDIT, project, id));
    }

    /// @param workspace that the caller may see ([#open])
    public Part list(Workspace workspace, WorkspaceActor actor, Query query, Optional<UUID> after, int limit) {
        boolean ofProjectSide = actor.isOfProjectSide();
        var filter = new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                query.actor().isEmpty() ? Optional.empty() : Optional.of(by(workspace, ofProjectSide, query.actor())),
                Optional.of(query.action()).filter(action -> !action.isEmpty()),
                Optional.empty(),
                Optional.empty(),
                "");
        AuditLog.Listed listed =
                log.ofTarget(workspace.owner().tenant(), workspace.id().value(), filter, after, limit);
        return new Part(named(workspace, ofProjectSide, listed.entries()), listed.next());
    }

    private By by(Workspace workspace, boolean ofProjectSide, String typed) {
        String actor = typed.toLowerCase(Locale.ROOT);
        if (actor.equals(SERVER)) {
            return new By.Server();
        }
        if (actor.equals(TEAM)) {
            return new By.AnyPerson();
        }
        AccountId tenant = workspace.owner().tenant();
        return database.<Optional<By>>read(tenant, tx -> member(tx, workspace, actor))
                .or(() -> ofProjectSide && actor.contains("@")
                        ? names.person(tenant, actor).map(By.Person::new)
                        : Optional.empty())
                .orElseGet(By.Nobody::new);
    }

    private static Optional<By> member(Tx tx, Workspace workspace, String actor) {
        AccountId tenant = workspace.owner().tenant();
        var users = new WorkspaceUserStore(tx);
        var found = actor.contains("@")
                ? users.findByEmail(tenant, workspace.id(), actor)
                : users.findByUsername(tenant, workspace.id(), actor);
        return found.<By>map(known ->
                        new By.Named(USER, Integer.toString(known.user().id())))
                .or(() -> actor.matches("w[a-z0-9]{7}")
                        ? Optional.of(new By.Named(KEY, "\"" + actor + "\""))
                        : Optional.empty());
    }

    private List<Entry> named(Workspace workspace, boolean ofProjectSide, List<AuditEntry> acts) {
        AccountId tenant = workspace.owner().tenant();
        AuditNames.Named people = names.of(tenant, acts);
        Set<Integer> ids = acts.stream()
                .map(act -> act.facts().getOrDefault(USER, ""))
                .filter(id -> id.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
        Map<Integer, String> users = ids.isEmpty()
                ? Map.of()
                : database.read(tenant, tx -> new WorkspaceUserStore(tx).usernames(tenant, workspace.id(), ids));
        boolean byKeys = acts.stream().anyMatch(act -> act.facts().containsKey(KEY));
        Map<String, String> keys = byKeys
                ? database.read(
                        tenant,
                        tx -> new WorkspaceKeyStore(tx)
                                .list(tenant, workspace.id(), KEYS_NAMED).stream()
                                        .collect(Collectors.toMap(WorkspaceKey::id, WorkspaceKey::name)))
                : Map.of();
        return acts.stream()
                .map(act -> {
                    boolean ofTeam = act.identity().isPresent();
                    boolean hidden = ofTeam && !ofProjectSide;
                    String who = ofTeam
                            ? hidden ? TEAM_NAME : people.who(act)
                            : who(act, users, keys).orElseGet(() -> people.who(act));
                    return new Entry(act, who, hidden ? "" : people.ip(act));
                })
                .toList();
    }

    private static Optional<String> who(AuditEntry act, Map<Integer, String> users, Map<String, String> keys) {
        Map<String, String> facts = act.facts();
        if (facts.containsKey(KEY)) {
            String id = facts.getOrDefault(KEY, "");
            return Optional.of("API key " + keys.getOrDefault(id, id));
        }
        if (facts.containsKey(USER)) {
            String id = facts.getOrDefault(USER, "");
            return Optional.of(id.matches("[0-9]{1,9}") ? users.getOrDefault(Integer.valueOf(id), "Former user") : id);
        }
        return act.isByServer() ? Optional.empty() : Optional.of("Not signed in");
    }
}
