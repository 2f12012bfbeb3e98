package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.cluster.LivePools;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Driver;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.DriverReport;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.SenderHealthChanged;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.changes.RejectedEvents;
import dev.banyan.whatsapp.messages.Deliveries;
import io.quarkus.logging.Log;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// The work of a [SenderEntity]: calls the driver, and stores the driver's reports.
@Singleton
public record SenderSession(
        Database database,
        SenderStates states,
        Liveness liveness,
        Deliveries deliveries,
        Incoming incoming,
        RejectedEvents aside,
        LivePools pools,
        Event<SenderHealthChanged> health) {
    /// Passes on what drivers report and how the health of numbers changes.
    void listen(Consumer<SenderEntity.ExternalCommand> entities) {
        states.drivers()
                .forEach(driver -> driver.listen(
                        new DriverEventIntake(report -> entities.accept(new SenderEntity.Happened(report)))));
        liveness.listen((sender, change) -> entities.accept(new SenderEntity.HealthChanged(sender, change)));
    }

    void link(SenderKey key, DriverKind driver) {
        states.driver(driver).link(key);
    }

    void connect(SenderKey key, DriverKind driver) {
        states.driver(driver).connect(key);
    }

    void forget(SenderKey key, DriverKind driver) {
        states.forget(key, driver);
    }

    void release(SenderKey key, DriverKind driver) {
        states.driver(driver).release(key);
        liveness.gone(key);
    }

    /// Hands messages to the driver, in order. Their state "being handed over" is stored already.
    public void send(SenderKey key, List<OutgoingMessage> claimed) {
        List<OutgoingMessage> messages = mayFinish(claimed);
        if (messages.isEmpty()) {
            return;
        }
        Optional<Driver> driver;
        try {
            driver = driver(key);
        } catch (DatabaseUnavailable _) {
            // They have certainly not been sent, and that says nothing about the number.
            notSent(key, messages, "The database did not answer before this was sent.", true);
            return;
        }
        if (driver.isPresent()) {
            liveness.handed(key, messages.size());
            messages.forEach(message -> send(driver.get(), key, message));
        } else {
            // Another number of the pool may send them; in a pool without numbers they fail.
            notSent(key, messages, "The number was removed before this was sent.", false);
        }
    }

    private void notSent(SenderKey key, List<OutgoingMessage> messages, String why, boolean ours) {
        messages.forEach(message ->
                deliveries.reported(new DriverReport(new DriverEvent.NotSent(key, message.id(), why, true, ours))));
    }

    /// One that was paused or cut off may not: others take its messages for uncertain, and may have sent them again.
    private List<OutgoingMessage> mayFinish(List<OutgoingMessage> messages) {
        return messages.stream()
                .filter(message -> pools.mayFinish(new SenderKey(message.tenant(), message.pool()).asPool()))
                .toList();
    }

    /// Takes back what a number was given and has not handed over.
    void takeBack(SenderKey key, DriverKind driver, String why) {
        states.driver(driver).takeBack(key, why);
    }

    /// Returns whether a message that was being handed over can be sent again without reaching its contact twice.
    boolean isRepeatable(SenderKey key, OutgoingMessage message) {
        return driver(key).filter(driver -> driver.isRepeatable(key, message)).isPresent();
    }

    /// Lets the driver find out what became of messages that were being handed over.
    void resume(SenderKey key, List<OutgoingMessage> left, String why) {
        List<OutgoingMessage> messages = mayFinish(left);
        driver(key).filter(_ -> !messages.isEmpty()).ifPresent(driver -> {
            liveness.handed(key, messages.size());
            messages.forEach(message -> driver.resume(key, message, why));
        });
    }

    private Optional<Driver> driver(SenderKey key) {
        return database.read(key.tenant(), tx -> new SenderStore(tx).find(key.tenant(), key.id()))
                .map(sender -> states.driver(sender.driver()));
    }

    private void send(Driver driver, SenderKey key, OutgoingMessage message) {
        try {
            driver.send(key, message);
        } catch (RuntimeException failure) {
            Log.errorf(failure, "Handing over message %s failed", message.id());
            database.write(tx -> {
                deliveries.uncertain(
                        tx,
                        List.of(message),
                        "The connection failed while this was being sent. It may have reached the contact.");
                return true;
            });
        }
    }

    /// Processes a report of the driver, and acknowledges it once it is durable.
    ///
    /// @throws DatabaseUnavailable when the database is unavailable, which is not the report's fault
    void happened(DriverReport report) {
        switch (report.event()) {
            case DriverEvent.Received received -> incoming.received(received);
            case DriverEvent.Unclear unclear -> uncertain(unclear);
            case DriverEvent.OfContact acted -> incoming.acted(acted);
            case DriverEvent.OfMessage _ -> {
                deliveries.reported(report); // which acknowledges it with others
                return;
            }
            case DriverEvent event -> states.happened(event);
        }
        report.kept();
    }

    private void uncertain(DriverEvent.Unclear unclear) {
        database.write(tx -> {
            new OutgoingStore(tx)
                    .find(unclear.sender().tenant(), unclear.message())
                    .filter(message -> message.state() == DeliveryState.SENDING)
                    .ifPresent(message -> deliveries.uncertain(tx, List.of(message), unclear.reason()));
            return true;
        });
    }

    /// Records signs of life of the driver.
    void beat(SenderKey key, List<DriverEvent.OfMessage> events) {
        liveness.beat(key, (int) events.stream().filter(SenderSession::isAnswer).count());
        boolean took = false;
        int refused = 0;
        for (DriverEvent.OfMessage event : events) {
            if (event instanceof DriverEvent.Sent) {
                took = true;
                refused = 0;
            } else if (event instanceof DriverEvent.NotSent not && not.again() && !not.ours()) {
                refused++; // otherwise it is the message that is wrong, or its contact, or we are
            }
        }
        liveness.refused(key, took, refused);
    }

    private static boolean isAnswer(DriverEvent.OfMessage event) {
        return switch (event) {
            case DriverEvent.Sent _, DriverEvent.NotSent _, DriverEvent.Unclear _ -> true;
            case DriverEvent.Delivered _,
                    DriverEvent.Read _,
                    DriverEvent.Undeliverable _,
                    DriverEvent.Priced _,
                    DriverEvent.OfContact _ -> false;
        };
    }

    /// Records whether reports of this sender's driver are waiting for the database.
    void setBacklogged(SenderKey key, boolean is) {
        deliveries.setBacklogged(key, is);
    }

    /// Gives up storing a report that fails by its own fault, so that later ones no longer wait for it.
    ///
    /// @throws DatabaseUnavailable when the database is unavailable; the report is not set aside yet
    void setAside(DriverReport report, RuntimeException why) {
        try {
            aside.keep(report.event(), why);
        } catch (DatabaseUnavailable away) {
            throw away;
        } catch (RuntimeException failure) {
            Log.errorf(
                    failure,
                    "Lost for %s, since it can be neither stored nor set aside: a %s",
                    report.event().sender().id(),
                    report.event().getClass().getSimpleName());
        }
        report.kept();
    }

    void healthChanged(SenderKey key, Liveness.Change change) {
        states.healthChanged(key, change)
                .filter(_ -> change.after().isHealthy() != change.before().isHealthy())
                .ifPresent(sender -> health.fire(new SenderHealthChanged(
                        key,
                        sender.masterId().orElse(sender.id()),
                        change.after().isHealthy())));
    }
}
