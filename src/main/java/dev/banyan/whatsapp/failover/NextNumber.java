package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.OutboxStore;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.contacts.PoolContactStore;

/// Finds who sends a message that a number of its pool did not get through: the next number, or a backup master when
/// all have tried. Real numbers are followed by real ones.
public final class NextNumber {

    private final AccountId tenant;
    private final SenderStore store;
    private final List<Sender> numbers;

    private NextNumber(AccountId tenant, SenderStore store, List<Sender> numbers) {
        this.tenant = tenant;
        this.store = store;
        this.numbers = List.copyOf(numbers);
    }

    public static NextNumber of(Tx tx, SenderKey pool) {
        var store = new SenderStore(tx);
        return new NextNumber(pool.tenant(), store, store.pool(pool.tenant(), pool.id()));
    }

    /// Returns a number of the pool.
    public Optional<Sender> find(SenderId id) {
        return numbers.stream().filter(sender -> sender.id().equals(id)).findFirst();
    }

    /// @param tries how many numbers have sent it
    public Optional<Sender> after(Sender from, int tries) {
        List<Sender> others = ring(from).stream()
                .filter(sender -> isAble(sender) && isAsReal(sender, from))
                .toList();
        return tries <= others.size() ? others.stream().findFirst() : backup(from);
    }

    /// Returns the other numbers, beginning with the one after this.
    private List<Sender> ring(Sender from) {
        int place = numbers.indexOf(from);
        return Stream.concat(
                        numbers.subList(place + 1, numbers.size()).stream(),
                        numbers.stream().limit(place))
                .toList();
    }

    private Optional<Sender> backup(Sender from) {
        SenderId own = from.masterId().orElse(from.id());
        return store.masters(tenant).stream()
                .filter(master -> master.masterType().equals(Optional.of(MasterType.BACKUP))
                        && !master.id().equals(own)
                        && isAble(master)
                        && isAsReal(master, from))
                .min(Comparator.comparingInt(master -> master.traits().priority()));
    }

    private static boolean isAble(Sender sender) {
        return sender.enabled()
                && sender.state() == SenderState.LINKED
                && sender.assignment().pause().isEmpty();
    }

    private static boolean isAsReal(Sender sender, Sender other) {
        return sender.driver().isReal() == other.driver().isReal();
    }

    /// Gives a message that waits again to a number, with its contact.
    ///
    /// @return the pool that sends it
    public SenderKey give(Tx tx, OutgoingMessage message, Sender number, Instant now) {
        SenderId pool = number.masterId().orElse(number.id());
        new PoolContactStore(tx).assign(tenant, pool, message.to(), number.id(), now);
        if (!pool.equals(message.pool())) {
            new OutboxStore(tx).lend(tenant, List.of(message), pool, now);
        }
        return new SenderKey(tenant, pool);
    }
}
