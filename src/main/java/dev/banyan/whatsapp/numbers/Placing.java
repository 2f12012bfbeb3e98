package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.drivers.Gateway;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.Lines;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Finds the place of a number at a gateway: a new one, or one that the gateway has already.
@Singleton
public final class Placing {

    private static final Pattern REMOTE = Pattern.compile("[A-Za-z0-9_. -]{1,100}");

    /// @param phone of an adopted number, if the gateway knows it
    /// @param name that WhatsApp has verified for it; empty if its gateway calls it by a name of people's own
    /// @param adopted whether the gateway had the number already
    public record Placed(Place place, Optional<Phone> phone, Optional<String> name, boolean adopted) {

        static Placed unknown(Place place, boolean adopted) {
            return new Placed(place, Optional.empty(), Optional.empty(), adopted);
        }
    }

    private final Connections connections;
    private final Lines lines;
    private final Map<DriverKind, Gateway> gateways = new EnumMap<>(DriverKind.class);

    public Placing(Connections connections, Lines lines, @All List<Gateway> gateways) {
        this.connections = connections;
        this.lines = lines;
        gateways.forEach(gateway -> this.gateways.put(gateway.kind(), gateway));
    }

    /// @param connection empty: simulated
    /// @param remote what the gateway calls a number that it has already
    public Outcome<Placed> place(AccountId tenant, Optional<String> connection, Optional<String> remote) {
        Optional<String> name = remote.map(String::strip).filter(text -> !text.isEmpty());
        Optional<String> wanted = connection.map(String::strip).filter(text -> !text.isEmpty());
        if (wanted.isEmpty()) {
            return name.isPresent()
                    ? Outcome.rejected(new Invalid("connection", "Missing connection"))
                    : Outcome.done(Placed.unknown(Place.SIMULATED, false));
        }
        return ConnectionId.parse(wanted.get())
                .flatMap(id -> connections.find(tenant, id))
                .map(found -> place(found, name))
                .orElseGet(Outcome::notFound);
    }

    private Outcome<Placed> place(Connection connection, Optional<String> remote) {
        DriverKind kind = connection.driver();
        if (!kind.isReal()) {
            return Outcome.done(Placed.unknown(Place.SIMULATED, false));
        }
        if (kind.isBusinessPlatform() && remote.isEmpty()) {
            return Outcome.rejected(new Invalid(
                    "remote",
                    "Missing remote: the phone number id",
                    "Enter the phone number id of the WhatsApp Business number."));
        }
        if (remote.filter(name -> !REMOTE.matcher(name).matches()).isPresent()) {
            return Outcome.rejected(new Invalid("remote", "remote must be a name that the gateway knows"));
        }
        var place = new Place(kind, Optional.of(connection.id()), remote);
        return remote.isPresent() ? adopt(connection, place, remote.get()) : Outcome.done(Placed.unknown(place, false));
    }

    /// Asks the gateway about a number that it is said to have. A gateway that doesn't answer now may do so later.
    private Outcome<Placed> adopt(Connection connection, Place place, String remote) {
        Optional<Gateway> gateway = Optional.ofNullable(gateways.get(connection.driver()));
        Optional<GatewayAccess> access =
                connections.open(connection.tenant(), connection.id()).map(lines::access);
        if (gateway.isEmpty() || access.isEmpty()) {
            return Outcome.done(Placed.unknown(place, true));
        }
        return switch (gateway.get().numberOf(access.get(), remote)) {
            case GatewayAnswer.Done<NumberStatus>(NumberStatus status) ->
                Outcome.done(new Placed(
                        place,
                        status.phone(),
                        Optional.of(status.device())
                                .filter(name -> connection.driver().isBusinessPlatform() && !name.isBlank()),
                        true));
            case GatewayAnswer.Failed<NumberStatus>(Trouble trouble)
            when trouble.kind() == Trouble.Kind.UNKNOWN ->
                Outcome.rejected(new Invalid("remote", "The gateway has no number called “" + remote + "”"));
            case GatewayAnswer.Failed<NumberStatus> _ -> Outcome.done(Placed.unknown(place, true));
        };
    }
}
