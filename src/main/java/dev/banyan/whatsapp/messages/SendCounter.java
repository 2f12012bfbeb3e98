package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.OutboxStore.Pair;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.SenderRating.Share;
import dev.banyan.whatsapp.messages.Balancing.Turns;

/// Counters of one pool between two rounds. They may be lost at any moment: the database has the same data, and they
/// are read from it again every minute.
final class SendCounter {

    static final Duration TRUSTED_FOR = Duration.ofMinutes(1);
    private static final int PAIRS = 10_000;

    /// Counters of one number.
    ///
    /// @param full of its rate, see [SendRateLimiter]
    /// @param expected when the last message waiting for this number at a given time is sent
    /// @param underWay messages that it is sending
    /// @param today messages that it has sent or may have sent today
    /// @param downSince when it was first seen unable to send
    /// @param share of new contacts
    record Use(Instant full, Instant expected, int underWay, long today, Optional<Instant> downSince, Share share) {

        Use taken(Instant fullAfter) {
            return new Use(fullAfter, expected, underWay + 1, today + 1, downSince, share);
        }

        Use expecting(Instant next) {
            return new Use(full, next, underWay, today, downSince, share);
        }

        Use down(Optional<Instant> since) {
            return new Use(full, expected, underWay, today, since, share);
        }

        private Use read(Use fresh) {
            return new Use(full, expected, fresh.underWay(), fresh.today(), downSince, fresh.share());
        }

        private Use underWay(int now) {
            return new Use(full, expected, now, today, downSince, share);
        }
    }

    private final Map<SenderId, Use> uses = new HashMap<>();
    private final Map<Pair, Instant> pairs = new LinkedHashMap<>(16, 0.75f, true);
    private Turns turns;
    private Instant readAt = Instant.MIN;
    private Instant day = Instant.MIN;
    private int waiting;
    private Instant waitingReadAt = Instant.MIN;

    SendCounter(long seed) {
        this.turns = Turns.from(seed);
    }

    /// Returns whether the counters must be read from the database again.
    synchronized boolean isStale(Instant now, Instant today, Collection<SenderId> senders) {
        return !day.equals(today)
                || readAt.isBefore(now.minus(TRUSTED_FOR))
                || readAt.isAfter(now)
                || !uses.keySet().containsAll(senders);
    }

    /// Replaces the counters by those from the database. Rates and given times stay.
    synchronized void read(Map<SenderId, Use> fresh, Instant now, Instant today) {
        Map<SenderId, Use> after = fresh.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        one -> Optional.ofNullable(uses.get(one.getKey()))
                                .map(known -> known.read(one.getValue()))
                                .orElse(one.getValue())));
        uses.clear();
        uses.putAll(after);
        readAt = now;
        day = today;
    }

    synchronized boolean knows(SenderId sender) {
        return uses.containsKey(sender);
    }

    synchronized Map<SenderId, Use> uses() {
        return Map.copyOf(uses);
    }

    synchronized Turns turns() {
        return turns;
    }

    /// Returns what is known about these pairs.
    synchronized Map<Pair, Instant> pairs(Collection<Pair> wanted) {
        var known = new HashMap<Pair, Instant>();
        for (Pair pair : wanted) {
            Optional.ofNullable(pairs.get(pair)).ifPresent(full -> known.put(pair, full));
        }
        return known;
    }

    /// Adds a committed round of decisions. Messages may have been sent in the meantime, so messages in progress are
    /// added to the current count.
    synchronized void accept(
            Map<SenderId, Use> before, Map<SenderId, Use> after, Turns turnsAfter, Map<Pair, Instant> pairsAfter) {
        after.forEach((sender, use) -> {
            int more = use.underWay()
                    - Optional.ofNullable(before.get(sender)).map(Use::underWay).orElse(0);
            uses.computeIfPresent(sender, (_, now) -> use.underWay(now.underWay() + more));
        });
        turns = turnsAfter;
        pairs.putAll(pairsAfter);
        List<Pair> oldest =
                pairs.keySet().stream().limit(Math.max(0, pairs.size() - PAIRS)).toList();
        oldest.forEach(pairs::remove);
    }

    /// Records a state change of a message.
    synchronized void moved(OutgoingMessage before, OutgoingMessage after) {
        if (before.state() == DeliveryState.SENDING && after.state() != DeliveryState.SENDING) {
            before.sender()
                    .ifPresent(sender ->
                            uses.computeIfPresent(sender, (_, use) -> use.underWay(Math.max(0, use.underWay() - 1))));
        }
        if (before.state() == DeliveryState.QUEUED && after.state() != DeliveryState.QUEUED) {
            waiting = Math.max(0, waiting - 1);
        } else if (before.state() != DeliveryState.QUEUED && after.state() == DeliveryState.QUEUED) {
            waiting++;
        }
    }

    /// @return how many wait; empty if the counters must be read again
    synchronized Optional<Integer> waiting(Instant now) {
        boolean trusted = !waitingReadAt.isBefore(now.minus(TRUSTED_FOR)) && !waitingReadAt.isAfter(now);
        return trusted ? Optional.of(waiting) : Optional.empty();
    }

    synchronized void readWaiting(int count, Instant now) {
        waiting = count;
        waitingReadAt = now;
    }

    /// Adds this many waiting messages.
    synchronized void came(int count) {
        waiting += count;
    }
}
