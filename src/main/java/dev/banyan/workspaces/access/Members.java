package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.Caller;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.usage.UsageMeter;
import jakarta.inject.Singleton;

/// Loads the person behind a session in a workspace from the database.
@Singleton
public final class Members {

    private final Database database;
    private final UsageMeter usage;

    Members(Database database, UsageMeter usage) {
        this.database = database;
        this.usage = usage;
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
