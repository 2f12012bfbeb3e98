package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.moves.Keeps;
import dev.banyan.accounts.moves.MovePart;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Owner;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.TenantRows;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceSessionsEnded;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.access.LookupCache;
import dev.banyan.workspaces.access.WorkspaceLimitStore;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Workspaces of a brand that gets another tenant count there. Whatever the former side set up to come in is closed:
/// every user chooses a new password, as it may have chosen the old one, and its own people get no link for one.
@Singleton
record WorkspacesOfMovedBrands(LookupCache lookups, Settings settings, Event<WorkspaceSessionsEnded> ended)
        implements MovePart {

    @Override
    public List<String> obstacles(Tx tx, Owner from, AccountId to) {
        long coming = new ProjectStore(tx).countWorkspaces(from);
        var limits = new WorkspaceLimitStore(tx);
        Limit max = limits.max(to, settings.maxSubClients());
        return max.fits(limits.used(to) + coming) || coming == 0
                ? List.of()
                : List.of("There is no room for its " + coming + (coming == 1 ? " workspace" : " workspaces")
                        + " there: at most " + max.text() + " are allowed.");
    }

    @Override
    public List<String> ends(Tx tx, Owner from, AccountId to) {
        var users = new WorkspaceUserStore(tx);
        long all = users.count(from);
        List<String> former = users.named(from, formerPeople(tx, from.tenant(), to));
        return all == 0
                ? List.of()
                : Stream.concat(
                                Stream.of("Passwords of " + Words.count(all, "workspace user", "workspace users")
                                        + ": reset. They choose a new one with “Forgot your password?”, or an admin sets"
                                        + " it."),
                                former.stream()
                                        .map(name ->
                                                "User “" + name + "” is a member of the former agency: shut out, and"
                                                        + " the email is removed."))
                        .toList();
    }

    @Override
    public List<String> review(Tx tx, Owner from, TenantRows.Numbers numbers) {
        List<String> admins = new WorkspaceUserStore(tx).admins(from);
        return admins.isEmpty()
                ? List.of()
                : List.of("Admins of its workspaces stay: " + String.join(", ", admins)
                        + ". Remove those you don't know.");
    }

    private static Set<String> formerPeople(Tx tx, AccountId from, AccountId to) {
        var members = new MembershipStore(tx);
        Set<String> emails = new HashSet<>(members.emails(from));
        emails.removeAll(members.emails(to));
        return emails;
    }

    @Override
    public void moved(Tx tx, Owner from, Owner to, TenantRows.Numbers numbers, Keeps keeps) {
        new WorkspaceUserStore(tx).shutOut(to, Passwords.NO_PASSWORD, formerPeople(tx, from.tenant(), to.tenant()));
        var projects = new ProjectStore(tx);
        long moved = projects.countWorkspaces(to);
        var limits = new WorkspaceLimitStore(tx);
        limits.add(from.tenant(), -moved);
        limits.add(to.tenant(), moved);
        List<ProjectId> ids = projects.ids(to);
        List<WorkspaceId> workspaces = new WorkspaceUserStore(tx).workspaces(to);
        tx.afterCommit(() -> {
            ids.forEach(lookups::drop);
            workspaces.forEach(id -> ended.fire(new WorkspaceSessionsEnded.OfWorkspace(id)));
        });
    }
}
