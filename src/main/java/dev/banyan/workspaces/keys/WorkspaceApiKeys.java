package dev.banyan.workspaces.keys;

import module java.base;
import dev.banyan.accounts.AccessChanged;
import dev.banyan.accounts.WaysInEnding;
import dev.banyan.accounts.keys.KeyText;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.access.KeyPermission;
import dev.banyan.workspaces.access.WorkspaceKey;
import dev.banyan.workspaces.access.WorkspaceKey.Maker;
import dev.banyan.workspaces.access.WorkspaceKeyStore;
import dev.banyan.workspaces.access.WorkspaceSessions;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Keys that let programs work in one workspace. Only people create and delete them: the project's side and admins of
/// the workspace, soon after they signed in or confirmed who they are.
@Singleton
record WorkspaceApiKeys(
        Database database, WorkspaceSessions sessions, Event<AccessChanged> accessChanged, Audit audit, Clock clock) {

    public static final int MOST = 20;

    private static final Text NAME = Text.line("name", "Name", 50);
    private static final String PERMISSIONS = "permissions";
    private static final Invalid TOO_MANY = Invalid.whole(
            "A sub-client can have at most " + MOST + " API keys",
            "A workspace can have at most " + MOST + " API keys. Delete one that you don’t use.");
    private static final Invalid NONE =
            new Invalid(PERMISSIONS, "At least one permission is required", "Choose at least one permission.");
    private static final Invalid NOT_THEIRS = new Invalid(
            PERMISSIONS,
            "Only the project owner can give the permission " + KeyPermission.CONVERSATIONS.key(),
            "Only the project’s team can give a key the permission “" + KeyPermission.CONVERSATIONS.label + "”.");

    /// A key and whether it works.
    ///
    /// @param works false once the person who created it can no longer manage the workspace
    public record Listed(WorkspaceKey key, boolean works) {}

    /// @param text the whole key, returned only here
    public record Created(WorkspaceKey key, String text) {}

    public static List<KeyPermission> available(WorkspaceActor actor) {
        return Arrays.stream(KeyPermission.values())
                .filter(permission -> actor.isOfProjectSide() || !permission.isForProjectSideOnly())
                .toList();
    }

    /// Returns true if an admin signed in a short while ago. The project's side proves itself in its own way, before
    /// any operation (`RouteEffects`).
    public boolean hasProof(WorkspaceActor actor) {
        return actor.isOfProjectSide() || actor instanceof Member member && sessions.isRecent(member.sessionHash());
    }

    /// Returns why the actor may not manage keys here; empty if they may.
    public Optional<Refusal> mayManage(WorkspaceActor actor, ProjectId project, WorkspaceId workspace) {
        return database.read(tx -> access(tx, actor, project, workspace)).fold(_ -> Optional.empty(), Optional::of);
    }

    /// A program can't manage keys, whatever its own key may do.
    private static Outcome<Workspace> access(Tx tx, WorkspaceActor actor, ProjectId project, WorkspaceId workspace) {
        return actor instanceof Member member && member.key().isPresent()
                ? Outcome.forbidden()
                : Access.to(tx, actor, Right.MANAGE_API_KEYS, project, workspace);
    }

    void ending(@Observes WaysInEnding event) {
        new WorkspaceKeyStore(event.tx()).deleteMadeBy(event.person());
    }

    /// Lists the keys, oldest first.
    public Outcome<List<Listed>> list(WorkspaceActor actor, ProjectId project, WorkspaceId workspace) {
        return database.read(tx -> access(tx, actor, project, workspace).map(found -> {
            List<WorkspaceKey> keys = new WorkspaceKeyStore(tx).list(tenant(found), workspace, MOST);
            Map<Maker, Boolean> works = keys.stream()
                    .map(WorkspaceKey::madeBy)
                    .distinct()
                    .collect(Collectors.toMap(
                            Function.identity(), maker -> maker.mayStill(tx, found.owner(), workspace)));
            return keys.stream()
                    .map(key -> new Listed(key, Boolean.TRUE.equals(works.get(key.madeBy()))))
                    .toList();
        }));
    }

    public Outcome<WorkspaceKey> find(WorkspaceActor actor, ProjectId project, WorkspaceId workspace, String id) {
        return database.read(tx -> access(tx, actor, project, workspace)
                .then(found -> new WorkspaceKeyStore(tx)
                        .find(tenant(found), workspace, id)
                        .map(Outcome::done)
                        .orElseGet(Outcome::notFound)));
    }

    /// @param permissions as typed
    public Outcome<Created> create(
            WorkspaceActor actor, ProjectId project, WorkspaceId workspace, String name, List<String> permissions) {
        return database.write(tx -> access(tx, actor, project, workspace)
                // Two callers can't both take the last place.
                .then(_ -> Access.locked(tx, actor, Right.MANAGE_API_KEYS, project, workspace)
                        .then(found -> create(tx, actor, found, name, permissions))));
    }

    private Outcome<Created> create(Tx tx, WorkspaceActor actor, Workspace workspace, String name, List<String> typed) {
        Text.Checked checked = NAME.check(name);
        if (checked instanceof Text.Checked.Bad bad) {
            return Outcome.rejected(bad.invalid());
        }
        var permissions = new TreeSet<KeyPermission>();
        typed.stream().map(KeyPermission::of).flatMap(Optional::stream).forEach(permissions::add);
        Optional<Invalid> wrong = wrong(actor, typed, permissions);
        if (wrong.isPresent()) {
            return Outcome.rejected(wrong.get());
        }
        var store = new WorkspaceKeyStore(tx);
        if (store.count(tenant(workspace), workspace.id()) >= MOST) {
            return Outcome.rejected(TOO_MANY);
        }
        KeyText text = KeyText.random(KeyText.Kind.WORKSPACE);
        var key = new WorkspaceKey(
                text.id(),
                workspace.id(),
                ((Text.Checked.Good) checked).text(),
                List.copyOf(permissions),
                maker(actor),
                clock.instant(),
                Optional.empty(),
                Optional.empty());
        store.insert(tenant(workspace), key, text.hash());
        note(tx, actor, workspace, "WorkspaceKeyCreated", key);
        return Outcome.done(new Created(key, text.text()));
    }

    private static Optional<Invalid> wrong(
            WorkspaceActor actor, List<String> typed, TreeSet<KeyPermission> permissions) {
        if (typed.isEmpty()) {
            return Optional.of(NONE);
        }
        if (typed.stream().anyMatch(key -> KeyPermission.of(key).isEmpty())) {
            return Optional.of(new Invalid(PERMISSIONS, KeyPermission.RULE, "Choose permissions from the list."));
        }
        return available(actor).containsAll(permissions) ? Optional.empty() : Optional.of(NOT_THEIRS);
    }

    private static Maker maker(WorkspaceActor actor) {
        return switch (actor) {
            case WorkspaceActor.ProjectSide side ->
                new Maker.Person(side.context().identity());
            case Member member ->
                member.side()
                        .<Maker>map(context -> new Maker.Person(context.identity()))
                        .orElseGet(() -> new Maker.Admin(member.user().id()));
        };
    }

    public Outcome<WorkspaceKey> delete(WorkspaceActor actor, ProjectId project, WorkspaceId workspace, String id) {
        return database.write(tx -> access(tx, actor, project, workspace)
                .then(_ -> Access.locked(tx, actor, Right.MANAGE_API_KEYS, project, workspace)
                        .then(found -> new WorkspaceKeyStore(tx)
                                .find(tenant(found), workspace, id)
                                .map(key -> {
                                    new WorkspaceKeyStore(tx).delete(tenant(found), workspace, id);
                                    note(tx, actor, found, "WorkspaceKeyDeleted", key);
                                    tx.afterCommit(() -> accessChanged.fire(new AccessChanged(tenant(found))));
                                    return Outcome.done(key);
                                })
                                .orElseGet(Outcome::notFound))));
    }

    private static AccountId tenant(Workspace workspace) {
        return workspace.owner().tenant();
    }

    private void note(Tx tx, WorkspaceActor actor, Workspace workspace, String action, WorkspaceKey key) {
        Map<String, Object> details = new HashMap<>(actor.auditDetails());
        details.put("key", key.id());
        details.put("name", key.name());
        details.put(
                PERMISSIONS, key.permissions().stream().map(KeyPermission::key).toList());
        audit.note(tx, actor.actor(), workspace, action, details);
    }
}
