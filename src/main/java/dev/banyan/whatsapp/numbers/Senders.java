package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.changes.SenderChanges;
import dev.banyan.whatsapp.changes.Unlink;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Adds, moves and removes an account's masters and servants. [Pools] reads them, [Linking] connects them.
@Singleton
public record Senders(SenderChanges changes, SenderIds ids, Unlink unlink) {

    public static final String DEFAULT_PURPOSE = "custom";

    private static final int MOVES_TOLD = 1_000;
    private static final String SAME_MASTER = "Choose a different master for the servants";

    public static final Text DISPLAY_NAME = Text.line("displayName", "Name", 100);
    public static final Text PURPOSE = Text.line("purpose", "Purpose", 40);

    /// The data of a new master.
    ///
    /// @param id empty: made from the name
    /// @param phone empty: learnt when it is linked
    public record NewMaster(
            Optional<String> id, String displayName, Optional<String> phone, MasterType type, Place place) {

        /// A simulated master.
        public NewMaster(Optional<String> id, String displayName, Optional<String> phone, MasterType type) {
            this(id, displayName, phone, type, Place.SIMULATED);
        }
    }

    /// The data of a new servant.
    ///
    /// @param purpose empty: `custom`
    public record NewServant(SenderId master, String phone, String displayName, Optional<String> purpose, Place place) {

        /// A simulated servant.
        public NewServant(SenderId master, String phone, String displayName, Optional<String> purpose) {
            this(master, phone, displayName, purpose, Place.SIMULATED);
        }
    }

    /// The result of adding a sender.
    public sealed interface Added {

        record Done(Sender sender) implements Added {}

        record MasterNotFound(SenderId master) implements Added {}

        /// @param by the sender with this phone, always of the same account
        record PhoneInUse(Phone phone, Sender by) implements Added {}

        /// The account has another sender with this id.
        record IdTaken(SenderId id) implements Added {}

        record Rejected(List<Invalid> invalid) implements Added {}
    }

    /// The result of moving a servant to another master.
    public sealed interface Moved {

        /// @param isMoved whether it had another master before
        /// @param messages how many waiting messages moved with it
        record Done(Sender servant, Sender master, boolean isMoved, int messages) implements Moved {}

        record ServantNotFound(SenderId servant) implements Moved {}

        record MasterNotFound(SenderId master) implements Moved {}
    }

    /// What moved when all servants of a master moved to another one.
    @Schema(name = "Moved")
    public record MovedAll(
            int servants,

            @Schema(description = "Waiting messages that moved with them: those to their contacts")
            int messages,

            @Schema(description = "Messages that still wait for the old master")
            int waiting) {}

    /// The result of removing a sender.
    public sealed interface Removed {

        /// @param moved how many servants moved to another master
        /// @param movedMessages how many waiting messages moved to that master
        /// @param waiting how many messages stay in the queue of a removed master: a master with the same id
        ///     sends them
        record Done(Sender sender, long moved, int movedMessages, int waiting) implements Removed {}

        record NotFound(SenderId id) implements Removed {}

        record HasServants(Sender master, long servants) implements Removed {}

        /// The new master of the servants doesn't exist, or is the one to be removed.
        record MasterNotFound(SenderId master) implements Removed {}
    }

    public Added addMaster(AccountId tenant, Actor actor, NewMaster wanted) {
        List<Invalid> invalid = new ArrayList<>();
        DISPLAY_NAME.broken(wanted.displayName()).ifPresent(invalid::add);
        Optional<Phone> phone = wanted.phone().flatMap(Phone::parse);
        if (wanted.phone().isPresent() && phone.isEmpty()) {
            invalid.add(Phone.INVALID);
        }
        Optional<SenderId> id = wanted.id().flatMap(SenderId::parse);
        if (wanted.id().isPresent() && id.isEmpty()) {
            invalid.add(new Invalid("id", "Invalid account id", SenderId.RULE));
        }
        if (!invalid.isEmpty()) {
            return new Added.Rejected(List.copyOf(invalid));
        }
        String name = Text.clean(wanted.displayName());
        var role = new Sender.Role.Master(wanted.type());
        return changes.write(tenant, change -> {
            var sender = Sender.fresh(
                    id.orElseGet(() -> SenderIds.fromName(name)),
                    tenant,
                    role,
                    name,
                    phone,
                    wanted.place().driver(),
                    change.now());
            return insert(change, actor, sender, wanted.place(), id.isPresent(), "MasterAdded");
        });
    }

