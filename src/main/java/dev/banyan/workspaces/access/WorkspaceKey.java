package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;

/// A key that a program uses to work in one workspace. Its text, `wsk_<id>_<secret>`, is known only to the person who
/// created it.
///
/// @param lastUsedIp shortened, so that it identifies a network and not a person
public record WorkspaceKey(
        String id,
        WorkspaceId workspace,
        String name,
        List<KeyPermission> permissions,
        Maker madeBy,
        Instant createdAt,
        Optional<Instant> lastUsedAt,
        Optional<String> lastUsedIp) {

    /// Why a key doesn't work.
    public static final String MAKER_GONE = "The person who created this key can no longer manage the workspace";
    /// Why it doesn't if the sign-in provider of its maker, which it names, doesn't let them in.
    static final String MAKER_REFUSED = "The person who created this key must sign in with %s again";

    /// Who created a key. It works as long as they may manage the workspace.
    public sealed interface Maker {

        boolean mayStill(Tx tx, Owner owner, WorkspaceId workspace);

        /// A person of the project's side.
        record Person(IdentityId identity) implements Maker {

            @Override
            public boolean mayStill(Tx tx, Owner owner, WorkspaceId workspace) {
                var members = new MembershipStore(tx);
                return members.find(owner.tenant(), identity)
                        .filter(membership -> membership.workspaces()
                                && (membership.everything()
                                        || members.isListed(owner.tenant(), identity, owner.account())))
                        .isPresent();
            }
        }

        record Admin(int user) implements Maker {

            @Override
            public boolean mayStill(Tx tx, Owner owner, WorkspaceId workspace) {
                return new WorkspaceUserStore(tx)
                        .find(owner.tenant(), workspace, user)
                        .filter(WorkspaceUser::isAdmin)
                        .isPresent();
            }
        }
    }
}
