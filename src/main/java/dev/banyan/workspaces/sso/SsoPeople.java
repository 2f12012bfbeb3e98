package dev.banyan.workspaces.sso;

import dev.banyan.accounts.Names;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoPerson;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.users.WorkspaceUserRules;
import dev.banyan.workspaces.users.WorkspaceUsers;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/// What becomes of a person whom a provider has named: which user they are, and with which role.
@Singleton
final class SsoPeople {

    private static final int LONGEST_USERNAME = 20;
    private static final int SHORTEST_USERNAME = 3;
    private static final int NUMBERED = 50;

    sealed interface Admitted {

        record In(WorkspaceUser user) implements Admitted {}

        /// None of their groups gives a role.
        record NoRole() implements Admitted {}

        /// Only users who exist already, or people of other domains, may sign in.
        record Unknown() implements Admitted {}

        /// Another user has the email. Whether it is the same person isn't proved.
        record EmailTaken() implements Admitted {}

        /// A user needs an email, and the provider sends none that is valid.
        record NoEmail() implements Admitted {}
    }

    private final WorkspaceUsers users;
    private final Audit audit;
    private final Clock clock;

    SsoPeople(WorkspaceUsers users, Audit audit, Clock clock) {
        this.users = users;
        this.audit = audit;
        this.clock = clock;
    }

    /// Finds, links or creates the user, and gives them their role. The workspace is locked.
    Admitted admit(Tx tx, Actor actor, Workspace workspace, StoredSso stored, SsoPerson person) {
        AccountId tenant = workspace.owner().tenant();
        Optional<WorkspaceRole> role = stored.roleOf(person);
        if (!stored.settings().admits(person)) {
            return new Admitted.Unknown();
        }
        if (role.isEmpty()) {
            return new Admitted.NoRole();
        }
        Optional<WorkspaceUser> linked = new SsoStore(tx)
                .findLinked(tenant, workspace.id(), person.issuer(), person.subject())
                .flatMap(id -> new WorkspaceUserStore(tx).find(tenant, workspace.id(), id));
        return linked.isPresent()
                ? new Admitted.In(renewed(tx, actor, workspace, stored, linked.get(), role.get(), person))
                : newcomer(tx, actor, workspace, stored, role.get(), person);
    }

    /// Records that a user came in.
    void entered(Tx tx, Actor actor, Workspace workspace, WorkspaceUser user) {
        audit.note(
                tx,
                actor,
                workspace.owner(),
                "WorkspaceUserSignedIn",
                workspace.id().value(),
                Map.of("workspaceUser", user.id(), "username", user.username()));
    }

    /// Gives a user who is in already what the provider says now; empty if their groups give no role any more.
    Optional<WorkspaceUser> renew(
            Tx tx, Actor actor, Workspace workspace, StoredSso stored, int user, SsoPerson person) {
        return stored.roleOf(person)
                .flatMap(role -> new WorkspaceUserStore(tx)
                        .find(workspace.owner().tenant(), workspace.id(), user)
                        .map(known -> renewed(tx, actor, workspace, stored, known, role, person)));
    }

    private WorkspaceUser renewed(
            Tx tx,
            Actor actor,
            Workspace workspace,
            StoredSso stored,
            WorkspaceUser user,
            WorkspaceRole role,
            SsoPerson person) {
        AccountId tenant = workspace.owner().tenant();
        var store = new WorkspaceUserStore(tx);
        email(person)
                .filter(_ -> person.emailVerified().orElse(true))
                .filter(email -> !email.equals(user.email()))
                .filter(email ->
                        store.findByEmail(tenant, workspace.id(), email).isEmpty())
                .ifPresent(email ->
                        store.setNames(tenant, workspace.id(), user.id(), user.username(), email, clock.instant()));
        // The way in for emergencies must not depend on the provider.
        return stored.isEmergency(user.id())
                ? user
                : users.setProvidedRole(tx, actor, details(stored), workspace, user, role);
    }

