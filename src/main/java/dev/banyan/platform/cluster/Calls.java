package dev.banyan.platform.cluster;

import module java.base;
import dev.banyan.platform.Overloaded;
import io.quarkus.logging.Log;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Asks another node what only that one knows or can do, over the [Bus]. What the other node has told before its answer
/// is known here when the answer is.
@Singleton
public final class Calls {
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(3);

    private record Answerer(Class<? extends Question<?>> type, Function<Object, Record> answer) {}

    private record Open(UUID id, UUID node, CompletableFuture<String> told) {}

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
        return await(send(node, question), answer, System.nanoTime() + patience.toNanos());
    }

    /// Asks all other nodes at once and waits.
    ///
    /// @return what each said; empty if it lives, but failed or did not answer in time
    public <A extends Record> Map<UUID, Optional<A>> askAll(Question<A> question, Class<A> answer, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        List<Open> asked = nodes.live().stream()
                .map(Node::id)
                .filter(node -> !node.equals(nodes.id()))
                .map(node -> send(node, question))
                .toList();
        var answers = new HashMap<UUID, Optional<A>>();
        for (Open call : asked) {
            try {
                answers.put(call.node(), Optional.of(await(call, answer, until)));
            } catch (Overloaded noAnswer) {
                if (nodes.isLive(call.node())) {
                    Log.debugf("Node %s was asked in vain: %s", call.node(), noAnswer.getMessage());
                    answers.put(call.node(), Optional.empty());
                }
            }
        }
        return answers;
    }

    private Open send(UUID node, Question<?> question) {
        if (Bus.isHearing()) {
            throw new IllegalStateException("No answer can arrive on the thread that delivers them");
        }
        var call = new Open(UUID.randomUUID(), node, new CompletableFuture<>());
        open.put(call.id(), call);
        giveUp(); // it may have died just before it was written down
        others.tell(new Asked(node, nodes.id(), call.id(), question.getClass().getName(), NewsJson.write(question)));
        return call;
    }

    private <A extends Record> A await(Open call, Class<A> answer, long until) {
        try {
            long left = Math.max(0, until - System.nanoTime());
            return NewsJson.read(answer, call.told().get(left, TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw noAnswer();
        } catch (TimeoutException _) {
            throw noAnswer();
        } catch (ExecutionException failure) {
            Log.warnf("Another server could not do what it was asked: %s", failure.getMessage());
            throw noAnswer();
        } finally {
            open.remove(call.id());
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
            Log.warnf(failure, "A question of another server failed");
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
