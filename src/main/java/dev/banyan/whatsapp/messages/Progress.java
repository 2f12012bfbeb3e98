package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.OutboxStore;
import dev.banyan.whatsapp.OutboxStore.Provided;
import dev.banyan.whatsapp.OutboxStore.Step;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.SenderHours;
import dev.banyan.whatsapp.history.SenderHoursStore;

/// Applies a group of driver reports to a tenant's messages: read from cache or database in one go, applied one after
/// the other, and stored together.
final class Progress {

    /// One state change of a message.
    record Change(OutgoingMessage before, OutgoingMessage after) {}

    /// The state of a message while the reports are applied.
    private static final class Course {

        private final OutgoingMessage from;
        private final List<Change> changes = new ArrayList<>();
        private OutgoingMessage now;
        private Optional<String> provider = Optional.empty();
        private Optional<OutgoingMessage.Refusal> refusal = Optional.empty();
        private Instant due;

        private Course(OutgoingMessage from, Instant due) {
            this.from = from;
            this.now = from;
            this.due = due;
        }
    }

    private final AccountId tenant;
    private final Instant now;
    private final Map<UUID, Course> courses = new LinkedHashMap<>();
    private final Map<Provided, UUID> provided = new HashMap<>();
    private final Map<UUID, Integer> tries = new HashMap<>();
    private final Set<UUID> overtaken = new HashSet<>();

    private Progress(AccountId tenant, Instant now) {
        this.tenant = tenant;
        this.now = now;
    }

    /// @param memory the cache, asked before the database; empty to use the database only
    static Progress read(
            Tx tx,
            AccountId tenant,
            List<DriverEvent.OfMessage> events,
            Instant now,
            Optional<InFlightMessages> memory) {
        var ids = new ArrayList<UUID>();
        var failed = new HashSet<UUID>();
        var takenBack = new HashSet<Provided>();
        var providers = new ArrayList<Provided>();
        for (DriverEvent.OfMessage event : events) {
            switch (event) {
                case DriverEvent.Sent sent -> ids.add(sent.message());
                case DriverEvent.NotSent not -> failed.add(not.message());
                case DriverEvent.Delivered delivered -> providers.add(provided(delivered, delivered.provider()));
                case DriverEvent.Read read -> providers.add(provided(read, read.provider()));
                case DriverEvent.Undeliverable not -> {
                    providers.add(provided(not, not.provider()));
                    if (not.again()) {
                        takenBack.add(provided(not, not.provider()));
                    }
                }
                case DriverEvent.Priced _ -> {} // changes no state
                case DriverEvent.Unclear _, DriverEvent.OfContact _ ->
                    throw new IllegalArgumentException("Not about an outgoing message");
            }
        }
        ids.addAll(failed);
        var outbox = new OutboxStore(tx);
        var progress = new Progress(tenant, now);
        memory.ifPresent(known -> {
            ids.removeIf(id -> progress.isRemembered(known.find(id)));
            providers.removeIf(name -> {
                Optional<OutgoingMessage> message = known.find(name);
                message.ifPresent(found -> progress.provided.put(name, found.id()));
                return progress.isRemembered(message);
            });
        });
        if (!ids.isEmpty()) {
            new OutgoingStore(tx).findAll(tenant, ids).values().forEach(progress::add);
        }
        if (!providers.isEmpty()) {
            outbox.findByProviders(tenant, providers).forEach((name, message) -> {
                progress.add(message);
                progress.provided.put(name, message.id());
            });
        }
        takenBack.forEach(
                name -> Optional.ofNullable(progress.provided.get(name)).ifPresent(failed::add));
        if (!failed.isEmpty()) {
            progress.tries.putAll(outbox.tries(tenant, failed));
        }
        return progress;
    }

    private static Provided provided(DriverEvent event, String id) {
        return new Provided(event.sender().id(), id);
    }

    private boolean isRemembered(Optional<OutgoingMessage> message) {
        message.filter(found -> found.tenant().equals(tenant)).ifPresent(this::add);
        return message.isPresent();
    }

