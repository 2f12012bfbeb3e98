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
import dev.banyan.whatsapp.messages.TemplateBook;
import dev.banyan.whatsapp.optouts.OptOutStore;
import jakarta.inject.Singleton;

/// Shows the message of a campaign before it starts: as its first recipient gets it, or on a phone. What is sent to one
/// is marked as a test, and counted nowhere.
@Singleton
record CampaignTrial(Database database, Outgoing outgoing, TemplateBook templates, Audit audit, Uuids uuids) {

    /// What the first recipient gets.
    ///
    /// @param to the recipient’s name; the number if there is no name
    /// @param buttons what is on them
    record Preview(String to, String text, List<String> buttons) {}

    /// How the text of a test begins. A template can't be marked, because WhatsApp has approved its text.
    public static final String MARK = "[Test] ";

    private static final String KEYS = "campaign-test:";

    /// @return empty while there is no recipient, and for a template whose text can't be read
    Optional<Preview> preview(Campaign campaign) {
        Optional<Recipient> first = database.read(tx -> first(tx, campaign, Optional.of(RecipientState.PENDING)));
        return first.flatMap(one -> {
            String to = one.name().isEmpty()
                    ? one.contact().map(ContactAddress::shown).orElse(one.typed())
                    : one.name();
            CampaignMessage.Rendered message = campaign.message().render(values(first, one.contact(), Map.of()));
            return message.content().detail() instanceof MessageContent.Template template
                    ? entry(campaign, template)
                            .map(entry -> new Preview(
                                    to,
                                    entry.filled(template.body()),
                                    entry.buttons().stream()
                                            .map(TemplateBook.Button::text)
                                            .toList()))
                    : Optional.of(new Preview(to, message.text(), List.of()));
        });
    }

    private static Optional<Recipient> first(Tx tx, Campaign campaign, Optional<RecipientState> in) {
        return new RecipientStore(tx)
                .list(campaign.tenant(), campaign.id(), in, 0, 1).stream().findFirst();
    }

    private Optional<TemplateBook.Entry> entry(Campaign campaign, MessageContent.Template template) {
        return templates.of(campaign.tenant(), campaign.pool()).stream()
                .filter(one ->
                        one.name().equals(template.name()) && one.language().equals(template.language()))
                .findFirst();
    }

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
        CampaignMessage.Rendered message =
                campaign.message().render(values(first(tx, campaign, Optional.empty()), Optional.of(to), fields));
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

    private static Map<String, String> values(
            Optional<Recipient> first, Optional<ContactAddress> to, Map<String, String> given) {
        var values = new HashMap<String, String>();
        first.ifPresent(one -> values.putAll(one.values()));
        given.forEach((name, value) -> values.put(FieldText.name(name), value));
        values.put("phone", to.flatMap(ContactAddress::phone).map(Phone::e164).orElse(""));
        return values;
    }
}
