package dev.banyan.workspaces.sso;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.domains.Domain;
import dev.banyan.accounts.domains.DomainUse;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.WorkspaceId;
import jakarta.inject.Singleton;

/// Hosts of workspaces with a sign-in provider, which knows the workspace by an address there and sends people back to
/// no other one.
@Singleton
final class HostsOfProviders implements DomainUse {

    @Override
    public boolean standsOn(Tx tx, Domain domain) {
        return domain.workspace()
                .flatMap(id -> new SsoStore(tx).find(domain.owner().tenant(), new WorkspaceId(id)))
                .filter(stored -> stored.provider().isElsewhere())
                .isPresent();
    }

    /// Who may set up single sign-on of a workspace: people of the project's side, and no program.
    @Override
    public boolean mayEnd(AccountContext context) {
        return context.membership().permits(Membership.WORKSPACES) && !context.isKey();
    }
}
