package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.MessageBody;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingMessage.Refusal;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.messages.QueueFilter;

/// Pauses campaigns whose messages are refused for a reason that lies in no single recipient: to go on would only use
/// up the rest of the list. What is in the outbox comes back to the list.
record CampaignRefusals(Outgoing outgoing, Audit audit) {

    static final int MOST = 5;
    static final String WITHDRAWN = "The campaign was paused before this message was sent.";
    /// When a contact who has had enough marketing for now is written to again.
    static final Duration RETRY_AFTER = Duration.ofHours(24);

    private static final int LONGEST_NOTE = 300;

    /// Returns the recipient of a message that has failed or was canceled, if it goes back to the list.
    ///
    /// @param refusal why it has failed, if a driver told
    static Optional<Recipient> comesBack(
            Campaign campaign, Recipient one, OutgoingMessage message, Optional<Refusal> refusal) {
        boolean goesOn = campaign.endedAt()
                .map(end -> campaign.state() == CampaignState.DONE
                        && end.plus(RETRY_AFTER).isAfter(message.changedAt()))
                .orElse(true);
        if (!goesOn) {
            return Optional.empty();
        }
        if (message.error().equals(Optional.of(WITHDRAWN))) {
            return Optional.of(one.comesBack(Optional.empty(), Optional.empty(), message.changedAt()));
        }
        return refusal.filter(Refusal::isForToday)
                .filter(_ -> one.returned().retryAt().isEmpty())
                .map(_ -> message.changedAt().plus(RETRY_AFTER))
                .map(retry -> one.comesBack(Optional.of(retry), message.error(), message.changedAt()));
    }

    /// Counts refusals against a campaign, whose row is locked, and pauses it if there are too many of one kind.
    ///
    /// @param refused the messages that have just failed, with why, by their recipients' positions
    void happened(Tx tx, Campaign campaign, Map<Long, OutgoingMessage> refused, Map<UUID, Refusal> why, Instant now) {
        var kinds = new TreeMap<Long, String>();
        refused.forEach((position, message) -> Optional.ofNullable(why.get(message.id()))
                .filter(refusal -> !refusal.isOfContact())
                .ifPresent(refusal -> kinds.put(position, refusal.kind())));
        var store = new RefusalStore(tx);
        store.count(campaign.tenant(), campaign.id(), kinds);
        if (campaign.state() == CampaignState.RUNNING && !kinds.isEmpty()) {
            store.often(campaign.tenant(), campaign.id(), MOST).ifPresent(kind -> {
                String words = kinds.entrySet().stream()
                        .filter(one -> one.getValue().equals(kind))
                        .map(one -> refused.get(one.getKey()))
                        .flatMap(message -> message.error().stream())
                        .findFirst()
                        .orElse("");
                pause(tx, campaign, kind, words, now);
            });
        }
    }

    private void pause(Tx tx, Campaign campaign, String kind, String words, Instant now) {
        AccountId tenant = campaign.tenant();
        String note = MessageBody.tamed(
                "Paused: %d messages were refused for the same reason. %s".formatted(MOST, words), LONGEST_NOTE);
        new CampaignStore(tx).become(tenant, campaign.id(), CampaignState.PAUSED, Optional.of(note), now);
        outgoing.cancel(tx, tenant, QueueFilter.ofBatch(campaign.id()), WITHDRAWN, CampaignSteps.MOST_WAITING);
        audit.note(
                tx,
                Actor.SERVER,
                new Owner(tenant, tenant),
                "CampaignPaused",
                campaign.id().toString(),
                Map.of("name", campaign.name(), "code", kind, "note", note));
    }
}
