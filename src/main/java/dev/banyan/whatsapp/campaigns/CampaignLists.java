package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.contacts.ContactAliases;
import dev.banyan.whatsapp.history.MessagePrice;
import dev.banyan.whatsapp.history.MessagePriceStore;
import dev.banyan.whatsapp.optouts.OptOut;
import dev.banyan.whatsapp.optouts.OptOutStore;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// The lists of recipients: adds to them, and returns them with what became of each.
@Singleton
public final class CampaignLists {

    /// Most recipients of a campaign, with those that get nothing.
    public static final int MOST = 100_000;

    static final String ON_LIST = "This number is on the list already.";

    private static final int AT_ONCE = 1_000;
    private static final int LONGEST_TAG = 100;
    private static final String HIDDEN =
            "An authentication template needs a phone number, which WhatsApp hides for this contact.";

    /// How many lines were added, and as what.
    public record Added(long recipients, long duplicates, long invalid, long optedOut) {

        static final Added NONE = new Added(0, 0, 0, 0);

        Added plus(Added other) {
            return new Added(
                    recipients + other.recipients,
                    duplicates + other.duplicates,
                    invalid + other.invalid,
                    optedOut + other.optedOut);
        }

        public long all() {
            return recipients + duplicates + invalid + optedOut;
        }
    }

    private final Database database;
    private final List<TaggedContacts> contacts;
    private final List<TemplateCategories> categories;
    private final Clock clock;

    public CampaignLists(
            Database database,
            @All List<TaggedContacts> contacts,
            @All List<TemplateCategories> categories,
            Clock clock) {
        this.database = database;
        this.contacts = List.copyOf(contacts);
        this.categories = List.copyOf(categories);
        this.clock = clock;
    }

    /// Adds recipients to a draft, in portions. Those that get nothing are kept with the reason.
    public Outcome<Added> add(AccountId tenant, UUID id, List<NewRecipient> rows) {
        if (rows.isEmpty()) {
            return Outcome.rejected(new Invalid("recipients", "The list is empty"));
        }
        // The gateway is asked, so not within a transaction.
        boolean needsNumbers = database.read(tenant, tx -> new CampaignStore(tx).find(tenant, id))
                .flatMap(campaign -> TemplateCategories.of(campaign, categories))
                .filter("authentication"::equalsIgnoreCase)
                .isPresent();
        Added added = Added.NONE;
        for (int from = 0; from < rows.size(); from += AT_ONCE) {
            List<NewRecipient> portion = rows.subList(from, Math.min(from + AT_ONCE, rows.size()));
            boolean isStart = from == 0;
            Outcome<Added> result = database.write(
                    tx -> add(tx, tenant, id, portion, needsNumbers, isStart ? rows.size() : portion.size()));
            if (!(result instanceof Outcome.Done(Added some))) {
                return result;
            }
            added = added.plus(some);
        }
        return Outcome.done(added);
    }

    /// Adds the contacts with a tag.
    ///
    /// @param workspace only of this workspace
    public Outcome<Added> addTagged(AccountId tenant, UUID id, Optional<String> workspace, String typed) {
        String tag = typed.strip();
        if (tag.isEmpty() || tag.length() > LONGEST_TAG) {
            return Outcome.rejected(new Invalid("tag", "Enter a tag of " + LONGEST_TAG + " characters or fewer"));
        }
        var rows = new ArrayList<NewRecipient>();
        for (TaggedContacts source : contacts) {
            Optional<String> after = Optional.empty();
            boolean more = true;
            while (more && rows.size() <= MOST) {
                List<TaggedContacts.Tagged> page = source.tagged(tenant, workspace, tag, after, AT_ONCE);
                page.forEach(one -> rows.add(new NewRecipient(one.contact().key(), one.name(), Map.of())));
                more = page.size() == AT_ONCE;
                after = page.isEmpty() ? after : Optional.of(page.getLast().cursor());
            }
        }
        return rows.isEmpty()
                ? Outcome.rejected(new Invalid("tag", "No contact has the tag “" + tag + "”"))
                : add(tenant, id, rows);
    }

