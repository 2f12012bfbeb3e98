package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Order;
import dev.banyan.console.numbers.SenderChoice.Kind;
import dev.banyan.platform.Invalid;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Pools.Overview;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.whatsapp.numbers.Senders.Added;
import dev.banyan.whatsapp.numbers.Senders.Moved;
import dev.banyan.whatsapp.numbers.Senders.MovedAll;
import dev.banyan.whatsapp.numbers.Senders.Removed;
import dev.banyan.whatsapp.numbers.Tuning;
import dev.banyan.whatsapp.numbers.TuningRequest;
import jakarta.inject.Singleton;

/// The commands that add, rank, move and remove masters and servants.
@Singleton
record PoolMembers(Pools pools, Senders senders, Tuning tuning, Liveness liveness) {

    static final String MOVE_TO = "--move-to";

    private static final int PHONE = 1;
    private static final int NAME = 2;
    private static final int PURPOSE = 3;

    private record RemovedJson(
            String removed, Optional<String> movedTo, Optional<Long> servants, Optional<Integer> waiting) {}

    private record MovedJson(String from, String to, int servants, int messages, int waiting) {}

    /// `add-secondary`: adds a servant to a master.
    CommandResult addServant(Order order, Sender master) {
        List<String> words = order.words();
        var wanted = new Senders.NewServant(
                master.id(),
                words.get(PHONE),
                words.get(NAME),
                words.stream().skip(PURPOSE).findFirst());
        Sender servant = added(senders.addServant(order.tenant(), order.actor(), wanted));
        order.say("✅ Account added successfully");
        order.say("→ Added servant account (ID: " + servant.id() + ")");
        order.say("→ Use 'link-secondary " + servant.id() + "' to connect");
        return order.done(servant, liveness);
    }

    static Sender added(Added added) {
        return switch (added) {
            case Added.Done(Sender sender) -> sender;
            case Added.PhoneInUse inUse -> throw inUse(inUse.by());
            case Added.Rejected(List<Invalid> invalid) -> throw CommandRefused.rejected(invalid);
            case Added.IdTaken _ -> throw new CommandRefused("Account already exists");
            case Added.MasterNotFound(SenderId id) -> throw Kind.MASTER.notFound(id);
        };
    }

    static CommandRefused inUse(Sender by) {
        return new CommandRefused(
                "Phone number already in use", "💡 " + by.displayName() + " (" + by.id() + ") has it");
    }

    /// `change-servant-master`: moves a servant to another master.
    CommandResult changeMaster(Order order) {
        Overview overview = pools.overview(order.tenant());
        Sender servant = SenderChoice.find(overview, Kind.SERVANT, order.words().getFirst());
        Sender master = SenderChoice.find(overview, Kind.MASTER, order.words().getLast());
        return switch (senders.changeMaster(order.tenant(), order.actor(), servant.id(), master.id())) {
            case Moved.Done done
            when !done.isMoved() ->
                throw new CommandRefused(done.servant().displayName() + " already belongs to "
                        + done.master().displayName());
            case Moved.Done done -> {
                order.say("✅ Servant reassigned successfully");
                order.say("→ " + done.servant().displayName() + " now belongs to "
                        + done.master().displayName());
                if (done.messages() > 0) {
                    order.say("→ " + done.messages() + " waiting messages moved with it");
                }
                yield order.done(done.servant(), liveness);
            }
            case Moved.ServantNotFound(SenderId id) -> throw Kind.SERVANT.notFound(id);
            case Moved.MasterNotFound(SenderId id) -> throw Kind.MASTER.notFound(id);
        };
    }

    /// `move-servants`: moves all servants of a master to another one.
    CommandResult moveServants(Order order) {
        Overview overview = pools.overview(order.tenant());
        Sender from = SenderChoice.find(overview, Kind.MASTER, order.words().getFirst());
        Sender to = SenderChoice.find(overview, Kind.MASTER, order.words().getLast());
        MovedAll moved = CommandRefused.unless(
                senders.moveServants(order.tenant(), order.actor(), from.id(), to.id()), Kind.MASTER.notFound(to.id()));
        if (moved.servants() == 0) {
            throw new CommandRefused(from.displayName() + " has no servants");
        }
        order.say("✅ Servants reassigned successfully");
        order.say("→ " + moved.servants() + " servants now belong to " + to.displayName());
        if (moved.messages() > 0) {
            order.say("→ " + moved.messages() + " waiting messages moved with them");
        }
        if (moved.waiting() > 0) {
            order.say("→ " + moved.waiting() + " messages still wait for " + from.displayName());
        }
        return order.done(
                new MovedJson(from.id().value(), to.id().value(), moved.servants(), moved.messages(), moved.waiting()));
    }

