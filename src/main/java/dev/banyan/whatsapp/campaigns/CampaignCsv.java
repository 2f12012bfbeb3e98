package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.CsvFile;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.MessagePrice;

/// Writes the recipients of a campaign as a spreadsheet file: UTF-8, commas, a header line first. They are read and
/// sent in parts, so that their number does not matter.
public final class CampaignCsv {

    private static final int AT_ONCE = 1_000;

    private CampaignCsv() {}

    public static void write(
            CampaignLists lists, AccountId tenant, UUID campaign, Optional<RecipientState> state, OutputStream out)
            throws IOException {
        try (var csv = new CsvFile(out)) {
            csv.row(
                    "phone",
                    "name",
                    "state",
                    "reason",
                    "first_contact",
                    "sender",
                    "message",
                    "changed_at",
                    "charged_as",
                    "billable");
            long after = 0;
            List<Recipient> part;
            do {
                part = lists.list(tenant, campaign, state, after, AT_ONCE);
                Map<UUID, MessagePrice> prices = lists.prices(tenant, part);
                part.forEach(one -> write(csv, one, one.message().flatMap(id -> Optional.ofNullable(prices.get(id)))));
                after = part.isEmpty() ? after : part.getLast().position();
            } while (part.size() == AT_ONCE);
        }
    }

    private static void write(CsvFile csv, Recipient one, Optional<MessagePrice> price) {
        csv.row(
                one.contact().map(ContactAddress::key).orElseGet(one::typed),
                one.name(),
                one.state().key(),
                one.reason().orElse(""),
                one.isFirst() ? "yes" : "no",
                one.sender().map(SenderId::value).orElse(""),
                one.message().map(UUID::toString).orElse(""),
                one.changedAt().toString(),
                price.map(MessagePrice::category).orElse(""),
                price.map(known -> known.isBillable() ? "yes" : "no").orElse(""));
    }
}
