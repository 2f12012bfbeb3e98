package dev.banyan.platform.cluster;

import module java.base;
import dev.banyan.platform.Overloaded;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Asks another node what only that one knows or can do, over the [Bus]. What the other node has told before its answer
/// is known here when the answer is.
@Singleton
public final class Calls {

    private static final Logger LOG = Logger.getLogger(Calls.class);

    private static final Duration AGAIN_AFTER = Duration.ofSeconds(3);

    private record Answerer(Class<? extends Question<?>> type, Function<Object, Record> answer) {}

    private record Open(UUID node, CompletableFuture<String> told) {}

    private final Nodes nodes;
    private final OtherNodes others;
    private final Map<String, Answerer> answerers = new ConcurrentHashMap<>();
    private final Map<UUID, Open> open = new ConcurrentHashMap<>();

    Calls(Nodes nodes, OtherNodes others) {
        this.nodes = nodes;
        this.others = others;
        nodes.onGone(this::giveUp);
    }

    /// For tests of a single server.
    public static Calls onOneServer() {
        return new Calls(Nodes.alone(), OtherNodes.NONE);
    }

    /// Sets who answers such questions, on a thread of its own.
    public <A extends Record, Q extends Question<A>> void answer(Class<Q> type, Function<Q, A> answer) {
        answerers.put(type.getName(), new Answerer(type, question -> answer.apply(type.cast(question))));
    }

    /// Asks another node and waits.
    ///
    /// @throws Overloaded if it does not answer in time, fails or dies; it may have done what it was asked
    public <A extends Record> A ask(UUID node, Question<A> question, Class<A> answer, Duration patience) {
        if (Bus.isHearing()) {
            throw new IllegalStateException("No answer can arrive on the thread that delivers them");
        }
        UUID id = UUID.randomUUID();
        var told = new CompletableFuture<String>();
        open.put(id, new Open(node, told));
        giveUp(); // it may have died just before it was written down
        try {
            others.tell(new Asked(node, nodes.id(), id, question.getClass().getName(), NewsJson.write(question)));
            return NewsJson.read(answer, told.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw noAnswer();
        } catch (TimeoutException _) {
            throw noAnswer();
        } catch (ExecutionException failure) {
            LOG.warnf("Another server could not do what it was asked: %s", failure.getMessage());
            throw noAnswer();
        } finally {
            open.remove(id);
        }
    }

    private static Overloaded noAnswer() {
        return new Overloaded(
                "The server that has this number doesn’t answer. Try again in a few seconds.", AGAIN_AFTER);
    }

    /// Nothing is waited for that a node was asked that is gone.
    private void giveUp() {
        open.values().stream()
                .filter(call -> !nodes.isLive(call.node()))
                .forEach(call -> call.told().completeExceptionally(new IllegalStateException("It is gone")));
    }

    void asked(@Observes Asked asked) {
        if (asked.to().equals(nodes.id())) {
            Thread.ofVirtual().name("answer").start(() -> answer(asked));
        }
    }

    private void answer(Asked asked) {
        try {
            Answerer answerer =
                    Objects.requireNonNull(answerers.get(asked.type()), asked.type() + " has no answer here");
            Record answer = answerer.answer().apply(NewsJson.read(answerer.type(), asked.body()));
            others.tell(new Answered(asked.from(), asked.id(), false, NewsJson.write(answer)));
        } catch (RuntimeException failure) {
            LOG.warnf(failure, "A question of another server failed");
            others.tell(new Answered(
                    asked.from(),
                    asked.id(),
                    true,
                    Optional.ofNullable(failure.getMessage()).orElse("")));
        }
    }

    void answered(@Observes Answered answered) {
        if (answered.to().equals(nodes.id())) {
            Optional.ofNullable(open.remove(answered.id())).ifPresent(call -> {
                if (answered.failed()) {
                    call.told().completeExceptionally(new IllegalStateException(answered.body()));
                } else {
                    call.told().complete(answered.body());
                }
            });
        }
    }
}
