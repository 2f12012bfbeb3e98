package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.accounts.context.AccountLocks;
import dev.banyan.platform.cluster.Nodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.MessageBody;
import dev.banyan.whatsapp.OutboxStore;
import dev.banyan.whatsapp.OutboxStore.Handed;
import dev.banyan.whatsapp.OutboxStore.Load;
import dev.banyan.whatsapp.OutboxStore.Pair;
import dev.banyan.whatsapp.OutboxStore.Talked;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingMessage.Waiting;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.PairLimit;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.PoolSettingsStore;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.WaitReason;
import dev.banyan.whatsapp.contacts.PoolContactStore;
import dev.banyan.whatsapp.failover.FailoverSettingsStore;
import dev.banyan.whatsapp.failover.FailoverState;
import dev.banyan.whatsapp.failover.NumberWatch;
import dev.banyan.whatsapp.failover.PoolState;
import dev.banyan.whatsapp.failover.PoolStateStore;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.history.OpenChats;
import dev.banyan.whatsapp.history.PortfolioPlaces;
import dev.banyan.whatsapp.history.SenderHoursStore;
import dev.banyan.whatsapp.history.SenderRating;
import dev.banyan.whatsapp.history.SenderRatingStore;
import dev.banyan.whatsapp.messages.SelectionRound.Decision;
import dev.banyan.whatsapp.messages.SendCounter.Use;
import dev.banyan.whatsapp.optouts.OptOut;
import dev.banyan.whatsapp.optouts.OptOutStore;
import jakarta.inject.Singleton;

