package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.whatsapp.SenderId;

/// Says in a sentence what would happen if a pool failed now.
public final class FailoverOutlook {

    private FailoverOutlook() {}

    /// @param plan a drill's
    /// @param name returns a pool's name
    public static String of(FailoverDecision plan, FailoverSettings settings, Function<SenderId, String> name) {
        String after = "If this pool failed now, ";
        if (plan.chosen().isEmpty()) {
            return after + "its messages would wait: no other pool can stand in.";
        }
        String standIn = name.apply(plan.chosen().get());
        String delay = time(settings.detection().until());
        String what = plan.moved().text();
        return switch (settings.policy()) {
            case AUTO, SAME_BRAND_ONLY ->
                after + standIn + " would take over after " + delay + ": " + what + ". " + end(settings);
            case NEVER_SILENT ->
                after + "we’d ask you after " + delay + " whether " + standIn + " may take over: " + what + ". "
                        + "Nothing moves until someone approves.";
        };
    }

    private static String end(FailoverSettings settings) {
        return settings.failsBack()
                ? "It all moves back once the pool has worked for "
                        + time(settings.detection().recovery()) + "."
                : "It stays there until you move it back.";
    }

    /// Returns a duration for people: `15 seconds`, `2 minutes`.
    static String time(Duration time) {
        long seconds = time.toSeconds();
        boolean minutes = seconds >= 120 && seconds % 60 == 0;
        long number = minutes ? seconds / 60 : seconds;
        return number + (minutes ? " minute" : " second") + (number == 1 ? "" : "s");
    }
}
