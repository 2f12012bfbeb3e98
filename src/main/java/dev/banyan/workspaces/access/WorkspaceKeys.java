package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.ApiKey;
import dev.banyan.accounts.keys.ApiKeyStore;
import dev.banyan.accounts.keys.KeyMakers;
import dev.banyan.accounts.keys.KeyText;
import dev.banyan.accounts.keys.KeyUse;
import dev.banyan.platform.Caller;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.KeyLimits.Scope;
import dev.banyan.platform.KeyLimits.Scope.Part;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.access.WorkspaceKey.Maker;
import jakarta.inject.Singleton;

/// Finds the key of a workspace that a program sends, and who acts with it. Reads the database each time: a key that
/// was deleted a moment ago works on no server.
@Singleton
record WorkspaceKeys(Database database, PasswordSignIn signIn, KeyMakers members, Clock clock) {

    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

    /// Result of looking at a key.
    sealed interface Looked {

        record Works(Workspace workspace, WorkspaceKey key) implements Looked {}

        /// Unknown, or its workspace is suspended, switched off or deleted.
        record Unknown() implements Looked {}

        /// @param why the key doesn’t work: its maker may not manage the workspace any more, or has to sign in again
        record MakerGone(Workspace workspace, String why) implements Looked {}
    }

    Looked look(KeyText text) {
        return database.read(tx -> new WorkspaceKeyStore(tx)
                .findForProgram(text.id())
                .filter(found -> text.isOf(found.secretHash()))
                .map(WorkspaceKeyStore.Proved::key)
                .flatMap(key -> open(tx, key.workspace())
                        .map(WorkspaceStore.Visited::workspace)
                        .map(workspace -> refusal(tx, workspace, key)
                                .<Looked>map(why -> new Looked.MakerGone(workspace, why))
                                .orElseGet(() -> new Looked.Works(workspace, key))))
                .orElseGet(Looked.Unknown::new));
    }

    /// Returns why the key doesn’t work because of its maker; empty if it does.
    private Optional<String> refusal(Tx tx, Workspace workspace, WorkspaceKey key) {
        if (!key.madeBy().mayStill(tx, workspace.owner(), workspace.id())) {
            return Optional.of(WorkspaceKey.MAKER_GONE);
        }
        Optional<String> provider = switch (key.madeBy()) {
            case Maker.Person(IdentityId identity) ->
                members.refusedBy(tx, workspace.owner().tenant(), identity, KeyMakers.MISSING);
            case Maker.Admin(int user) -> signIn.refusedBy(tx, workspace, user, KeyMakers.MISSING);
        };
        return provider.map(WorkspaceKey.MAKER_REFUSED::formatted);
    }

    private static Optional<WorkspaceStore.Visited> open(Tx tx, WorkspaceId workspace) {
        return new WorkspaceStore(tx).findById(workspace).filter(WorkspaceStore.Visited::isOpen);
    }

    /// Records when and from where a key was used, at most once a minute.
    void noteUse(Workspace workspace, WorkspaceKey key, String ip) {
        Instant now = clock.instant();
        if (key.lastUsedAt()
                .filter(last -> last.plus(USE_NOTED_EVERY).isAfter(now))
                .isEmpty()) {
            database.write(tx -> {
                new WorkspaceKeyStore(tx)
                        .noteUse(workspace.owner().tenant(), workspace.id(), key.id(), now, KeyUse.shortened(ip));
                return key;
            });
        }
    }

    /// Returns the program at a socket: it goes on as long as its key would be let in.
    Optional<Member> listening(Actor actor, Caller.WorkspaceKey caller) {
        return member(actor, caller)
                .map(member -> new Member(
                        actor,
                        member.workspace(),
                        member.registrationOpen(),
                        member.user(),
                        "",
                        Optional.empty(),
                        member.key()
                                .map(key -> new WorkspaceActor.Key(
                                        key.id(), key.permissions(), tx -> works(tx, member.workspace(), key.id())))));
    }

