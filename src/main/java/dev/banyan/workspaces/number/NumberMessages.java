package dev.banyan.workspaces.number;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.MessageSchedule;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.MessageHistory;
import dev.banyan.whatsapp.sending.Outgoing;
import dev.banyan.whatsapp.sending.Outgoing.Ordered;
import dev.banyan.whatsapp.sending.QueueAction;
import dev.banyan.whatsapp.sending.QueueDecisions;
import dev.banyan.whatsapp.sending.QueueFilter;
import dev.banyan.whatsapp.simulator.SimulatedContacts;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceStore;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Messages of numbers for API clients of the project's side: through the number of a workspace, or through the
/// agency's pools. Callers acting for a sub-account can use the numbers of its workspaces, but no pools.
@Singleton
public final class NumberMessages {

    /// The most messages per request.
    public static final int MOST = 1_000;

    private static final int LONGEST_KEY = 128;
    /// Prefix of the keys of API messages; inbox messages have other keys.
    private static final String OF_PROGRAMS = "api-";

    private static final Invalid BAD_TO = new Invalid("to", "Invalid phone number");
    private static final Invalid BAD_FROM = new Invalid("from", "Invalid phone number");
    private static final Invalid BAD_KEY = new Invalid("key", "key must be " + LONGEST_KEY + " characters or less");
    private static final Invalid KEY_USED = new Invalid("key", "This key was used for another message");
    private static final Invalid BAD_NUMBER =
            new Invalid("messages", "messages must be a list of 1 to " + MOST + " messages");

    /// A message to one contact.
    ///
    /// @param to as typed
    /// @param key the caller's idempotency key for the message
    /// @param sendAt as typed; empty: at once
    /// @param expiresAt as typed; empty: after `BANYAN_MESSAGE_WAIT`
    public record MessageRequest(
            String to, String text, String key, Optional<String> sendAt, Optional<String> expiresAt) {}

    /// Result of sending.
    public sealed interface Sent {

        record One(Ordered outcome) implements Sent {}

        /// @param outcomes in the order of the requested messages
        record Many(UUID batch, List<Ordered> outcomes) implements Sent {

            public Many {
                outcomes = List.copyOf(outcomes);
            }
        }

        record Rejected(Invalid invalid) implements Sent {}

        record NotPicked(PickedNumber why) implements Sent {}
    }

    /// Result of simulating a customer's message.
    public sealed interface Received {

        record Played(SimulatedContacts.Played outcome) implements Received {}

        record NotPicked(PickedNumber why) implements Received {}
    }

    private final Database database;
    private final Outgoing outgoing;
    private final QueueDecisions decisions;
    private final MessageHistory history;
    private final SimulatedContacts customers;
    private final NumberPicking picking;
    private final Uuids uuids;

    NumberMessages(
            Database database,
            Outgoing outgoing,
            QueueDecisions decisions,
            MessageHistory history,
            SimulatedContacts customers,
            NumberPicking picking,
            Uuids uuids) {
        this.database = database;
        this.outgoing = outgoing;
        this.decisions = decisions;
        this.history = history;
        this.customers = customers;
        this.picking = picking;
        this.uuids = uuids;
    }

    /// A parsed message request: what is wrong with it, or the contact and the key of its order.
    private record Asked(
            MessageRequest request,
            Optional<Invalid> invalid,
            Optional<Phone> to,
            String key,
            MessageSchedule schedule) {

        private Outgoing.Order over(Sender sender) {
            return new Outgoing.Order(sender.id(), to.orElseThrow(), request.text(), Optional.empty(), key, schedule);
        }
    }

    public Sent send(AccountContext context, PickedNumber.NumberSelector which, MessageRequest request) {
        List<Asked> asked = List.of(read(context, request));
        return database.write(tx -> switch (picking.pick(tx, context, which)) {
            case PickedNumber.Done(Sender sender) ->
                new Sent.One(order(tx, sender, asked, Optional.empty()).getFirst());
            case PickedNumber why -> new Sent.NotPicked(why);
        });
    }

    /// Orders all messages in one transaction; an invalid one doesn't stop the others.
    public Sent sendAll(AccountContext context, PickedNumber.NumberSelector which, List<MessageRequest> requests) {
        boolean tooMany = requests.size() > MOST;
        List<Asked> asked = tooMany
                ? List.of()
                : requests.stream().map(request -> read(context, request)).toList();
        return database.write(tx -> switch (picking.pick(tx, context, which)) {
            case PickedNumber.Done(Sender sender) -> {
                UUID batch = uuids.next();
                yield asked.isEmpty()
                        ? new Sent.Rejected(BAD_NUMBER)
                        : new Sent.Many(batch, order(tx, sender, asked, Optional.of(batch)));
            }
            case PickedNumber why -> new Sent.NotPicked(why);
        });
    }

    private static Asked read(AccountContext context, MessageRequest request) {
        Optional<Phone> to = Phone.parse(request.to());
        Optional<Invalid> badTime = Optional.empty();
        MessageSchedule schedule = MessageSchedule.NONE;
        try {
            schedule = MessageSchedule.parse(request.sendAt(), request.expiresAt());
        } catch (MessageSchedule.BadTime bad) {
            badTime = Optional.of(bad.invalid());
        }
        Optional<Invalid> invalid = Stream.of(
                        Optional.of(BAD_TO).filter(_ -> to.isEmpty()),
                        Optional.of(BAD_KEY).filter(_ -> request.key().length() > LONGEST_KEY),
                        badTime)
                .flatMap(Optional::stream)
                .findFirst();
        String key = OF_PROGRAMS + Digests.sha256Hex(context.acting().id() + "\n" + request.key());
        return new Asked(request, invalid, to, key, schedule);
    }

