package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.OutboxStore;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.SenderHours;
import dev.banyan.whatsapp.history.SenderHoursStore;
import jakarta.inject.Singleton;

/// Creates an invented past for the sample numbers: messages with a known result, and the counters of a month. Nothing
/// of it is sent, and nothing changes later.
@Singleton
public record SampleMessages(Database database, Uuids uuids, Clock clock) {

    /// The message went out long ago.
    ///
    /// @param state its final state
    public record Sample(
            SenderId pool,
            SenderId sender,
            ContactAddress to,
            String text,
            DeliveryState state,
            Optional<String> error,
            Instant at) {}

    private static final UUID NO_NODE = new UUID(0, 0);
    private static final int DAYS = 30;
    private static final int OPENS = 6;
    private static final int CLOSES = 18;
    private static final Duration USUAL_WAIT = Duration.ofMillis(1_400);
    private static final Duration READ_AFTER = Duration.ofMinutes(2);
    private static final Set<DayOfWeek> QUIET = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    /// Stores messages as if they had been ordered then.
    public void add(AccountId tenant, List<Sample> samples) {
        database.write(tx -> {
            samples.forEach(sample -> add(tx, tenant, sample));
            return samples;
        });
    }

    public UUID add(Tx tx, AccountId tenant, Sample sample) {
        // Lists are sorted by id.
        var id = new UUID(
                Uuids.firstAt(sample.at()).getMostSignificantBits(),
                uuids.next().getLeastSignificantBits());
        var queued = new OutgoingMessage(
                id,
                tenant,
                sample.pool(),
                Optional.empty(),
                sample.to(),
                sample.text(),
                Optional.empty(),
                id.toString(),
                DeliveryState.QUEUED,
                Optional.empty(),
                sample.at(),
                sample.at());
        OutgoingMessage sending =
                queued.by(sample.sender()).became(DeliveryState.SENDING, Optional.empty(), sample.at());
        OutgoingMessage done =
                sending.became(sample.state(), sample.error(), sample.at().plus(READ_AFTER));
        var store = new OutboxStore(tx);
        store.insert(tenant, List.of(queued), Optional.empty());
        store.handOver(
                tenant,
                List.of(new OutboxStore.Handed(queued, sending, "It has sent the least in the last hour.")),
                NO_NODE);
        store.become(
                tenant,
                List.of(new OutboxStore.Step(sending, done, sample.at(), Optional.of("SIM" + Digests.newToken()))));
        return id;
    }

    /// Stores the counters of the last month.
    ///
    /// @param busy how many messages each number sends in a busy hour
    public void addHours(AccountId tenant, Map<SenderId, Integer> busy) {
        database.write(tx -> {
            var store = new SenderHoursStore(tx);
            Instant now = clock.instant().truncatedTo(ChronoUnit.HOURS);
            var random = new Random(DAYS);
            busy.forEach((sender, most) ->
                    hours(now, most, random).forEach(hour -> store.addAll(tenant, Map.of(sender, hour))));
            return busy;
        });
    }

    private static List<SenderHours> hours(Instant now, int most, Random random) {
        List<SenderHours> hours = new ArrayList<>();
        for (long ago = Duration.ofDays(DAYS).toHours(); ago >= 1; ago--) {
            Instant hour = now.minus(Duration.ofHours(ago));
            ZonedDateTime local = hour.atZone(ZoneOffset.UTC);
            if (local.getHour() >= OPENS && local.getHour() < CLOSES) {
                double calm = QUIET.contains(local.getDayOfWeek()) ? 0.3 : 1;
                long sent = Math.round((most / 2.0 + random.nextInt(most)) * calm);
                long failed = random.nextInt(24) == 0 ? 1 : 0;
                long delivered = Math.max(0, sent - failed - random.nextInt(2));
                long seen = Math.round(delivered * 0.8);
                hours.add(new SenderHours(
                        hour, sent, delivered, seen, failed, Math.round(sent * 0.6), USUAL_WAIT.multipliedBy(sent)));
            }
        }
        return hours;
    }
}
