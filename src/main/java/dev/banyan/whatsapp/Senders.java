package dev.banyan.whatsapp;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Text;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/// Masters and servants of an account: added, moved, renamed, removed. [Pools] shows them, [Linking] brings them to
/// life.
@Singleton
public final class Senders {

    public static final String DEFAULT_PURPOSE = "custom";

    static final Text DISPLAY_NAME = Text.line("displayName", "Name", 100);
    static final Text PURPOSE = Text.line("purpose", "Purpose", 40);

    /// What is needed for a new master.
    ///
    /// @param id empty: made from the name
    /// @param phone empty: learnt when it is linked
    public record NewMaster(
            Optional<String> id, String displayName, Optional<String> phone, MasterType type, DriverKind driver) {}

    /// What is needed for a new servant.
    ///
    /// @param purpose empty: `custom`
    public record NewServant(
            SenderId master, String phone, String displayName, Optional<String> purpose, DriverKind driver) {}

    /// What came of adding one.
    public sealed interface Added {

        record Done(Sender sender) implements Added {}

        record MasterNotFound(SenderId master) implements Added {}

        /// @param by who has it; always of the same account
        record PhoneInUse(Phone phone, Sender by) implements Added {}

        /// Somebody on this server has the id.
        record IdTaken(SenderId id) implements Added {}

        record Rejected(List<Invalid> invalid) implements Added {}
    }

    /// What came of giving a servant another master.
    public sealed interface Moved {

        /// @param master the one that it belongs to now, which may be the same as before
        record Done(Sender servant, Sender master) implements Moved {}

        record ServantNotFound(SenderId servant) implements Moved {}

        record MasterNotFound(SenderId master) implements Moved {}
    }

    /// What came of removing one.
    public sealed interface Removed {

        /// @param moved how many servants went to another master
        record Done(Sender sender, long moved) implements Removed {}

        record Unknown(SenderId id) implements Removed {}

        record HasServants(Sender master, long servants) implements Removed {}

        /// The master that the servants should go to; it is not there, or it is the one that goes.
        record MasterNotFound(SenderId master) implements Removed {}
    }

    /// What came of changing a name or a type.
    public sealed interface Changed {

        record Done(Sender sender) implements Changed {}

        record Unknown(SenderId id) implements Changed {}

        record Rejected(Invalid invalid) implements Changed {}
    }

    private final Database database;
    private final SenderIds ids;
    private final Audit audit;
    private final Event<SenderChanged> changed;
    private final Clock clock;

    Senders(Database database, SenderIds ids, Audit audit, Event<SenderChanged> changed, Clock clock) {
        this.database = database;
        this.ids = ids;
        this.audit = audit;
        this.changed = changed;
        this.clock = clock;
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
        String name = wanted.displayName().strip();
        var role = new Sender.Role.Master(wanted.type());
        return database.write(tx -> {
            Instant now = clock.instant();
            var sender = Sender.fresh(
                    id.orElseGet(() -> SenderIds.fromName(name)), tenant, role, name, phone, wanted.driver(), now);
            return insert(tx, actor, sender, id.isPresent(), "MasterAdded");
        });
    }

    public Added addServant(AccountId tenant, Actor actor, NewServant wanted) {
        List<Invalid> invalid = new ArrayList<>();
        DISPLAY_NAME.broken(wanted.displayName()).ifPresent(invalid::add);
        String purpose = wanted.purpose()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .orElse(DEFAULT_PURPOSE);
        PURPOSE.broken(purpose).ifPresent(invalid::add);
        Optional<Phone> phone = Phone.parse(wanted.phone());
        if (phone.isEmpty()) {
            invalid.add(Phone.INVALID);
        }
        return database.write(tx -> {
            var store = new SenderStore(tx);
            // Held until the commit: it must not be removed between the look and the insert.
            if (store.lock(tenant, wanted.master()).filter(Sender::isMaster).isEmpty()) {
                return new Added.MasterNotFound(wanted.master());
            }
            if (!invalid.isEmpty()) {
                return new Added.Rejected(List.copyOf(invalid));
            }
            Instant now = clock.instant();
            var servant = Sender.fresh(
                    ids.nextServant(),
                    tenant,
                    new Sender.Role.Servant(wanted.master(), purpose),
                    wanted.displayName().strip(),
                    phone,
                    wanted.driver(),
                    now);
            Added added = insert(tx, actor, servant, false, "ServantAdded");
            if (added instanceof Added.Done) {
                store.addServants(tenant, wanted.master(), 1, now);
            }
            return added;
        });
    }

    /// @param chosen whether somebody wants this very id; else another one is made where it is taken
    private Added insert(Tx tx, Actor actor, Sender wanted, boolean chosen, String action) {
        var store = new SenderStore(tx);
        Sender sender = wanted;
        while (!store.insert(sender.tenant(), sender)) {
            Optional<Sender> by = sender.phone().flatMap(phone -> store.findByPhone(wanted.tenant(), phone));
            if (by.isPresent()) {
                return new Added.PhoneInUse(sender.phone().orElseThrow(), by.get());
            }
            if (chosen) {
                return new Added.IdTaken(sender.id());
            }
            sender = sender.withId(ids.another(sender));
        }
        note(tx, actor, sender, action, Map.of("name", sender.displayName(), "phone", text(sender.phone())));
        return new Added.Done(sender);
    }