    private void add(OutgoingMessage message) {
        courses.putIfAbsent(message.id(), new Course(message, now));
    }

    void happened(DriverEvent.OfMessage event) {
        switch (event) {
            case DriverEvent.Sent sent ->
                course(sent.message())
                        .filter(course -> course.now
                                .sender()
                                .equals(Optional.of(sent.sender().id())))
                        .filter(course -> become(course, DeliveryState.SENT, Optional.empty()))
                        .ifPresent(course -> {
                            course.provider = Optional.of(sent.provider());
                            provided.put(provided(sent, sent.provider()), sent.message());
                        });
            case DriverEvent.NotSent not -> course(not.message()).ifPresent(course -> notSent(course, not));
            case DriverEvent.Delivered delivered ->
                course(delivered, delivered.provider())
                        .ifPresent(course -> become(course, DeliveryState.DELIVERED, Optional.empty()));
            case DriverEvent.Read read ->
                course(read, read.provider()).ifPresent(course -> become(course, DeliveryState.READ, Optional.empty()));
            case DriverEvent.Undeliverable not ->
                course(not, not.provider()).ifPresent(course -> undeliverable(course, not));
            case DriverEvent.Priced _, DriverEvent.Unclear _, DriverEvent.OfContact _ -> {}
        }
    }

    private Optional<Course> course(UUID message) {
        return Optional.ofNullable(courses.get(message));
    }

    private Optional<Course> course(DriverEvent event, String provider) {
        return Optional.ofNullable(provided.get(provided(event, provider))).flatMap(this::course);
    }

    private void notSent(Course course, DriverEvent.NotSent not) {
        boolean isOfAnother =
                course.now.sender().filter(not.sender().id()::equals).isEmpty();
        boolean isKnown = course.now.state() == DeliveryState.QUEUED || course.now.state() == DeliveryState.SENT;
        if (isOfAnother || not.again() && isKnown) {
            return; // it is over another number by now, was reported twice, or was accepted in the meantime
        }
        // What a person has given up in the meantime has failed, and stays so.
        course.refusal = not.refusal();
        again(course, not.again() && course.now.state() != DeliveryState.FAILED, not.reason());
    }

    /// WhatsApp takes back that it accepted a message: for a while, which it says a few times at most, or for good.
    private void undeliverable(Course course, DriverEvent.Undeliverable not) {
        boolean isTried = tries.getOrDefault(course.now.id(), 0) >= Deliveries.TRIES;
        course.refusal = not.refusal();
        // What was written on the phone is never sent by us.
        boolean isOurs = !course.now.isFromPhone();
        again(course, isOurs && not.again() && course.now.state() == DeliveryState.SENT && !isTried, not.reason());
    }

    private void again(Course course, boolean isSentAgain, String why) {
        if (isSentAgain && course.now.state().mayBecome(DeliveryState.QUEUED)) {
            course.due = now.plus(pause(tries.getOrDefault(course.now.id(), 0)));
            become(course, DeliveryState.QUEUED, Optional.of(why));
        } else {
            become(course, DeliveryState.FAILED, Optional.of(why));
        }
    }

    /// Returns how long to wait after this many tries: a little more after each.
    private static Duration pause(int tried) {
        int doubled = Math.clamp(tried - 1, 0, Deliveries.DOUBLED_AT_MOST);
        return Deliveries.FIRST_PAUSE.multipliedBy(1L << doubled);
    }

    private boolean become(Course course, DeliveryState next, Optional<String> error) {
        if (!course.now.state().mayBecome(next)) {
            return false;
        }
        OutgoingMessage after = course.now.became(next, error.map(Deliveries::sanitize), now);
        course.changes.add(new Change(course.now, after));
        course.now = after;
        return true;
    }

