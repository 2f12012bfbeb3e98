package dev.banyan.workspaces.many;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceBrand;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceQuery;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.access.WorkspaceChange;
import dev.banyan.workspaces.administration.WorkspaceBrandStore;
import dev.banyan.workspaces.administration.WorkspaceBrands;
import dev.banyan.workspaces.administration.WorkspaceTemplateStore;
import dev.banyan.workspaces.assistant.AssistantCopies;
import dev.banyan.workspaces.inbox.CannedReplies;
import dev.banyan.workspaces.inbox.CannedReply;
import dev.banyan.workspaces.inbox.CannedReplyStore;
import jakarta.inject.Singleton;

/// Makes a workspace like another one of its project: its assistant with rules and office hours, its appearance, its
/// saved replies and its registration switch. Users, conversations, numbers, webhooks and keys stay where they are.
@Singleton
record WorkspaceModels(
        Database database, WorkspaceBrands brands, FileStore files, Audit audit, Uuids uuids, Clock clock) {

    private static final int SUGGESTED = 100;

    /// Finds a model by what people and programs have: its id, or its address or the end of it, such as `x7M2-sales`.
    static Optional<Workspace> find(Tx tx, Owner owner, ProjectId project, String typed) {
        var store = new WorkspaceStore(tx);
        String last = typed.strip().substring(typed.strip().lastIndexOf('/') + 1);
        String shortId = last.contains("-") ? last.substring(0, last.indexOf('-')) : last;
        return WorkspaceId.parse(last)
                .flatMap(id -> store.find(owner, project, id))
                .or(() -> store.findByShortId(shortId)
                        .map(WorkspaceStore.Visited::workspace)
                        .filter(found ->
                                found.owner().equals(owner) && found.project().equals(project))
                        .flatMap(found -> store.find(owner, project, found.id())));
    }

    /// Returns templates, then the first workspaces by name, as short paths with names, for a field that suggests them.
    List<Choice> choices(AccountContext context, ProjectId project) {
        return database.read(tx -> {
            List<Workspace> templates = new WorkspaceStore(tx)
                    .findAll(
                            context.owner(),
                            project,
                            new WorkspaceTemplateStore(tx).list(context.owner().tenant(), project, SUGGESTED));
            Set<WorkspaceId> marked = templates.stream().map(Workspace::id).collect(Collectors.toSet());
            List<Workspace> others = new WorkspaceStore(tx)
                    .list(
                            context.owner(),
                            project,
                            new WorkspaceQuery(
                                    "",
                                    Optional.empty(),
                                    Optional.empty(),
                                    WorkspaceQuery.Order.NAME,
                                    Optional.empty(),
                                    SUGGESTED));
            return Stream.concat(
                            templates.stream()
                                    .map(workspace ->
                                            new Choice(workspace.shortPath(), workspace.name() + " (template)")),
                            others.stream()
                                    .filter(workspace -> !marked.contains(workspace.id()))
                                    .map(workspace -> new Choice(workspace.shortPath(), workspace.name())))
                    .limit(SUGGESTED)
                    .toList();
        });
    }

    /// Takes over everything but the picture, which is a file: see [#takePicture]. Saved replies of the same name are
    /// replaced, others stay.
    ///
    /// @param workspace of the same project as the model; locked, or created in this transaction
    void apply(Tx tx, WorkspaceActor actor, Workspace model, Workspace workspace) {
        Instant now = clock.instant();
        AccountId tenant = workspace.owner().tenant();
        AssistantCopies.copy(tx, tenant, model.id(), workspace.id(), now);
        var store = new WorkspaceStore(tx);
        if (model.registrationEnabled() != workspace.registrationEnabled()) {
            store.update(
                    workspace.owner(),
                    WorkspaceChange.registration(model.registrationEnabled()).applyTo(workspace, now));
        }
        WorkspaceBrand look = model.brand().withPicture(workspace.brand().picture());
        if (!look.equals(workspace.brand())) {
            new WorkspaceBrandStore(tx).setBrand(tenant, workspace.id(), look, now);
        }
        copyReplies(tx, model, workspace, now);
        Map<String, Object> details = new HashMap<>(actor.auditDetails());
        details.put("name", workspace.name());
        details.put("template", model.name());
        audit.note(tx, actor.actor(), workspace, "WorkspaceTemplateApplied", details);
    }

    private void copyReplies(Tx tx, Workspace model, Workspace workspace, Instant now) {
        AccountId tenant = workspace.owner().tenant();
        var store = new CannedReplyStore(tx);
        Map<String, CannedReply> known = store.list(tenant, workspace.id(), CannedReplies.MOST).stream()
                .collect(Collectors.toMap(CannedReply::name, Function.identity()));
        int room = CannedReplies.MOST - known.size();
        for (CannedReply reply : store.list(tenant, model.id(), CannedReplies.MOST)) {
            Optional<CannedReply> own = Optional.ofNullable(known.get(reply.name()));
            if (own.isPresent()) {
                if (own.get().text().equals(reply.text())) {
                    continue;
                }
                store.update(
                        tenant,
                        workspace.id(),
                        new CannedReply(
                                own.get().id(),
                                reply.name(),
                                reply.text(),
                                own.get().createdAt(),
                                now));
            } else if (room-- > 0) {
                store.insert(
                        tenant, workspace.id(), new CannedReply(uuids.next(), reply.name(), reply.text(), now, now));
            }
        }
    }

    /// Copies the picture, after the commit: each workspace has a file of its own.
    void takePicture(WorkspaceActor actor, Workspace model, List<Workspace> workspaces) {
        Optional<byte[]> picture = model.brand()
                .picture()
                .flatMap(files::find)
                .map(file -> file.bytes())
                .filter(bytes -> bytes.length > 0);
        for (Workspace workspace : workspaces) {
            if (picture.isPresent()) {
                brands.setPicture(actor, workspace.project(), workspace.id(), picture.get());
            } else if (workspace.brand().picture().isPresent()) {
                brands.removePicture(actor, workspace.project(), workspace.id());
            }
        }
    }
}
