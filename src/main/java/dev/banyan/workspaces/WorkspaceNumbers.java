package dev.banyan.workspaces;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.numbers.Place;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.whatsapp.session.Linking;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// The workspace's WhatsApp number: a master of the agency whose phone number is learned when it is linked. `whatsapp`
/// knows nothing about workspaces; the workspace stores which number it uses.
///
/// Creating a number takes two steps: its id is stored on the workspace, then the master is added under that id. If the
/// server dies in between, the id has no master, which counts as no number; the next call continues from there, so no
/// orphaned master is ever left behind.
@Singleton
public final class WorkspaceNumbers {

    private static final SecureRandom RANDOM = new SecureRandom();
    /// Eighteen random digits, so that ids don't collide.
    private static final long FIRST_ID = 100_000_000_000_000_000L;

    private static final long LAST_ID = 1_000_000_000_000_000_000L;
    private static final int TRIES = 5;
    private static final Pattern OWN = Pattern.compile("wa_[0-9]{18}");

    public record WithNumber(Workspace workspace, Optional<Sender> number) {}

    /// Result of removing a workspace's number.
    public sealed interface Deleted {

        record Done() implements Deleted {}

        /// Other numbers belong to it and would be left without a master.
        record HasServants(long servants) implements Deleted {}

        record Refused(Refusal refusal) implements Deleted {}
    }

    private final Database database;
    private final Pools pools;
    private final Senders senders;
    private final Linking linking;
    private final Connections connections;
    private final Audit audit;
    private final Event<WorkspaceNumberChanged> changed;
    private final Clock clock;
    /// Numbers that are being removed here, together with their rows.
    private final Set<SenderKey> removing = ConcurrentHashMap.newKeySet();

    WorkspaceNumbers(
            Database database,
            Pools pools,
            Senders senders,
            Linking linking,
            Connections connections,
            Audit audit,
            Event<WorkspaceNumberChanged> changed,
            Clock clock) {
        this.database = database;
        this.pools = pools;
        this.senders = senders;
        this.linking = linking;
        this.connections = connections;
        this.audit = audit;
        this.changed = changed;
        this.clock = clock;
    }

    public Outcome<WithNumber> find(WorkspaceActor actor, WorkspaceId id) {
        return database.read(tx -> access(tx, actor, id, false))
                .map(workspace -> new WithNumber(workspace, of(workspace)));
    }

    /// @param client `wa_…`
    public Outcome<WithNumber> findByClient(WorkspaceActor actor, String client) {
        return database.read(
                        actor.owner().tenant(),
                        tx -> new WorkspaceStore(tx)
                                .findByWhatsappClient(actor.owner().tenant(), client))
                .map(workspace -> find(actor, workspace.id()))
                .orElseGet(Outcome::notFound);
    }

    /// Looks up the numbers of several workspaces for the project's side in two queries; leaves out workspaces it can't
    /// see.
    public Map<WorkspaceId, Outcome<WithNumber>> findAll(WorkspaceActor.ProjectSide side, Collection<WorkspaceId> ids) {
        List<Workspace> found = database.read(
                side.context().owner().tenant(),
                tx -> new WorkspaceStore(tx).findAll(side.context().owner(), ids));
        Map<SenderId, Sender> theirs = ofAll(side.context().owner().tenant(), found);
        var seen = new HashMap<WorkspaceId, Outcome<WithNumber>>();
        found.forEach(workspace -> seen.put(
                workspace.id(),
                Outcome.done(new WithNumber(
                        workspace,
                        workspace.whatsappClient().flatMap(SenderId::parse).map(theirs::get)))));
        return seen;
    }

    /// Returns the number of a workspace that the caller has already found.
    public Optional<Sender> of(Workspace workspace) {
        return workspace.whatsappClient().flatMap(SenderId::parse).flatMap(id -> pools.sender(tenant(workspace), id));
    }

    /// Returns the numbers of one tenant's workspaces in one query.
    public Map<SenderId, Sender> ofAll(AccountId tenant, List<Workspace> workspaces) {
        return pools.senders(
                tenant,
                workspaces.stream()
                        .flatMap(workspace -> workspace.whatsappClient().stream())
                        .flatMap(client -> SenderId.parse(client).stream())
                        .toList());
    }

