package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.platform.Caller;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.gate.KeyDoor;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.usage.UsageMeter;
import jakarta.inject.Singleton;

/// Loads the person behind a session in a workspace from the database, and the program behind a socket.
@Singleton
public final class Members {

    private final Database database;
    private final UsageMeter usage;
    private final Contexts contexts;
    private final WorkspaceKeys keys;
    private final KeyDoor door;

    /// An inbox that a program wants to open: it has it, may have none, or there is none for it.
    sealed interface Program {

        record Known(WorkspaceActor.Member member) implements Program {}

        record NotPermitted() implements Program {}

        record Unknown() implements Program {}
    }

    /// What an inbox shows.
    private static final KeyDoor.Asked THREADS = new KeyDoor.Asked("GET /api/sub-client/inbox/threads", Map.of());

    Members(Database database, UsageMeter usage, Contexts contexts, WorkspaceKeys keys, KeyDoor door) {
        this.database = database;
        this.usage = usage;
        this.contexts = contexts;
        this.keys = keys;
        this.door = door;
    }

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
                                                .filter(found -> found.enabled()
                                                        && !found.workspace().suspended()
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
        found.ifPresent(
                member -> usage.active(member.workspace().id(), member.user().id()));
        return found;
    }

    private static Optional<WorkspaceActor.Member> find(Tx tx, Actor actor, Caller.WorkspaceMember caller) {
        return new WorkspaceStore(tx)
                .findById(new WorkspaceId(caller.workspace()))
                .filter(found -> found.enabled() && !found.workspace().suspended())
                .flatMap(found -> new WorkspaceUserStore(tx)
                        .find(
                                found.workspace().owner().tenant(),
                                found.workspace().id(),
                                caller.user())
                        .map(user -> new WorkspaceActor.Member(
                                actor, found.workspace(), found.registrationOpen(), user, caller.sessionHash())));
    }
}
