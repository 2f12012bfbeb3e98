package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Identities;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.context.Contexts.Resolved;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.platform.Caller;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.SetCookie;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.access.WorkspaceLookup.LookedUp;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/// Lets the project's side into a workspace without a user of their own (design 6), with the rights of an admin.
///
/// Entering is an act of its own, which the audit log records; a cookie remembers it for this browser. The cookie opens
/// nothing: the right is the person's, and checked on every request.
@Singleton
public record WorkspaceVisits(
        Contexts contexts,
        Identities identities,
        WorkspaceLookup lookup,
        Database database,
        Audit audit,
        Settings settings,
        Clock clock) {

    private static final String PREFIX = "banyan_visit_";
    private static final Duration LIFE = Duration.ofHours(12);

    /// @param redirect the answer, which leads to a page of the workspace
    Response enter(Call call, WorkspaceActor.ProjectSide side, Workspace workspace, Response redirect) {
        if (!isMarked(call.routing().request(), workspace.id())) {
            database.write(tx -> {
                Map<String, Object> details = new HashMap<>(side.auditDetails());
                details.put("name", workspace.name());
                audit.note(tx, side.actor(), workspace, "WorkspaceEntered", details);
                return workspace;
            });
        }
        return Response.fromResponse(redirect)
                .header(HttpHeaders.SET_COOKIE, SetCookie.of(nameOf(workspace.id()), "1", LIFE, settings.isHttps()))
                .build();
    }

    /// Leaves a workspace, for its page in the project. Others are not told of the project.
    public Response leave(Call call, LookedUp.Found found) {
        Workspace workspace = found.workspace();
        String to = of(call, found)
                .flatMap(Member::side)
                .map(context -> WorkspacePaths.workspace(workspace.project(), workspace.id()) + "?as="
                        + context.acting().username())
                .orElseGet(() -> "/s/" + workspace.shortPath() + "/login");
        return Response.fromResponse(Html.seeOther(to))
                .header(HttpHeaders.SET_COOKIE, SetCookie.gone(nameOf(workspace.id()), settings.isHttps()))
                .build();
    }

    /// Returns the caller as a visitor of the workspace, if they entered it and still may.
    Optional<Member> of(Call call, LookedUp.Found found) {
        return of(call.routing().request(), call.caller(), call.actor(), found, call.isWrite());
    }

    /// The same for a handshake.
    Optional<Member> of(HttpServerRequest handshake, Caller caller, Actor actor, String shortPath) {
        return lookup.find(shortPath) instanceof LookedUp.Found found
                        && !found.workspace().suspended()
                ? of(handshake, caller, actor, found, false)
                : Optional.empty();
    }

    /// Returns the workspace at a public address that is not suspended.
    Optional<WorkspaceId> idOf(String shortPath) {
        return lookup.find(shortPath) instanceof LookedUp.Found found
                        && !found.workspace().suspended()
                ? Optional.of(found.workspace().id())
                : Optional.empty();
    }

    private Optional<Member> of(
            HttpServerRequest request, Caller caller, Actor actor, LookedUp.Found found, boolean writes) {
        Workspace workspace = found.workspace();
        return isMarked(request, workspace.id())
                ? LoginSessions.hashOf(caller)
                        .flatMap(session -> side(caller, actor, workspace, writes)
                                .map(context -> new Member(
                                        actor,
                                        workspace,
                                        found.registrationOpen(),
                                        visitor(context, workspace),
                                        session,
                                        Optional.of(context),
                                        Optional.empty())))
                : Optional.empty();
    }

    /// Returns until when a visitor can change nothing, because the brand is read-only.
    Optional<Instant> readOnlyUntil(Call call, LookedUp.Found found) {
        Workspace workspace = found.workspace();
        return call.isWrite()
                        && isMarked(call.routing().request(), workspace.id())
                        && resolve(call.caller(), call.actor(), workspace, true)
                                instanceof Resolved.ReadOnly(Instant until)
                ? Optional.of(until)
                : Optional.empty();
    }

    private Resolved resolve(Caller caller, Actor actor, Workspace workspace, boolean writes) {
        return contexts.resolvePage(
                caller, actor, Optional.of(workspace.owner().account().toString()), writes);
    }

    private Optional<AccountContext> side(Caller caller, Actor actor, Workspace workspace, boolean writes) {
        return resolve(caller, actor, workspace, writes) instanceof Resolved.Found(AccountContext context)
                        && context.membership().workspaces()
                ? Optional.of(context)
                : Optional.empty();
    }

    /// Stands for the person where pages expect a user; no user has this number.
    private WorkspaceUser visitor(AccountContext context, Workspace workspace) {
        Identities.Named person = identities.named(context.identity());
        return new WorkspaceUser(
                Member.VISITOR,
                workspace.id(),
                person.name(),
                person.email(),
                WorkspaceRole.ADMIN,
                clock.instant(),
                clock.instant(),
                Optional.empty());
    }

    /// Checks whether a visitor with an open socket is still signed in and may still be there.
    boolean isStaying(Member member) {
        return member.side()
                .filter(context -> contexts.isOpen(member.sessionHash(), context, clock.instant()))
                .isPresent();
    }

    private boolean isMarked(HttpServerRequest request, WorkspaceId workspace) {
        return request.getCookie(nameOf(workspace)) != null;
    }

    private String nameOf(WorkspaceId workspace) {
        return (settings.isHttps() ? "__Host-" : "") + PREFIX + workspace.value();
    }
}
