package dev.banyan.whatsapp.session;

import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.Driver;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.sending.Claims;
import io.quarkus.arc.All;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/// Access to the live entities by key: one for each sender that is linked or being linked, one for each pool that has
/// messages to send. On a single server they are all local.
@Singleton
public final class LiveSenders {

    private record Regions(
            ActorRef<EntityRegion.Message<SenderEntity.Command>> senders,
            ActorRef<EntityRegion.Message<PoolEntity.Command>> pools) {}

    private final Actors actors;
    private final Database database;
    private final SenderLife life;
    private final Claims claims;
    private final Timers timers;
    private final Clock clock;
    private final ExecutorService threads;
    private volatile Optional<Regions> regions = Optional.empty();

    public LiveSenders(
            Actors actors,
            Database database,
            SenderLife life,
            Liveness liveness,
            Claims claims,
            Timers timers,
            Clock clock,
            @VirtualThreads ExecutorService threads,
            @All List<Driver> drivers) {
        this.actors = actors;
        this.database = database;
        this.life = life;
        this.claims = claims;
        this.timers = timers;
        this.clock = clock;
        this.threads = threads;
        drivers.forEach(
                driver -> driver.listen(new DriverEventIntake(report -> tell(new SenderEntity.Happened(report)))));
        liveness.listen((sender, change) -> tell(new SenderEntity.HealthChanged(sender, change)));
    }

    /// Creates the regions on first use: a server without numbers starts without actors.
    private Regions regions() {
        return regions.orElseGet(this::begin);
    }

    private synchronized Regions begin() {
        if (regions.isEmpty()) {
            var means = new PoolEntity.Means(this::look, this::send, timers, clock, threads);
            regions = Optional.of(new Regions(
                    actors.spawn(
                            EntityRegion.of(
                                    (key, idle) -> SenderEntity.of(life, timers, key, idle),
                                    SenderEntity.InternalCommand.STOP,
                                    SenderEntity::inherited),
                            "senders"),
                    actors.spawn(
                            // A pool that was not woken is found by the next run of the job.
                            EntityRegion.of(
                                    (key, idle) -> PoolEntity.of(means, key, idle),
                                    PoolEntity.InternalCommand.STOP,
                                    _ -> Optional.empty()),
                            "pools")));
        }
        return regions.get();
    }

    /// Returns at once, even if nothing has started yet, because the caller may be at the end of a transaction.
    void tellPool(SenderKey pool, PoolEntity.Command command) {
        if (regions.isPresent()) {
            regions().pools().tell(new EntityRegion.Message.Tell<>(pool, command));
        } else {
            threads.execute(() -> regions().pools().tell(new EntityRegion.Message.Tell<>(pool, command)));
        }
    }

    private void tell(SenderEntity.ExternalCommand told) {
        regions().senders().tell(new EntityRegion.Message.Tell<>(told.sender(), told));
    }

    private CompletionStage<Done> ask(SenderKey sender, Actors.Question<SenderEntity.Command> question) {
        return actors.ask(regions().senders(), told -> new EntityRegion.Message.Tell<>(sender, question.with(told)));
    }

    private CompletionStage<Done> send(SenderKey sender, List<OutgoingMessage> messages) {
        return ask(sender, told -> new SenderEntity.Send(sender, messages, told));
    }

    /// Hands over nothing once the server is shutting down, or is dead for the others.
    private Claims.Claimed look(SenderKey pool) {
        return actors.isClosed() || !life.mayHandOver()
                ? new Claims.Claimed(List.of(), true, Optional.empty())
                : database.write(tx -> claims.next(tx, pool));
    }

    /// Starts linking. Returns when the driver was called and its immediate events are processed.
    void link(Sender sender) {
        Actors.wait(ask(sender.key(), told -> new SenderEntity.Link(sender.key(), sender.driver(), told)));
        settle(sender.key());
    }

    /// Reconnects a sender. Returns when the driver was called and its immediate events are processed.
    void connect(Sender sender) {
        Actors.wait(ask(sender.key(), told -> new SenderEntity.Connect(sender.key(), sender.driver(), told)));
        settle(sender.key());
    }

    /// Reconnects a sender in the background.
    public void connectSoon(Sender sender) {
        tell(new SenderEntity.Connect(sender.key(), sender.driver(), actors.nobody()));
    }

    /// Stops everything that runs for a sender.
    public void forget(Sender sender) {
        Actors.wait(ask(sender.key(), told -> new SenderEntity.Forget(sender.key(), sender.driver(), told)));
    }

    /// Waits until all reports of its driver so far are stored.
    public void settle(SenderKey sender) {
        Actors.wait(ask(sender, told -> new SenderEntity.Settle(sender, told)));
    }
}
