package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.messages.Outgoing.Ordered;
import dev.banyan.whatsapp.simulator.TestMessages;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.number.MessageOrders.Asked;
import dev.banyan.workspaces.number.MessageOrders.Made;
import dev.banyan.workspaces.usage.UsageLimits;
import dev.banyan.workspaces.usage.UsageMeter;
import jakarta.inject.Singleton;

/// Sends messages for API clients of the project's side: through the number of a workspace, or through the agency's
/// pools. Callers acting for a sub-account can use the numbers of its workspaces, but no pools. What a key in test mode
/// orders is checked in the same way, and then kept as a test.
@Singleton
public record NumberSending(
        Database database,
        Outgoing outgoing,
        MessageOrders orders,
        NumberPicking picking,
        UsageMeter usage,
        TestMessages tests,
        Uuids uuids,
        Clock clock) {

    /// The most messages per request.
    public static final int MOST = 1_000;

    private static final Invalid KEY_USED = new Invalid("key", "This key was used for another message");
    private static final Invalid BAD_NUMBER =
            new Invalid("messages", "messages must be a list of 1 to " + MOST + " messages");

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

        /// The key in test mode has ordered too many tests.
        record TooManyTests(Duration retryAfter) implements Sent {}
    }

    /// @param test the key that orders, if it is in test mode
    public Sent send(
            AccountContext context, Optional<String> test, PickedNumber.NumberSelector which, MessageRequest request) {
        return switch (sendAll(context, test, which, List.of(request), Optional.empty())) {
            case Sent.Many many -> new Sent.One(many.outcomes().getFirst());
            case Sent other -> other;
        };
    }

    /// Orders all messages in one transaction; an invalid one doesn't stop the others.
    ///
    /// @param test the key that orders, if it is in test mode
    public Sent sendAll(
            AccountContext context,
            Optional<String> test,
            PickedNumber.NumberSelector which,
            List<MessageRequest> requests) {
        return sendAll(context, test, which, requests, Optional.of(uuids.next()));
    }

    private Sent sendAll(
            AccountContext context,
            Optional<String> test,
            PickedNumber.NumberSelector which,
            List<MessageRequest> requests,
            Optional<UUID> batch) {
        // Before links are fetched.
        PickedNumber picked = database.read(tx -> picking.pick(tx, context, which));
        if (!(picked instanceof PickedNumber.Done)) {
            return new Sent.NotPicked(picked);
        }
        if (requests.isEmpty() || requests.size() > MOST) {
            return new Sent.Rejected(BAD_NUMBER);
        }
        List<Asked> asked = orders.read(context, requests, test.isPresent());
        Sent sent = database.write(tx -> switch (picking.pick(tx, context, which)) {
            case PickedNumber.Done(Sender sender) -> {
                Optional<Workspace> workspace = new WorkspaceStore(tx)
                        .findByWhatsappClient(sender.tenant(), sender.id().value());
                yield workspace
                        .flatMap(found -> UsageLimits.sending(tx, sender.tenant(), found.id(), clock.instant()))
                        .<Sent>map(Sent.Rejected::new)
                        .or(() -> test.flatMap(key -> tests.fullFor(tx, sender.tenant(), key, requests.size()))
                                .map(Sent.TooManyTests::new))
                        .orElseGet(() -> {
                            List<Ordered> outcomes = order(tx, context, test, sender, asked, batch);
                            workspace
                                    .filter(_ -> test.isEmpty())
                                    .ifPresent(found -> tx.afterCommit(() -> usage.sent(found.id(), added(outcomes))));
                            return new Sent.Many(batch.orElseGet(uuids::next), outcomes);
                        });
            }
            case PickedNumber why -> new Sent.NotPicked(why);
        });
        orders.tidy(
                context.owner(), asked, test.isEmpty() && sent instanceof Sent.Many many ? many.outcomes() : List.of());
        return sent;
    }

    private List<Ordered> order(
            Tx tx,
            AccountContext context,
            Optional<String> test,
            Sender sender,
            List<Asked> all,
            Optional<UUID> batch) {
        List<Made> made = all.stream()
                .map(asked -> orders.make(tx, context.owner(), sender, asked))
                .toList();
        List<Outgoing.Order> good = made.stream()
                .flatMap(one -> one instanceof Made.Done(Outgoing.Order order) ? Stream.of(order) : Stream.empty())
                .toList();
        Iterator<Ordered> outcomes = test.map(key -> tests.order(
                        tx,
                        sender.tenant(),
                        key,
                        good,
                        outgoing.check(tx, sender.tenant(), context.actor(), good),
                        batch))
                .orElseGet(() -> outgoing.orderAll(tx, sender.tenant(), context.actor(), good, batch))
                .iterator();
        return made.stream()
                .map(one -> switch (one) {
                    case Made.Refused(Invalid invalid) -> new Ordered.Rejected(invalid);
                    case Made.Done(Outgoing.Order order) -> checked(outcomes.next(), order);
                })
                .toList();
    }

    private static long added(List<Ordered> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome instanceof Ordered.Done done && !done.again())
                .count();
    }

    private static Ordered checked(Ordered outcome, Outgoing.Order order) {
        return switch (outcome) {
            case Ordered.Done(OutgoingMessage message, boolean again)
            when again && !isSame(message, order) -> new Ordered.Rejected(KEY_USED);
            case Ordered ordered -> ordered;
        };
    }

    private static boolean isSame(OutgoingMessage message, Outgoing.Order order) {
        return message.to().equals(order.to())
                && message.text().equals(order.text())
                && message.content().equals(order.content());
    }
}
