package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoReach;
import dev.banyan.platform.sso.SsoSettings;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.sso.WorkspaceSsoStore.Provided;
import jakarta.inject.Singleton;

/// Switches new users off where anyone in the world could become one, which could be saved until the rules forbade
/// it and comes back with an old backup. Such sign-ins create no users at any rate ([SsoSettings#mayCreate]); this
/// tells the admins.
@Singleton
record OpenSignIns(Database database, Mails mails, Settings settings, Audit audit, Clock clock) implements Recurring {

    private static final int AT_ONCE = 200;
    private static final int MOST_ADMINS = 20;

    @Override
    public Job job() {
        return Job.scheduled(
                "24h",
                "20s",
                "close-open-sign-ins",
                "Switches new users off where anyone in the world could become one by single sign-on.",
                this::run);
    }

    void run() {
        String after = "";
        List<Provided> some;
        do {
            String from = after;
            some = database.read(tx -> new WorkspaceSsoStore(tx).atOpenIdProviders(from, AT_ONCE));
            some.stream().filter(found -> isOpen(found.settings())).forEach(this::close);
            after = some.isEmpty() ? after : some.getLast().owner().id();
        } while (some.size() == AT_ONCE);
    }

    private static boolean isOpen(SsoSettings settings) {
        return settings.createUsers() && settings.isOpenToAnyone();
    }

    private void close(Provided found) {
        SsoOwner owner = found.owner();
        var id = new WorkspaceId(owner.id());
        database.write(owner.tenant(), tx -> {
            new WorkspaceStore(tx).lock(owner.tenant(), id);
            var store = new WorkspaceSsoStore(tx);
            Optional<StoredSso> stored = store.find(owner).filter(now -> isOpen(now.settings()));
            Optional<Workspace> workspace = new WorkspaceStore(tx).findById(id).map(WorkspaceStore.Visited::workspace);
            if (stored.isPresent() && workspace.isPresent()) {
                StoredSso closed = stored.get().with(stored.get().settings().withoutNewUsers(), clock.instant());
                store.put(owner, closed);
                audit.note(
                        tx,
                        Actor.SERVER,
                        workspace.get(),
                        "WorkspaceSsoClosed",
                        Map.of("provider", closed.provider().shownHost()));
                tell(tx, workspace.get(), closed);
            }
            return found;
        });
    }

    private void tell(Tx tx, Workspace workspace, StoredSso closed) {
        String subject = workspace.name() + ": new people can’t sign in until you say who may";
        String text = SsoReach.notice(closed.settings()).orElse("")
                + "\n\nPeople who are users already can still sign in.\n\nChange single sign-on: ";
        List<String> owners =
                new IdentityStore(tx).ownerEmails(workspace.owner().tenant());
        String managed = settings.baseUrl() + WorkspacePaths.workspace(workspace.project(), workspace.id());
        owners.forEach(owner -> mails.send(tx, MailKind.NOTICE, owner, subject, text + managed + "/settings/sso\n"));
        new WorkspaceUserStore(tx)
                        .withRoles(
                                workspace.owner().tenant(), workspace.id(), List.of(WorkspaceRole.ADMIN), MOST_ADMINS)
                        .stream()
                        .map(WorkspaceUser::email)
                        .filter(email -> !owners.contains(email))
                        .forEach(email -> mails.sendFrom(
                                tx,
                                workspace,
                                MailKind.NOTICE,
                                email,
                                subject,
                                text + WorkspacePaths.address(settings, workspace) + "/settings/sso\n"));
    }
}
