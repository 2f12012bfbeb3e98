package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.whatsapp.ContactAddress;

/// Judges a number by what became of its messages: one whose last ones all failed, to several contacts, has failed
/// itself, whatever its gateway claims. It gets another chance after a pause, which grows until a message is sent: two
/// messages show whether it sends.
final class SendResults {

    private static final int IN_A_ROW = 5;
    private static final int ON_TRIAL = 2;
    private static final int CONTACTS = 2;
    private static final Duration WITHIN = Duration.ofMinutes(10);
    /// For a restart.
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final int DOUBLED_AT_MOST = 4;

    private record Failure(ContactAddress to, Instant at) {}

    /// What a failed message means for its number.
    enum Verdict {
        NOTHING_NEW,
        FAILED,
        FAILED_AGAIN
    }

    private final Deque<Failure> row = new ArrayDeque<>();
    private Optional<Instant> doubtedUntil = Optional.empty();
    private int times;

    synchronized void sent() {
        row.clear();
        doubtedUntil = Optional.empty();
        times = 0;
    }

    /// A message failed, for a reason that lies in the number or its gateway.
    synchronized Verdict failed(ContactAddress to, Instant now) {
        if (doubtedUntil.isPresent()) {
            return Verdict.NOTHING_NEW; // it was under way when the number failed
        }
        row.addLast(new Failure(to, now));
        int most = isOnTrial() ? ON_TRIAL : IN_A_ROW;
        while (row.size() > most || row.getFirst().at().isBefore(now.minus(WITHIN))) {
            row.removeFirst();
        }
        boolean isOfContact =
                !isOnTrial() && row.stream().map(Failure::to).distinct().count() < CONTACTS;
        if (row.size() < most || isOfContact) {
            return Verdict.NOTHING_NEW;
        }
        row.clear();
        times++;
        boolean isFirst = times == 1;
        Duration pause = isFirst ? FIRST_PAUSE : PAUSE.multipliedBy(1L << Math.min(times - 2, DOUBLED_AT_MOST));
        doubtedUntil = Optional.of(now.plus(pause));
        return isFirst ? Verdict.FAILED : Verdict.FAILED_AGAIN;
    }

    /// Returns whether it has failed, and has sent nothing since.
    synchronized boolean isOnTrial() {
        return times > 0;
    }

    /// Returns whether it may be connected: nothing speaks against it, or its pause is over.
    synchronized boolean areTrusted(Instant now) {
        if (doubtedUntil.filter(until -> !now.isBefore(until)).isPresent()) {
            doubtedUntil = Optional.empty();
        }
        return doubtedUntil.isEmpty();
    }
}