    public Added addServant(AccountId tenant, Actor actor, NewServant wanted) {
        return changes.write(tenant, change -> addServant(change, actor, wanted));
    }

    /// Adds a servant as part of a bulk action.
    Added addServant(SenderChanges.Change change, Actor actor, NewServant wanted) {
        AccountId tenant = change.tenant();
        List<Invalid> invalid = new ArrayList<>();
        DISPLAY_NAME.broken(wanted.displayName()).ifPresent(invalid::add);
        String purpose = wanted.purpose()
                .map(Text::clean)
                .filter(text -> !text.isEmpty())
                .orElse(DEFAULT_PURPOSE);
        PURPOSE.broken(purpose).ifPresent(invalid::add);
        Optional<Phone> phone = Phone.parse(wanted.phone());
        if (phone.isEmpty()) {
            invalid.add(Phone.INVALID);
        }
        if (master(change, tenant, wanted.master()).isEmpty()) {
            return new Added.MasterNotFound(wanted.master());
        }
        if (!invalid.isEmpty()) {
            return new Added.Rejected(List.copyOf(invalid));
        }
        var servant = Sender.fresh(
                ids.nextServant(),
                tenant,
                new Sender.Role.Servant(wanted.master(), purpose),
                Text.clean(wanted.displayName()),
                phone,
                wanted.place().driver(),
                change.now());
        Added added = insert(change, actor, servant, wanted.place(), false, "ServantAdded");
        if (added instanceof Added.Done) {
            change.store().addServants(tenant, wanted.master(), 1, change.now());
        }
        return added;
    }

    /// @param chosen whether the id was chosen by the caller; otherwise another one is generated if it is taken
    private Added insert(
            SenderChanges.Change change, Actor actor, Sender wanted, Place place, boolean chosen, String action) {
        SenderStore store = change.store();
        Optional<Invalid> used = used(store, wanted.tenant(), place);
        if (used.isPresent()) {
            return new Added.Rejected(List.of(used.get()));
        }
        Sender sender = wanted.at(place.driver(), place.of(wanted.id()));
        while (!store.insert(sender.tenant(), sender)) {
            Optional<Sender> by = sender.phone().flatMap(phone -> store.findByPhone(wanted.tenant(), phone));
            if (by.isPresent()) {
                return new Added.PhoneInUse(sender.phone().orElseThrow(), by.get());
            }
            if (chosen) {
                return new Added.IdTaken(sender.id());
            }
            SenderId other = ids.another(sender);
            sender = sender.withId(other).at(place.driver(), place.of(other));
        }
        change.done(actor, action, sender.id(), Map.of("name", sender.displayName(), "phone", text(sender.phone())));
        return new Added.Done(sender);
    }

    /// Returns what is wrong if another number of the account is the same one at its gateway.
    private static Optional<Invalid> used(SenderStore store, AccountId tenant, Place place) {
        return place.connection()
                .flatMap(connection -> place.remote().flatMap(name -> store.findByRemote(tenant, connection, name)))
                .map(by -> new Invalid(
                        "remote", "This number of the gateway is already used by “" + by.displayName() + "”"));
    }

    /// Moves a number to another gateway. It keeps its pool, contacts and history, and is linked there anew.
    public Outcome<Sender> place(AccountId tenant, Actor actor, SenderId id, Place place) {
        Outcome<Sender> before = changes.write(
                tenant,
                change -> used(change.store(), tenant, place)
                        .<Outcome<Sender>>map(Outcome::rejected)
                        .orElseGet(() -> change.store()
                                .find(tenant, id)
                                .map(Outcome::done)
                                .orElseGet(Outcome::notFound)));
        // Disconnected first, because afterwards the old gateway is no longer known.
        return before.then(sender -> {
            unlink.forget(sender);
            return placed(tenant, actor, id, place);
        });
    }

