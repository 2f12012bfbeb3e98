package dev.banyan.whatsapp.session;

import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.DriverListener;
import dev.banyan.whatsapp.DriverListener.Receipt;
import dev.banyan.whatsapp.DriverReport;
import dev.banyan.whatsapp.SenderKey;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Takes what drivers report, as long as there is room. What is not durable yet waits in memory, so there is only so
/// much of it; the rest stays with the drivers.
final class DriverEventIntake implements DriverListener {

    /// Of one sender, so that one number under load leaves room for all others.
    static final int MOST_OF_ONE = 2_000;
    static final int MOST = 40_000;

    private final Consumer<DriverReport> next;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<SenderKey, Integer> openBySender = new ConcurrentHashMap<>();

    /// @param next deals with a report and completes its receipt
    DriverEventIntake(Consumer<DriverReport> next) {
        this.next = next;
    }

    @Override
    public CompletionStage<Receipt> report(DriverEvent event) {
        SenderKey sender = event.sender();
        if (!hasRoom(sender)) {
            return CompletableFuture.completedFuture(Receipt.NOT_NOW);
        }
        open.incrementAndGet();
        openBySender.merge(sender, 1, Integer::sum);
        var report = new DriverReport(event);
        CompletableFuture<Receipt> done = report.receipt().whenComplete((_, _) -> left(sender));
        try {
            next.accept(report);
        } catch (RuntimeException _) {
            report.notNow(); // the server is about to end
        }
        return done;
    }

    /// Reports come from many threads, so a few too many may get in.
    private boolean hasRoom(SenderKey sender) {
        return open.get() < MOST && openBySender.getOrDefault(sender, 0) < MOST_OF_ONE;
    }

    private void left(SenderKey sender) {
        open.decrementAndGet();
        openBySender.computeIfPresent(sender, (_, count) -> count == 1 ? null : count - 1);
    }
}