    private boolean works(Tx tx, Workspace workspace, String id) {
        return open(tx, workspace.id())
                .filter(found -> found.workspace().owner().equals(workspace.owner()))
                .flatMap(found ->
                        new WorkspaceKeyStore(tx).find(workspace.owner().tenant(), workspace.id(), id))
                .filter(key -> refusal(tx, workspace, key).isEmpty())
                .isPresent();
    }

    /// Returns the program as an actor: in place of an admin, limited to the routes of its permissions.
    Optional<Member> member(Actor actor, Caller.WorkspaceKey caller) {
        return member(actor, caller, Optional.empty());
    }

    /// Returns the program as an actor on what belongs to a user.
    ///
    /// @return empty if there is no such user, or the key was deleted a moment ago
    Optional<Member> member(Actor actor, Caller.WorkspaceKey caller, int user) {
        return member(actor, caller, Optional.of(user));
    }

    private Optional<Member> member(Actor actor, Caller.WorkspaceKey caller, Optional<Integer> user) {
        var id = new WorkspaceId(caller.workspace());
        return database.read(tx -> open(tx, id).flatMap(found -> {
            Workspace workspace = found.workspace();
            var tenant = workspace.owner().tenant();
            return new WorkspaceKeyStore(tx)
                    .find(tenant, id, caller.key())
                    .flatMap(key -> user.map(number -> new WorkspaceUserStore(tx).find(tenant, id, number))
                            .orElseGet(() -> Optional.of(standIn(key)))
                            .map(person -> new Member(
                                    actor,
                                    workspace,
                                    found.registrationOpen(),
                                    person,
                                    "",
                                    Optional.empty(),
                                    Optional.of(actor(workspace, key)))));
        }));
    }

    /// Returns a program with a key of the account as an actor in the inbox of one of its workspaces: in place of an
    /// admin, limited to the routes that its permissions open. It gives no one a role.
    ///
    /// @param context the account that it acts for, whose workspace it must be
    Optional<Member> ofAccount(AccountContext context, Caller.ApiKey caller, WorkspaceId id) {
        var tenant = context.root().id();
        return database.read(tx -> open(tx, id)
                .filter(found -> found.workspace().owner().equals(context.owner()))
                .filter(found -> isWithin(caller.scope(), found.workspace()))
                .flatMap(found -> new ApiKeyStore(tx)
                        .find(tenant, caller.key())
                        .map(key -> new Member(
                                context.actor(),
                                found.workspace(),
                                found.registrationOpen(),
                                new WorkspaceUser(
                                        Member.VISITOR,
                                        id,
                                        key.name(),
                                        "",
                                        WorkspaceRole.ADMIN,
                                        key.createdAt(),
                                        key.createdAt(),
                                        key.lastUsedAt()),
                                "",
                                Optional.empty(),
                                Optional.of(new WorkspaceActor.Key(
                                        key.id(),
                                        Set.of(),
                                        later -> new ApiKeyStore(later)
                                                .find(tenant, key.id())
                                                .filter(ApiKey::active)
                                                .isPresent()))))));
    }

    private static boolean isWithin(Scope scope, Workspace workspace) {
        return switch (scope.part()) {
            case ACCOUNT, BRANDS -> true; // brands are accounts, which the context is of
            case PROJECT -> scope.isFor(Part.PROJECT, workspace.project().toString());
            case WORKSPACE -> scope.isFor(Part.WORKSPACE, workspace.id().value());
            case POOL -> false;
        };
    }

    private static WorkspaceActor.Key actor(Workspace workspace, WorkspaceKey key) {
        return new WorkspaceActor.Key(
                key.id(),
                key.permissions().stream().map(KeyPermission::key).collect(Collectors.toUnmodifiableSet()),
                tx -> new WorkspaceKeyStore(tx)
                        .find(workspace.owner().tenant(), workspace.id(), key.id())
                        .isPresent());
    }

    /// Stands for the program where operations expect a user; no user has this number.
    private static WorkspaceUser standIn(WorkspaceKey key) {
        return new WorkspaceUser(
                Member.VISITOR,
                key.workspace(),
                key.name(),
                "",
                WorkspaceRole.ADMIN,
                key.createdAt(),
                key.createdAt(),
                key.lastUsedAt());
    }
}
