package dev.banyan.platform;

import module java.base;
import org.jboss.logging.Logger;

/// Logs failures that come many at a time, such as those of a full disk: each cause with its stack trace once, whatever
/// fails because of it, and then in one line every few seconds, with the number of times it occurred.
public final class RepeatedFailures {

    static final Duration PAUSE = Duration.ofSeconds(10);
    /// A cause that did not occur for this long gets its stack trace again.
    static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    private static final int MOST_CAUSES = 100;
    private static final Pattern NUMBERS = Pattern.compile("[0-9]+");

    private static final class Cause {
        private Instant loggedAt = Instant.EPOCH;
        private long since;
    }

    private final Logger log;
    private final Clock clock;
    private final Map<String, Cause> causes = new HashMap<>();
    /// When the stack trace of a failure was logged, by where its root cause was thrown.
    private final Map<String, Instant> traced = new HashMap<>();

    /// @param whose under which name they are logged
    public RepeatedFailures(Class<?> whose, Clock clock) {
        this.log = Logger.getLogger(whose);
        this.clock = clock;
    }

    /// @param message what failed; without anything that differs from case to case
    public void failed(String message, Throwable failure) {
        failed(message, "", failure);
    }

    /// @param whose one of many that fail alike; only lines that are logged say which
    public synchronized void failed(String message, Object whose, Throwable failure) {
        Instant now = clock.instant();
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String reason =
                Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
        String why = (message + " " + whose).strip() + ": " + reason;
        // Numbers such as waiting times and ports differ from case to case.
        String key = NUMBERS.matcher(message + reason).replaceAll("#");
        if (causes.size() >= MOST_CAUSES && !causes.containsKey(key)) {
            causes.clear();
        }
        Cause known = causes.computeIfAbsent(key, _ -> new Cause());
        known.since++;
        Duration quiet = Duration.between(known.loggedAt, now);
        if (quiet.compareTo(FORGOTTEN_AFTER) > 0 && isNew(failure, now)) {
            log.error(why, failure);
        } else if (quiet.compareTo(FORGOTTEN_AFTER) > 0) {
            log.error(why);
        } else if (quiet.compareTo(PAUSE) >= 0) {
            log.errorf("%s (%d more times in %d s)", why, known.since, quiet.toSeconds());
        } else {
            return;
        }
        known.loggedAt = now;
        known.since = 0;
    }

    private boolean isNew(Throwable failure, Instant now) {
        String place = placeOf(failure);
        if (traced.size() >= MOST_CAUSES && !traced.containsKey(place)) {
            traced.clear();
        }
        Instant before = traced.getOrDefault(place, Instant.EPOCH);
        boolean isNew = Duration.between(before, now).compareTo(FORGOTTEN_AFTER) > 0;
        if (isNew) {
            traced.put(place, now);
        }
        return isNew;
    }

    /// Returns where the root cause was thrown; a [SharedOutage] is the same everywhere.
    private static String placeOf(Throwable failure) {
        Throwable root = failure;
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof SharedOutage common) {
                return common.name();
            }
            root = next;
        }
        StackTraceElement[] stack = root.getStackTrace();
        return root.getClass().getName() + (stack.length == 0 ? "" : " " + stack[0]);
    }
}
