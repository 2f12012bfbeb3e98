package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.OutboxStore.Pair;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingMessage.Waiting;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.Strategy;
import dev.banyan.whatsapp.WaitReason;
import dev.banyan.whatsapp.failover.Eligibility;
import dev.banyan.whatsapp.history.OpenChats;
import dev.banyan.whatsapp.history.PortfolioPlaces;
import dev.banyan.whatsapp.history.SenderRating.Share;
import dev.banyan.whatsapp.messages.Balancing.Candidate;
import dev.banyan.whatsapp.messages.Balancing.Choice;
import dev.banyan.whatsapp.messages.Balancing.Turns;
import dev.banyan.whatsapp.messages.SendCounter.Use;

/// One round of decisions about the messages of a pool: which number sends each, and why. It uses only its input and
/// changes only its own state, so it can be discarded and repeated.
final class SelectionRound {

    /// How long a contact's messages wait for a number that this server has not connected since it started.
    static final Duration RESUMES_WITHIN = Duration.ofMinutes(1);
    /// How long they wait for an available number that has reached a limit.
    static final Duration WAITS_FOR_LIMIT = Duration.ofMinutes(15);

    private static final Duration BUSY = Duration.ofSeconds(1);
    static final String PAUSED = "paused";
    private static final String SIMULATED = "simulated, and the pool has real numbers";
    private static final String PORTFOLIO = "limit of its business portfolio reached";
    private static final String RED = "its quality is red";
    private static final String NEW_CHATS = "restricted to existing chats";

    /// The decision about a message.
    sealed interface Decision {

        /// @param isNew whether the contact had another number before, or none
        record Go(Sender sender, String reason, boolean isNew) implements Decision {}

        record PutOff(Waiting waiting) implements Decision {}

        /// No number that may send it is available; one was until `since`.
        record Wait(Instant since) implements Decision {}

        /// No number that may send it can do so before then.
        record Leave(Waiting waiting) implements Decision {}
    }

    private final PoolSettings settings;
    private final Map<SenderId, Sender> senders = new LinkedHashMap<>();
    private final Map<SenderId, Use> before;
    private final Map<SenderId, Use> uses;
    private final Map<SenderId, PoolAvailability> standings = new HashMap<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private final Map<SenderId, Integer> places = new HashMap<>();
    private final Map<Pair, Instant> pairs = new HashMap<>();
    private final Map<SenderId, Eligibility> fitness = new HashMap<>();
    private final SendingAbilities abilities;
    private final Supplier<Duration> patience;
    private Optional<Duration> known = Optional.empty();
    private final Instant now;
    private final boolean hasFit;
    private final boolean hasWhole;
    private final Set<SenderId> sending;
    private PortfolioPlaces portfolios = PortfolioPlaces.ANY;
    private OpenChats open = OpenChats.NONE;
    private Turns turns;

    /// @param patience how long a number is away before it has failed, by the settings of the pool
    SelectionRound(
            PoolSettings settings,
            List<Sender> pool,
            SendCounter tally,
            Function<Sender, Eligibility> fitness,
            SendingAbilities abilities,
            Supplier<Duration> patience,
            Instant now) {
        this.settings = settings;
        this.before = tally.uses();
        this.uses = new HashMap<>(before);
        this.turns = tally.turns();
        this.now = now;
        this.abilities = abilities;
        this.patience = patience;
        this.sending = Sender.sending(pool).stream().map(Sender::id).collect(Collectors.toSet());
        pool.forEach(sender -> this.fitness.put(sender.id(), fitness.apply(sender)));
        this.hasFit = pool.stream().anyMatch(this::isFit);
        this.hasWhole =
                pool.stream().anyMatch(sender -> isFit(sender) && use(sender).share() == Share.WHOLE);
        for (Sender sender : pool) {
            senders.put(sender.id(), sender);
            places.put(sender.id(), candidates.size());
            candidates.add(look(sender));
        }
    }