    /// @param coming how many are still to be added, with these
    private Outcome<Added> add(
            Tx tx, AccountId tenant, UUID id, List<NewRecipient> rows, boolean needsNumbers, int coming) {
        var store = new CampaignStore(tx);
        Optional<Campaign> campaign = store.lock(tenant, id);
        if (campaign.isEmpty()) {
            return Outcome.notFound();
        }
        if (campaign.get().state() != CampaignState.DRAFT) {
            return Outcome.conflict("Recipients can be added to drafts only");
        }
        Instant now = clock.instant();
        long position = store.take(tenant, id, rows.size(), now);
        if (position + coming > MOST) {
            return tx.undone(Outcome.rejected(
                    new Invalid("recipients", "A campaign has at most %,d recipients".formatted(MOST))));
        }
        List<Recipient> recipients = recipients(tx, campaign.get(), rows, needsNumbers, position, now);
        new RecipientStore(tx).insert(tenant, id, recipients);
        var counts = new EnumMap<RecipientState, Long>(RecipientState.class);
        recipients.forEach(one -> counts.merge(one.state(), 1L, Long::sum));
        new CampaignCountStore(tx).add(tenant, id, counts);
        return Outcome.done(new Added(
                counts.getOrDefault(RecipientState.PENDING, 0L),
                counts.getOrDefault(RecipientState.DUPLICATE, 0L),
                counts.getOrDefault(RecipientState.INVALID, 0L),
                counts.getOrDefault(RecipientState.OPTED_OUT, 0L)));
    }

    private static List<Recipient> recipients(
            Tx tx, Campaign campaign, List<NewRecipient> rows, boolean needsNumbers, long before, Instant now) {
        Map<String, ContactAddress> contacts = ContactAliases.findAll(
                tx, campaign.tenant(), rows.stream().map(NewRecipient::phone).toList());
        Set<ContactAddress> valid = Set.copyOf(contacts.values());
        Set<ContactAddress> seen = new HashSet<>(new RecipientStore(tx).known(campaign.tenant(), campaign.id(), valid));
        Set<ContactAddress> out = new OptOutStore(tx).among(campaign.tenant(), valid);
        Set<ContactAddress> strangers = FirstContactMarks.strangers(tx, campaign, valid);
        var recipients = new ArrayList<Recipient>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            NewRecipient row = rows.get(i);
            Optional<ContactAddress> contact = Optional.ofNullable(contacts.get(row.phone()));
            boolean isHidden = contact.filter(one -> one.phone().isEmpty()).isPresent();
            RecipientState state = needsNumbers && isHidden ? RecipientState.INVALID : state(contact, seen, out);
            contact.ifPresent(seen::add);
            recipients.add(new Recipient(
                    before + i + 1,
                    contact,
                    row.phone(),
                    row.name(),
                    row.fields(),
                    state,
                    isHidden && state == RecipientState.INVALID ? Optional.of(HIDDEN) : why(state),
                    contact.filter(strangers::contains).isPresent(),
                    Optional.empty(),
                    Optional.empty(),
                    now,
                    Recipient.Returned.NEVER));
        }
        return recipients;
    }

    private static RecipientState state(
            Optional<ContactAddress> contact, Set<ContactAddress> seen, Set<ContactAddress> out) {
        if (contact.isEmpty()) {
            return RecipientState.INVALID;
        }
        if (seen.contains(contact.get())) {
            return RecipientState.DUPLICATE;
        }
        return out.contains(contact.get()) ? RecipientState.OPTED_OUT : RecipientState.PENDING;
    }

    private static Optional<String> why(RecipientState state) {
        return switch (state) {
            case INVALID -> Optional.of("This is not a valid phone number with its country code.");
            case DUPLICATE -> Optional.of(ON_LIST);
            case OPTED_OUT -> Optional.of(OptOut.SENTENCE);
            case PENDING, WAITING, SENT, DELIVERED, READ, FAILED, UNCERTAIN, CANCELED -> Optional.empty();
        };
    }

    /// Lists recipients in the order of the list.
    ///
    /// @param after the position of the last one of the previous page; 0 for the first page
    public List<Recipient> list(
            AccountId tenant, UUID campaign, Optional<RecipientState> state, long after, int limit) {
        return database.read(tenant, tx -> new RecipientStore(tx).list(tenant, campaign, state, after, limit));
    }

    /// Returns what WhatsApp charges for the messages of these recipients, if it has said so.
    public Map<UUID, MessagePrice> prices(AccountId tenant, List<Recipient> recipients) {
        List<UUID> messages =
                recipients.stream().flatMap(one -> one.message().stream()).toList();
        return messages.isEmpty()
                ? Map.of()
                : database.read(tenant, tx -> new MessagePriceStore(tx).of(tenant, messages));
    }
}
