package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Order;
import dev.banyan.console.numbers.SenderChoice.Kind;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.numbers.NumberMoves;
import dev.banyan.whatsapp.numbers.Placing;
import dev.banyan.whatsapp.numbers.Senders;
import jakarta.inject.Singleton;

/// The commands that add numbers at gateways and move them between gateways.
@Singleton
record PlacedNumbers(
        Pools pools,
        Senders senders,
        Placing placing,
        NumberMoves moves,
        ConnectionChoice connections,
        Liveness liveness) {

    static final String SIMULATED = "simulator";
    static final List<String> NAMES = List.of("connection", "remote", "phone", "type", "purpose");

    private static final List<String> OF_MASTERS = List.of("connection", "remote", "phone", "type");
    private static final List<String> OF_SERVANTS = List.of("connection", "remote", "phone", "purpose");

    /// `add-master`
    CommandResult addMaster(Order order) {
        List<String> words = order.words();
        Map<String, String> typed = KeyValueArguments.of(words.subList(1, words.size()), OF_MASTERS);
        MasterType type = Optional.ofNullable(typed.get("type"))
                .map(word ->
                        MasterType.parse(word).orElseThrow(() -> new CommandRefused("type must be primary or backup")))
                .orElse(MasterType.PRIMARY);
        Placing.Placed placed = place(order, typed);
        var wanted =
                new Senders.NewMaster(Optional.empty(), words.getFirst(), phone(typed, placed), type, placed.place());
        return added(order, placed, PoolMembers.added(senders.addMaster(order.tenant(), order.actor(), wanted)));
    }

    /// `add-servant`
    CommandResult addServant(Order order) {
        List<String> words = order.words();
        Sender master = SenderChoice.find(pools.overview(order.tenant()), Kind.MASTER, words.getFirst());
        Map<String, String> typed = KeyValueArguments.of(words.subList(2, words.size()), OF_SERVANTS);
        Placing.Placed placed = place(order, typed);
        var wanted = new Senders.NewServant(
                master.id(),
                phone(typed, placed).orElse(""),
                words.get(1),
                Optional.ofNullable(typed.get("purpose")),
                placed.place());
        return added(order, placed, PoolMembers.added(senders.addServant(order.tenant(), order.actor(), wanted)));
    }

    private Placing.Placed place(Order order, Map<String, String> typed) {
        Optional<Connection> connection =
                Optional.ofNullable(typed.get("connection")).map(name -> connections.find(order.tenant(), name));
        return done(placing.place(
                order.tenant(),
                connection.map(found -> found.id().toString()),
                Optional.ofNullable(typed.get("remote"))));
    }

    private static <T> T done(Outcome<T> outcome) {
        return CommandRefused.unless(outcome, new CommandRefused("Connection not found"));
    }

    private static Optional<String> phone(Map<String, String> typed, Placing.Placed placed) {
        return Optional.ofNullable(typed.get("phone")).or(() -> placed.phone().map(Phone::e164));
    }

    private CommandResult added(Order order, Placing.Placed placed, Sender sender) {
        moves.adopt(order.actor(), placed, sender);
        order.say("✅ Account added successfully");
        order.say("→ Added " + (sender.isMaster() ? "master" : "servant") + " account (ID: " + sender.id() + ")");
        next(order, sender, placed.adopted());
        return order.done(sender, liveness);
    }

    private static void next(Order order, Sender sender, boolean adopted) {
        order.say(
                adopted
                        ? "→ The gateway has it already. Use 'device " + sender.id() + "' to see whether it is linked"
                        : "→ Use '" + (sender.isMaster() ? "relink " : "link-secondary ") + sender.id()
                                + "' to connect");
    }

    /// `move-number`
    CommandResult move(Order order, Sender sender) {
        List<String> words = order.words();
        Optional<Connection> connection = words.get(1).equalsIgnoreCase(SIMULATED)
                ? Optional.empty()
                : Optional.of(connections.find(order.tenant(), words.get(1)));
        Optional<String> remote = words.stream().skip(2).findFirst();
        Sender moved = done(moves.move(
                order.actor(), sender, connection.map(found -> found.id().toString()), remote));
        order.say("✅ " + moved.displayName() + " is now at "
                + connection.map(Connection::name).orElse("the simulator"));
        order.say("→ Its pool, contacts and history stay");
        next(order, moved, remote.isPresent());
        return order.done(moved, liveness);
    }
}
