package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.Rechecks;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoPerson;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.WorkspaceUserStore.EmailProof;
import dev.banyan.workspaces.users.FreeUsernames;
import dev.banyan.workspaces.users.WorkspaceUserRules;
import dev.banyan.workspaces.users.WorkspaceUsers;
import jakarta.inject.Singleton;

/// What becomes of a person whom a provider has named: which user they are, and with which role.
@Singleton
record SsoPeople(WorkspaceUsers users, SsoNotices notices, Audit audit, Clock clock) {

    sealed interface Admitted {

        record In(WorkspaceUser user) implements Admitted {}

        /// None of their groups gives a role.
        record NoRole(SsoPerson person) implements Admitted {}

        /// Only users who exist already, or people of other domains, may sign in.
        record Unknown() implements Admitted {}

        /// Another user has the email. Whether it is the same person isn't proved.
        record EmailTaken() implements Admitted {}

        /// A user needs an email, and the provider sends none that counts.
        record NoEmail(SsoPerson person) implements Admitted {}

        /// A user needs an email, and the rule for emails refuses the one that the provider sends.
        record BadEmail(SsoPerson person) implements Admitted {}

        /// Tells admins why a person isn’t let in; empty if they are.
        default Optional<String> reason() {
            return switch (this) {
                case In _ -> Optional.empty();
                case NoRole(SsoPerson person) ->
                    Optional.of(person.groupsLeftOut().orElse("None of their groups has a role here."));
                case Unknown _ ->
                    Optional.of("They aren’t a user of this workspace yet, or their email’s domain isn’t allowed.");
                case EmailTaken _ ->
                    Optional.of("Another user has their email, and isn’t proved to be the same person.");
                case NoEmail(SsoPerson person) -> Optional.of(person.emailSent());
                case BadEmail(SsoPerson person) -> Optional.of(person.emailSent() + " " + SsoPerson.BAD_EMAIL);
            };
        }

        /// Returns the message for a person who isn’t let in.
        default FormProblem problem() {
            return switch (this) {
                case NoRole(SsoPerson person) ->
                    new FormProblem(
                            "You don’t have access to this workspace.",
                            "None of your groups may sign in here. Ask an admin of the workspace. "
                                    + person.groupsSent());
                case Unknown _ ->
                    new FormProblem(
                            "You don’t have a user in this workspace.", "Ask an admin of the workspace to add you.");
                case EmailTaken _ ->
                    new FormProblem(
                            "Another user of this workspace has your email.",
                            "Sign in with the password of that user, or ask an admin of the workspace.");
                case NoEmail(SsoPerson person) ->
                    new FormProblem(
                            SsoPerson.NO_EMAIL,
                            person.emailSent() + " "
                                    + "Ask an admin of the workspace to read another claim or trust this provider’s emails.");
                case BadEmail(SsoPerson person) ->
                    new FormProblem(
                            "Your email address can’t be used here.", person.emailSent() + " " + SsoPerson.BAD_EMAIL);
                case In _ -> throw new IllegalStateException("This person is in");
            };
        }
    }

