package dev.banyan.platform.webhooks;

import dev.banyan.platform.db.Tx;

/// An endpoint was switched off by the server. Fired in the transaction that does it, so that its owner is told.
///
/// @param reason a full sentence
public record EndpointDisabled(Tx tx, Endpoint endpoint, String reason) {}
