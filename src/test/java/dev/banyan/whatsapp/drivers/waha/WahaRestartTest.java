package dev.banyan.whatsapp.drivers.waha;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClock;
import dev.banyan.platform.http.LocalHttp;
import dev.banyan.whatsapp.DriverListener.Receipt;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.connections.Credentials;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.GatewayTools;
import dev.banyan.whatsapp.drivers.Line;
import dev.banyan.whatsapp.drivers.NoFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Many numbers of one gateway, which restarts: they come back without a storm of calls.
class WahaRestartTest {

    private static final int SESSIONS = 200;
    /// Four histories, ten proofs, and the question for all states.
    private static final int MOST_CALLS = 15;

    private final TestClock clock = new TestClock();
    private final FakeWaha waha = new FakeWaha(clock).with("GOWS", "2026.8.1");
    private final Timers timers = Timers.byHand(clock, Runnable::run);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final WahaDriver driver = new WahaDriver(
            new WahaGateway(new GatewayHttp(LocalHttp.client()), clock),
            new GatewayTools(new Numbers(), new NoFiles(), timers, clock, threads, Duration.ZERO));
    private final List<SenderKey> numbers = IntStream.range(0, SESSIONS)
            .mapToObj(number -> new SenderKey(WahaWorld.TENANT, new SenderId("sender-" + number)))
            .toList();

    @AfterEach
    void close() {
        threads.shutdownNow();
        waha.close();
    }

    private void passes(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            waha.timePasses(Duration.ofSeconds(1));
            timers.runDue();
        }
    }

    /// Lets time pass until all numbers answer, or none does; their threads go on meanwhile.
    private void untilTheyAnswer(boolean answer) {
        Eventually.holds(() -> {
            passes(Duration.ofSeconds(1));
            return numbers.stream().allMatch(number -> driver.answers(number) == answer);
        });
    }

    private void untilAllHistoriesAreThere() {
        Eventually.until(waha.load::allHistories, all -> all == SESSIONS);
        Eventually.holds(waha.load::isIdle);
    }

    @Test
    void twoHundredNumbersComeBackAFewAtATime() {
        driver.listen(_ -> CompletableFuture.completedFuture(Receipt.KEPT));
        for (int i = 0; i < SESSIONS; i++) {
            waha.hasLinked("sender-" + i, new Phone("+9715000" + (10_000 + i)));
        }
        waha.timePasses(Duration.ofSeconds(10));
        numbers.forEach(driver::connect);
        untilTheyAnswer(true);
        untilAllHistoriesAreThere();
        assertThat(waha.load.mostHistories()).as("at the start").isBetween(1, 4);

        waha.kill();
        untilTheyAnswer(false);
        waha.load.forget();
        waha.load.holdHistories();
        waha.restart();
        untilTheyAnswer(true);
        Eventually.until(waha.load::histories, waiting -> waiting == 4);
        passes(Duration.ofSeconds(30)); // proofs are asked for meanwhile
        waha.load.releaseHistories();
        untilAllHistoriesAreThere();
        passes(Duration.ofMinutes(1));
        Eventually.holds(waha.load::isIdle);

        assertThat(waha.load.mostHistories()).isEqualTo(4);
        assertThat(waha.load.allHistories()).as("each once").isEqualTo(SESSIONS);
        assertThat(waha.load.mostCalls()).isBetween(5, MOST_CALLS);
        assertThat(numbers).allMatch(driver::answers);
    }

    private GatewayAccess access() {
        return new GatewayAccess(
                WahaWorld.connection(waha, waha.facts(), clock.instant()),
                new Credentials(new Credentials.ApiKey(FakeWaha.KEY), WahaWorld.SECRET),
                URI.create("http://127.0.0.1:9/hooks/whatsapp/1"));
    }

    private final class Numbers implements GatewayTools.Numbers {

        @Override
        public Optional<Line> line(SenderKey sender) {
            return Optional.of(new Line(sender, access(), sender.id().value(), Optional.empty(), Optional.empty()));
        }

        @Override
        public Optional<SenderKey> sender(GatewayAccess gateway, String remote) {
            return Optional.of(new SenderKey(WahaWorld.TENANT, new SenderId(remote)));
        }

        @Override
        public Optional<String> address(SenderKey sender, Phone contact) {
            return Optional.empty();
        }

        @Override
        public Optional<Phone> contact(SenderKey sender, String address) {
            return Optional.empty();
        }

        @Override
        public void learn(SenderKey sender, Phone contact, String address) {}

        @Override
        public void remark(SenderKey sender, String title, String details, boolean isBad) {}

        @Override
        public void problem(GatewayAccess gateway, Optional<String> problem) {}
    }
}
