package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.domains.Domain;
import dev.banyan.accounts.domains.Domains.Choice;
import dev.banyan.accounts.domains.HostedKind;
import dev.banyan.accounts.domains.Site;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceStore;
import jakarta.inject.Singleton;

/// Workspaces at hosts of their own.
@Singleton
record WorkspacesAtHosts(LookupCache lookups, Clock clock) implements HostedKind {

    @Override
    public boolean isOf(Domain domain) {
        return domain.workspace().isPresent();
    }

    @Override
    public Optional<String> name(Tx tx, AccountContext context, Domain domain) {
        return context.membership().permits(Membership.WORKSPACES)
                ? find(tx, domain).map(Workspace::name)
                : Optional.empty();
    }

    @Override
    public boolean mayTake(AccountContext context) {
        return context.membership().permits(Membership.WORKSPACES);
    }

    private static Optional<Workspace> find(Tx tx, Domain domain) {
        return domain.workspace().map(WorkspaceId::new).flatMap(id -> new WorkspaceStore(tx).find(domain.owner(), id));
    }

    private static Optional<Workspace> findDeleted(Tx tx, Domain domain) {
        return domain.workspace()
                .map(WorkspaceId::new)
                .flatMap(id -> WorkspaceStore.ofDeleted(tx).find(domain.owner(), id));
    }

    /// There may be a million of them: a domain is added on the workspace’s own page.
    @Override
    public List<Choice> choices(Tx tx, AccountContext context) {
        return List.of();
    }

    @Override
    public Optional<Site> site(Tx tx, Domain domain) {
        return find(tx, domain)
                .map(workspace -> new Site.Workspace(
                        domain.owner(),
                        workspace.id().value(),
                        workspace.shortId(),
                        WorkspacePaths.publicPath(workspace)));
    }

    /// The workspace’s row names the host, as the seed says: its lookup by `host` reads it there.
    @Override
    public void served(Tx tx, Domain domain) {
        // A deleted workspace has its host until it is erased, unless the host goes elsewhere meanwhile.
        find(tx, domain).or(() -> findDeleted(tx, domain)).ifPresent(workspace -> {
            Optional<String> now = Optional.of(domain.host().value()).filter(_ -> domain.isShown());
            if (now.isPresent()
                    || workspace.customDomain().equals(Optional.of(domain.host().value()))) {
                new WorkspaceStore(tx).setCustomDomain(domain.owner().tenant(), workspace.id(), now, clock.instant());
                tx.afterCommit(() -> lookups.drop(workspace.shortId()));
            }
        });
    }
}