    private List<Ordered> order(Tx tx, Sender sender, List<Asked> all, Optional<UUID> batch) {
        List<Outgoing.Order> orders = all.stream()
                .filter(asked -> asked.invalid().isEmpty())
                .map(asked -> asked.over(sender))
                .toList();
        Iterator<Ordered> outcomes =
                outgoing.orderAll(tx, sender.tenant(), orders, batch).iterator();
        return all.stream()
                .map(asked -> asked.invalid()
                        .<Ordered>map(Ordered.Rejected::new)
                        .orElseGet(() -> checked(outcomes.next(), asked.over(sender))))
                .toList();
    }

    private static Ordered checked(Ordered outcome, Outgoing.Order order) {
        return switch (outcome) {
            case Ordered.Done(OutgoingMessage message, boolean again)
            when again && !isSame(message, order) -> new Ordered.Rejected(KEY_USED);
            case Ordered ordered -> ordered;
        };
    }

    private static boolean isSame(OutgoingMessage message, Outgoing.Order order) {
        return message.to().equals(order.to()) && message.text().equals(order.text());
    }

    /// Sends a message to a number as a simulated customer.
    ///
    /// @param from as typed
    public Received receive(
            AccountContext context, PickedNumber.NumberSelector which, String from, String name, String text) {
        return switch (database.<PickedNumber>read(tx -> picking.pick(tx, context, which))) {
            case PickedNumber.Done(Sender sender) ->
                new Received.Played(Phone.parse(from)
                        .map(phone ->
                                customers.write(sender.tenant(), sender.id(), phone, name, text, Optional.empty()))
                        .orElseGet(() -> new SimulatedContacts.Played.Rejected(BAD_FROM)));
            case PickedNumber why -> new Received.NotPicked(why);
        };
    }

    /// Returns the delivery state of a message. Inbox messages are not visible to API clients.
    public Optional<MessageHistory.Sent> find(AccountContext context, UUID id) {
        AccountId tenant = context.root().id();
        return history.find(tenant, id)
                .filter(sent -> !context.isSubAccount() || isOf(context.owner(), sent.message()))
                .filter(sent -> isOfPrograms(sent.message())
                        || workspaceOf(sent.message()).isEmpty());
    }

    static boolean isOfPrograms(OutgoingMessage message) {
        return message.key().startsWith(OF_PROGRAMS);
    }

    /// Decides about a failed, uncertain or waiting message.
    public Outgoing.Decided decide(AccountContext context, UUID id, QueueAction action) {
        return find(context, id)
                .map(MessageHistory.Sent::message)
                .map(message -> database.<Outgoing.Decided>write(
                        tx -> outgoing.decide(tx, message.tenant(), context.actor(), id, action)))
                .orElseGet(Outgoing.Decided.NotFound::new);
    }

    /// Decides about many messages; those that the caller may not see are left out.
    ///
    /// @return empty if the caller may see none of them
    public Optional<QueueDecisions.Report> decideAll(
            AccountContext context, QueueAction action, Collection<UUID> ids, boolean dryRun) {
        AccountId tenant = context.root().id();
        Collection<OutgoingMessage> known = outgoing.find(tenant, ids).values();
        Map<SenderId, Optional<Owner>> owners =
                owners(tenant, known.stream().map(OutgoingMessage::pool).collect(Collectors.toSet()));
        List<UUID> seen = known.stream()
                .filter(message -> {
                    Optional<Owner> owner = owners.getOrDefault(message.pool(), Optional.empty());
                    return (!context.isSubAccount() || owner.equals(Optional.of(context.owner())))
                            && (isOfPrograms(message) || owner.isEmpty());
                })
                .map(OutgoingMessage::id)
                .toList();
        return seen.isEmpty()
                ? Optional.empty()
                : Optional.of(decisions.run(tenant, context.actor(), action, seen, dryRun));
    }

    /// Decides about all messages that meet a filter. Of workspaces, and without a pool, only what programs have sent.
    public QueueDecisions.Report decideAll(
            AccountContext context, QueueAction action, QueueFilter filter, boolean dryRun) {
        AccountId tenant = context.root().id();
        boolean allOfPool = filter.pool()
                .filter(pool -> owners(tenant, Set.of(pool)).isEmpty())
                .isPresent();
        return decisions.run(
                tenant, context.actor(), action, allOfPool ? filter : filter.withKeyPrefix(OF_PROGRAMS), dryRun);
    }

    /// Returns the owners of the workspaces that use these pools.
    private Map<SenderId, Optional<Owner>> owners(AccountId tenant, Set<SenderId> pools) {
        return database.read(tx -> {
            var store = new WorkspaceStore(tx);
            return store.clientsAmong(tenant, pools).stream()
                    .collect(Collectors.toMap(
                            pool -> pool,
                            pool -> store.findByWhatsappClient(tenant, pool.value())
                                    .map(Workspace::owner)));
        });
    }

    private boolean isOf(Owner owner, OutgoingMessage message) {
        return workspaceOf(message)
                .filter(workspace -> workspace.owner().equals(owner))
                .isPresent();
    }

    private Optional<Workspace> workspaceOf(OutgoingMessage message) {
        return database.read(tx -> new WorkspaceStore(tx)
                .findByWhatsappClient(message.tenant(), message.pool().value()));
    }
}
