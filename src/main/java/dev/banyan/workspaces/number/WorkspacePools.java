package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.accounts.Accounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderQuery;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceActor.ProjectSide;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceNumberChanged;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspaceStore;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Attaches an account's pool to a workspace, whose inbox then gets its messages, and detaches it. A pool belongs to
/// one workspace at a time. Only people of the project's side who work for the whole account may do this: pools are the
/// agency's, not a brand's.
@Singleton
record WorkspacePools(Database database, Pools pools, Audit audit, Event<WorkspaceNumberChanged> changed, Clock clock) {

    private static final int OFFERED = 100;

    /// A pool as the page offers it.
    record Offered(String id, String label, Optional<String> usedBy) {}

    /// The first pools of an account.
    ///
    /// @param more whether there are others, which can be named by their id
    record Offer(List<Offered> free, List<Offered> used, boolean more) {

        boolean isAny() {
            return more || !free.isEmpty() || !used.isEmpty();
        }

        /// Whether there is one to attach.
        public boolean attachable() {
            return more || !free.isEmpty();
        }
    }

    /// Result of attaching or detaching.
    sealed interface Attached {

        record Done() implements Attached {}

        /// The account has no such pool, or the actor may not use it.
        record NoPool() implements Attached {}

        /// @param workspace its name
        record InUse(String workspace) implements Attached {}

        /// The workspace has a number already.
        record HasNumber() implements Attached {}

        record Refused(Refusal refusal) implements Attached {}
    }

    static boolean mayAttach(WorkspaceActor actor) {
        return actor instanceof ProjectSide side && side.context().membership().everything();
    }

    /// Returns the account's pools; none to those who may not attach them.
    Offer offer(WorkspaceActor actor) {
        if (!mayAttach(actor)) {
            return new Offer(List.of(), List.of(), false);
        }
        AccountId tenant = actor.owner().tenant();
        Pools.Found masters = pools.search(tenant, SenderQuery.ALL, Sender::isMaster, Optional.empty(), OFFERED);
        List<SenderId> ids = masters.senders().stream().map(Sender::id).toList();
        Map<SenderId, String> users =
                ids.isEmpty() ? Map.of() : database.read(tenant, tx -> new UsedNumberStore(tx).namesUsing(tenant, ids));
        List<Offered> all = masters.senders().stream()
                .map(master ->
                        new Offered(master.id().value(), label(master), Optional.ofNullable(users.get(master.id()))))
                .toList();
        return new Offer(
                all.stream().filter(pool -> pool.usedBy().isEmpty()).toList(),
                all.stream().filter(pool -> pool.usedBy().isPresent()).toList(),
                masters.next().isPresent());
    }

    private static String label(Sender master) {
        String servants = master.servants() == 0
                ? ""
                : ", " + master.servants() + (master.servants() == 1 ? " servant" : " servants");
        return master.shownName()
                + master.phone()
                        .map(Phone::toString)
                        .map(phone -> " (" + phone + ")")
                        .orElse("")
                + servants;
    }

    /// @param pool the id of its master, as it was given
    Attached attach(WorkspaceActor actor, ProjectId project, WorkspaceId id, String pool) {
        return database.write(tx -> Access.locked(tx, actor, Right.LINK_NUMBER, project, id)
                .<Attached>fold(
                        workspace -> SenderId.parse(pool)
                                .map(master -> attach(tx, actor, workspace, master))
                                .orElseGet(Attached.NoPool::new),
                        Attached.Refused::new));
    }

    private Attached attach(Tx tx, WorkspaceActor actor, Workspace workspace, SenderId pool) {
        AccountId tenant = workspace.owner().tenant();
        if (!mayAttach(actor)) {
            return new Attached.NoPool();
        }
        Accounts.hold(tx, tenant); // two workspaces may ask for the same pool at once
        Optional<SenderId> own = workspace
                .whatsappClient()
                .flatMap(SenderId::parse)
                .flatMap(id -> pools.sender(tx, tenant, id))
                .map(Sender::id);
        if (own.isPresent()) {
            return own.get().equals(pool) ? new Attached.Done() : new Attached.HasNumber();
        }
        if (pools.sender(tx, tenant, pool).filter(Sender::isMaster).isEmpty()) {
            return new Attached.NoPool();
        }
        var store = new WorkspaceStore(tx);
        Optional<Workspace> other = store.findByWhatsappClient(tenant, pool.value());
        if (other.isPresent()) {
            return new Attached.InUse(other.get().name());
        }
        store.setWhatsappClient(tenant, workspace.id(), Optional.of(pool.value()), clock.instant());
        note(tx, actor, workspace, "WorkspacePoolAttached", pool.value());
        return new Attached.Done();
    }

    /// Detaches the workspace's number, which stays a pool of the account. Conversations stay in the workspace.
    Attached detach(WorkspaceActor actor, ProjectId project, WorkspaceId id) {
        return database.write(tx -> Access.locked(tx, actor, Right.LINK_NUMBER, project, id)
                .<Attached>fold(workspace -> detach(tx, actor, workspace), Attached.Refused::new));
    }

    private Attached detach(Tx tx, WorkspaceActor actor, Workspace workspace) {
        Optional<String> client = workspace.whatsappClient();
        if (!mayAttach(actor) || client.isEmpty()) {
            return new Attached.NoPool();
        }
        new WorkspaceStore(tx)
                .setWhatsappClient(
                        WorkspaceNumbers.tenant(workspace), workspace.id(), Optional.empty(), clock.instant());
        note(tx, actor, workspace, "WorkspacePoolDetached", client.get());
        return new Attached.Done();
    }

    private void note(Tx tx, WorkspaceActor actor, Workspace workspace, String action, String client) {
        Map<String, Object> details = new HashMap<>(actor.auditDetails());
        details.put("client", client);
        audit.note(tx, actor.actor(), workspace, action, details);
        tx.afterCommit(() -> changed.fire(new WorkspaceNumberChanged(workspace.id())));
    }
}
