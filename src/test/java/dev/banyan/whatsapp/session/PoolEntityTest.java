package dev.banyan.whatsapp.session;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.messages.Claims;
import org.junit.jupiter.api.Test;

/// When a pool checks for messages, and when it doesn't.
class PoolEntityTest {

    private static final SenderKey POOL = new SenderKey(new AccountId(new UUID(7, 1)), new SenderId("master-1"));

    private final TestClock clock = new TestClock();
    private final TestSenders.Later threads = new TestSenders.Later();
    private final Timers timers = Timers.byHand(clock, threads);
    private final Deque<Supplier<Claims.Claimed>> looks = new ArrayDeque<>();
    private final List<String> given = new ArrayList<>();
    private CompletableFuture<Void> taken = CompletableFuture.completedFuture(null);
    private int looked;
    private final RepeatedFailures failures = new RepeatedFailures(PoolEntityTest.class, clock);

    private final Entities<PoolEntity.Command> pools = new Entities<>(
            Runnable::run,
            (key, self) ->
                    new PoolEntity(new PoolEntity.Means(_ -> look(), this::give, timers, clock, failures), key, self),
            failures);

    private Claims.Claimed look() {
        looked++;
        return looks.isEmpty()
                ? found(List.of(), true, Optional.empty())
                : looks.remove().get();
    }

    private CompletableFuture<Void> give(SenderKey sender, List<OutgoingMessage> messages) {
        messages.forEach(message -> given.add(sender.id() + " " + message.text()));
        return taken;
    }

    @Test
    void whatIsFoundIsGivenToItsSendersInOrder() {
        looks.add(() -> found(
                List.of(message("servant-1", "1"), message("servant-2", "2"), message("servant-1", "3")),
                true,
                Optional.empty()));
        wake();

        assertThat(given).containsExactly("servant-1 1", "servant-1 3", "servant-2 2");
        assertThat(looked).isEqualTo(1);
    }

    @Test
    void theNextLookWaitsUntilDriversHaveWhatTheLastOneFound() {
        taken = new CompletableFuture<>();
        looks.add(() -> found(List.of(message("servant-1", "1")), false, Optional.empty()));
        looks.add(() -> found(List.of(message("servant-1", "2")), true, Optional.empty()));
        wake();
        wake();
        assertThat(given).containsExactly("servant-1 1");

        taken.complete(null);
        threads.runAll();

        assertThat(given).containsExactly("servant-1 1", "servant-1 2");
    }

    @Test
    void wokenManyTimesWhileItLooksItLooksOnceMore() {
        for (int i = 0; i < 10; i++) {
            pools.tell(POOL, PoolEntity.InternalCommand.WAKE);
        }
        pools.tell(POOL, new PoolEntity.HealthChanged(new SenderId("servant-1"), false));
        threads.runAll();

        assertThat(looked).isEqualTo(2);
    }

    @Test
    void itLooksAgainWhenSomethingIsDue() {
        looks.add(() -> found(List.of(), true, Optional.of(clock.instant().plusSeconds(20))));
        wake();

        forward(Duration.ofSeconds(19));
        assertThat(looked).isEqualTo(1);
        forward(Duration.ofSeconds(1));
        assertThat(looked).isEqualTo(2);
    }

    @Test
    void aLookThatFailsIsRepeatedAfterAPause() {
        looks.add(() -> {
            throw new IllegalStateException("for this test");
        });
        looks.add(() -> found(List.of(message("servant-1", "1")), true, Optional.empty()));
        wake();
        assertThat(given).isEmpty();

        forward(PoolEntity.PAUSE);

        assertThat(given).containsExactly("servant-1 1");
    }

    private void wake() {
        pools.tell(POOL, PoolEntity.InternalCommand.WAKE);
        threads.runAll();
    }

    private void forward(Duration time) {
        clock.forward(time);
        timers.runDue();
        threads.runAll();
    }

    private static Claims.Claimed found(List<OutgoingMessage> messages, boolean done, Optional<Instant> again) {
        return new Claims.Claimed(messages, done, again);
    }

    private static OutgoingMessage message(String sender, String text) {
        return new OutgoingMessage(
                new UUID(9, 1),
                POOL.tenant(),
                POOL.id(),
                Optional.of(new SenderId(sender)),
                new Phone("+971500000102"),
                text,
                Optional.empty(),
                "key-" + text,
                DeliveryState.SENDING,
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
