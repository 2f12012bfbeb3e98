package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Switches off endpoints of people who left and of keys that ended, and takes from others what their keys can’t read
/// any more: in the transaction in which rights change, and every minute for what changed in another way.
@Singleton
public record MakerChecks(Database database, Makers makers, Event<EndpointDisabled> off, Audit audit)
        implements Recurring {

    private static final int AT_ONCE = 500;
    private static final String NARROWED = "The API key that set it up can’t read any of its events any more.";

    /// Checks the endpoints of a tenant, after rights there were reduced in this transaction.
    public void check(Tx tx, AccountId tenant) {
        check(tx, new EndpointStore(tx).active(tenant));
    }

    /// Checks all endpoints.
    public void checkAll() {
        Optional<UUID> last = Optional.empty();
        List<Endpoint> some;
        do {
            Optional<UUID> after = last;
            some = database.read(tx -> new EndpointStore(tx).active(after, AT_ONCE));
            List<Endpoint> found = some;
            if (database.<Boolean>read(tx -> wants(tx, found))) {
                database.write(tx -> {
                    check(tx, found);
                    return found;
                });
            }
            last = some.stream().map(Endpoint::id).reduce((_, id) -> id);
        } while (some.size() == AT_ONCE);
    }

    /// Returns whether anything is to be changed, so that the job writes only then.
    private boolean wants(Tx tx, List<Endpoint> endpoints) {
        Map<Makers.Place, Makers.Standing> standing = standing(tx, endpoints);
        return endpoints.stream().anyMatch(endpoint -> switch (of(endpoint, standing)) {
            case Makers.Standing.Waits _ -> false;
            case Makers.Standing.Ended _ -> true;
            case Makers.Standing.Hears(var with) ->
                !EventType.heard(endpoint.events(), with).equals(endpoint.events());
        });
    }

    private void check(Tx tx, List<Endpoint> endpoints) {
        Map<Makers.Place, Makers.Standing> standing = standing(tx, endpoints);
        for (Endpoint endpoint : endpoints) {
            switch (of(endpoint, standing)) {
                case Makers.Standing.Waits _ -> {}
                case Makers.Standing.Ended(String reason) -> DeliveryLedger.switchOff(tx, endpoint, reason, off);
                case Makers.Standing.Hears(var with) -> narrow(tx, endpoint, EventType.heard(endpoint.events(), with));
            }
        }
    }

    private void narrow(Tx tx, Endpoint endpoint, List<String> heard) {
        if (heard.isEmpty()) {
            DeliveryLedger.switchOff(tx, endpoint, NARROWED, off);
        } else if (!heard.equals(endpoint.events())) {
            new EndpointStore(tx).hearOnly(endpoint.tenant(), endpoint.id(), heard);
            audit.note(
                    tx,
                    Actor.SERVER,
                    endpoint,
                    "WebhookNarrowed",
                    Map.of("host", endpoint.host(), "events", String.join(" ", heard)));
        }
    }

    private Map<Makers.Place, Makers.Standing> standing(Tx tx, List<Endpoint> endpoints) {
        return makers.standing(
                tx,
                endpoints.stream()
                        .map(endpoint -> endpoint.at(endpoint.maker()))
                        .toList());
    }

    private static Makers.Standing of(Endpoint endpoint, Map<Makers.Place, Makers.Standing> standing) {
        return Objects.requireNonNull(standing.get(endpoint.at(endpoint.maker())));
    }

    @Override
    public Job job() {
        return Job.scheduled("1m", "5s", "check-webhooks", "Switches off webhooks of people who left.", this::checkAll);
    }
}
