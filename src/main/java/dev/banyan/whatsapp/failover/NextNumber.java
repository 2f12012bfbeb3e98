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
/// all have tried, as far as the pool's failover policy lets it stand in. Real numbers are followed by real ones.
public final class NextNumber {

    private final Tx tx;
    private final SenderKey pool;
    private final List<Sender> numbers;

    private NextNumber(Tx tx, SenderKey pool, List<Sender> numbers) {
        this.tx = tx;
        this.pool = pool;
        this.numbers = List.copyOf(numbers);
    }

    public static NextNumber of(Tx tx, SenderKey pool) {
        return new NextNumber(tx, pool, new SenderStore(tx).pool(pool.tenant(), pool.id()));
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

    /// Returns the master that is set to stand in, else one of type backup.
    private Optional<Sender> backup(Sender from) {
        FailoverSettings settings = new FailoverSettingsStore(tx).find(pool.tenant(), pool.id());
        if (settings.policy() == FailoverPolicy.NEVER_SILENT) {
            return Optional.empty();
        }
        Map<SenderId, PoolState> states = new PoolStateStore(tx).all(pool.tenant());
        Optional<AccountId> brand =
                find(pool.id()).flatMap(master -> master.assignment().brand());
        return new SenderStore(tx)
                .masters(pool.tenant()).stream()
                        .filter(master -> isBackup(master, settings)
                                && !master.id().equals(pool.id())
                                && (settings.policy() == FailoverPolicy.AUTO
                                        || master.assignment().brand().equals(brand))
                                && isAble(master)
                                && isAsReal(master, from)
                                && states.getOrDefault(master.id(), PoolState.NORMAL)
                                        .pause()
                                        .isEmpty())
                        .min(Comparator.comparing((Sender master) -> !isChosen(master, settings))
                                .thenComparing(master -> master.traits().priority()));
    }

    private static boolean isBackup(Sender master, FailoverSettings settings) {
        return isChosen(master, settings) || master.masterType().equals(Optional.of(MasterType.BACKUP));
    }

    private static boolean isChosen(Sender master, FailoverSettings settings) {
        return settings.backup().equals(Optional.of(master.id()));
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
    public SenderKey give(OutgoingMessage message, Sender number, Instant now) {
        var to = new SenderKey(pool.tenant(), number.masterId().orElse(number.id()));
        new PoolContactStore(tx).assign(to.tenant(), to.id(), message.to(), number.id(), now);
        if (!to.id().equals(message.pool())) {
            new OutboxStore(tx).lend(to.tenant(), List.of(message), to.id(), now);
        }
        return to;
    }
}
