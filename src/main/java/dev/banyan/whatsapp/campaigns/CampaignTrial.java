package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageSchedule;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.contacts.ContactAliases;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.messages.Outgoing.Ordered;
import dev.banyan.whatsapp.optouts.OptOutStore;
import jakarta.inject.Singleton;

/// Sends the message of a campaign to one number, to see it on a phone. It is marked as a test, and counted nowhere.
@Singleton
record CampaignTrial(Database database, Outgoing outgoing, Audit audit, Uuids uuids) {

    /// How the text of a test begins. A template can't be marked, because WhatsApp has approved its text.
    public static final String MARK = "[Test] ";

    private static final String KEYS = "campaign-test:";

    /// @param to as it was typed
    /// @param fields instead of those of the first recipient
    public Outcome<OutgoingMessage> send(
            AccountId tenant, Actor actor, UUID id, String to, Map<String, String> fields) {
        return database.write(tx -> new CampaignStore(tx)
                .find(tenant, id)
                .map(campaign -> ContactAliases.find(tx, tenant, to)
                        .map(phone -> send(tx, actor, campaign, phone, fields))
                        .orElseGet(() -> Outcome.rejected(Phone.INVALID.in("to"))))
                .orElseGet(Outcome::notFound));
    }

    private Outcome<OutgoingMessage> send(
            Tx tx, Actor actor, Campaign campaign, ContactAddress to, Map<String, String> fields) {
        AccountId tenant = campaign.tenant();
        if (new OptOutStore(tx).find(tenant, to).isPresent()) {
            return Outcome.rejected(new Invalid("to", "This number has opted out. Choose another one"));
        }
        CampaignMessage.Rendered message = campaign.message().render(values(tx, campaign, to, fields));
        boolean isText = message.content().equals(MessageContent.PLAIN);
        var order = new Outgoing.Order(
                campaign.pool(),
                to,
                isText ? MARK + message.text() : message.text(),
                Optional.empty(),
                message.content(),
                KEYS + campaign.id() + ":" + uuids.next(),
                MessageSchedule.NONE);
        return switch (outgoing.order(tx, tenant, actor, order)) {
            case Ordered.Done(OutgoingMessage ordered, boolean _) -> {
                Campaigns.note(audit, tx, actor, campaign, "CampaignTested");
                yield Outcome.done(ordered);
            }
            case Ordered.NoPool _ -> Outcome.conflict(CampaignActs.POOL_GONE);
            case Ordered.Draining _ -> Outcome.conflict(CampaignActs.POOL_DRAINED);
            case Ordered.Full _ -> Outcome.conflict("Too many messages are waiting in this pool. Try again later.");
            case Ordered.Rejected(Invalid invalid) -> Outcome.rejected(invalid);
        };
    }

    private static Map<String, String> values(Tx tx, Campaign campaign, ContactAddress to, Map<String, String> given) {
        List<Recipient> first = new RecipientStore(tx).list(campaign.tenant(), campaign.id(), Optional.empty(), 0, 1);
        var values = new HashMap<String, String>();
        first.forEach(one -> values.putAll(one.values()));
        given.forEach((name, value) -> values.put(FieldText.name(name), value));
        values.put("phone", to.phone().map(Phone::e164).orElse(""));
        return values;
    }
}