    /// Returns whether it takes contacts from numbers that have failed.
    private boolean isFit(Sender sender) {
        return sender.state() == SenderState.LINKED
                && sender.enabled()
                && sender.assignment().pause().isEmpty()
                && sending.contains(sender.id())
                && fitness(sender) == Eligibility.FIT;
    }

    /// Returns whether it works, but has failed so recently that others go first.
    private boolean isRecovering(Sender sender) {
        return hasFit && fitness(sender) == Eligibility.RECOVERING;
    }

    private Candidate look(Sender sender) {
        PoolAvailability standing = standing(sender);
        standings.put(sender.id(), standing);
        Optional<Instant> down = standing instanceof PoolAvailability.Away(Instant since, String _)
                ? Optional.of(since)
                : Optional.empty();
        uses.computeIfPresent(sender.id(), (_, use) -> use.down(down));
        if (standing instanceof PoolAvailability.Able) {
            // Times given before are stored in rows; limits may have changed since.
            uses.computeIfPresent(sender.id(), (_, use) -> use.expecting(Instant.EPOCH));
        }
        return new Candidate(
                sender.id(),
                sender.shownName(),
                sender.traits().weight(),
                sender.traits().priority(),
                sender.traits().region(),
                use(sender).underWay(),
                use(sender).share(),
                switch (standing) {
                    case PoolAvailability.Able _ -> takesNoContacts(sender);
                    case PoolAvailability.Limited(Instant _, WaitReason _, String why) -> Optional.of(why);
                    case PoolAvailability.Away(Instant _, String why) -> Optional.of(why);
                    case PoolAvailability.Gone(Instant _, String why) -> Optional.of(why);
                });
    }

    private Optional<String> takesNoContacts(Sender sender) {
        if (sender.isPaused(Pause.DRAIN)) {
            return Optional.of("taking no new contacts");
        }
        if (sender.state() == SenderState.RESTRICTED) {
            return Optional.of(NEW_CHATS);
        }
        return isRecovering(sender) ? Optional.of("recovering") : Optional.empty();
    }

    private Use use(Sender sender) {
        return Optional.ofNullable(uses.get(sender.id()))
                .orElseGet(() -> new Use(now, now, 0, 0, Optional.empty(), Share.WHOLE));
    }

    private PoolAvailability standing(Sender sender) {
        if (!sender.enabled()) {
            return new PoolAvailability.Gone(sender.updatedAt(), "turned off");
        }
        if (sender.isPaused(Pause.HOLD)) {
            return new PoolAvailability.Gone(now, PAUSED);
        }
        if (!sending.contains(sender.id())) {
            return new PoolAvailability.Gone(sender.createdAt(), SIMULATED);
        }
        return switch (sender.state()) {
            case BANNED -> new PoolAvailability.Gone(sender.link().stateChangedAt(), "banned by WhatsApp");
            case UNLINKED -> new PoolAvailability.Gone(sender.link().stateChangedAt(), "logged out");
            case PENDING, LINKING, PASSKEY_REQUIRED ->
                new PoolAvailability.Away(sender.link().stateChangedAt(), "not linked yet");
            case DISCONNECTED -> new PoolAvailability.Away(sender.link().stateChangedAt(), "disconnected");
            case LINKED, RESTRICTED ->
                switch (fitness(sender)) {
                    case FIT, RECOVERING -> limits(sender);
                    case AWAY, NOT_SEEN, FAILED ->
                        new PoolAvailability.Away(use(sender).downSince().orElse(now), "not responding");
                };
        };
    }

