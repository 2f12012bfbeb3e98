package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;

/// Whose an endpoint is: an account’s, or that of one of its workspaces.
///
/// @param workspace the id of the workspace; empty for the account itself
public record EndpointOwner(Owner owner, Optional<String> workspace) {

    public static EndpointOwner account(Owner owner) {
        return new EndpointOwner(owner, Optional.empty());
    }

    AccountId tenant() {
        return owner.tenant();
    }
}