    private Outcome<Sender> placed(AccountId tenant, Actor actor, SenderId id, Place place) {
        return changes.write(tenant, change -> {
            SenderStore store = change.store();
            Optional<Sender> found = store.find(tenant, id);
            if (found.isEmpty()) {
                return Outcome.notFound();
            }
            Sender after = found.get()
                    .at(place.driver(), place.of(id))
                    .withLink(Sender.Link.none(SenderState.PENDING, change.now()), change.now());
            store.place(tenant, after);
            change.event(
                    after,
                    SenderEvent.Tone.INFO,
                    "Moved to another connection",
                    "It is now at " + place.driver().title() + " and must be linked there.");
            change.done(
                    actor, "SenderPlaced", id, Map.of("driver", place.driver().key()));
            return Outcome.done(store.find(tenant, id).orElseThrow());
        });
    }

    /// Moves a servant to another master.
    public Moved changeMaster(AccountId tenant, Actor actor, SenderId servant, SenderId newMaster) {
        return changes.write(tenant, change -> changeMaster(change, actor, servant, newMaster));
    }

    /// Moves a servant as part of a bulk action.
    Moved changeMaster(SenderChanges.Change change, Actor actor, SenderId servant, SenderId newMaster) {
        AccountId tenant = change.tenant();
        SenderStore store = change.store();
        Optional<Sender> known = store.find(tenant, servant);
        Optional<SenderId> oldMaster = known.flatMap(Sender::masterId);
        if (oldMaster.isEmpty()) {
            return new Moved.ServantNotFound(servant);
        }
        if (master(change, tenant, newMaster).isEmpty()) {
            return new Moved.MasterNotFound(newMaster);
        }
        int messages = 0;
        boolean isMoved = !oldMaster.get().equals(newMaster);
        if (isMoved) {
            messages = change.moveWaiting(oldMaster.get(), newMaster, Optional.of(servant));
            store.move(tenant, servant, newMaster, change.now());
            store.addServants(tenant, oldMaster.get(), -1, change.now());
            store.addServants(tenant, newMaster, 1, change.now());
            change.moved(known.orElseThrow().displayName(), servant, oldMaster.get(), newMaster);
            change.done(
                    actor,
                    "ServantMoved",
                    servant,
                    Map.of("from", oldMaster.get().value(), "to", newMaster.value(), "messages", messages));
        }
        return new Moved.Done(
                store.find(tenant, servant).orElseThrow(),
                store.find(tenant, newMaster).orElseThrow(),
                isMoved,
                messages);
    }

    /// Moves all servants of a master to another one. Refused as not found if one of the masters is gone.
    public Outcome<MovedAll> moveServants(AccountId tenant, Actor actor, SenderId from, SenderId to) {
        return changes.write(tenant, change -> {
            SenderStore store = change.store();
            if (master(change, tenant, from).isEmpty()) {
                return Outcome.notFound();
            }
            if (master(change, tenant, to).isEmpty()) {
                return Outcome.notFound();
            }
            if (from.equals(to)) {
                return Outcome.conflict(SAME_MASTER);
            }
            List<SenderId> others = moving(store, tenant, from, to);
            int messages = store.servantIds(tenant, from, Integer.MAX_VALUE).stream()
                    .mapToInt(servant -> change.moveWaiting(from, to, Optional.of(servant)))
                    .sum();
            int moved = store.moveAll(tenant, from, to, change.now());
            if (moved > 0) {
                store.addServants(tenant, from, -moved, change.now());
                store.addServants(tenant, to, moved, change.now());
                change.moved(servants(moved), to, from, to);
                change.done(
                        actor,
                        "ServantsMoved",
                        from,
                        others,
                        Map.of("to", to.value(), "servants", moved, "messages", messages));
            }
            return Outcome.done(new MovedAll(moved, messages, change.waiting(from)));
        });
    }

    /// Returns the senders to notify when all servants of a master move: the pool that gets them, because it has more
    /// numbers to send with, and the servants; of a very large pool only the oldest.
    private static List<SenderId> moving(SenderStore store, AccountId tenant, SenderId from, SenderId to) {
        var others = new ArrayList<>(List.of(to));
        others.addAll(store.servantIds(tenant, from, MOVES_TOLD));
        return List.copyOf(others);
    }

