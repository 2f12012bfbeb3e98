package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryChanged;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.MessageArriving;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingMessage.Refusal;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.RetryingBatch;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.campaigns.CampaignStore.Key;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.messages.QueueFilter;
import dev.banyan.whatsapp.optouts.OptOut;
import dev.banyan.whatsapp.optouts.OptOutStore;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Notes with each recipient what became of its message. An event says only which message to look at: its state is
/// read from the outbox, so events may come twice, late or in any order, and what a crash has swallowed is read again.
@Singleton
public final class CampaignResults {

    /// How long after its end the results of a campaign still change.
    static final Duration CHANGES_WITHIN = Duration.ofDays(7);

    private static final int AT_ONCE = 500;
    private static final int CAMPAIGNS = 1_000;

    /// A recipient whose message has changed.
    private record Changed(AccountId tenant, UUID campaign, long position) {}

    private final Database database;
    private final CampaignRefusals refusals;
    private final Clock clock;
    private final RetryingBatch<Changed> batch;
    private final AtomicBoolean isCaughtUp = new AtomicBoolean();

    public CampaignResults(Database database, Outgoing outgoing, Audit audit, Timers timers, Clock clock) {
        this.database = database;
        this.refusals = new CampaignRefusals(outgoing, audit);
        this.clock = clock;
        this.batch = new RetryingBatch<>(timers, this::write);
    }

    void deliveryChanged(@Observes DeliveryChanged event) {
        changed(event);
    }

    void messageArrives(@Observes MessageArriving message) {
        hasWritten(message);
    }

    /// Notes that a recipient has written, in the transaction that stores the message.
    public void hasWritten(MessageArriving message) {
        new RecipientStore(message.tx()).hasWritten(message.tenant(), message.pool(), message.from());
    }

    /// Notes that a message has changed. Called after a commit, so it only remembers it.
    public void changed(DeliveryChanged event) {
        OutgoingMessage message = event.message();
        if (message.state() != DeliveryState.SENDING && message.key().startsWith(OptOut.KEYS)) {
            changed(message).ifPresent(batch::add);
        }
    }

