package dev.banyan.whatsapp.session;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClock;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.DriverListener.Receipt;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import org.junit.jupiter.api.Test;

class ReportLineTest {

    private static final DriverEvent EVENT =
            new DriverEvent.Connected(new SenderKey(new AccountId(new UUID(7, 1)), new SenderId("master1")));

    private final Timers timers = Timers.byHand(new TestClock(), Runnable::run);

    /// A number was lost in the moment in which a result was stored: each of the two had the lock that the other
    /// needed.
    @Test
    void whoHearsOfAReceiptMayWaitForALockWhoseHolderReports() throws InterruptedException {
        var receipts = new LinkedBlockingQueue<CompletableFuture<Receipt>>();
        var line = new ReportLine(timers, _ -> {
            var receipt = new CompletableFuture<Receipt>();
            receipts.add(receipt);
            return receipt;
        });
        var lock = new ReentrantLock();
        var holds = new CountDownLatch(1);
        var heard = new CountDownLatch(1);
        var _ = line.reportUntilKept(EVENT).thenRun(() -> {
            heard.countDown();
            lock.lock();
            lock.unlock();
        });
        CompletableFuture<Receipt> first = receipts.remove();

        Thread holder = Thread.startVirtualThread(() -> {
            lock.lock();
            holds.countDown();
            await(heard);
            line.report(EVENT);
            lock.unlock();
        });
        await(holds);
        Thread hearing = Thread.startVirtualThread(() -> first.complete(Receipt.KEPT));

        assertThat(holder.join(Eventually.LONGEST)).isTrue();
        assertThat(hearing.join(Eventually.LONGEST)).isTrue();
        assertThat(receipts).hasSize(1);
    }

    @Test
    void whatComesWhileAnEventIsReportedFollowsIt() {
        var reported = new ArrayList<String>();
        var lines = new ArrayList<ReportLine>();
        lines.add(new ReportLine(timers, event -> {
            reported.add("begins");
            if (reported.size() == 1) {
                Thread other = Thread.startVirtualThread(() -> lines.getFirst().report(event));
                try {
                    assertThat(other.join(Eventually.LONGEST)).isTrue();
                } catch (InterruptedException failure) {
                    throw new AssertionError(failure);
                }
            }
            reported.add("ends");
            return CompletableFuture.completedFuture(Receipt.KEPT);
        }));

        lines.getFirst().report(EVENT);

        assertThat(reported).containsExactly("begins", "ends", "begins", "ends");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }
}