    /// Finds the workspace in any project, for callers who may see it.
    private static Outcome<Workspace> access(Tx tx, WorkspaceActor actor, WorkspaceId id, boolean lock) {
        Optional<Workspace> there = switch (actor) {
            case WorkspaceActor.ProjectSide side ->
                new WorkspaceStore(tx).find(side.context().owner(), id);
            case WorkspaceActor.Member member ->
                Optional.of(member.workspace()).filter(own -> own.id().equals(id));
        };
        return there.map(workspace -> lock
                        ? Access.locked(tx, actor, Right.LINK_NUMBER, workspace.project(), id)
                        : Access.to(tx, actor, Right.LINK_NUMBER, workspace.project(), id))
                .orElseGet(Outcome::notFound);
    }

    /// Gives a workspace its number, at the account's first gateway for phones, or simulated if it has none.
    ///
    /// @return the new or existing number; linking has started if it wasn't linked
    public Outcome<Sender> create(WorkspaceActor actor, WorkspaceId id) {
        return create(
                actor,
                id,
                connections.forPhones(actor.owner().tenant()).stream()
                        .findFirst()
                        .map(WorkspaceNumbers::at)
                        .orElse(Place.SIMULATED));
    }

    /// Returns the place of a new number at a gateway.
    public static Place at(Connection connection) {
        return new Place(connection.driver(), Optional.of(connection.id()), Optional.empty());
    }

    /// Gives a workspace its number and starts linking it, so that there is a code to scan. Idempotent.
    ///
    /// @return the new or existing number; linking has started if it wasn't linked
    public Outcome<Sender> create(WorkspaceActor actor, WorkspaceId id, Place place) {
        Optional<SenderId> taken = Optional.empty();
        for (int attempt = 0; attempt < TRIES; attempt++) {
            switch (claim(actor, id, taken)) {
                case Outcome.Refused<Workspace>(Refusal refusal) -> {
                    return Outcome.refused(refusal);
                }
                case Outcome.Done<Workspace>(Workspace workspace) -> {
                    Optional<Sender> number = add(actor, workspace, place);
                    if (number.isPresent()) {
                        hold(workspace, number.get());
                        return Outcome.done(begin(actor, workspace, number.get()));
                    }
                    taken = workspace.whatsappClient().flatMap(SenderId::parse);
                }
            }
        }
        throw new IllegalStateException("Every generated number id was already taken");
    }

    /// Returns the workspace with the id of its number; assigns an id if it has none.
    ///
    /// @param taken an id that turned out to belong to another sender
    private Outcome<Workspace> claim(WorkspaceActor actor, WorkspaceId id, Optional<SenderId> taken) {
        return database.write(tx -> access(tx, actor, id, true).map(workspace -> {
            if (workspace
                    .whatsappClient()
                    .filter(client ->
                            taken.filter(other -> other.value().equals(client)).isEmpty())
                    .isPresent()) {
                return workspace;
            }
            String client = "wa_" + RANDOM.nextLong(FIRST_ID, LAST_ID);
            new WorkspaceStore(tx).setWhatsappClient(tenant(workspace), id, Optional.of(client), clock.instant());
            note(tx, actor, workspace, "WorkspaceNumberAdded", client);
            return workspace.withWhatsappClient(Optional.of(client));
        }));
    }

    /// @return empty if a sender with this id came and went at the same moment
    private Optional<Sender> add(WorkspaceActor actor, Workspace workspace, Place place) {
        Optional<Sender> known = of(workspace);
        if (known.isPresent()) {
            return known;
        }
        var wanted = new Senders.NewMaster(
                workspace.whatsappClient(), workspace.name(), Optional.empty(), MasterType.PRIMARY, place);
        return switch (senders.addMaster(tenant(workspace), actor.actor(), wanted)) {
            case Senders.Added.Done done -> Optional.of(done.sender());
            case Senders.Added.IdTaken _ -> of(workspace); // ours, if two requests asked at the same time
            case Senders.Added.Rejected _, Senders.Added.PhoneInUse _, Senders.Added.MasterNotFound _ ->
                throw new IllegalStateException("A name that fits a workspace fits its number");
        };
    }

