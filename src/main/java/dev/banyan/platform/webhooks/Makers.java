package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.db.Tx;

/// Knows what those may read who set up endpoints. An interface, because the people and their keys lie above webhooks.
public interface Makers {

    /// Someone at a place where they set up an endpoint.
    ///
    /// @param maker empty if it is not known who it was
    record Place(EndpointOwner whose, Optional<Maker> maker) {}

    /// What someone may hear at a place.
    sealed interface Standing {

        /// @param with the permissions of a key; empty for a person, who may read all there
        record Hears(Optional<Set<String>> with) implements Standing {

            boolean hears(String type) {
                return with.isEmpty()
                        || type.equals(EventType.TEST)
                        || !EventType.heard(List.of(type), with).isEmpty();
            }
        }

        /// Nothing as long as the account is suspended.
        record Waits() implements Standing {}

        /// Nothing any more.
        ///
        /// @param reason a full sentence
        record Ended(String reason) implements Standing {}
    }

    /// Everyone’s standing, in a fixed number of queries.
    Map<Place, Standing> standing(Tx tx, Collection<Place> places);
}
