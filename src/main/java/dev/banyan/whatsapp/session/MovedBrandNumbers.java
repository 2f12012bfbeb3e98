package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.accounts.moves.MovePart;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.cluster.LivePools;
import dev.banyan.platform.cluster.News;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderChanged;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Numbers whose brand gets another tenant: let go of without logging out, and connected again for whoever has them
/// then. With several servers, each pool's numbers are on the one that has the pool.
@Singleton
record MovedBrandNumbers(
        LiveSenders liveSenders,
        LivePools pools,
        MovedNumbers elsewhere,
        OtherNodes others,
        Database database,
        Event<SenderChanged> changed)
        implements MovePart {

    private static final Set<SenderState> CONNECTED =
            EnumSet.of(SenderState.LINKED, SenderState.DISCONNECTED, SenderState.RESTRICTED);

    /// @param tenant who has the numbers now
    record NumbersCame(AccountId tenant, List<String> numbers) implements News {}

    @Override
    public void letGo(AccountId from, List<String> numbers) {
        if (numbers.isEmpty()) {
            return;
        }
        List<SenderKey> leaving =
                ids(numbers).map(id -> new SenderKey(from, id)).toList();
        liveSenders.release(() -> leaving);
        if (!pools.isAlone()) {
            try {
                elsewhere.letGoElsewhere(leaving, true);
            } catch (RuntimeException failure) {
                settled(from, from, numbers);
                throw failure;
            }
        }
    }

    private static Stream<SenderId> ids(List<String> numbers) {
        return numbers.stream().flatMap(id -> SenderId.parse(id).stream());
    }

    @Override
    public void settled(AccountId from, AccountId tenant, List<String> numbers) {
        if (numbers.isEmpty()) {
            return;
        }
        if (!pools.isAlone()) {
            // No server has pools yet that are new to this tenant.
            senders(tenant, numbers).stream()
                    .map(sender -> sender.pool().asPool())
                    .distinct()
                    .forEach(pools::elsewhere);
        }
        var came = new NumbersCame(tenant, numbers);
        came(came);
        others.tell(came);
        if (!tenant.equals(from)) {
            ids(numbers).forEach(id -> {
                changed.fire(new SenderChanged(from, id));
                changed.fire(new SenderChanged(tenant, id));
            });
        }
    }

    void came(@Observes NumbersCame news) {
        if (pools.hasSome(news.tenant())) {
            liveSenders.connectSoon(() -> senders(news.tenant(), news.numbers()).stream()
                    .filter(sender -> sender.enabled() && CONNECTED.contains(sender.state()))
                    .toList());
        }
    }

    private List<Sender> senders(AccountId tenant, List<String> numbers) {
        return database.read(
                tenant, tx -> new SenderStore(tx).findAll(tenant, ids(numbers).toList()));
    }
}