    private PoolAvailability limits(Sender sender) {
        Pace pace = sender.traits().pace().or(settings.pace());
        Use use = use(sender);
        Instant began = sender.link().linkedAt().orElse(sender.createdAt());
        Optional<Integer> quota = DailySendLimit.of(pace, began, now, settings.zone());
        if (quota.filter(most -> use.today() >= most).isPresent()) {
            return new PoolAvailability.Limited(
                    DailySendLimit.nextDay(now, settings.zone()),
                    quota.equals(pace.perDay()) ? WaitReason.QUOTA : WaitReason.WARM_UP,
                    "daily limit of " + quota.get() + " reached");
        }
        if (use.underWay() >= atOnce(sender)) {
            return new PoolAvailability.Limited(
                    now.plus(BUSY), WaitReason.TURN, "busy with " + use.underWay() + " messages");
        }
        Optional<Instant> next =
                pace.perMinute().map(most -> SendRateLimiter.perMinute(most).next(use.full()));
        return next.filter(time -> time.isAfter(now))
                .<PoolAvailability>map(time -> new PoolAvailability.Limited(
                        time, WaitReason.RATE, "limit of " + pace.perMinute().orElseThrow() + " a minute reached"))
                .orElseGet(PoolAvailability.Able::new);
    }

    /// Returns the availability of the whole pool: able if any number is, otherwise that of the first number to become
    /// able. It is away for as long as the last of its numbers.
    PoolAvailability pool() {
        return PoolAvailability.best(standings.values());
    }

    /// Returns whether what the pool sends reaches no one.
    boolean isSimulated() {
        return senders.values().stream().noneMatch(sender -> sender.driver().isReal());
    }

    /// Returns how many messages may be handed over in this round.
    int room() {
        return senders.values().stream()
                .filter(sender -> standings.get(sender.id()) instanceof PoolAvailability.Able)
                .mapToInt(sender -> atOnce(sender) - use(sender).underWay())
                .sum();
    }

    /// Returns all numbers of the pool.
    Collection<Sender> numbers() {
        return senders.values();
    }

    /// Returns the numbers that may answer existing chats only.
    List<SenderId> restricted() {
        return senders.values().stream()
                .filter(sender -> sender.state() == SenderState.RESTRICTED)
                .map(Sender::id)
                .toList();
    }

    /// @param known recent messages between contacts and their numbers
    void remember(Map<Pair, Instant> known) {
        pairs.putAll(known);
    }

    /// @param left for people who haven't written lately
    void limit(PortfolioPlaces left, OpenChats chats) {
        portfolios = left;
        open = chats;
    }

    /// Returns when a number may send a template to a contact, if its business portfolio has written to too many
    /// people.
    private Optional<Instant> fullUntil(SenderId sender, OutgoingMessage message) {
        return message.isTemplate() ? portfolios.fullUntil(sender, message.to()) : Optional.empty();
    }

    private boolean canTakeOver(Sender sender, OutgoingMessage message) {
        return abilities.canSend(sender, message) && open.takes(sender.id(), message);
    }

    private PoolAvailability standing(SenderId sender, OutgoingMessage message) {
        PoolAvailability standing = standing(sender);
        return standing instanceof PoolAvailability.Able
                ? fullUntil(sender, message)
                        .<PoolAvailability>map(
                                until -> new PoolAvailability.Limited(until, WaitReason.QUOTA, PORTFOLIO))
                        .orElse(standing)
                : standing;
    }

    /// @param own the number that the contact talks to
    /// @param oldChats existing chats of restricted numbers
    Decision decide(OutgoingMessage message, Optional<SenderId> own, Set<Pair> oldChats) {
        Optional<Sender> mine = own.flatMap(id -> Optional.ofNullable(senders.get(id)));
        if (mine.isEmpty()) {
            return another(message, whyOther(message, own), oldChats);
        }
        Sender sender = mine.get();
        if (!abilities.canSend(sender, message)) {
            return another(message, "the contact’s number can’t send this; ", oldChats);
        }
        if (!open.takes(sender.id(), message)) {
            Optional<Decision> moved = other(message, "the contact hasn’t written to its number lately; ", oldChats);
            if (moved.isPresent() || message.home().isPresent()) {
                return moved.orElseGet(() -> nobody(message));
            }
        }
        boolean mayWrite =
                sender.state() != SenderState.RESTRICTED || oldChats.contains(new Pair(sender.id(), message.to()));
        if (!mayWrite) {
            return another(message, "the contact’s number is " + NEW_CHATS + "; ", oldChats);
        }
        return switch (standing(sender.id(), message)) {
            case PoolAvailability.Able _ -> {
                Optional<Decision> moved = isRecovering(sender)
                        ? other(message, "the contact’s number has failed and is recovering; ", oldChats)
                        : Optional.empty();
                yield moved.orElseGet(() -> go(message, sender, "the contact’s number", false));
            }
            case PoolAvailability.Limited limit -> limited(message, sender, limit, oldChats);
            case PoolAvailability.Away(Instant since, String why) -> {
                Instant until = since.plus(patience(sender));
                yield now.isBefore(until)
                        ? new Decision.PutOff(new Waiting(WaitReason.NUMBER_AWAY, until))
                        : another(message, "the contact’s number is away (" + why + "); ", oldChats);
            }
            case PoolAvailability.Gone(Instant _, String why) ->
                another(message, "the contact’s number is " + why + "; ", oldChats);
        };
    }