/// Decides which waiting messages of a pool are sent now, and over which number. The decisions are stored before a
/// driver is called: many in one transaction, without a query per message. Only one caller at a time works on a pool.
@Singleton
public record Claims(
        Deliveries deliveries,
        SendCounters counters,
        NumberWatch numbers,
        QueueTransfer transfer,
        SendingAbilities abilities,
        Nodes nodes,
        Clock clock,
        Settings settings) {

    static final int AT_ONCE = 1_000;
    /// When to check messages waiting for their number again. Its return triggers a check at once; this is
    /// for missed notifications.
    static final Duration NEXT_LOOK = Duration.ofSeconds(60);

    /// A pool that is resumed is checked at once, so this is for missed notifications.
    private static final Duration PAUSED_LOOK = Duration.ofMinutes(5);

    private static final int FAILED_AT_ONCE = 100;
    private static final int LONGEST_REASON = 300;
    private static final String ONLY_SIMULATED = "This was ordered for real numbers. Simulated ones don’t send it.";
    private static final String NOT_CONNECTED = "No number of the pool could send this in time.";

    /// @param messages to be handed over after the commit
    /// @param done whether there is nothing left to do now
    /// @param again when to check again if nothing happens before
    public record Claimed(List<OutgoingMessage> messages, boolean done, Optional<Instant> again) {

        public Claimed {
            messages = List.copyOf(messages);
        }

        static Claimed nothing(boolean done) {
            return new Claimed(List.of(), done, Optional.empty());
        }

        static Claimed nothingUntil(Instant time) {
            return new Claimed(List.of(), true, Optional.of(time));
        }
    }

    private Duration patience() {
        return Duration.ofMinutes(settings.messageWaitMinutes());
    }

    /// Returns the messages to hand over now, after storing that they are handed over.
    public Claimed next(Tx tx, SenderKey pool) {
        Instant now = clock.instant();
        var store = new OutgoingStore(tx);
        Optional<Instant> due = store.nextDue(pool.tenant(), pool.id());
        if (due.isEmpty()) {
            return Claimed.nothing(true);
        }
        PoolState state = new PoolStateStore(tx).find(pool.tenant(), pool.id());
        boolean isHeld = state.isPaused(Pause.HOLD);
        if (state.standIn().isPresent() && !isHeld) {
            return transfer.next(tx, pool, now);
        }
        if (due.get().isAfter(now)) {
            return Claimed.nothingUntil(due.get());
        }
        if (isHeld || AccountLocks.isOff(tx, pool.tenant())) {
            return wait(tx, pool, now, new Waiting(WaitReason.PAUSED, now.plus(PAUSED_LOOK)));
        }
        List<Sender> senders = new SenderStore(tx).pool(pool.tenant(), pool.id());
        PoolSettings settings = new PoolSettingsStore(tx).find(pool.tenant(), pool.id());
        Optional<Claimed> quiet = quiet(tx, pool, settings, now);
        if (quiet.isPresent()) {
            return quiet.get();
        }
        SendCounter tally = tally(tx, pool, senders, settings, now);
        var round = new SelectionRound(
                settings,
                senders,
                tally,
                numbers::fitness,
                abilities,
                () -> new FailoverSettingsStore(tx)
                        .find(pool.tenant(), pool.id())
                        .detection()
                        .until(),
                now);
        return switch (round.pool()) {
            case PoolAvailability.Able _ -> decide(tx, pool, settings, tally, round, now);
            case PoolAvailability.Limited(Instant until, WaitReason reason, String _) ->
                wait(tx, pool, now, new Waiting(reason, until));
            case PoolAvailability.Away(Instant since, String _) -> {
                tx.afterCommit(() -> round.commit(tally));
                yield waitForNumber(tx, pool, now, since, away(state));
            }
            case PoolAvailability.Gone(Instant since, String why) ->
                waitForNumber(
                        tx, pool, now, since, why.equals(SelectionRound.PAUSED) ? WaitReason.PAUSED : away(state));
        };
    }

    /// Leaves messages waiting for a number to be repaired, and fails those that have waited for `BANYAN_MESSAGE_WAIT`.
    /// Time spent waiting for quota or quiet hours doesn't count.
    private Claimed waitForNumber(Tx tx, SenderKey pool, Instant now, Instant since, WaitReason reason) {
        var store = new OutgoingStore(tx);
        boolean all = putOff(tx, pool, now, new Waiting(reason, now.plus(NEXT_LOOK)));
        boolean done = !isTooLong(since, now)
                || fail(
                        tx,
                        store.queuedBefore(pool.tenant(), pool.id(), now.minus(patience()), FAILED_AT_ONCE),
                        NOT_CONNECTED);
        return new Claimed(List.of(), all && done, Optional.of(now.plus(NEXT_LOOK)));
    }

    private static WaitReason away(PoolState state) {
        return state.failover() == FailoverState.WAITING_FOR_APPROVAL ? WaitReason.APPROVAL : WaitReason.POOL_AWAY;
    }

    /// Holds messages during quiet hours, except those to customers who have written recently: a first look puts off
    /// what may not be sent, and what is due after that may.
    private static Optional<Claimed> quiet(Tx tx, SenderKey pool, PoolSettings settings, Instant now) {
        Optional<Instant> until = settings.quiet().flatMap(hours -> hours.over(now, settings.zone()));
        if (until.isEmpty()) {
            return Optional.empty();
        }
        var store = new OutgoingStore(tx);
        if (!putOff(tx, pool, now, new Waiting(WaitReason.QUIET_HOURS, until.get()))) {
            return Optional.of(Claimed.nothing(false));
        }
        Duration answers = settings.quiet().orElseThrow().answersWithin();
        if (!answers.isZero()) {
            store.answerDuringQuietHours(pool.tenant(), pool.id(), now.minus(answers), now);
        }
        boolean isDue = store.nextDue(pool.tenant(), pool.id())
                .filter(due -> !due.isAfter(now))
                .isPresent();
        return isDue ? Optional.empty() : Optional.of(Claimed.nothingUntil(until.get()));
    }

    private boolean isTooLong(Instant since, Instant now) {
        return since.isBefore(now.minus(patience()));
    }

    /// Postpones messages that wait for minutes, so that they are not checked in the meantime. Not worth it
    /// for short waits.
    private static Claimed wait(Tx tx, SenderKey pool, Instant now, Waiting wait) {
        if (wait.retryAt().isAfter(now.plus(NEXT_LOOK)) && !putOff(tx, pool, now, wait)) {
            return Claimed.nothing(false);
        }
        return Claimed.nothingUntil(wait.retryAt());
    }

    /// @return false if more messages are due
    private static boolean putOff(Tx tx, SenderKey pool, Instant now, Waiting wait) {
        var store = new OutboxStore(tx);
        List<UUID> due = store.due(pool.tenant(), pool.id(), now);
        store.putOff(pool.tenant(), due, wait);
        return due.size() < OutboxStore.AT_ONCE;
    }

    private boolean fail(Tx tx, List<OutgoingMessage> messages, String why) {
        messages.forEach(message -> deliveries.transition(tx, message, DeliveryState.FAILED, Optional.of(why)));
        return messages.size() < FAILED_AT_ONCE;
    }

    private Claimed decide(
            Tx tx, SenderKey pool, PoolSettings settings, SendCounter tally, SelectionRound round, Instant now) {
        List<OutgoingMessage> found =
                new OutgoingStore(tx).next(pool.tenant(), pool.id(), now, Math.min(AT_ONCE, round.room()));
        if (round.isSimulated() && awaitRealNumbers(tx, pool, found, now)) {
            return Claimed.nothing(false);
        }
        List<OutgoingMessage> next = wanted(tx, pool, found);
        List<ContactAddress> contacts =
                next.stream().map(OutgoingMessage::to).distinct().toList();
        Map<ContactAddress, SenderId> own =
                contacts.isEmpty() ? Map.of() : new PoolContactStore(tx).findAll(pool.tenant(), pool.id(), contacts);
        Set<Pair> oldChats = oldChats(tx, pool, round.restricted(), contacts);
        PortfolioPlaces places = places(tx, pool, round.numbers(), next, now);
        round.limit(places, OpenChats.read(tx, pool, round.numbers(), next, now));
        settings.pair().ifPresent(limit -> round.remember(pairs(tx, pool, tally, limit, own, now)));

        var going = new ArrayList<Handed>();
        var taken = new HashMap<ContactAddress, SenderId>();
        var putOff = new HashMap<UUID, Waiting>();
        Optional<Instant> left = Optional.empty();
        for (OutgoingMessage message : next) {
            switch (round.decide(message, Optional.ofNullable(own.get(message.to())), oldChats)) {
                case Decision.Go(Sender sender, String reason, boolean isNew) -> {
                    going.add(handed(message, sender, reason, now));
                    if (isNew) {
                        taken.put(message.to(), sender.id());
                    }
                }
                case Decision.PutOff(Waiting wait) -> putOff.put(message.id(), wait);
                case Decision.Wait(Instant since) -> {
                    if (isTooLong(since, now) && isTooLong(message.changedAt(), now)) {
                        fail(tx, List.of(message), NOT_CONNECTED);
                    } else {
                        boolean hasOwn = message.home().isPresent() || own.containsKey(message.to());
                        WaitReason reason = hasOwn ? WaitReason.NUMBER_AWAY : WaitReason.POOL_AWAY;
                        putOff.put(message.id(), new Waiting(reason, now.plus(NEXT_LOOK)));
                    }
                }
                case Decision.Leave(Waiting wait) -> {
                    if (wait.retryAt().isAfter(now.plus(NEXT_LOOK))) {
                        // Otherwise these would hide later messages that may be sent over a restricted number.
                        putOff.put(message.id(), wait);
                    } else {
                        left = Optional.of(wait.retryAt());
                    }
                }
            }
        }
        List<OutgoingMessage> handed = deliveries.handOver(tx, pool.tenant(), going, nodes.id());
        if (!taken.isEmpty()) {
            new PoolContactStore(tx).assignAll(pool.tenant(), pool.id(), taken, now);
            lend(tx, pool, next, taken.keySet());
        }
        places.save(tx, pool.tenant(), now);
        new OutboxStore(tx).putOff(pool.tenant(), putOff);
        tx.afterCommit(() -> round.commit(tally));
        Optional<Instant> again =
                left.or(() -> putOff.values().stream().map(Waiting::retryAt).min(Instant::compareTo));
        return new Claimed(handed, found.isEmpty() || left.isPresent(), again);
    }

    /// Lets what was ordered for real numbers wait in a pool that has none any more, whatever became of them: simulated
    /// ones would report it as sent, and it would reach no one (design 7).
    ///
    /// @param found messages that could be handed over now
    /// @return whether some of them wait
    private static boolean awaitRealNumbers(Tx tx, SenderKey pool, List<OutgoingMessage> found, Instant now) {
        var outbox = new OutboxStore(tx);
        List<UUID> ids = found.stream().map(OutgoingMessage::id).toList();
        if (!outbox.hasReal(pool.tenant(), ids)) {
            return false;
        }
        var wait = new Waiting(WaitReason.POOL_AWAY, now.plus(NEXT_LOOK));
        outbox.awaitRealNumbers(pool.tenant(), pool.id(), wait, ONLY_SIMULATED, now);
        return true;
    }

    /// Cancels what campaigns send to contacts who have opted out, however late, and returns the other messages.
    private List<OutgoingMessage> wanted(Tx tx, SenderKey pool, List<OutgoingMessage> messages) {
        List<ContactAddress> contacts = messages.stream()
                .filter(message -> message.key().startsWith(OptOut.KEYS))
                .map(OutgoingMessage::to)
                .toList();
        Set<ContactAddress> out = new OptOutStore(tx).among(pool.tenant(), contacts);
        if (out.isEmpty()) {
            return messages;
        }
        var wanted = new ArrayList<OutgoingMessage>();
        for (OutgoingMessage message : messages) {
            if (message.key().startsWith(OptOut.KEYS) && out.contains(message.to())) {
                deliveries.transition(tx, message, DeliveryState.CANCELED, Optional.of(OptOut.SENTENCE));
            } else {
                wanted.add(message);
            }
        }
        return wanted;
    }

    /// Notes where new contacts belong whose pool another one stands in for.
    private static void lend(Tx tx, SenderKey pool, List<OutgoingMessage> messages, Set<ContactAddress> contacts) {
        messages.stream()
                .filter(message -> message.home().isPresent() && contacts.contains(message.to()))
                .collect(Collectors.groupingBy(
                        message -> message.home().orElseThrow(),
                        Collectors.mapping(OutgoingMessage::to, Collectors.toSet())))
                .forEach((home, phones) -> new PoolContactStore(tx).lendTo(pool.tenant(), pool.id(), home, phones));
    }

    private static Handed handed(OutgoingMessage message, Sender sender, String reason, Instant now) {
        String why = message.error()
                .map(error -> reason + "; retried after: " + error)
                .orElse(reason);
        return new Handed(
                message,
                message.by(sender.id()).became(DeliveryState.SENDING, Optional.empty(), now),
                MessageBody.tamed(why, LONGEST_REASON));
    }

    /// Returns how many people the numbers may still send templates to who haven't written lately.
    private static PortfolioPlaces places(
            Tx tx, SenderKey pool, Collection<Sender> numbers, List<OutgoingMessage> messages, Instant now) {
        Set<ContactAddress> contacts = messages.stream()
                .filter(OutgoingMessage::isTemplate)
                .map(OutgoingMessage::to)
                .collect(Collectors.toSet());
        return contacts.isEmpty()
                ? PortfolioPlaces.ANY
                : PortfolioPlaces.locked(
                        tx, pool.tenant(), numbers.stream().map(Sender::id).toList(), contacts, now);
    }

    private static Set<Pair> oldChats(Tx tx, SenderKey pool, List<SenderId> restricted, List<ContactAddress> contacts) {
        if (restricted.isEmpty() || contacts.isEmpty()) {
            return Set.of();
        }
        var chats = new OutboxStore(tx).reached(pool.tenant(), restricted, contacts);
        chats.addAll(new IncomingStore(tx).written(pool.tenant(), restricted, contacts));
        return chats;
    }

    /// Returns the times of recent messages between contacts and their numbers, from memory or the database.
    private static Map<Pair, Instant> pairs(
            Tx tx, SenderKey pool, SendCounter tally, PairLimit limit, Map<ContactAddress, SenderId> own, Instant now) {
        List<Pair> wanted = own.entrySet().stream()
                .map(one -> new Pair(one.getValue(), one.getKey()))
                .toList();
        Map<Pair, Instant> known = tally.pairs(wanted);
        List<ContactAddress> unknown = wanted.stream()
                .filter(pair -> !known.containsKey(pair))
                .map(Pair::contact)
                .toList();
        if (unknown.isEmpty()) {
            return known;
        }
        Instant since = now.minus(limit.every().multipliedBy(limit.burst()));
        Map<Pair, Talked> talked = new OutboxStore(tx).talked(pool.tenant(), pool.id(), unknown, since);
        var all = new HashMap<>(known);
        talked.forEach((pair, one) -> all.putIfAbsent(
                pair, one.last().plus(limit.every().multipliedBy(Math.min(one.count(), limit.burst())))));
        return all;
    }

    /// Returns the pool's counters; they are read from the database if memory has none or they are old.
    private SendCounter tally(Tx tx, SenderKey pool, List<Sender> senders, PoolSettings settings, Instant now) {
        SendCounter tally = counters.of(pool);
        Instant day = DailySendLimit.dayBegan(now, settings.zone());
        List<SenderId> ids = senders.stream().map(Sender::id).toList();
        if (!tally.isStale(now, day, ids)) {
            return tally;
        }
        // Counters are per hour in UTC: if a day begins within an hour, the whole hour counts.
        var hours = new SenderHoursStore(tx);
        Map<SenderId, Long> today = hours.sentSince(pool.tenant(), ids, day.truncatedTo(ChronoUnit.HOURS));
        Map<SenderId, Long> lately =
                hours.sentSince(pool.tenant(), ids, now.minusSeconds(60).truncatedTo(ChronoUnit.HOURS));
        Map<SenderId, Load> loads = new OutboxStore(tx).loads(pool.tenant(), pool.id(), day);
        Map<SenderId, SenderRating> ratings = new SenderRatingStore(tx).of(pool.tenant(), ids);
        var uses = new HashMap<SenderId, Use>();
        for (Sender sender : senders) {
            Load load = Optional.ofNullable(loads.get(sender.id())).orElse(new Load(0, 0));
            boolean wasBusy = lately.containsKey(sender.id()) || load.underWay() + load.uncertain() > 0;
            Instant full = sender.traits()
                    .pace()
                    .or(settings.pace())
                    .perMinute()
                    .filter(_ -> wasBusy)
                    .map(most -> SendRateLimiter.perMinute(most).spent(now))
                    .orElse(Instant.EPOCH);
            long sent = today.getOrDefault(sender.id(), 0L) + load.underWay() + load.uncertain();
            SenderRating rating = ratings.getOrDefault(sender.id(), SenderRating.NONE);
            uses.put(
                    sender.id(), new Use(full, Instant.EPOCH, load.underWay(), sent, Optional.empty(), rating.share()));
        }
        tally.read(uses, now, day);
        return tally;
    }
}
