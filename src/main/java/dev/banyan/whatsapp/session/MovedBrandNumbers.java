package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.accounts.moves.MovePart;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.cluster.LiveAccounts;
import dev.banyan.platform.cluster.News;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderChanged;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Numbers whose brand gets another tenant: let go of without logging out, and connected again for whoever has them
/// then. With several servers, each side's numbers are on the one that has the account.
@Singleton
record MovedBrandNumbers(
        LiveSenders liveSenders,
        LiveAccounts accounts,
        OtherNodes others,
        Database database,
        Event<SenderChanged> changed)
        implements MovePart {

    private static final Set<SenderState> CONNECTED =
            EnumSet.of(SenderState.LINKED, SenderState.DISCONNECTED, SenderState.RESTRICTED);

    /// @param tenant whose numbers are to be let go of
    record NumbersLeave(AccountId tenant, List<String> numbers) implements News {}

    /// @param tenant who has the numbers now
    record NumbersCame(AccountId tenant, List<String> numbers) implements News {}

    @Override
    public void letGo(AccountId from, List<String> numbers) {
        if (numbers.isEmpty()) {
            return;
        }
        var leave = new NumbersLeave(from, numbers);
        leave(leave);
        others.tell(leave);
    }

    void leave(@Observes NumbersLeave news) {
        if (accounts.isOurs(news.tenant())) {
            liveSenders.release(news.tenant(), news.numbers());
        }
    }

    @Override
    public void settled(AccountId from, AccountId tenant, List<String> numbers) {
        if (numbers.isEmpty()) {
            return;
        }
        var came = new NumbersCame(tenant, numbers);
        came(came);
        others.tell(came);
        if (!tenant.equals(from)) {
            numbers.stream().flatMap(id -> SenderId.parse(id).stream()).forEach(id -> {
                changed.fire(new SenderChanged(from, id));
                changed.fire(new SenderChanged(tenant, id));
            });
        }
    }

    void came(@Observes NumbersCame news) {
        if (!accounts.isOurs(news.tenant())) {
            return;
        }
        List<SenderId> ids = news.numbers().stream()
                .flatMap(id -> SenderId.parse(id).stream())
                .toList();
        List<Sender> senders = database.read(tx -> new SenderStore(tx).findAll(news.tenant(), ids));
        senders.stream()
                .filter(sender -> sender.enabled() && CONNECTED.contains(sender.state()))
                .forEach(sender -> liveSenders.connectSoon(sender.key(), sender.driver()));
    }
}
