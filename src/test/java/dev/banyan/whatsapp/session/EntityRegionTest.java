package dev.banyan.whatsapp.session;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Entities are created and stopped without losing messages, on their own threads.
class EntityRegionTest {

    private static final int KEYS = 5;

    private sealed interface Word {}

    private record Number(SenderKey key, int value) implements Word {}

    /// Makes its entity fail.
    private record Stumble() implements Word {}

    private record Stop() implements Word {}

    private final Actors actors = new Actors(Executors.newVirtualThreadPerTaskExecutor());
    private final Map<SenderKey, List<Integer>> heard = new ConcurrentHashMap<>();
    private final AtomicInteger born = new AtomicInteger();
    private volatile CountDownLatch left = new CountDownLatch(0);

    @AfterEach
    void stop() {
        actors.close();
    }

    /// Returns an entity that reports itself idle after each message.
    private Behavior<Word> restless(SenderKey key, Consumer<ActorRef<Word>> idle) {
        return Behaviors.setup(context -> {
            born.incrementAndGet();
            return Behaviors.receiveMessage(word -> switch (word) {
                case Number(SenderKey _, int value) -> {
                    heard.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
                    idle.accept(context.getSelf());
                    left.countDown();
                    yield Behaviors.same();
                }
                case Stumble _ -> throw new IllegalStateException("for this test");
                case Stop _ -> Behaviors.stopped();
            });
        });
    }

    private ActorRef<EntityRegion.Message<Word>> region() {
        return actors.spawn(
                EntityRegion.of(
                        this::restless,
                        new Stop(),
                        lost -> lost instanceof Number number
                                ? Optional.of(new EntityRegion.Message.Tell<>(number.key(), number))
                                : Optional.empty()),
                "region");
    }

    private static SenderKey key(int number) {
        return new SenderKey(new AccountId(new UUID(7, 1)), new SenderId("sender-" + number));
    }

    @Test
    void whatIsToldToThoseWhoComeAndGoIsHeardOnceAndInOrder() throws InterruptedException {
        int waves = 50;
        int words = 40;
        var region = region();
        for (int wave = 0; wave < waves; wave++) {
            // Each entity has reported itself idle after one wave before the next one starts.
            left = new CountDownLatch(KEYS * words);
            for (int value = wave * words; value < (wave + 1) * words; value++) {
                for (int one = 0; one < KEYS; one++) {
                    region.tell(new EntityRegion.Message.Tell<>(key(one), new Number(key(one), value)));
                }
            }
            assertThat(left.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(heard)
                .hasSize(KEYS)
                .allSatisfy((_, values) ->
                        assertThat(values).hasSize(waves * words).isSorted().doesNotHaveDuplicates());
        assertThat(born.get()).as("they really came and went").isGreaterThan(KEYS);
    }

    @Test
    void whoeverFallsOverAWordGoesOnWithTheNext() throws InterruptedException {
        left = new CountDownLatch(2);
        var region = region();
        region.tell(new EntityRegion.Message.Tell<>(key(1), new Number(key(1), 1)));
        region.tell(new EntityRegion.Message.Tell<>(key(1), new Stumble()));
        region.tell(new EntityRegion.Message.Tell<>(key(1), new Number(key(1), 2)));

        assertThat(left.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(heard.get(key(1))).containsExactly(1, 2);
    }
}
