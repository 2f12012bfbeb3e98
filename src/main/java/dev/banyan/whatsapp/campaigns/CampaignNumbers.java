package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.PoolSettingsStore;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.failover.PoolState;
import dev.banyan.whatsapp.failover.PoolStateStore;
import dev.banyan.whatsapp.history.PortfolioPlaces;

/// The numbers that send for a pool: its own, or those of the pool that stands in for it.
///
/// @param home the pool of the campaign, if another one stands in for it
record CampaignNumbers(
        SenderId pool, Optional<SenderId> home, PoolState state, PoolSettings settings, List<Sender> senders) {

    CampaignNumbers {
        senders = List.copyOf(senders);
    }

    /// @return empty if the pool was removed
    static Optional<CampaignNumbers> of(Tx tx, AccountId tenant, SenderId pool) {
        var store = new SenderStore(tx);
        if (store.find(tenant, pool).filter(Sender::isMaster).isEmpty()) {
            return Optional.empty();
        }
        PoolState state = new PoolStateStore(tx).find(tenant, pool);
        SenderId sending = state.standIn().orElse(pool);
        return Optional.of(new CampaignNumbers(
                sending,
                state.standIn().map(_ -> pool),
                state,
                new PoolSettingsStore(tx).find(tenant, sending),
                store.pool(tenant, sending)));
    }

    /// Returns whether a pool stands in over which no campaigns run.
    boolean areForCodes() {
        return settings.poolClass() == PoolSettings.PoolClass.CODES;
    }

    /// Returns whether it accepts no new messages.
    boolean isDrained() {
        return state.isPaused(Pause.DRAIN);
    }

    /// Returns the numbers that can send, now or soon.
    List<Sender> working() {
        return senders.stream()
                .filter(sender -> sender.enabled() && sender.state().isActive() && !sender.isPaused(Pause.HOLD))
                .toList();
    }

    /// Returns the numbers that may begin new chats.
    List<Sender> open() {
        return senders.stream()
                .filter(sender -> sender.enabled()
                        && sender.state() == SenderState.LINKED
                        && sender.assignment().pause().isEmpty())
                .toList();
    }

    /// Returns how many more people the business portfolios of the numbers may write to first; empty: any number, or no
    /// number can. Other numbers of a mixed pool, such as one lent by a failed pool, send no templates.
    Optional<PortfolioPlaces.Left> places(Tx tx, AccountId tenant, CampaignMessage message, Instant now) {
        List<SenderId> open = open().stream()
                .filter(sender -> sender.driver().isBusinessPlatform())
                .map(Sender::id)
                .toList();
        return message.template().isEmpty()
                ? Optional.empty()
                : PortfolioPlaces.of(tx, tenant, open, now).left(open);
    }

    List<SenderId> ids() {
        return senders.stream().map(Sender::id).toList();
    }

    /// Returns whether WhatsApp restricts such a number if it writes to many strangers.
    static boolean isLinkedByCode(Sender sender) {
        return !sender.driver().isBusinessPlatform();
    }
}