    private static Optional<Changed> changed(OutgoingMessage message) {
        String[] parts = message.key().substring(OptOut.KEYS.length()).split(":", -1);
        if (parts.length < 2 || parts.length > 3 || !parts[1].matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        return Uuids.parse(parts[0]).map(id -> new Changed(message.tenant(), id, Long.parseLong(parts[1])));
    }

    private void write(List<Changed> changes) {
        var byCampaign = new HashMap<Key, TreeSet<Long>>();
        changes.forEach(one -> byCampaign
                .computeIfAbsent(new Key(one.tenant(), one.campaign()), _ -> new TreeSet<>())
                .add(one.position()));
        byCampaign.forEach((key, positions) -> {
            var all = new ArrayList<>(positions);
            for (int from = 0; from < all.size(); from += AT_ONCE) {
                List<Long> some = all.subList(from, Math.min(from + AT_ONCE, all.size()));
                database.write(tx -> sync(tx, key, some));
            }
        });
    }

    /// Reads what waits in the outbox for a campaign: few enough to do so before every step.
    void waiting(AccountId tenant, UUID campaign) {
        read(new Key(tenant, campaign), RecipientState.WAITING);
    }

    /// Reads all results again, once after a start: changes may have been lost when the server stopped.
    void catchUp() {
        if (!isCaughtUp.compareAndSet(false, true)) {
            return;
        }
        Instant since = clock.instant().minus(CHANGES_WITHIN);
        for (Key key : database.read(tx -> new CampaignStore(tx).fresh(since, CAMPAIGNS))) {
            for (RecipientState state : List.of(
                    RecipientState.WAITING, RecipientState.UNCERTAIN, RecipientState.SENT, RecipientState.DELIVERED)) {
                read(key, state);
            }
        }
    }

    private void read(Key key, RecipientState state) {
        Optional<Long> last = Optional.of(0L);
        while (last.isPresent()) {
            long after = last.get();
            List<Recipient> seen = database.read(
                    key.tenant(),
                    tx -> new RecipientStore(tx).list(key.tenant(), key.id(), Optional.of(state), after, AT_ONCE));
            if (isStale(key, seen)) {
                List<Long> positions = seen.stream().map(Recipient::position).toList();
                database.write(tx -> sync(tx, key, positions));
            }
            last = seen.size() < AT_ONCE
                    ? Optional.empty()
                    : Optional.of(seen.getLast().position());
        }
    }

    private boolean isStale(Key key, List<Recipient> recipients) {
        Map<UUID, OutgoingMessage> messages = database.read(tx -> messages(tx, key.tenant(), recipients));
        return recipients.stream()
                .anyMatch(one -> one.message()
                        .map(messages::get)
                        .filter(message -> RecipientState.ofMessage(message.state()) != one.state())
                        .isPresent());
    }

    private static Map<UUID, OutgoingMessage> messages(Tx tx, AccountId tenant, Collection<Recipient> recipients) {
        List<UUID> ids =
                recipients.stream().flatMap(one -> one.message().stream()).toList();
        return ids.isEmpty() ? Map.of() : new OutgoingStore(tx).findAll(tenant, ids);
    }

    /// Copies the states of messages.
    private boolean sync(Tx tx, Key key, List<Long> positions) {
        return new CampaignStore(tx)
                .lock(key.tenant(), key.id())
                .map(campaign ->
                        sync(tx, key, campaign, new RecipientStore(tx).findAll(key.tenant(), key.id(), positions)))
                .orElse(false);
    }

    private boolean sync(Tx tx, Key key, Campaign campaign, List<Recipient> recipients) {
        Map<UUID, OutgoingMessage> messages = messages(tx, key.tenant(), recipients);
        Map<UUID, Refusal> why = refusals(tx, key.tenant(), messages.values());
        Set<ContactAddress> out = new OptOutStore(tx)
                .among(
                        key.tenant(),
                        messages.values().stream()
                                .filter(message -> message.state() == DeliveryState.CANCELED)
                                .map(OutgoingMessage::to)
                                .toList());
        var changed = new ArrayList<Recipient>();
        var refused = new HashMap<Long, OutgoingMessage>();
        var counts = new EnumMap<RecipientState, Long>(RecipientState.class);
        for (Recipient one : recipients) {
            Optional<OutgoingMessage> found = one.message().map(messages::get);
            Optional<Recipient> after = found.map(message -> hasComeBack(one, message)
                    ? one
                    : CampaignRefusals.comesBack(campaign, one, message, Optional.ofNullable(why.get(message.id())))
                            .orElseGet(() -> after(one, message, out)));
            if (after.filter(next -> !next.equals(one)).isPresent()) {
                changed.add(after.get());
                counts.merge(one.state(), -1L, Long::sum);
                counts.merge(after.get().state(), 1L, Long::sum);
                moved(tx, key, one, after.get());
                if (after.get().state() == RecipientState.FAILED) {
                    refused.put(one.position(), found.get());
                }
            }
        }
        new RecipientStore(tx).update(key.tenant(), key.id(), changed);
        new CampaignCountStore(tx).add(key.tenant(), key.id(), counts);
        Instant now = clock.instant();
        if (campaign.state() == CampaignState.CANCELED && recipients.stream().anyMatch(one -> isBack(one, messages))) {
            refusals.outgoing().cancel(tx, key.tenant(), QueueFilter.ofBatch(key.id()), CampaignActs.CANCELED, AT_ONCE);
        }
        if (campaign.state() == CampaignState.DONE
                && changed.stream().anyMatch(one -> one.state() == RecipientState.PENDING)) {
            // Its last messages were accepted, and then refused for today.
            new CampaignStore(tx).become(key.tenant(), key.id(), CampaignState.RUNNING, Optional.empty(), now);
        }
        refusals.happened(tx, campaign, refused, why, now);
        return !changed.isEmpty();
    }

    /// Returns whether a message waits again that was handed over when its campaign was canceled. One that failed, or
    /// may have been sent, waits again only if a person wants that.
    private static boolean isBack(Recipient one, Map<UUID, OutgoingMessage> messages) {
        return (one.state() == RecipientState.WAITING || one.state() == RecipientState.SENT)
                && one.message()
                        .map(messages::get)
                        .filter(message -> message.state() == DeliveryState.QUEUED)
                        .isPresent();
    }

    private static Map<UUID, Refusal> refusals(Tx tx, AccountId tenant, Collection<OutgoingMessage> messages) {
        List<UUID> failed = messages.stream()
                .filter(message -> message.state() == DeliveryState.FAILED)
                .map(OutgoingMessage::id)
                .toList();
        return failed.isEmpty() ? Map.of() : new OutgoingStore(tx).refusals(tenant, failed);
    }

    /// Returns whether the message is the old one of a recipient who is on the list again.
    private static boolean hasComeBack(Recipient one, OutgoingMessage message) {
        return one.state() == RecipientState.PENDING
                && (message.state() == DeliveryState.FAILED || message.state() == DeliveryState.CANCELED);
    }

    private static Recipient after(Recipient one, OutgoingMessage message, Set<ContactAddress> out) {
        RecipientState next = RecipientState.ofMessage(message.state());
        if (next == RecipientState.CANCELED && out.contains(message.to())) {
            next = RecipientState.OPTED_OUT;
        }
        if (next == RecipientState.WAITING && one.state() == RecipientState.WAITING) {
            return one;
        }
        Optional<String> why = next.hasLeft() || next == RecipientState.WAITING ? Optional.empty() : message.error();
        return one.became(next, why, message.changedAt()).by(message.sender().or(one::sender));
    }

    /// Counts a contact who never wrote for the number that has written to it, if another one took over.
    private void moved(Tx tx, Key key, Recipient before, Recipient after) {
        Optional<SenderId> planned = before.sender();
        Optional<SenderId> actual = after.sender();
        if (!before.isFirst() || planned.isEmpty() || actual.isEmpty() || planned.equals(actual)) {
            return;
        }
        new CampaignStore(tx)
                .find(key.tenant(), key.id())
                .flatMap(campaign -> CampaignNumbers.of(tx, key.tenant(), campaign.pool()))
                .ifPresent(numbers -> {
                    var day = clock.instant().atZone(numbers.settings().zone()).toLocalDate();
                    new FirstContactStore(tx).add(key.tenant(), day, actual.get(), 1);
                });
    }
}
