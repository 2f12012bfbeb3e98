package dev.banyan.console.numbers;

import dev.banyan.console.Command;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// `watch`: refreshes the dashboard until a key is pressed. Shows it once on a terminal that may not wait.
final class WatchCommand implements Command {

    private static final int EVERY = 60;
    private static final Duration LONGEST = Duration.ofHours(1);

    private final StatusCommand status;

    WatchCommand(StatusCommand status) {
        this.status = status;
    }

    @Override
    public Description description() {
        return new Description(
                Group.DEVICES, List.of("watch"), "[seconds]", "10", "Show the dashboard again every 60 seconds", 0, 1);
    }

    @Override
    public Outcome run(Order order) {
        Optional<Integer> seconds = order.words().isEmpty()
                ? Optional.of(EVERY)
                : order.words().stream()
                        .findFirst()
                        .filter(word -> word.matches("[0-9]{1,4}"))
                        .map(Integer::valueOf)
                        .filter(number -> number > 0 && number <= LONGEST.toSeconds());
        return seconds.map(every -> watch(order, every)).orElseGet(() -> order.usage(this));
    }

    private Outcome watch(Order order, int seconds) {
        var enough = new CountDownLatch(1);
        order.screen().onCancel(enough::countDown);
        try {
            do {
                if (order.waits()) {
                    order.screen().clear();
                }
                Outcome shown = status.run(order);
                if (!order.waits() || shown.code() != 0) {
                    return shown;
                }
                order.say("💡 Shown again every " + seconds + " s; press Enter to get the prompt back");
                order.screen().waits();
            } while (!enough.await(seconds, TimeUnit.SECONDS));
            return Outcome.DONE;
        } catch (InterruptedException _) {
            return Outcome.FAILED;
        }
    }
}
