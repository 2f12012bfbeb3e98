package dev.banyan.accounts.webhooks;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.SetUpByPerson;
import dev.banyan.accounts.WaysInEnding;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.webhooks.Endpoints;
import dev.banyan.platform.webhooks.MakerChecks;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Webhooks of people who left wait, switched off, for an owner who takes them over.
@Singleton
record WebhooksOfPeople(MakerChecks checks) implements SetUpByPerson {

    private static final String BEFORE = "Set up before its owner’s email was proved.";

    @Override
    public Set<String> columns() {
        return Set.of("webhook_endpoints.set_up_by_identity_id");
    }

    @Override
    public void reduced(Tx tx, Actor actor, Account root, IdentityId person, Optional<Membership> now) {
        checks.check(tx, root.id());
    }

    /// Whoever came in as this person before may have entered the addresses.
    void ending(@Observes WaysInEnding event) {
        Endpoints.switchOffMadeBy(event.tx(), event.person(), BEFORE);
    }
}
