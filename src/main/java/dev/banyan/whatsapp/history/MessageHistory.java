package dev.banyan.whatsapp.history;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.SearchWords;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/// What an account's numbers have sent and received, the newest first. The narrowest wish leads through an index; for
/// the others, and for words, messages are looked through: [#LOOKED_THROUGH] at most for one page, however many there
/// are. A page may so have fewer than were asked for, or none, and still say where it goes on.
@Singleton
public final class MessageHistory {

    /// So many messages are looked at for one page.
    public static final int LOOKED_THROUGH = 10_000;

    private static final int AT_ONCE = 500;

    /// Which messages that were sent somebody looks for; what is empty asks for nothing.
    ///
    /// @param pool over the pool of this master
    /// @param states any of these; none for all
    /// @param text anywhere in the message; upper and lower case and accents do not count
    /// @param batch those that were ordered together
    public record OutgoingQuery(
            Optional<SenderId> pool,
            Optional<SenderId> sender,
            Optional<Phone> to,
            Set<DeliveryState> states,
            Optional<String> text,
            Optional<UUID> batch) {

        public static final OutgoingQuery ALL = new OutgoingQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), Optional.empty());

        public OutgoingQuery {
            states = Set.copyOf(states);
        }

        private Predicate<Sent> meets() {
            Predicate<String> has = has(text);
            return sent -> {
                OutgoingMessage message = sent.message();
                return (pool.isEmpty() || message.pool().equals(pool.get()))
                        && (sender.isEmpty() || message.sender().equals(sender))
                        && (to.isEmpty() || message.to().equals(to.get()))
                        && (states.isEmpty() || states.contains(message.state()))
                        && (batch.isEmpty() || sent.batch().equals(batch))
                        && has.test(message.text());
            };
        }
    }

    /// Which messages that came in somebody looks for.
    ///
    /// @param pool to a number that belonged to the pool of this master when they came
    public record IncomingQuery(
            Optional<SenderId> pool, Optional<SenderId> sender, Optional<Phone> from, Optional<String> text) {

        public static final IncomingQuery ALL =
                new IncomingQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        private Predicate<IncomingMessage> meets() {
            Predicate<String> has = has(text);
            return message -> (pool.isEmpty() || message.pool().equals(pool.get()))
                    && (sender.isEmpty() || message.sender().equals(sender.get()))
                    && (from.isEmpty() || message.from().equals(from.get()))
                    && has.test(message.text());
        }
    }

    /// A message on its way or there, with what is known beside it.
    ///
    /// @param reason why its number was chosen, for people
    /// @param batch what it was ordered together with
    public record Sent(OutgoingMessage message, Optional<String> reason, Optional<UUID> batch) {}

    /// One page.
    ///
    /// @param next where the next one begins; empty where nothing more can follow
    public record Page<T>(List<T> messages, Optional<UUID> next) {

        public Page {
            messages = List.copyOf(messages);
        }
    }

    private final Database database;

    MessageHistory(Database database) {
        this.database = database;
    }

    /// @param after `next` of the page before
    public Page<Sent> outgoing(AccountId tenant, OutgoingQuery query, Optional<UUID> after, int limit) {
        return walk(
                after,
                limit,
                (tx, from, most) -> new MessageHistoryStore(tx).outgoing(tenant, query, from, most),
                query.meets(),
                sent -> sent.message().id());
    }

    /// @param after `next` of the page before
    public Page<IncomingMessage> incoming(AccountId tenant, IncomingQuery query, Optional<UUID> after, int limit) {
        return walk(
                after,
                limit,
                (tx, from, most) -> new MessageHistoryStore(tx).incoming(tenant, query, from, most),
                query.meets(),
                IncomingMessage::id);
    }

    /// One message that was ordered, if it is the tenant's.
    public Optional<Sent> find(AccountId tenant, UUID id) {
        return database.read(tx -> new MessageHistoryStore(tx).find(tenant, id));
    }

    private interface Rows<T> {

        /// Those that an index leads to, the newest first.
        List<T> before(Tx tx, Optional<UUID> from, int most);
    }

    private <T> Page<T> walk(
            Optional<UUID> after, int limit, Rows<T> rows, Predicate<T> wanted, Function<T, UUID> idOf) {
        var found = new ArrayList<T>();
        Optional<UUID> last = after;
        for (int looked = 0; looked < LOOKED_THROUGH; looked += AT_ONCE) {
            Optional<UUID> from = last;
            List<T> some = database.read(tx -> rows.before(tx, from, AT_ONCE));
            for (T message : some) {
                if (wanted.test(message)) {
                    if (found.size() == limit) {
                        return new Page<>(found, Optional.of(idOf.apply(found.getLast())));
                    }
                    found.add(message);
                }
            }
            if (some.size() < AT_ONCE) {
                return new Page<>(found, Optional.empty());
            }
            last = Optional.of(idOf.apply(some.getLast()));
        }
        return new Page<>(found, last);
    }

    private static Predicate<String> has(Optional<String> text) {
        Optional<String> folded =
                text.map(String::strip).filter(typed -> !typed.isEmpty()).map(SearchWords::folded);
        return folded.<Predicate<String>>map(
                        part -> body -> SearchWords.folded(body).contains(part))
                .orElse(_ -> true);
    }
}
