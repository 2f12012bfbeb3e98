package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.keys.KeyText;
import dev.banyan.platform.Caller;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.gate.KeyDoor;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.usage.UsageMeter;
import jakarta.inject.Singleton;

/// Loads the person behind a session in a workspace from the database, and the program behind a socket.
@Singleton
public record Members(
        Database database, UsageMeter usage, Contexts contexts, WorkspaceKeys keys, KeyDoor door, RateLimits limits) {

    /// An inbox that a program wants to open: it has it, may have none, or there is none for it.
    sealed interface Program {

        record Known(WorkspaceActor.Member member) implements Program {}

        record NotPermitted() implements Program {}

        record Unknown() implements Program {}

        /// There is no such key, or it doesn’t work any more.
        record NoKey() implements Program {}

        record TooMany() implements Program {}
    }

    /// What an inbox shows.
    private static final String READING = "GET /api/sub-client/inbox/threads";

    private static final KeyDoor.Asked THREADS = new KeyDoor.Asked(READING, Map.of());

    /// Finds the inbox that a program with a key of the account may open.
    ///
    /// @param account the one that it acts for, if it names one
    /// @param workspace the one that it names, if it exists
    Program program(Actor actor, Caller.ApiKey key, Optional<String> account, Optional<WorkspaceId> workspace) {
        if (!door.opens(key, THREADS)) {
            return new Program.NotPermitted();
        }
        return contexts.resolve(key, actor, account) instanceof Contexts.Resolved.Found(AccountContext context)
                        && context.membership().workspaces()
                ? workspace
                        .flatMap(id -> keys.ofAccount(context, key, id))
                        .<Program>map(member -> new Program.Known(listening(member, key)))
                        .orElseGet(Program.Unknown::new)
                : new Program.Unknown();
    }

    /// Finds the inbox of its workspace that a program with a key of that workspace may open.
    ///
    /// @param text as sent
    /// @param workspace the one that it names, if it exists
    Program program(Actor actor, String text, Optional<WorkspaceId> workspace) {
        if (limits.exhausted(RateLimit.KEY_FAILURES_BY_IP, actor.ip()).isPresent()) {
            return new Program.TooMany();
        }
        WorkspaceKeys.Looked looked = KeyText.parse(KeyText.Kind.WORKSPACE, text)
                .map(keys::look)
                .orElseGet(WorkspaceKeys.Looked.Unknown::new);
        if (!(looked instanceof WorkspaceKeys.Looked.Works(Workspace of, WorkspaceKey key))) {
            if (looked instanceof WorkspaceKeys.Looked.Unknown) {
                limits.take(RateLimit.KEY_FAILURES_BY_IP, actor.ip());
            }
            return new Program.NoKey();
        }
        keys.noteUse(of, key, actor.ip());
        if (limits.take(RateLimit.WORKSPACE_KEY_REQUESTS_BY_KEY, key.id()).isPresent()) {
            return new Program.TooMany();
        }
        if (!workspace.equals(Optional.of(of.id()))) {
            return new Program.Unknown();
        }
        return WorkspaceKeyRoutes.permission(READING)
                        .filter(key.permissions()::contains)
                        .isEmpty()
                ? new Program.NotPermitted()
                : keys.listening(
                                actor, new Caller.WorkspaceKey(key.id(), of.id().value()))
                        .<Program>map(Program.Known::new)
                        .orElseGet(Program.NoKey::new);
    }

    /// Returns a program that goes on as long as its key is as it was, in a workspace that is open.
    private WorkspaceActor.Member listening(WorkspaceActor.Member member, Caller.ApiKey caller) {
        return new WorkspaceActor.Member(
                member.actor(),
                member.workspace(),
                member.registrationOpen(),
                member.user(),
                member.sessionHash(),
                member.side(),
                member.key()
                        .map(key -> new WorkspaceActor.Key(
                                key.id(),
                                key.permissions(),
                                tx -> door.isUnchanged(
                                                tx, caller, member.actor().ip())
                                        && new WorkspaceStore(tx)
                                                .findById(member.workspace().id())
                                                .filter(found -> found.isOpen()
                                                        && found.workspace()
                                                                .owner()
                                                                .equals(member.owner()))
                                                .isPresent())));
    }

    /// Returns whether a program may go on.
    boolean isStaying(WorkspaceActor.Key key) {
        return database.read(tx -> key.stillWorks().test(tx));
    }

    /// @return empty if the user or the workspace was deleted meanwhile
    public Optional<WorkspaceActor.Member> find(Actor actor, Caller.WorkspaceMember caller) {
        Optional<WorkspaceActor.Member> found = database.read(tx -> find(tx, actor, caller));
        found.ifPresent(member -> usage.active(
                member.owner().tenant(), member.workspace().id(), member.user().id()));
        return found;
    }

    private static Optional<WorkspaceActor.Member> find(Tx tx, Actor actor, Caller.WorkspaceMember caller) {
        return new WorkspaceStore(tx)
                .findById(new WorkspaceId(caller.workspace()))
                .filter(WorkspaceStore.Visited::isOpen)
                .flatMap(found -> new WorkspaceUserStore(tx)
                        .find(
                                found.workspace().owner().tenant(),
                                found.workspace().id(),
                                caller.user())
                        .map(user -> new WorkspaceActor.Member(
                                actor, found.workspace(), found.registrationOpen(), user, caller.sessionHash())));
    }
}
