package dev.banyan.platform.webhooks;

import module java.base;

/// What a node has claimed of an endpoint.
///
/// @param secrets sealed
/// @param due the oldest first
record Batch(Endpoint endpoint, EndpointStore.Secrets secrets, List<Delivery> due) {

    /// What came of it.
    ///
    /// @param tried those of the batch that were sent, or could not be
    record Ended(Endpoint endpoint, List<Delivery> tried) {

        boolean arrived() {
            return tried.stream().anyMatch(delivery -> delivery.state() == Delivery.State.DELIVERED);
        }
    }
}
