package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.domains.Domain;
import dev.banyan.accounts.domains.DomainUse;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.sso.ProviderSetup;
import dev.banyan.platform.sso.ProviderTests;
import dev.banyan.platform.sso.SignInLog;
import dev.banyan.platform.sso.SsoAddresses;
import dev.banyan.platform.sso.SsoBody;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoRules;
import dev.banyan.platform.sso.SsoRules.Wish;
import dev.banyan.platform.sso.SsoSettings;
import dev.banyan.platform.sso.SsoView;
import dev.banyan.platform.sso.realm.PasswordRule;
import dev.banyan.platform.sso.realm.SsoCutLinkStore.CutLink;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceSessionsEnded;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.access.PasswordSignIn;
import dev.banyan.workspaces.sso.StoredSso.Told;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Setting up single sign-on of a workspace, for the project’s side and the workspace’s admins. Hosts of workspaces
/// with a sign-in provider are in use: it knows the workspace by an address there and sends people back to no other.
@Singleton
public record SsoSetup(
        Database database,
        WorkspaceSsoSecrets secrets,
        ProviderSetup setup,
        Event<WorkspaceSessionsEnded> ended,
        Settings settings,
        Audit audit,
        Clock clock)
        implements PasswordSignIn, DomainUse {

    /// The settings as shown.
    ///
    /// @param emergencyAdmin the username, if that user still exists
    /// @param addresses what the provider must know
    /// @param others what it would be told now; empty if that is the same
    /// @param cut people who have to sign in at their provider once more
    record View(
            Optional<StoredSso> stored,
            Optional<String> emergencyAdmin,
            SsoAddresses addresses,
            Optional<SsoAddresses> others,
            List<CutLink<Integer>> cut) {

        Optional<SsoView> sso() {
            return stored.map(found -> SsoView.of(found, StoredSso.reach(found.settings()), emergencyAdmin));
        }
    }

    private static final int MOST_CUT = 200;

    static final SsoRules.Roles ROLES = new SsoRules.Roles(StoredSso.ROLES, WorkspaceRole.RULE);
    private static final Invalid ONLY_ACCOUNTS =
            new Invalid("emailDomains", "emailDomains are for the single sign-on of accounts");
    private static final Invalid NO_SUCH_ADMIN = new Invalid(
            "emergencyAdmin",
            "emergencyAdmin must be the username of an admin of this sub-client who has a password",
            "Enter the username of an admin of this workspace who has a password.");

    private static final Invalid NO_WAY_IN = new Invalid(
            "emergencyAdmin",
            "emergencyAdmin is required: no admin could sign in until the new provider knows one",
            "Name an emergency admin: no other admin could sign in until the new provider knows one.");
    private static final int MOST_ADMINS = 100;

    /// Returns all sealed secrets, for the doctor, which only checks that they can be opened.
    public static List<String> sealed(Database database) {
        return database.read(tx -> new WorkspaceSsoStore(tx).sealedSecrets());
    }

    @Override
    public boolean standsOn(Tx tx, Domain domain) {
        return domain.workspace()
                .flatMap(id -> new WorkspaceSsoStore(tx)
                        .find(SsoOwner.of(domain.owner().tenant(), id)))
                .filter(stored -> stored.provider().isElsewhere())
                .isPresent();
    }

    /// Who may set up single sign-on of a workspace: people of the project's side, and no program.
    @Override
    public boolean mayEnd(AccountContext context) {
        return context.membership().permits(Membership.WORKSPACES) && !context.isKey();
    }

    @Override
    public boolean isOpen(Tx tx, Workspace workspace) {
        return find(tx, workspace).map(StoredSso::passwordSignIn).orElse(true);
    }

    @Override
    public boolean isOpen(Tx tx, Workspace workspace, int user) {
        return find(tx, workspace)
                .map(stored -> new PasswordRule<>(StoredSso.owner(workspace), stored, stored.emergencyUser())
                        .allows(user, new WorkspaceSsoLinkStore(tx), new WorkspaceCutLinkStore(tx), clock.instant()))
                .orElse(true);
    }

    @Override
    public Optional<String> refusedBy(Tx tx, Workspace workspace, int user, Duration since) {
        return find(tx, workspace)
                .filter(stored -> !stored.isEmergency(user))
                .filter(_ -> new WorkspaceSsoLinkStore(tx)
                        .isRefused(
                                StoredSso.owner(workspace),
                                user,
                                clock.instant().minus(since)))
                .map(stored -> stored.settings().shownName());
    }

    @Override
    public Set<Integer> refused(Tx tx, Workspace workspace, Duration since) {
        return find(tx, workspace)
                .map(stored -> new WorkspaceSsoLinkStore(tx)
                        .refused(StoredSso.owner(workspace), clock.instant().minus(since)).stream()
                                .filter(user -> !stored.isEmergency(user))
                                .collect(Collectors.toSet()))
                .orElseGet(Set::of);
    }

    private static Optional<StoredSso> find(Tx tx, Workspace workspace) {
        return new WorkspaceSsoStore(tx).find(StoredSso.owner(workspace));
    }

    /// Returns the name of the provider that the sign-in page sends people to; empty without one.
    public Optional<String> button(Workspace workspace) {
        return stored(workspace)
                .map(StoredSso::settings)
                .filter(found -> found.provider().isElsewhere())
                .map(SsoSettings::shownName);
    }

    private Optional<StoredSso> stored(Workspace workspace) {
        return database.read(workspace.owner().tenant(), tx -> find(tx, workspace));
    }

    /// Whether the sign-in page offers registration, besides what the workspace’s own switches say.
    public boolean allowsRegistration(Workspace workspace) {
        return stored(workspace).map(StoredSso::passwordSignIn).orElse(true);
    }

    Outcome<View> read(WorkspaceActor actor, ProjectId project, WorkspaceId id) {
        return database.read(tx -> Access.to(tx, actor, Right.CHANGE_SIGN_IN, project, id)
                .then(workspace -> Outcome.done(view(tx, workspace, find(tx, workspace)))));
    }

    /// Returns what became of sign-ins at the provider.
    Outcome<SignInLog.Part> signIns(WorkspaceActor actor, ProjectId project, WorkspaceId id, Optional<UUID> before) {
        return database.read(tx -> Access.to(tx, actor, Right.CHANGE_SIGN_IN, project, id)
                .then(workspace -> Outcome.done(SignInLog.part(tx, StoredSso.owner(workspace), before))));
    }

    /// @param most how many at most
    Outcome<List<SignInLog.Entry>> signIns(
            WorkspaceActor actor, ProjectId project, WorkspaceId id, Optional<UUID> before, int most) {
        return database.read(tx -> Access.to(tx, actor, Right.CHANGE_SIGN_IN, project, id)
                .then(workspace -> Outcome.done(SignInLog.list(tx, StoredSso.owner(workspace), before, most))));
    }

    private View view(Tx tx, Workspace workspace, Optional<StoredSso> stored) {
        Optional<String> emergency = stored.flatMap(StoredSso::emergencyUser)
                .flatMap(user ->
                        new WorkspaceUserStore(tx).find(workspace.owner().tenant(), workspace.id(), user))
                .map(WorkspaceUser::username);
        return new View(
                stored,
                emergency,
                SsoSignIn.told(workspace, stored).addresses(settings),
                Optional.of(Told.now(workspace))
                        .filter(now -> !now.equals(SsoSignIn.told(workspace, stored)))
                        .map(now -> now.addresses(settings)),
                new WorkspaceCutLinkStore(tx).list(StoredSso.owner(workspace), MOST_CUT));
    }

    Outcome<View> put(WorkspaceActor actor, ProjectId project, WorkspaceId id, SsoBody body) {
        // Whether the workspace is there, and the actor may, is said first.
        return allowed(actor, project, id)
                .then(workspace -> setup.read(place(workspace), body))
                .then(wish -> database.write(tx -> Access.locked(tx, actor, Right.CHANGE_SIGN_IN, project, id)
                        .then(locked -> put(tx, actor, locked, wish, body.linkedPasswords()))));
    }

    private ProviderSetup.Place place(Workspace workspace) {
        Optional<StoredSso> stored = stored(workspace);
        return new ProviderSetup.Place(
                workspace.id().value(),
                URI.create(SsoSignIn.told(workspace, stored).addresses(settings).redirect()),
                ROLES,
                body -> body.emailDomains().map(_ -> ONLY_ACCOUNTS),
                stored,
                () -> stored.isPresent() ? secrets.open(StoredSso.owner(workspace), stored.get()) : Optional.empty());
    }

    private Outcome<Workspace> allowed(WorkspaceActor actor, ProjectId project, WorkspaceId id) {
        return database.read(
                tx -> Access.to(tx, actor, Right.CHANGE_SIGN_IN, project, id).then(Outcome::done));
    }

    private Outcome<View> put(
            Tx tx, WorkspaceActor actor, Workspace workspace, Wish wish, Optional<Boolean> linkedPasswords) {
        AccountId tenant = workspace.owner().tenant();
        SsoOwner owner = StoredSso.owner(workspace);
        var store = new WorkspaceSsoStore(tx);
        Optional<StoredSso> before = store.find(owner);
        Optional<Invalid> missing = ProviderSetup.missingSecret(before, wish);
        if (missing.isPresent()) {
            return Outcome.rejected(missing.get());
        }
        // Only a password is a way in that doesn't depend on the provider.
        Optional<Integer> emergency = wish.emergencyAdmin()
                .flatMap(name -> new WorkspaceUserStore(tx).findByUsername(tenant, workspace.id(), name))
                .filter(found -> !found.passwordHash().equals(Passwords.NO_PASSWORD))
                .map(WorkspaceUserStore.Credentials::user)
                .filter(WorkspaceUser::isAdmin)
                .map(WorkspaceUser::id);
        if (wish.emergencyAdmin().isPresent() && emergency.isEmpty()) {
            return Outcome.rejected(NO_SUCH_ADMIN);
        }
        Instant now = clock.instant();
        var stored = new StoredSso(
                wish.settings(),
                secrets.sealed(owner, before, wish),
                wish.passwordSignIn(),
                wish.passwordSignIn() && linkedPasswords.orElse(false),
                emergency,
                Optional.of(SsoSignIn.told(workspace, before)),
                before.map(StoredSso::createdAt).orElse(now),
                now);
        store.put(owner, stored);
        stored.told().ifPresent(told -> store.tell(owner, told));
        if (!keepsAWayIn(tx, workspace, before, stored)) {
            before.ifPresentOrElse(old -> store.put(owner, old), () -> store.delete(owner));
            return Outcome.rejected(NO_WAY_IN);
        }
        endSessions(tx, workspace, before, stored);
        note(tx, actor, workspace, "WorkspaceSsoChanged", stored);
        return Outcome.done(view(tx, workspace, Optional.of(stored)));
    }

    /// From now on the provider knows the workspace by its present address.
    Outcome<View> useNewAddress(WorkspaceActor actor, ProjectId project, WorkspaceId id) {
        return database.write(tx -> Access.locked(tx, actor, Right.CHANGE_SIGN_IN, project, id)
                .then(workspace -> {
                    SsoOwner owner = StoredSso.owner(workspace);
                    var store = new WorkspaceSsoStore(tx);
                    store.tell(owner, Told.now(workspace));
                    Optional<StoredSso> stored = store.find(owner);
                    stored.ifPresent(now -> note(tx, actor, workspace, "WorkspaceSsoChanged", now));
                    return Outcome.done(view(tx, workspace, stored));
                }));
    }

    /// Whether an admin can still come in: with a password, or at the provider that knows them already.
    private boolean keepsAWayIn(Tx tx, Workspace workspace, Optional<StoredSso> before, StoredSso after) {
        List<WorkspaceUser> admins = new WorkspaceUserStore(tx)
                .withRoles(workspace.owner().tenant(), workspace.id(), List.of(WorkspaceRole.ADMIN), MOST_ADMINS);
        return admins.isEmpty()
                || before.filter(old -> after.provider().mayKnow(old.provider().identity()))
                        .isPresent()
                || admins.stream().anyMatch(admin -> isOpen(tx, workspace, admin.id()));
    }

    /// A session counts only as long as what opened it: a provider that was replaced, or passwords that were closed.
    private void endSessions(Tx tx, Workspace workspace, Optional<StoredSso> before, StoredSso after) {
        SsoOwner owner = StoredSso.owner(workspace);
        var sessions = new WorkspaceSsoSessionStore(tx);
        int gone = 0;
        if (before.filter(old -> !old.provider().equals(after.provider())).isPresent()) {
            gone += sessions.endAll(owner);
        }
        List<Integer> except = after.emergencyUser().stream().toList();
        if (!after.passwordSignIn()) {
            gone += sessions.endOthers(owner, except);
        } else if (!after.linkedPasswords()) {
            gone += sessions.endOthersOfLinked(owner, except);
        }
        closeSockets(tx, workspace, gone);
    }

    /// Sockets of sessions that are still valid open again by themselves.
    private void closeSockets(Tx tx, Workspace workspace, int gone) {
        if (gone > 0) {
            tx.afterCommit(() -> ended.fire(new WorkspaceSessionsEnded.OfWorkspace(workspace.id())));
        }
    }

    /// @return whether there was one
    Outcome<Boolean> delete(WorkspaceActor actor, ProjectId project, WorkspaceId id) {
        return database.write(tx -> Access.locked(tx, actor, Right.CHANGE_SIGN_IN, project, id)
                .then(workspace -> {
                    SsoOwner owner = StoredSso.owner(workspace);
                    Optional<StoredSso> before = find(tx, workspace);
                    if (before.isEmpty()) {
                        return Outcome.done(false);
                    }
                    closeSockets(tx, workspace, new WorkspaceSsoSessionStore(tx).endAll(owner));
                    new WorkspaceSsoStore(tx).delete(owner);
                    note(tx, actor, workspace, "WorkspaceSsoRemoved", before.get());
                    return Outcome.done(true);
                }));
    }

    /// Asks the provider of a request, or the one that is stored.
    ///
    /// @param body empty: what is stored
    Outcome<ProviderTests.Result> test(
            WorkspaceActor actor, ProjectId project, WorkspaceId id, Optional<SsoBody> body) {
        return allowed(actor, project, id).then(workspace -> setup.test(place(workspace), body));
    }

    private void note(Tx tx, WorkspaceActor actor, Workspace workspace, String action, StoredSso stored) {
        Map<String, Object> details = new HashMap<>(actor.auditDetails());
        details.putAll(stored.facts());
        audit.note(tx, actor.actor(), workspace, action, details);
    }
}
