package dev.banyan.workspaces.inbox;

import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.access.MemberUpgrade;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// Lets only agents and admins of a workspace open its inbox.
@Singleton
final class InboxUpgrade implements HttpUpgradeCheck {

    private final MemberUpgrade upgrade;

    InboxUpgrade(MemberUpgrade upgrade) {
        this.upgrade = upgrade;
    }

    @Override
    public boolean appliesTo(String endpointId) {
        return endpointId.equals(InboxSocket.ENDPOINT);
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext handshake) {
        return upgrade.perform(handshake, Right.USE_INBOX);
    }
}