    /// Returns how long a contact waits for its number before another one takes over: no longer than it takes to see
    /// that the number has failed.
    private Duration patience(Sender sender) {
        return switch (fitness(sender)) {
            case FAILED -> Duration.ZERO;
            case NOT_SEEN -> RESUMES_WITHIN;
            case FIT, RECOVERING, AWAY -> {
                known = known.or(() -> Optional.of(patience.get()));
                yield known.orElseThrow();
            }
        };
    }

    private Eligibility fitness(Sender sender) {
        return fitness.getOrDefault(sender.id(), Eligibility.AWAY);
    }

    private static String whyOther(OutgoingMessage message, Optional<SenderId> own) {
        if (own.isEmpty()) {
            return message.home().map(home -> "stands in for " + home + "; ").orElse("");
        }
        return message.home()
                .map(home -> "stands in for " + home + ", the contact’s number; ")
                .orElse("the contact’s number was removed; ");
    }

    private PoolAvailability standing(SenderId sender) {
        return Optional.ofNullable(standings.get(sender)).orElseGet(() -> new PoolAvailability.Gone(now, "gone"));
    }

    /// Gives each message waiting for a number a time of its own, so that they are not all checked again at once.
    private Decision limited(
            OutgoingMessage message, Sender sender, PoolAvailability.Limited limit, Set<Pair> oldChats) {
        Use use = use(sender);
        Instant until = limit.until();
        Instant next = until;
        Optional<Integer> perMinute = sender.traits().pace().or(settings.pace()).perMinute();
        if (perMinute.isPresent()) {
            Instant after = use.expected()
                    .plus(SendRateLimiter.perMinute(perMinute.get()).every());
            next = after.isAfter(until) ? after : until;
        }
        boolean isLong = next.isAfter(message.createdAt().plus(WAITS_FOR_LIMIT));
        if (isLong && pool() instanceof PoolAvailability.Able) {
            return another(message, "the contact’s number is limited (" + limit.why() + "); ", oldChats);
        }
        uses.put(sender.id(), use.expecting(next));
        return new Decision.PutOff(new Waiting(limit.reason(), next));
    }

    private Decision another(OutgoingMessage message, String why, Set<Pair> oldChats) {
        return other(message, why, oldChats).orElseGet(() -> nobody(message));
    }

    private Optional<Decision> other(OutgoingMessage message, String why, Set<Pair> oldChats) {
        Optional<String> region =
                settings.strategy() == Strategy.REGION ? message.to().phone().flatMap(Phone::region) : Optional.empty();
        Choice choice = Balancing.choose(settings.strategy(), able(message, oldChats), turns, region);
        Optional<Sender> chosen = choice.sender().flatMap(id -> Optional.ofNullable(senders.get(id)));
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        turns = choice.after();
        return Optional.of(go(message, chosen.get(), why + choice.reason(), true));
    }

