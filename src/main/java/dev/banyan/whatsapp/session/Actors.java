package dev.banyan.whatsapp.session;

import module java.base;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.pekko.Done;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.dispatch.ExecutionContexts;
import org.jboss.logging.Logger;

/// The actor system: inside this server, without a port or cluster. Actors run on virtual threads, so they may block on
/// the database like other code.
@Singleton
public final class Actors {

    /// Time-out for questions to actors.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(Actors.class);

    private static final Map<String, Object> SETTINGS = Map.ofEntries(
            Map.entry("pekko.actor.provider", "local"),
            Map.entry("pekko.loggers", List.of("org.apache.pekko.event.slf4j.Slf4jLogger")),
            Map.entry("pekko.logging-filter", "org.apache.pekko.event.slf4j.Slf4jLoggingFilter"),
            Map.entry("pekko.loglevel", "WARNING"),
            Map.entry("pekko.stdout-loglevel", "OFF"),
            Map.entry("pekko.log-dead-letters", "off"),
            Map.entry("pekko.daemonic", "on"),
            // The server has its own order of shutdown.
            Map.entry("pekko.jvm-shutdown-hooks", "off"),
            Map.entry("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off"),
            // Only time-outs need it; our own timers use Timers.
            Map.entry("pekko.scheduler.tick-duration", "100ms"),
            Map.entry("pekko.actor.internal-dispatcher.fork-join-executor.parallelism-min", 1),
            Map.entry("pekko.actor.internal-dispatcher.fork-join-executor.parallelism-max", 2),
            // With thousands of entities, a thread should process several messages of one before it switches
            // to the next.
            Map.entry("pekko.actor.default-dispatcher.throughput", 100));

    private final Executor threads;
    private Optional<ActorSystem<SpawnProtocol.Command>> system = Optional.empty();
    private volatile boolean closed;

    Actors() {
        this(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("sessions-", 0).factory()));
    }

    /// For tests, which may run everything on the calling thread.
    public Actors(Executor threads) {
        this.threads = threads;
    }

    /// Starts on first use: a server without numbers has no actors.
    synchronized ActorSystem<SpawnProtocol.Command> system() {
        if (system.isEmpty()) {
            ClassLoader loader = Actors.class.getClassLoader();
            Config config = ConfigFactory.parseMap(SETTINGS).withFallback(ConfigFactory.defaultReference(loader));
            system = Optional.of(ActorSystem.create(
                    SpawnProtocol.create(),
                    "banyan",
                    BootstrapSetup.create(
                            Optional.of(loader),
                            Optional.of(config),
                            Optional.of(ExecutionContexts.fromExecutor(threads)))));
        }
        return system.get();
    }

    <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
        return wait(AskPattern.<SpawnProtocol.Command, ActorRef<T>>ask(
                        system(),
                        told -> new SpawnProtocol.Spawn<>(behavior, name, Props.empty(), told),
                        PATIENCE,
                        system().scheduler()))
                .orElseThrow(() -> new IllegalStateException("Actors do not answer"));
    }

    /// A question that an actor answers with "done".
    interface Question<M> {
        M with(ActorRef<Done> told);
    }

    <M> CompletionStage<Done> ask(ActorRef<M> actor, Question<M> question) {
        return AskPattern.ask(actor, question::with, PATIENCE, system().scheduler());
    }

    /// Returns a recipient for answers that the caller doesn't need.
    <T> ActorRef<T> nobody() {
        return system().ignoreRef();
    }

    /// Waits for an answer. After a time-out the caller goes on, and the request is completed a little later.
    static <T> Optional<T> wait(CompletionStage<T> answer) {
        try {
            return Optional.of(answer.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException failure) {
            LOG.warnf("An actor has not answered: %s", failure.getMessage());
            return Optional.empty();
        }
    }

    /// Runs before the rest of the shutdown, so that entities can still store pending events.
    void atShutdown(@Observes @Priority(1) ShutdownEvent event) {
        close();
    }

    boolean isClosed() {
        return closed;
    }

    synchronized void close() {
        closed = true;
        system.ifPresent(running -> {
            running.terminate();
            wait(running.getWhenTerminated());
        });
    }
}
