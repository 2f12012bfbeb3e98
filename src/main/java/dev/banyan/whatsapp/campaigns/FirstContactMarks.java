package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.history.IncomingStore;

/// Marks the recipients who have never written to a number of the campaign's pool.
record FirstContactMarks(Database database) {

    private static final int AT_ONCE = 1_000;

    /// Returns those of these contacts who have never written to the pool.
    static Set<ContactAddress> strangers(Tx tx, Campaign campaign, Collection<ContactAddress> phones) {
        AccountId tenant = campaign.tenant();
        Set<ContactAddress> strangers = new HashSet<>(phones);
        CampaignNumbers.of(tx, tenant, campaign.pool())
                .ifPresent(numbers -> strangers.removeAll(
                        new IncomingStore(tx).haveWritten(tenant, campaign.pool(), numbers.ids(), phones)));
        return strangers;
    }

    /// Marks all again, because the campaign has another pool.
    void renew(Campaign campaign) {
        Optional<Long> last = Optional.of(0L);
        while (last.isPresent()) {
            long from = last.get();
            last = database.write(tx -> renew(tx, campaign, from));
        }
    }

    private static Optional<Long> renew(Tx tx, Campaign campaign, long after) {
        var store = new RecipientStore(tx);
        List<Recipient> some =
                store.list(campaign.tenant(), campaign.id(), Optional.of(RecipientState.PENDING), after, AT_ONCE);
        Set<ContactAddress> strangers = strangers(
                tx,
                campaign,
                some.stream().flatMap(one -> one.contact().stream()).toList());
        Map<Boolean, List<Long>> wrong = some.stream()
                .filter(one -> one.isFirst() != strangers.contains(one.contact().orElseThrow()))
                .collect(Collectors.partitioningBy(
                        Recipient::isFirst, Collectors.mapping(Recipient::position, Collectors.toList())));
        wrong.forEach((isFirst, positions) -> store.mark(campaign.tenant(), campaign.id(), positions, !isFirst));
        return some.size() < AT_ONCE
                ? Optional.empty()
                : Optional.of(some.getLast().position());
    }
}