    private Admitted newcomer(
            Tx tx, Actor actor, Workspace workspace, StoredSso stored, WorkspaceRole role, SsoPerson person) {
        AccountId tenant = workspace.owner().tenant();
        Optional<String> email = email(person);
        Optional<WorkspaceUser> known = email.flatMap(
                        found -> new WorkspaceUserStore(tx).findByEmail(tenant, workspace.id(), found))
                .map(WorkspaceUserStore.Credentials::user);
        if (known.isPresent()) {
            boolean isProved = stored.settings().linkByEmail()
                    && person.emailVerified().orElse(false)
                    && !new SsoStore(tx)
                            .isLinked(
                                    tenant,
                                    workspace.id(),
                                    person.issuer(),
                                    known.get().id());
            if (!isProved) {
                return new Admitted.EmailTaken();
            }
            link(tx, workspace, person, known.get());
            note(tx, actor, workspace, stored, "WorkspaceUserLinked", known.get());
            return new Admitted.In(renewed(tx, actor, workspace, stored, known.get(), role, person));
        }
        if (!stored.settings().mayCreate()) {
            return new Admitted.Unknown();
        }
        if (email.isEmpty() || !person.emailVerified().orElse(true)) {
            return new Admitted.NoEmail();
        }
        var wanted = new WorkspaceUsers.NewUser(username(tx, workspace, person), email.get(), "", role);
        return switch (users.insert(tx, workspace, wanted, Passwords.NO_PASSWORD)) {
            case WorkspaceUsers.Added.Done(WorkspaceUser user) -> {
                link(tx, workspace, person, user);
                note(tx, actor, workspace, stored, "WorkspaceUserCreatedBySso", user);
                yield new Admitted.In(user);
            }
            case WorkspaceUsers.Added.EmailTaken _ -> new Admitted.EmailTaken();
            case WorkspaceUsers.Added.UsernameTaken _ ->
                throw new IllegalStateException("The workspace is locked, and the username was free");
        };
    }

    private void link(Tx tx, Workspace workspace, SsoPerson person, WorkspaceUser user) {
        new SsoStore(tx)
                .link(
                        workspace.owner().tenant(),
                        workspace.id(),
                        person.issuer(),
                        person.subject(),
                        user.id(),
                        clock.instant());
    }

    private static Optional<String> email(SsoPerson person) {
        return person.email()
                .map(Names::lower)
                .filter(email -> WorkspaceUserRules.brokenEmail(email).isEmpty());
    }

    /// Returns a free username like the one that the provider names.
    private static String username(Tx tx, Workspace workspace, SsoPerson person) {
        String wish = person.username().or(person::email).orElse("user").replaceFirst("@.*$", "");
        String clean = wish.replaceAll("[^A-Za-z0-9_]", "_");
        String base = clean.substring(0, Math.min(clean.length(), LONGEST_USERNAME));
        if (base.length() < SHORTEST_USERNAME) {
            base = "user_" + base;
        }
        var store = new WorkspaceUserStore(tx);
        AccountId tenant = workspace.owner().tenant();
        for (int number = 1; number <= NUMBERED; number++) {
            String end = number == 1 ? "" : Integer.toString(number);
            String name = base.substring(0, Math.min(base.length(), LONGEST_USERNAME - end.length())) + end;
            if (store.findByUsername(tenant, workspace.id(), name).isEmpty()) {
                return name;
            }
        }
        return "user_"
                + Digests.sha256Hex(person.issuer() + " " + person.subject()).substring(0, 15);
    }

    private static Map<String, Object> details(StoredSso stored) {
        return Map.of("provider", stored.settings().provider().shownHost());
    }

    private void note(Tx tx, Actor actor, Workspace workspace, StoredSso stored, String action, WorkspaceUser user) {
        audit.note(
                tx,
                actor,
                workspace.owner(),
                action,
                workspace.id().value(),
                Map.of(
                        "user",
                        user.id(),
                        "username",
                        user.username(),
                        "role",
                        user.role().key(),
                        "provider",
                        stored.settings().provider().shownHost()));
    }
}
