package dev.banyan.whatsapp.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.cluster.LivePools;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.TestDatabases;
import dev.banyan.whatsapp.Driver;
import dev.banyan.whatsapp.DriverConformance;
import dev.banyan.whatsapp.DriverListener;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SimulatorDriverTest extends DriverConformance {

    private static final Database DATABASE = TestDatabases.SQLITE.newCopy();

    private final TestClock clock = new TestClock();
    private final Timers timers = Timers.byHand(clock, Runnable::run);
    private final SimulatorDriver driver =
            new SimulatorDriver(clock, timers, new SimulatedPhones(), LivePools.onOneServer(DATABASE, clock), DATABASE);

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Override
    public Driver driver() {
        return driver;
    }

    @Override
    public void phoneScans(SenderKey sender, Phone phone) {
        driver.scan(sender, phone);
    }

    @Override
    public void connectionBreaks(SenderKey sender) {
        driver.fault(sender, Fault.DROP);
    }

    @Override
    public void phoneRemovesTheDevice(SenderKey sender) {
        driver.fault(sender, Fault.UNLINK);
    }

    @Override
    public String contactWrites(SenderKey sender, String provider, Phone from, String text) {
        driver.receive(sender, provider, from, "Amira Nasser", text, Optional.empty());
        return provider;
    }

    @Override
    public void timePasses(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            clock.forward(Duration.ofSeconds(1));
            timers.runDue();
        }
    }

    @Test
    void codesChangeAsWhatsAppChangesThem() {
        var shown = new ArrayList<Instant>();
        driver.listen(_ -> {
            shown.add(clock.instant());
            return CompletableFuture.completedFuture(DriverListener.Receipt.KEPT);
        });
        Instant start = clock.instant();

        driver.link(new SenderKey(new AccountId(new UUID(7, 2)), new SenderId("sender")));
        timePasses(Duration.ofMinutes(5));

        assertThat(shown)
                .extracting(instant -> Duration.between(start, instant).toSeconds())
                .isEqualTo(List.of(0L, 60L, 80L, 100L, 120L, 140L, 160L));
    }
}