    /// Gives a servant to another master.
    public Moved changeMaster(AccountId tenant, Actor actor, SenderId servant, SenderId newMaster) {
        return database.write(tx -> {
            var store = new SenderStore(tx);
            Optional<SenderId> before = store.find(tenant, servant).flatMap(Sender::masterId);
            if (before.isEmpty()) {
                return new Moved.ServantNotFound(servant);
            }
            var locked = store.lock(tenant, List.of(servant, newMaster, before.get()));
            Optional<Sender> moving = find(locked, servant).filter(sender -> !sender.isMaster());
            if (moving.isEmpty()) {
                return new Moved.ServantNotFound(servant);
            }
            Optional<Sender> master = find(locked, newMaster).filter(Sender::isMaster);
            if (master.isEmpty()) {
                return new Moved.MasterNotFound(newMaster);
            }
            SenderId oldMaster = moving.get().masterId().orElseThrow();
            if (!oldMaster.equals(newMaster)) {
                Instant now = clock.instant();
                store.move(tenant, servant, newMaster, now);
                store.addServants(tenant, oldMaster, -1, now);
                store.addServants(tenant, newMaster, 1, now);
                note(
                        tx,
                        actor,
                        moving.get(),
                        "ServantMoved",
                        Map.of("from", oldMaster.value(), "to", newMaster.value()));
            }
            return new Moved.Done(
                    store.find(tenant, servant).orElseThrow(),
                    store.find(tenant, newMaster).orElseThrow());
        });
    }

    public Removed removeServant(AccountId tenant, Actor actor, SenderId id) {
        return database.write(tx -> {
            var store = new SenderStore(tx);
            // The master first, as everybody does who changes its number of servants.
            store.find(tenant, id).flatMap(Sender::masterId).ifPresent(master -> store.lock(tenant, master));
            Optional<Sender> servant = store.lock(tenant, id).filter(sender -> !sender.isMaster());
            if (servant.isEmpty()) {
                return new Removed.Unknown(id);
            }
            store.delete(tenant, id);
            store.addServants(tenant, servant.get().masterId().orElseThrow(), -1, clock.instant());
            note(
                    tx,
                    actor,
                    servant.get(),
                    "ServantRemoved",
                    Map.of("phone", text(servant.get().phone())));
            return new Removed.Done(servant.get(), 0);
        });
    }

    /// Refused while it has servants, unless they have somewhere to go.
    ///
    /// @param moveTo the master that gets its servants
    public Removed removeMaster(AccountId tenant, Actor actor, SenderId id, Optional<SenderId> moveTo) {
        return database.write(tx -> {
            var store = new SenderStore(tx);
            List<SenderId> wanted = new ArrayList<>(List.of(id));
            moveTo.ifPresent(wanted::add);
            var locked = store.lock(tenant, wanted);
            Optional<Sender> master = find(locked, id).filter(Sender::isMaster);
            if (master.isEmpty()) {
                return new Removed.Unknown(id);
            }
            long servants = master.get().servants();
            if (servants > 0 && moveTo.isEmpty()) {
                return new Removed.HasServants(master.get(), servants);
            }
            Instant now = clock.instant();
            if (moveTo.isPresent()) {
                SenderId to = moveTo.get();
                if (to.equals(id) || find(locked, to).filter(Sender::isMaster).isEmpty()) {
                    return new Removed.MasterNotFound(to);
                }
                store.moveAll(tenant, id, to, now);
                store.addServants(tenant, to, servants, now);
            }
            store.delete(tenant, id);
            note(
                    tx,
                    actor,
                    master.get(),
                    "MasterRemoved",
                    Map.of(
                            "phone", text(master.get().phone()),
                            "servants", servants,
                            "movedTo", moveTo.map(SenderId::value).orElse("")));
            return new Removed.Done(master.get(), servants);
        });
    }

    public Changed rename(AccountId tenant, Actor actor, SenderId id, String displayName) {
        return switch (DISPLAY_NAME.check(displayName)) {
            case Text.Checked.Bad bad -> new Changed.Rejected(bad.invalid());
            case Text.Checked.Good good ->
                change(tenant, id, _ -> true, (tx, sender) -> {
                    new SenderStore(tx).rename(tenant, id, good.text(), clock.instant());
                    note(tx, actor, sender, "SenderRenamed", Map.of("from", sender.displayName(), "to", good.text()));
                });
        };
    }

    public Changed setMasterType(AccountId tenant, Actor actor, SenderId id, MasterType type) {
        return change(tenant, id, Sender::isMaster, (tx, sender) -> {
            new SenderStore(tx).setType(tenant, id, type, clock.instant());
            note(tx, actor, sender, "MasterTypeSet", Map.of("type", type.key()));
        });
    }

    private Changed change(AccountId tenant, SenderId id, Predicate<Sender> fitting, BiConsumer<Tx, Sender> work) {
        return database.write(tx -> {
            var store = new SenderStore(tx);
            Optional<Sender> sender = store.lock(tenant, id).filter(fitting);
            if (sender.isEmpty()) {
                return new Changed.Unknown(id);
            }
            work.accept(tx, sender.get());
            return new Changed.Done(store.find(tenant, id).orElseThrow());
        });
    }

    private void note(Tx tx, Actor actor, Sender sender, String action, Map<String, ?> details) {
        AccountId tenant = sender.tenant();
        audit.note(tx, actor, new Owner(tenant, tenant), action, sender.id().value(), details);
        tx.afterCommit(() -> changed.fire(new SenderChanged(tenant, sender.id())));
    }

    private static Optional<Sender> find(List<Sender> senders, SenderId id) {
        return senders.stream().filter(sender -> sender.id().equals(id)).findFirst();
    }

    private static String text(Optional<Phone> phone) {
        return phone.map(Phone::e164).orElse("");
    }
}