    /// Finds, links or creates the user, and gives them their role. The workspace is locked.
    Admitted admit(Tx tx, Actor actor, Workspace workspace, StoredSso stored, SsoPerson person) {
        AccountId tenant = workspace.owner().tenant();
        Optional<WorkspaceRole> role = stored.roleOf(person);
        new WorkspaceSsoLinkStore(tx).follow(StoredSso.owner(workspace), person.issuer(), person.subject());
        if (!stored.settings().admits(person)) {
            return new Admitted.Unknown();
        }
        if (role.isEmpty()) {
            new WorkspaceSsoLinkStore(tx)
                    .refuse(StoredSso.owner(workspace), person.issuer(), person.subject(), Instant.EPOCH);
            return new Admitted.NoRole(person);
        }
        Optional<WorkspaceUser> linked = new WorkspaceSsoLinkStore(tx)
                .findLinked(StoredSso.owner(workspace), person.issuer(), person.subject())
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
                workspace,
                "WorkspaceUserSignedIn",
                Map.of("workspaceUser", user.id(), "username", user.username()));
    }

    /// Gives a user who is in already what the provider says now. The workspace is locked.
    ///
    /// @return whether they may still be in
    boolean renew(Tx tx, Workspace workspace, int user, SsoPerson person) {
        AccountId tenant = workspace.owner().tenant();
        // Read again: the settings may have been changed while the provider was asked.
        Optional<StoredSso> stored = new WorkspaceSsoStore(tx)
                .find(StoredSso.owner(workspace))
                .filter(now -> now.provider().identity().equals(person.issuer()));
        if (stored.isEmpty()) {
            return false;
        }
        Optional<WorkspaceRole> role = stored.get().roleOf(person);
        new WorkspaceSsoLinkStore(tx).follow(StoredSso.owner(workspace), person.issuer(), person.subject());
        if (role.isEmpty()) {
            refuse(tx, workspace, person.issuer(), person.subject(), user, Instant.EPOCH);
            return false;
        }
        Optional<WorkspaceUser> known = new WorkspaceUserStore(tx).find(tenant, workspace.id(), user);
        known.ifPresent(found -> renewed(tx, Actor.SERVER, workspace, stored.get(), found, role.get(), person));
        return known.isPresent();
    }

    /// Notes that the provider refuses a user, and ends the sessions that a password opened: nothing says any more that
    /// they may be in. The others are asked about one by one. The workspace is locked.
    ///
    /// @param since the epoch, if it said that they may not be in
    void refuse(Tx tx, Workspace workspace, String issuer, String subject, int user, Instant since) {
        new WorkspaceSsoLinkStore(tx).refuse(StoredSso.owner(workspace), issuer, subject, since);
        endOthers(tx, workspace, List.of(user));
    }

    /// Refuses those of these users of whom their provider has said nothing for too long. The workspace is locked.
    void refuseSilent(Tx tx, Workspace workspace, Collection<Integer> users) {
        Instant then = clock.instant().minus(Rechecks.LONGEST_SILENCE);
        endOthers(tx, workspace, new WorkspaceSsoLinkStore(tx).refuseSilent(StoredSso.owner(workspace), users, then));
    }

    private static void endOthers(Tx tx, Workspace workspace, Collection<Integer> users) {
        Optional<StoredSso> stored = new WorkspaceSsoStore(tx).find(StoredSso.owner(workspace));
        List<Integer> ending = users.stream()
                .filter(user -> stored.filter(now -> now.isEmergency(user)).isEmpty())
                .toList();
        if (!ending.isEmpty()) {
            new WorkspaceSsoSessionStore(tx).endOthersOf(StoredSso.owner(workspace), ending);
        }
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
        new WorkspaceSsoLinkStore(tx).accept(StoredSso.owner(workspace), user.id(), clock.instant());
        var store = new WorkspaceUserStore(tx);
        Optional<String> email =
                email(person).filter(_ -> person.emailVerified().orElse(true));
        email.filter(now -> !now.equals(user.email()))
                .filter(now -> store.findByEmail(tenant, workspace.id(), now).isEmpty())
                .ifPresent(now ->
                        store.setNames(tenant, workspace.id(), user.id(), user.username(), now, clock.instant()));
        email.filter(_ -> isVerified(person))
                .flatMap(now -> store.findByEmail(tenant, workspace.id(), now))
                .filter(found -> found.user().id() == user.id())
                .ifPresent(
                        _ -> store.proveEmail(tenant, workspace.id(), user.id(), EmailProof.PROVIDER, clock.instant()));
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
        Optional<WorkspaceUser> cut = new WorkspaceCutLinkStore(tx)
                .find(StoredSso.owner(workspace), person.issuer(), person.subject())
                .flatMap(id -> new WorkspaceUserStore(tx).find(tenant, workspace.id(), id));
        if (cut.isPresent()) {
            return recognized(tx, actor, workspace, stored, cut.get(), role, person);
        }
        if (known.isPresent()) {
            return stored.settings().linkByEmail() && isVerified(person)
                    ? recognized(tx, actor, workspace, stored, known.get(), role, person)
                    : new Admitted.EmailTaken();
        }
        if (!stored.settings().mayCreate()) {
            return new Admitted.Unknown();
        }
        if (email.isEmpty() && person.email().isPresent() && isVerified(person)) {
            return new Admitted.BadEmail(person);
        }
        if (email.isEmpty() || !person.emailVerified().orElse(true)) {
            return new Admitted.NoEmail(person);
        }
        var wanted = new WorkspaceUsers.NewUser(username(tx, workspace, person), email.get(), "", role);
        Optional<EmailProof> proof = Optional.of(EmailProof.PROVIDER).filter(_ -> isVerified(person));
        return switch (users.insert(tx, workspace, wanted, Passwords.NO_PASSWORD, proof)) {
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

    private static boolean isVerified(SsoPerson person) {
        return person.emailVerified().orElse(false);
    }

    /// Links a user who exists to a person whom the provider has proved. Whoever set up the user without having proved
    /// the email keeps no way in. That is done with the link, since the groups give the user their role at this
    /// moment.
    private Admitted recognized(
            Tx tx,
            Actor actor,
            Workspace workspace,
            StoredSso stored,
            WorkspaceUser user,
            WorkspaceRole role,
            SsoPerson person) {
        AccountId tenant = workspace.owner().tenant();
        SsoOwner owner = StoredSso.owner(workspace);
        var links = new WorkspaceSsoLinkStore(tx);
        boolean isProved = new WorkspaceUserStore(tx).isEmailProved(tenant, workspace.id(), user.id());
        // The way in for emergencies doesn't end; so who it belongs to must have been proved before.
        if (links.isLinked(owner, person.issuer(), user.id()) || !isProved && stored.isEmergency(user.id())) {
            return new Admitted.EmailTaken();
        }
        if (!isProved) {
            links.unlink(owner, user.id());
            users.endWaysIn(tx, actor, details(stored), workspace, user);
            notices.recognized(tx, workspace, user, stored.provider().shownHost());
        } else if (!stored.linkedPasswords() && !stored.isEmergency(user.id())) {
            new WorkspaceSsoSessionStore(tx).endOthersOf(owner, List.of(user.id()));
        }
        new WorkspaceCutLinkStore(tx).delete(owner, user.id());
        link(tx, workspace, person, user);
        note(tx, actor, workspace, stored, isProved ? "WorkspaceUserLinked" : "WorkspaceUserTakenOver", user);
        return new Admitted.In(renewed(tx, actor, workspace, stored, user, role, person));
    }

    private void link(Tx tx, Workspace workspace, SsoPerson person, WorkspaceUser user) {
        new WorkspaceSsoLinkStore(tx)
                .link(StoredSso.owner(workspace), person.issuer(), person.subject(), user.id(), clock.instant());
    }

    private static Optional<String> email(SsoPerson person) {
        return person.email()
                .map(Names::lower)
                .filter(email -> WorkspaceUserRules.brokenEmail(email).isEmpty());
    }

    /// Returns a free username like the one that the provider names.
    private static String username(Tx tx, Workspace workspace, SsoPerson person) {
        var store = new WorkspaceUserStore(tx);
        AccountId tenant = workspace.owner().tenant();
        return FreeUsernames.like(
                person.username().or(person::email).orElse("user"),
                person.issuer() + " " + person.subject(),
                name -> store.findByUsername(tenant, workspace.id(), name).isPresent());
    }

    private static Map<String, Object> details(StoredSso stored) {
        return Map.of("provider", stored.provider().shownHost());
    }

    private void note(Tx tx, Actor actor, Workspace workspace, StoredSso stored, String action, WorkspaceUser user) {
        audit.note(
                tx,
                actor,
                workspace,
                action,
                Map.of(
                        "user",
                        user.id(),
                        "username",
                        user.username(),
                        "role",
                        user.role().key(),
                        "provider",
                        stored.provider().shownHost()));
    }
}
