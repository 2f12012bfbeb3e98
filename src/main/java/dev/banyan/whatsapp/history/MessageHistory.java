package dev.banyan.whatsapp.history;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.search.SearchWords;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderId;
import jakarta.inject.Singleton;

/// The messages an account has sent and received, newest first. The most selective condition uses an index; other
/// conditions, and text search, filter the rows, at most [#LOOKED_THROUGH] per page. So a page may have fewer messages
/// than requested, or none, and still have a next page.
@Singleton
public record MessageHistory(Database database) {

    /// Limit of rows examined per page.
    public static final int LOOKED_THROUGH = 10_000;

    private static final int AT_ONCE = 500;

    /// A search for sent messages; empty fields match everything.
    ///
    /// @param pool sent over the pool of this master, or ordered for it
    /// @param states any of these; empty for all
    /// @param text anywhere in the message, ignoring case and accents
    /// @param batch ordered together in this batch
    public record OutgoingQuery(
            Optional<SenderId> pool,
            Optional<SenderId> sender,
            Optional<ContactAddress> to,
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
                return (pool.isEmpty()
                                || message.pool().equals(pool.get())
                                || message.home().equals(pool))
                        && (sender.isEmpty() || message.sender().equals(sender))
                        && (to.isEmpty() || message.to().equals(to.get()))
                        && (states.isEmpty() || states.contains(message.state()))
                        && (batch.isEmpty() || sent.batch().equals(batch))
                        && has.test(message.text());
            };
        }
    }

    /// A search for received messages.
    ///
    /// @param pool received by a number that belonged to the pool of this master at that time
    public record IncomingQuery(
            Optional<SenderId> pool, Optional<SenderId> sender, Optional<ContactAddress> from, Optional<String> text) {

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

    /// An outgoing message with its details.
    ///
    /// @param reason why its number was chosen, for people
    /// @param batch the batch that it was ordered in
    public record Sent(OutgoingMessage message, Optional<String> reason, Optional<UUID> batch) {}

    /// One page.
    ///
    /// @param next cursor of the next page; empty if there are no more messages
    public record Page<T>(List<T> messages, Optional<UUID> next) {

        public Page {
            messages = List.copyOf(messages);
        }
    }

    /// @param after `next` of the previous page
    public Page<Sent> outgoing(AccountId tenant, OutgoingQuery query, Optional<UUID> after, int limit) {
        return outgoing(
                (tx, from, most) -> new MessageHistoryStore(tx).outgoing(tenant, query, from, most),
                query,
                after,
                limit);
    }

    /// The same of messages that are kept elsewhere.
    ///
    /// @param rows messages, newest first
    public Page<Sent> outgoing(Rows<Sent> rows, OutgoingQuery query, Optional<UUID> after, int limit) {
        return walk(after, limit, rows, query.meets(), sent -> sent.message().id());
    }

    /// @param after `next` of the previous page
    public Page<IncomingMessage> incoming(AccountId tenant, IncomingQuery query, Optional<UUID> after, int limit) {
        return walk(
                after,
                limit,
                (tx, from, most) -> new MessageHistoryStore(tx).incoming(tenant, query, from, most),
                query.meets(),
                IncomingMessage::id);
    }

    /// Returns an outgoing message if it belongs to the tenant.
    public Optional<Sent> find(AccountId tenant, UUID id) {
        return database.read(tenant, tx -> new MessageHistoryStore(tx).find(tenant, id));
    }

    /// Returns whether a number or a pool has messages, even if it was removed.
    public boolean isKnown(AccountId tenant, SenderId id) {
        return database.read(tenant, tx -> new MessageHistoryStore(tx).isKnown(tenant, id));
    }

    /// The messages of a page.
    public interface Rows<T> {

        /// Returns the messages selected by an index, newest first.
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
