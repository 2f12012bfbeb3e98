package dev.banyan.workspaces.chat;

import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.access.MemberUpgrade;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// Lets only members of a workspace open their chat.
@Singleton
final class ChatUpgrade implements HttpUpgradeCheck {

    private final MemberUpgrade upgrade;

    ChatUpgrade(MemberUpgrade upgrade) {
        this.upgrade = upgrade;
    }

    @Override
    public boolean appliesTo(String endpointId) {
        return endpointId.equals(ChatSocket.ENDPOINT);
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext handshake) {
        return upgrade.perform(handshake, Right.SEE_WORKSPACE);
    }
}