    /// `set-master-type`: whether a master is active or a backup.
    CommandResult setType(Order order) {
        MasterType type = MasterType.parse(order.words().getLast().toLowerCase(Locale.ROOT))
                .orElseThrow(order::misused);
        Sender master = SenderChoice.find(
                pools.overview(order.tenant()), Kind.MASTER, order.words().getFirst());
        Sender now = CommandRefused.unless(
                senders.setMasterType(order.tenant(), order.actor(), master.id(), type),
                Kind.MASTER.notFound(master.id()));
        order.say("✅ " + now.displayName() + " is now a " + type.key() + " master");
        return order.done(now, liveness);
    }

    /// `set-master-priority`: sets a master's priority among the backup masters.
    CommandResult setPriority(Order order) {
        String number = order.words().getLast();
        if (!number.matches("[0-9]{1,4}")) {
            throw order.misused();
        }
        Sender master = SenderChoice.find(
                pools.overview(order.tenant()), Kind.MASTER, order.words().getFirst());
        var wish = TuningRequest.NOTHING.withPriority(Integer.parseInt(number));
        Sender now = CommandRefused.unless(
                tuning.tune(order.tenant(), order.actor(), master.id(), wish), Kind.MASTER.notFound(master.id()));
        order.say("✅ " + now.displayName() + " now has priority " + now.traits().priority());
        return order.done(now, liveness);
    }

    /// `remove-master`: removes a master after moving its servants to another one.
    CommandResult removeMaster(Order order) {
        List<String> words = order.words();
        if (words.size() != 1 && (words.size() != 3 || !words.get(1).equals(MOVE_TO))) {
            throw order.misused();
        }
        Overview overview = pools.overview(order.tenant());
        Sender master = SenderChoice.find(overview, Kind.MASTER, words.getFirst());
        Optional<Sender> to = words.size() == 1
                ? Optional.empty()
                : Optional.of(SenderChoice.find(overview, Kind.MASTER, words.getLast()));
        return switch (senders.removeMaster(order.tenant(), order.actor(), master.id(), to.map(Sender::id))) {
            case Removed.Done(Sender _, long moved, int messages, int waiting) -> {
                order.say("✅ Master account removed successfully");
                to.filter(_ -> moved > 0)
                        .ifPresent(found -> order.say("→ " + moved + " servants now belong to " + found.displayName()));
                to.filter(_ -> messages > 0)
                        .ifPresent(found ->
                                order.say("→ " + messages + " waiting messages now belong to " + found.displayName()));
                if (waiting > 0) {
                    order.say("⚠️  " + waiting + " messages still wait for " + master.id());
                    order.say("💡 Use 'cancel master=" + master.id() + "' to cancel them");
                }
                yield order.done(new RemovedJson(
                        master.id().value(),
                        to.map(found -> found.id().value()),
                        Optional.of(moved),
                        Optional.of(waiting)));
            }
            case Removed.HasServants(Sender _, long servants) ->
                throw new CommandRefused(
                        master.displayName() + " has " + servants + " servants",
                        "💡 Use 'remove-master " + master.id() + " --move-to <master-id>' to give them to another");
            case Removed.NotFound(SenderId id) -> throw Kind.MASTER.notFound(id);
            case Removed.MasterNotFound(SenderId id) ->
                throw id.equals(master.id())
                        ? new CommandRefused("Choose a different master for the servants")
                        : Kind.MASTER.notFound(id);
        };
    }

    /// `remove-secondary`: removes a servant.
    CommandResult removeServant(Order order, Sender servant) {
        return switch (senders.removeServant(order.tenant(), order.actor(), servant.id())) {
            case Removed.Done _ -> {
                order.say("✅ Secondary account removed successfully");
                yield order.done(
                        new RemovedJson(servant.id().value(), Optional.empty(), Optional.empty(), Optional.empty()));
            }
            // Servants have no servants, so another request must have removed it first.
            case Removed.NotFound _, Removed.HasServants _, Removed.MasterNotFound _ ->
                throw Kind.SERVANT.notFound(servant.id());
        };
    }
}