    /// Stores the changes and updates the counters of the senders.
    ///
    /// @return all changes in the order in which they happened to each message
    List<Change> write(Tx tx) {
        List<Course> moved = courses.values().stream()
                .filter(course -> !course.changes.isEmpty())
                .toList();
        if (moved.isEmpty()) {
            return List.of();
        }
        List<Boolean> done = new OutboxStore(tx)
                .become(
                        tenant,
                        moved.stream()
                                .map(course -> new Step(
                                        course.from,
                                        course.now,
                                        course.due,
                                        course.provider,
                                        course.refusal.filter(_ -> course.now.state() == DeliveryState.FAILED)))
                                .toList());
        var changes = new ArrayList<Change>();
        for (int i = 0; i < moved.size(); i++) {
            if (done.get(i)) {
                changes.addAll(moved.get(i).changes);
            } else {
                overtaken.add(moved.get(i).from.id());
            }
        }
        count(tx, changes);
        return changes;
    }

    /// Returns the events about messages that were changed by others since they were read.
    List<DriverEvent.OfMessage> overtaken(List<DriverEvent.OfMessage> events) {
        return overtaken.isEmpty()
                ? List.of()
                : events.stream()
                        .filter(event ->
                                about(event).filter(overtaken::contains).isPresent())
                        .toList();
    }

    private Optional<UUID> about(DriverEvent.OfMessage event) {
        return switch (event) {
            case DriverEvent.Sent sent -> Optional.of(sent.message());
            case DriverEvent.NotSent not -> Optional.of(not.message());
            case DriverEvent.Delivered delivered ->
                Optional.ofNullable(provided.get(provided(delivered, delivered.provider())));
            case DriverEvent.Read read -> Optional.ofNullable(provided.get(provided(read, read.provider())));
            case DriverEvent.Undeliverable not -> Optional.ofNullable(provided.get(provided(not, not.provider())));
            case DriverEvent.Priced _, DriverEvent.Unclear _, DriverEvent.OfContact _ -> Optional.empty();
        };
    }

    /// Updates the cache; to be called after the commit.
    void remember(InFlightMessages memory) {
        courses.values().stream()
                .filter(course -> !overtaken.contains(course.from.id()))
                .forEach(course -> memory.keep(course.now));
        overtaken.forEach(memory::forget);
        provided.forEach((name, id) -> {
            Course course = courses.get(id);
            if (course == null || course.now.state() == DeliveryState.READ) {
                memory.forget(name);
            } else {
                memory.keep(name, id);
            }
        });
    }

    private void count(Tx tx, List<Change> changes) {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        var counts = new TreeMap<String, SenderHours>();
        for (Change change : changes) {
            SenderHours one = counted(change, hour);
            change.after()
                    .sender()
                    .filter(_ -> !one.equals(SenderHours.none(hour)))
                    .ifPresent(sender -> counts.merge(sender.value(), one, SenderHours::plus));
        }
        if (!counts.isEmpty()) {
            var bySender = new LinkedHashMap<SenderId, SenderHours>();
            counts.forEach((sender, hours) -> bySender.put(new SenderId(sender), hours));
            new SenderHoursStore(tx).addAll(tenant, bySender);
        }
    }

    /// Counts a change. A message that was read also counts as delivered, even if that was not reported.
    private static SenderHours counted(Change change, Instant hour) {
        OutgoingMessage after = change.after();
        boolean wasSent = change.before().state() == DeliveryState.SENDING
                || change.before().state() == DeliveryState.UNCERTAIN;
        Duration waited = Duration.between(after.createdAt(), after.changedAt());
        return switch (after.state()) {
            case SENT -> new SenderHours(hour, 1, 0, 0, 0, 0, waited);
            case DELIVERED -> new SenderHours(hour, wasSent ? 1 : 0, 1, 0, 0, 0, wasSent ? waited : Duration.ZERO);
            case READ ->
                new SenderHours(
                        hour,
                        wasSent ? 1 : 0,
                        change.before().state() == DeliveryState.DELIVERED ? 0 : 1,
                        1,
                        0,
                        0,
                        wasSent ? waited : Duration.ZERO);
            case FAILED -> new SenderHours(hour, 0, 0, 0, 1, 0, Duration.ZERO);
            case SCHEDULED, QUEUED, SENDING, UNCERTAIN, CANCELED -> SenderHours.none(hour);
        };
    }
}