    /// Holds the number again: another request may have just removed the number with the same id and cleared it from
    /// the workspace.
    private void hold(Workspace workspace, Sender number) {
        database.write(tx -> {
            var store = new WorkspaceStore(tx);
            store.lock(tenant(workspace), workspace.id());
            boolean lost = store.find(workspace.owner(), workspace.id())
                    .filter(now -> now.whatsappClient().isEmpty())
                    .isPresent();
            if (lost) {
                store.setWhatsappClient(
                        tenant(workspace),
                        workspace.id(),
                        Optional.of(number.id().value()),
                        clock.instant());
            }
            return lost;
        });
    }

    private Sender begin(WorkspaceActor actor, Workspace workspace, Sender number) {
        changed.fire(new WorkspaceNumberChanged(workspace.id()));
        return isIdle(number) ? link(actor, number) : number;
    }

    /// Whether the number stays offline until linking is started; one that lost its connection reconnects on its own.
    private static boolean isIdle(Sender number) {
        return number.state() == SenderState.PENDING || number.state() == SenderState.UNLINKED;
    }

    private Sender link(WorkspaceActor actor, Sender number) {
        return switch (linking.link(number.tenant(), actor.actor(), number.id())) {
            case Linking.LinkStart.Done done -> done.sender();
            case Linking.LinkStart.AlreadyLinked linked -> linked.sender();
            case Linking.LinkStart.Disabled disabled -> disabled.sender();
            case Linking.LinkStart.NotFound _ -> number; // removed a moment ago
        };
    }

    /// Removes the number from its workspace and from the agency.
    public Deleted delete(WorkspaceActor actor, String client) {
        return findByClient(actor, client)
                .<Deleted>fold(
                        found -> found.number()
                                .map(number -> deleteAllowed(actor, found.workspace(), number))
                                .orElseGet(() -> new Deleted.Refused(new Refusal.NotFound())),
                        Deleted.Refused::new);
    }

    /// A pool that its account attached isn't the workspace's to delete.
    private Deleted deleteAllowed(WorkspaceActor actor, Workspace workspace, Sender number) {
        if (actor instanceof WorkspaceActor.Member && !isOwn(number.id())) {
            return new Deleted.Refused(new Refusal.Forbidden());
        }
        removing.add(number.key());
        try {
            return delete(actor, workspace, number);
        } finally {
            removing.remove(number.key());
        }
    }

    private Deleted delete(WorkspaceActor actor, Workspace workspace, Sender number) {
        return switch (senders.removeMaster(number.tenant(), actor.actor(), number.id(), Optional.empty())) {
            case Senders.Removed.HasServants has -> new Deleted.HasServants(has.servants());
            case Senders.Removed.Done _, Senders.Removed.NotFound _ -> {
                forget(actor, workspace, number.id().value());
                yield new Deleted.Done();
            }
            case Senders.Removed.MasterNotFound _ -> throw new IllegalStateException("No new master was named");
        };
    }

    /// Whether the number was created for a workspace, rather than attached to it.
    public static boolean isOwn(SenderId number) {
        return OWN.matcher(number.value()).matches();
    }

    /// Whether this number is being removed right now through this class rather than through the pools.
    public boolean isRemoving(SenderKey number) {
        return removing.contains(number);
    }

    private void forget(WorkspaceActor actor, Workspace workspace, String client) {
        database.write(tx -> {
            var store = new WorkspaceStore(tx);
            store.lock(tenant(workspace), workspace.id());
            if (store.findByWhatsappClient(tenant(workspace), client).isPresent()) {
                store.setWhatsappClient(tenant(workspace), workspace.id(), Optional.empty(), clock.instant());
                note(tx, actor, workspace, "WorkspaceNumberRemoved", client);
            }
            tx.afterCommit(() -> changed.fire(new WorkspaceNumberChanged(workspace.id())));
            return client;
        });
    }

    private void note(Tx tx, WorkspaceActor actor, Workspace workspace, String action, String client) {
        Map<String, Object> details = new HashMap<>(actor.auditDetails());
        details.put("client", client);
        audit.note(tx, actor.actor(), workspace, action, details);
    }

    /// Returns the root account: masters belong to root accounts.
    public static AccountId tenant(Workspace workspace) {
        return workspace.owner().tenant();
    }
}