    public Removed removeServant(AccountId tenant, Actor actor, SenderId id) {
        return stopped(changes.write(tenant, change -> removeServant(change, actor, id)));
    }

    /// Removes a servant as part of a bulk action. The caller disconnects the sender after the commit.
    Removed removeServant(SenderChanges.Change change, Actor actor, SenderId id) {
        AccountId tenant = change.tenant();
        SenderStore store = change.store();
        Optional<Sender> servant = store.find(tenant, id).filter(sender -> !sender.isMaster());
        if (servant.isEmpty()) {
            return new Removed.NotFound(id);
        }
        store.delete(tenant, id);
        store.addServants(tenant, servant.get().masterId().orElseThrow(), -1, change.now());
        change.done(
                actor, "ServantRemoved", id, Map.of("phone", text(servant.get().phone())));
        return new Removed.Done(servant.get(), 0, 0, 0);
    }

    /// Removes a master. Refused while it has servants, unless they move to another master.
    ///
    /// @param moveTo the master that gets its servants
    public Removed removeMaster(AccountId tenant, Actor actor, SenderId id, Optional<SenderId> moveTo) {
        return stopped(changes.write(tenant, change -> removeMaster(change, actor, id, moveTo)));
    }

    /// Removes a master as part of a bulk action. The caller disconnects the sender after the commit.
    Removed removeMaster(SenderChanges.Change change, Actor actor, SenderId id, Optional<SenderId> moveTo) {
        AccountId tenant = change.tenant();
        SenderStore store = change.store();
        Optional<Sender> master = master(change, tenant, id);
        if (master.isEmpty()) {
            return new Removed.NotFound(id);
        }
        long servants = master.get().servants();
        if (servants > 0 && moveTo.isEmpty()) {
            return new Removed.HasServants(master.get(), servants);
        }
        List<SenderId> others = List.of();
        int messages = 0;
        if (moveTo.isPresent()) {
            SenderId to = moveTo.get();
            if (to.equals(id) || master(change, tenant, to).isEmpty()) {
                return new Removed.MasterNotFound(to);
            }
            others = moving(store, tenant, id, to);
            messages = change.moveWaiting(id, to, Optional.empty());
            store.moveAll(tenant, id, to, change.now());
            store.addServants(tenant, to, servants, change.now());
            if (servants > 0) {
                change.moved(servants(servants), to, id, to);
            }
        }
        store.delete(tenant, id);
        change.done(
                actor,
                "MasterRemoved",
                id,
                others,
                Map.of(
                        "phone",
                        text(master.get().phone()),
                        "servants",
                        servants,
                        "messages",
                        messages,
                        "movedTo",
                        moveTo.map(SenderId::value).orElse("")));
        return new Removed.Done(master.get(), servants, messages, change.waiting(id));
    }

    private Removed stopped(Removed removed) {
        if (removed instanceof Removed.Done(Sender sender, long _, int _, int _)) {
            unlink.forget(sender);
        }
        return removed;
    }

    private static String servants(long moved) {
        return moved == 1 ? "1 servant" : moved + " servants";
    }

    public Outcome<Sender> setMasterType(AccountId tenant, Actor actor, SenderId id, MasterType type) {
        return changes.write(tenant, change -> {
            Optional<Sender> before = master(change, tenant, id);
            if (before.isEmpty()) {
                return Outcome.notFound();
            }
            if (!before.get().masterType().equals(Optional.of(type))) {
                change.store().setType(tenant, id, type, change.now());
                change.done(actor, "MasterTypeSet", id, Map.of("type", type.key()));
            }
            return Outcome.done(change.store().find(tenant, id).orElseThrow());
        });
    }

    private static Optional<Sender> master(SenderChanges.Change change, AccountId tenant, SenderId id) {
        return change.store().find(tenant, id).filter(Sender::isMaster);
    }

    private static String text(Optional<Phone> phone) {
        return phone.map(Phone::e164).orElse("");
    }
}
