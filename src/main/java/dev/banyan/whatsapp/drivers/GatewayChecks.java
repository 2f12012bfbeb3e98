package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.jobs.OwnWork;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderConnected;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.ConnectionCheck;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.contacts.PortfolioPeople;
import io.quarkus.arc.All;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Checks connections by the gateways of their kind.
@Singleton
public final class GatewayChecks implements ConnectionCheck {

    private static final int LONGEST_PROBLEM = 1_000;

    /// What a gateway is may change with every update of it.
    private static final Duration KNOWN_FOR = Duration.ofDays(1);

    private final Connections connections;
    private final Lines lines;
    private final PortfolioPeople people;
    private final Map<DriverKind, Gateway> gateways = new EnumMap<>(DriverKind.class);
    private final Clock clock;
    private final ExecutorService threads;
    private final Map<ConnectionId, Instant> looked = new ConcurrentHashMap<>();

    public GatewayChecks(
            Connections connections,
            Lines lines,
            PortfolioPeople people,
            @All List<Gateway> gateways,
            Clock clock,
            @OwnWork ExecutorService threads) {
        this.connections = connections;
        this.lines = lines;
        this.people = people;
        gateways.forEach(gateway -> this.gateways.put(gateway.kind(), gateway));
        this.clock = clock;
        this.threads = threads;
    }

    /// Looks what a gateway is, if nobody has for a day: until then its version counts as the oldest, whose messages
    /// can't be repeated.
    void connected(@Observes SenderConnected event) {
        event.sender().remote().map(Sender.Remote::connection).ifPresent(id -> {
            Instant now = clock.instant();
            Instant last = looked.merge(id, now, (before, _) -> isKnown(before, now) ? before : now);
            if (last.equals(now)) {
                threads.execute(() -> look(event.sender().tenant(), id, now));
            }
        });
    }

    private void look(AccountId tenant, ConnectionId id, Instant now) {
        boolean isKnown = connections
                .find(tenant, id)
                .map(Connection::facts)
                .filter(facts -> facts.version().isPresent()) // a check that failed has left none
                .flatMap(Connection.Facts::checkedAt)
                .filter(at -> isKnown(at, now))
                .isPresent();
        if (!isKnown && check(tenant, id) instanceof Checked.Failed) {
            looked.remove(id); // with the next number that connects
        }
    }

    private static boolean isKnown(Instant looked, Instant now) {
        return looked.plus(KNOWN_FOR).isAfter(now);
    }

    @Override
    public Checked check(AccountId tenant, ConnectionId id) {
        Optional<Connection> connection = connections.find(tenant, id);
        if (connection.isEmpty()) {
            return new Checked.NotFound();
        }
        URI hook = connections.hook(connection.get());
        Optional<GatewayAccess> access = connections.open(tenant, id).map(lines::access);
        if (access.isEmpty()) {
            return new Checked.NoCredentials();
        }
        Optional<Gateway> gateway =
                Optional.ofNullable(gateways.get(connection.get().driver()));
        if (gateway.isEmpty()) {
            // The simulator is always there.
            return new Checked.Done(Optional.empty(), Optional.empty(), List.of(), List.of(), hook, true);
        }
        return switch (gateway.get().check(access.get())) {
            case GatewayAnswer.Done<Gateway.Checked>(Gateway.Checked found) -> done(connection.get(), found, hook);
            case GatewayAnswer.Failed<Gateway.Checked>(GatewayAnswer.Trouble trouble) -> {
                Connection.Facts before = connection.get().facts();
                note(
                        connection.get(),
                        before.version(),
                        before.engine(),
                        Optional.of(trouble.sentence()),
                        before.portfolio());
                yield new Checked.Failed(trouble.sentence(), hook);
            }
        };
    }

    private Checked done(Connection connection, Gateway.Checked found, URI hook) {
        note(
                connection,
                found.version(),
                found.engine(),
                Optional.of(String.join(" ", found.missing())).filter(text -> !text.isEmpty()),
                found.portfolio().or(() -> connection.facts().portfolio()));
        people.gather(connection.tenant(), connection.id());
        Map<String, SenderKey> known = connections.senders(connection.tenant(), connection.id());
        return new Checked.Done(
                found.version(),
                found.engine(),
                found.numbers().stream()
                        .map(number -> new Found(number, Optional.ofNullable(known.get(number.remote()))))
                        .toList(),
                found.missing(),
                hook,
                found.hookRegistered());
    }

    private void note(
            Connection connection,
            Optional<String> version,
            Optional<String> engine,
            Optional<String> problem,
            Optional<String> portfolio) {
        connections.checked(
                connection,
                new Connection.Facts(
                        version.map(text -> cut(text, 60)),
                        engine.map(text -> cut(text, 40)),
                        Optional.of(clock.instant()),
                        problem.map(text -> cut(text, LONGEST_PROBLEM)),
                        portfolio.map(text -> cut(text, 60))));
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }
}
