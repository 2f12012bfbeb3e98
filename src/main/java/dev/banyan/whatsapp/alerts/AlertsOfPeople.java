package dev.banyan.whatsapp.alerts;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.SetUpByPerson;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Members get no alerts by mail any more when they may not see them, and none by themselves when they come back.
@Singleton
final class AlertsOfPeople implements SetUpByPerson {

    /// Returns true for members who may see what happens to all numbers of an account.
    static boolean maySee(Membership membership) {
        return membership.workspaces() && membership.everything();
    }

    @Override
    public Set<String> columns() {
        return Set.of("alert_recipients.identity_id");
    }

    @Override
    public void reduced(Tx tx, Actor actor, Account root, IdentityId person, Optional<Membership> now) {
        if (now.filter(AlertsOfPeople::maySee).isEmpty()) {
            new AlertRecipientStore(tx).delete(root.id(), person);
        }
    }
}
