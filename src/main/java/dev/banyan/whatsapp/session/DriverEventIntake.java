package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.DriverListener;
import dev.banyan.whatsapp.DriverListener.Receipt;
import dev.banyan.whatsapp.DriverReport;
import dev.banyan.whatsapp.SenderKey;

/// Accepts driver reports as long as there is room. Reports that are not durable yet wait in memory, so their number is
/// limited; the rest stays with the drivers.
final class DriverEventIntake implements DriverListener {

    /// Limit per sender, so that one busy number leaves room for all others.
    static final int MOST_OF_ONE = 2_000;
    static final int MOST = 40_000;

    private final Consumer<DriverReport> next;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<SenderKey, Integer> openBySender = new ConcurrentHashMap<>();

    /// @param next processes a report and completes its receipt
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
        next.accept(report);
        return done;
    }

    /// Returns whether there is room. Reports come from many threads, so the limit may be exceeded slightly.
    private boolean hasRoom(SenderKey sender) {
        return open.get() < MOST && openBySender.getOrDefault(sender, 0) < MOST_OF_ONE;
    }

    private void left(SenderKey sender) {
        open.decrementAndGet();
        openBySender.computeIfPresent(sender, (_, count) -> count == 1 ? null : count - 1);
    }
}
