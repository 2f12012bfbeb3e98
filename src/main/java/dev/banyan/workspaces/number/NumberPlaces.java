package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.numbers.Place;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceNumbers;
import jakarta.inject.Singleton;

/// Where the new number of a workspace can be: at a gateway of its account, which the account's people choose.
@Singleton
record NumberPlaces(Connections connections) {

    static final String SIMULATED = "simulated";

    private static final Invalid CLOUD = new Invalid(
            "connection",
            "A number of the Cloud API is not linked here: add it to the account, and attach its pool to the sub-client");

    static boolean mayChoose(WorkspaceActor actor) {
        return WorkspacePools.mayAttach(actor);
    }

    /// Returns the gateways for a new number, the default first; none to those who may not choose.
    List<Connection> gateways(WorkspaceActor actor) {
        return mayChoose(actor) ? connections.forPhones(actor.owner().tenant()) : List.of();
    }

    /// Returns the place that was chosen on the page. Empty: the default, also for those who may not choose.
    Optional<Place> chosen(WorkspaceActor actor, String typed) {
        if (!mayChoose(actor) || typed.isEmpty()) {
            return Optional.empty();
        }
        return typed.equals(SIMULATED)
                ? Optional.of(Place.SIMULATED)
                : gateways(actor).stream()
                        .filter(known -> known.id().toString().equals(typed))
                        .findFirst()
                        .map(WorkspaceNumbers::at);
    }

    /// Finds the place of a new number at a connection of the account.
    Outcome<Place> at(AccountId tenant, String connection) {
        return ConnectionId.parse(connection)
                .flatMap(id -> connections.find(tenant, id))
                .map(known -> switch (known.driver().profile.way()) {
                    case LINKED -> Outcome.done(WorkspaceNumbers.at(known));
                    case SIMULATED -> Outcome.done(Place.SIMULATED);
                    case AT_WHATSAPP -> Outcome.<Place>rejected(CLOUD);
                })
                .orElseGet(Outcome::notFound);
    }
}
