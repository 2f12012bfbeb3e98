package dev.banyan.console.moving;

import module java.base;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Order;

/// The answer of a migration, which has several parts: people read each as it happens, programs get one object
/// at the end.
final class MigrationAnswer {

    private record RefusedJson(String source, String why) {}

    private final Order order;
    private final boolean dryRun;
    private final List<RefusedJson> refused = new ArrayList<>();
    private final Map<String, Object> json = new LinkedHashMap<>();

    MigrationAnswer(Order order, boolean dryRun) {
        this.order = order;
        this.dryRun = dryRun;
        json.put("dryRun", dryRun);
    }

    boolean isDryRun() {
        return dryRun;
    }

    void say(String line) {
        order.say(line);
    }

    /// Adds a part for programs.
    void put(String name, Object value) {
        json.put(name, value);
    }

    /// Reports something that was left behind.
    void refused(String source, String why) {
        order.say("❌ " + source + ": " + why);
        refused.add(new RefusedJson(source, why));
    }

    /// Reports why a part is missing.
    ///
    /// @return false
    boolean fail(String why) {
        if (!order.json()) {
            order.fail(why);
        }
        json.putIfAbsent("error", why);
        return false;
    }

    CommandResult end(boolean well) {
        json.put("refused", refused);
        order.done(json);
        return well ? CommandResult.DONE : CommandResult.FAILED;
    }
}