    /// Returns the candidates for a message, without those that can't send it.
    private List<Candidate> able(OutgoingMessage message, Set<Pair> oldChats) {
        boolean isRedSpared = isBetterOneBusy();
        return forContact(message.to(), oldChats).stream()
                .map(one -> isRedSpared && one.can() && one.share() == Share.LAST ? one.unable(RED) : one)
                .map(one -> whyNot(one, message).map(one::unable).orElse(one))
                .toList();
    }

    private Optional<String> whyNot(Candidate one, OutgoingMessage message) {
        Sender sender = Optional.ofNullable(senders.get(one.id())).orElseThrow();
        if (!canTakeOver(sender, message)) {
            return Optional.of("can’t send this");
        }
        return one.can() && fullUntil(one.id(), message).isPresent() ? Optional.of(PORTFOLIO) : Optional.empty();
    }

    /// A number that will have room in a moment is not one that can't send.
    private boolean isBetterOneBusy() {
        return senders.values().stream()
                .anyMatch(sender -> use(sender).share() != Share.LAST
                        && standing(sender.id())
                                instanceof PoolAvailability.Limited(Instant _, WaitReason reason, String _)
                        && reason == WaitReason.TURN);
    }

    /// Returns how many messages of a number may be under way: half as many where its share is half, and another one
    /// has the whole.
    private int atOnce(Sender sender) {
        int most = abilities.atOnce(sender);
        return hasWhole && use(sender).share() == Share.HALF ? Math.max(1, most / 2) : most;
    }

    /// Returns the candidates for a contact: a restricted number may answer only contacts it has talked to.
    private List<Candidate> forContact(ContactAddress contact, Set<Pair> oldChats) {
        if (oldChats.isEmpty()) {
            return candidates;
        }
        return candidates.stream()
                .map(one ->
                        one.cannot().equals(Optional.of(NEW_CHATS)) && oldChats.contains(new Pair(one.id(), contact))
                                ? one.able()
                                : one)
                .toList();
    }

    private Decision nobody(OutgoingMessage message) {
        PoolAvailability others = PoolAvailability.best(senders.values().stream()
                .filter(sender -> canTakeOver(sender, message))
                .filter(sender -> sender.state() != SenderState.RESTRICTED && !sender.isPaused(Pause.DRAIN))
                .map(sender -> standing(sender.id(), message))
                .toList());
        return switch (others) {
            case PoolAvailability.Able _ -> new Decision.Leave(new Waiting(WaitReason.TURN, now.plus(BUSY)));
            case PoolAvailability.Limited(Instant until, WaitReason reason, String _) ->
                new Decision.Leave(new Waiting(reason, until));
            case PoolAvailability.Away(Instant since, String _) -> new Decision.Wait(since);
            case PoolAvailability.Gone(Instant since, String _) -> new Decision.Wait(since);
        };
    }

    private Decision go(OutgoingMessage message, Sender sender, String reason, boolean isNew) {
        if (settings.pair().isPresent()) {
            SendRateLimiter spacing = SendRateLimiter.of(settings.pair().get());
            var pair = new Pair(sender.id(), message.to());
            Instant full = Optional.ofNullable(pairs.get(pair)).orElse(Instant.EPOCH);
            if (spacing.next(full).isAfter(now)) {
                return new Decision.PutOff(new Waiting(WaitReason.PAIR_LIMIT, spacing.next(full)));
            }
            pairs.put(pair, spacing.taken(full, now));
        }
        if (message.isTemplate()) {
            portfolios.take(sender.id(), message.to());
        }
        Use use = use(sender);
        Instant full = sender.traits()
                .pace()
                .or(settings.pace())
                .perMinute()
                .map(most -> SendRateLimiter.perMinute(most).taken(use.full(), now))
                .orElse(use.full());
        uses.put(sender.id(), use.taken(full));
        candidates.set(Optional.ofNullable(places.get(sender.id())).orElseThrow(), look(sender));
        return new Decision.Go(sender, reason, isNew);
    }

    /// Records the round after its commit.
    void commit(SendCounter tally) {
        tally.accept(before, uses, turns, pairs);
    }
}
