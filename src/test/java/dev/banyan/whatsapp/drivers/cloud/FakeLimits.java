package dev.banyan.whatsapp.drivers.cloud;

import module java.base;

/// How much may be sent, and to whom: rates, pairs, windows of 24 hours, and people who can't be reached.
final class FakeLimits {

    private static final int USUAL = 80;
    private static final int HIGH = 1_000;
    private static final int BURST = 45;
    private static final Duration REFILL = Duration.ofSeconds(6);
    private static final Duration WINDOW = Duration.ofHours(24);

    private record Pair(String number, String contact) {}

    private static final class Bucket {
        private double tokens = BURST;
        private Instant at;

        private Bucket(Instant at) {
            this.at = at;
        }
    }

    private final Clock clock;
    private final Map<String, Deque<Instant>> second = new HashMap<>();
    private final Map<Pair, Bucket> pairs = new HashMap<>();
    private final Map<Pair, Instant> lastWritten = new HashMap<>();
    private final Map<String, Integer> refused = new HashMap<>();
    private final Set<String> failing = new HashSet<>();
    private boolean hasWindows = true;
    private boolean hasRates = true;

    FakeLimits(Clock clock) {
        this.clock = clock;
    }

    synchronized void windows(boolean on) {
        hasWindows = on;
    }

    synchronized void rates(boolean on) {
        hasRates = on;
    }

    synchronized void wrote(String number, String contact) {
        lastWritten.put(new Pair(number, contact), clock.instant());
    }

    /// Refuses messages to this contact from now on, at once.
    synchronized void refuse(String contact, int code) {
        refused.put(contact, code);
    }

    /// Accepts messages to this contact, which fail a moment later.
    synchronized void fail(String contact, int code) {
        refused.put(contact, code);
        failing.add(contact);
    }

    /// Returns the code with which a message fails after it was accepted; 0 if it doesn't.
    synchronized int failsLater(String contact) {
        return failing.contains(contact) ? refused.getOrDefault(contact, 0) : 0;
    }

    synchronized void pass(FakeNumber number, String contact, boolean isTemplate) {
        if (refused.containsKey(contact) && !failing.contains(contact)) {
            throw new FakeErrors.Refused(refused.getOrDefault(contact, 0), "Not to this one");
        }
        boolean isClosed = hasWindows
                && !isTemplate
                && !lastWritten
                        .getOrDefault(new Pair(number.id(), contact), Instant.EPOCH)
                        .plus(WINDOW)
                        .isAfter(clock.instant());
        if (isClosed) {
            throw new FakeErrors.Refused(
                    131047,
                    "Message failed to send because more than 24 hours have passed since the customer last replied.");
        }
        if (hasRates) {
            rate(number);
            pair(new Pair(number.id(), contact));
        }
    }

    private void rate(FakeNumber number) {
        Instant now = clock.instant();
        Deque<Instant> recent = second.computeIfAbsent(number.id(), _ -> new ArrayDeque<>());
        while (!recent.isEmpty() && !recent.peek().plusSeconds(1).isAfter(now)) {
            recent.poll();
        }
        if (recent.size() >= (number.isFast() ? HIGH : USUAL)) {
            throw new FakeErrors.Refused(
                    130429, "Too many messages sent from this phone number in a short period of time");
        }
        recent.add(now);
    }

    private void pair(Pair pair) {
        Instant now = clock.instant();
        Bucket bucket = pairs.computeIfAbsent(pair, _ -> new Bucket(now));
        double earned = (double) Duration.between(bucket.at, now).toMillis() / REFILL.toMillis();
        bucket.tokens = Math.min(BURST, bucket.tokens + earned);
        bucket.at = now;
        if (bucket.tokens < 1) {
            throw new FakeErrors.Refused(131056, "Too many messages to the same consumer");
        }
        bucket.tokens--;
    }
}
