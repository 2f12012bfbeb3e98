package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Order;
import dev.banyan.console.numbers.SenderChoice.Kind;
import dev.banyan.platform.Parse;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.MessageSchedule;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingMessage.Waiting;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.WaitReason;
import dev.banyan.whatsapp.history.MessageHistory;
import dev.banyan.whatsapp.history.MessageHistory.OutgoingQuery;
import dev.banyan.whatsapp.history.MessageHistory.Sent;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.messages.Outgoing.Ordered;
import dev.banyan.whatsapp.messages.QueueAction;
import dev.banyan.whatsapp.messages.QueueDecisions;
import dev.banyan.whatsapp.messages.QueueDecisions.Report;
import dev.banyan.whatsapp.messages.QueueFilter;
import jakarta.inject.Singleton;

/// The commands about messages: sending one, listing them with what they wait for, and deciding about many.
@Singleton
record QueueCommands(
        Database database, Pools pools, Outgoing outgoing, QueueDecisions decisions, MessageHistory history) {

    static final String AT = "--at";
    static final String EXPIRES = "--expires";
    static final List<String> FIELDS = List.of("master", "state", "to", "batch", "from", "until");

    private static final int SHOWN = 50;

    private record MessageJson(
            String id,
            String master,
            Optional<String> sender,
            String to,
            String text,
            String state,
            Optional<String> reason,
            Optional<String> retryAt,
            Optional<String> sendAt,
            Optional<String> expiresAt,
            Optional<String> error,
            String createdAt) {

        static MessageJson of(Sent sent) {
            OutgoingMessage message = sent.message();
            return new MessageJson(
                    message.id().toString(),
                    message.pool().value(),
                    message.sender().map(SenderId::value),
                    message.to().shown(),
                    message.text(),
                    message.state().key(),
                    message.waiting().map(waiting -> waiting.reason().key()).or(sent::reason),
                    message.waiting().map(waiting -> waiting.retryAt().toString()),
                    message.schedule().sendAt().map(Instant::toString),
                    message.schedule().expiresAt().map(Instant::toString),
                    message.error(),
                    message.createdAt().toString());
        }
    }

    private record SentJson(String id, String state, Optional<String> sendAt) {}

    /// `send`: one message over a pool, now or later.
    CommandResult send(Order order) {
        var words = new ArrayList<>(order.words());
        Optional<String> at = option(order, words, AT);
        Optional<String> expires = option(order, words, EXPIRES);
        if (words.size() != 3) {
            throw order.misused();
        }
        Sender master = SenderChoice.find(pools.overview(order.tenant()), Kind.MASTER, words.getFirst());
        Phone to = Phone.ofContact(words.get(1)).orElseThrow(() -> new CommandRefused("Invalid phone number"));
        var wanted = new Outgoing.Order(
                master.id(),
                to,
                words.getLast(),
                Optional.empty(),
                "console-" + UUID.randomUUID(),
                schedule(at, expires));
        return switch (database.<Ordered>write(tx -> outgoing.order(tx, order.tenant(), order.actor(), wanted))) {
            case Ordered.Done(OutgoingMessage message, boolean _) -> {
                order.say(
                        message.state() == DeliveryState.SCHEDULED
                                ? "✅ Message scheduled for "
                                        + SenderTexts.time(
                                                message.schedule().sendAt().orElseThrow())
                                : "✅ Message queued");
                order.say("→ Message ID: " + message.id());
                yield order.done(new SentJson(
                        message.id().toString(),
                        message.state().key(),
                        message.schedule().sendAt().map(Instant::toString)));
            }
            case Ordered.NoPool _ -> throw Kind.MASTER.notFound(master.id());
            case Ordered.Rejected(var invalid) -> throw new CommandRefused(invalid.apiMessage());
            case Ordered.Full _ -> throw new CommandRefused("Too many messages are waiting for this pool");
            case Ordered.Draining _ -> throw new CommandRefused("This pool is paused and accepts no new messages");
        };
    }

    private static MessageSchedule schedule(Optional<String> at, Optional<String> expires) {
        try {
            return MessageSchedule.parse(at, expires);
        } catch (MessageSchedule.BadTime bad) {
            throw new CommandRefused(
                    bad.invalid().apiMessage().replaceFirst("^sendAt", AT).replaceFirst("^expiresAt", EXPIRES));
        }
    }

    /// Takes an option and its value out of the words.
    private static Optional<String> option(Order order, List<String> words, String name) {
        int at = words.indexOf(name);
        if (at < 0) {
            return Optional.empty();
        }
        if (at + 1 == words.size()) {
            throw order.misused();
        }
        words.remove(at);
        return Optional.of(words.remove(at));
    }

    /// `messages`: the newest messages, with what each waits for.
    CommandResult messages(Order order) {
        List<String> words = order.words();
        Optional<String> pool =
                words.stream().filter(word -> word.indexOf('=') < 0).findFirst();
        var typed = new ArrayList<>(words);
        pool.ifPresent(name -> {
            typed.remove(name);
            typed.add("master=" + name);
        });
        QueueFilter filter = filter(order, typed, List.of("master", "state", "to", "batch"));
        var query = new OutgoingQuery(
                filter.pool(), Optional.empty(), filter.to(), filter.states(), Optional.empty(), filter.batch());
        MessageHistory.Page<Sent> page = history.outgoing(order.tenant(), query, Optional.empty(), SHOWN);
        if (order.json()) {
            return order.show(Map.of(
                    "messages", page.messages().stream().map(MessageJson::of).toList()));
        }
        order.say("📨 MESSAGES (" + page.messages().size() + (page.next().isPresent() ? " and more" : "") + ")");
        order.say("");
        page.messages().forEach(sent -> say(order, sent.message()));
        if (page.messages().isEmpty()) {
            order.say("  (none)");
        }
        return CommandResult.DONE;
    }

    private static void say(Order order, OutgoingMessage message) {
        order.say("  " + SenderTexts.time(message.createdAt()) + "  " + message.to() + "  "
                + message.state().key() + "  " + message.id());
        message.waiting().map(QueueCommands::words).ifPresent(why -> order.say("     ⏳ " + why));
        message.error().ifPresent(error -> order.say("     ❌ " + error));
    }

    private static String words(Waiting waiting) {
        String until = SenderTexts.time(waiting.retryAt());
        return waiting.reason() == WaitReason.TURN
                ? waiting.reason().sentence
                : waiting.reason().sentence + " Next try: " + until;
    }

    /// `requeue`, `give-up` and `cancel`.
    CommandResult decide(Order order, QueueAction action) {
        boolean dryRun = order.words().contains(BulkCommands.DRY_RUN);
        List<String> words = order.words().stream()
                .filter(word -> !word.equals(BulkCommands.DRY_RUN))
                .toList();
        if (words.isEmpty()) {
            throw order.misused();
        }
        Report report = words.stream().anyMatch(word -> word.indexOf('=') > 0)
                ? byFilter(order, action, words, dryRun)
                : decisions.run(order.tenant(), order.actor(), action, ids(words), dryRun);
        if (order.json()) {
            return order.show(report);
        }
        String verb = switch (action) {
            case REQUEUE -> "queued again";
            case GIVE_UP -> "marked as failed";
            case CANCEL -> "canceled";
        };
        if (dryRun) {
            order.say("💡 Dry run: nothing was changed. " + (report.more() ? "More than " : "") + report.matched()
                    + " messages would be " + verb);
        } else {
            order.say("✅ " + report.done() + " messages " + verb);
            if (report.more()) {
                order.say("💡 There are more. Repeat the command");
            }
        }
        return CommandResult.DONE;
    }

    private Report byFilter(Order order, QueueAction action, List<String> words, boolean dryRun) {
        QueueFilter filter = filter(order, words, FIELDS);
        // For example an empty variable in a script, which isn't meant to select everything.
        if (filter.isAll()) {
            throw new CommandRefused("This would change every message; say which ones you mean");
        }
        if (!filter.states().stream().allMatch(action::appliesTo)) {
            throw new CommandRefused("state must be " + action.stateWords());
        }
        return decisions.run(order.tenant(), order.actor(), action, filter, dryRun);
    }

    private static List<UUID> ids(List<String> words) {
        List<UUID> ids = words.stream()
                .map(word -> Uuids.parse(word).orElseThrow(() -> new CommandRefused("Message not found: " + word)))
                .toList();
        if (ids.size() > QueueDecisions.MOST_IDS) {
            throw new CommandRefused("Name up to " + QueueDecisions.MOST_IDS + " messages, or use field=value");
        }
        return ids;
    }

    private QueueFilter filter(Order order, List<String> words, List<String> fields) {
        Map<String, String> pairs = KeyValueArguments.of(words, fields);
        return new QueueFilter(
                typed(pairs, "master").map(name -> pool(order, name)),
                typed(pairs, "state").map(QueueCommands::states).orElse(Set.of()),
                typed(pairs, "to")
                        .map(to ->
                                Phone.ofContact(to).orElseThrow(() -> new CommandRefused("to must be a phone number"))),
                typed(pairs, "batch")
                        .map(id -> Uuids.parse(id).orElseThrow(() -> new CommandRefused("batch must be an ID"))),
                typed(pairs, "from").map(time -> time("from", time)),
                typed(pairs, "until").map(time -> time("until", time)),
                Optional.empty(),
                false);
    }

    private static Optional<String> typed(Map<String, String> pairs, String name) {
        return Optional.ofNullable(pairs.get(name)).filter(text -> !text.isBlank());
    }

    /// Returns the id of a master, which may have been removed if there are messages of it.
    private SenderId pool(Order order, String typed) {
        return SenderId.parse(typed)
                .filter(id -> pools.sender(order.tenant(), id).isEmpty() && history.isKnown(order.tenant(), id))
                .orElseGet(() -> SenderChoice.find(pools.overview(order.tenant()), Kind.MASTER, typed)
                        .id());
    }

    private static Set<DeliveryState> states(String typed) {
        Set<String> words = Arrays.stream(typed.split(",")).map(String::strip).collect(Collectors.toSet());
        Set<DeliveryState> states = Stream.of(DeliveryState.values())
                .filter(state -> words.contains(state.key()))
                .collect(Collectors.toSet());
        if (states.size() < words.size()) {
            throw new CommandRefused("state must be one of "
                    + Stream.of(DeliveryState.values()).map(DeliveryState::key).collect(Collectors.joining(", ")));
        }
        return states;
    }

    private static Instant time(String field, String typed) {
        return Parse.of(typed, OffsetDateTime::parse)
                .orElseThrow(() -> new CommandRefused(
                        field + " must be a time with its offset, such as 2026-11-21T09:30:00+04:00"))
                .toInstant();
    }
}
