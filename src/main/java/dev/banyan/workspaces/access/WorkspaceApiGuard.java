package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.platform.Caller;
import dev.banyan.platform.Parse;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// Guards every JSON route on projects and workspaces: resolves the actor, or answers in the envelope why access is
/// refused.
@Singleton
public record WorkspaceApiGuard(AccountGuard acting, Members members, WorkspaceCookies cookies, WorkspaceKeys keys) {

    public static final String NOT_SIGNED_IN = AccountGuard.NOT_SIGNED_IN;
    public static final String DENIED = "Access denied";
    public static final String UNKNOWN_PROJECT = "Project not found";
    public static final String UNKNOWN_WORKSPACE = "Sub-client not found";

    static final String UNKNOWN_USER = "User not found in sub-client";
    static final String NO_USER = "With an API key, name the user in the query: userId";
    private static final String NO_WORKSPACE = "With an API key of the account, name the workspace: shortPath";
    private static final String USER = "userId";
    private static final String NOT_BY_KEYS =
            "An API key can’t add, change or remove admins, nor agents without the" + " permission inbox";

    record LimitFailure(boolean success, String error, long limit, long current) {}

    /// Finds the account that someone of the project's side acts for. Members belong to their own project only.
    ///
    /// @param project empty on routes that name none
    /// @throws EarlyAnswer if the caller is not of the project's side
    AccountContext projectSide(Call call, Optional<ProjectId> project) {
        return switch (actor(call, Optional.empty())) {
            case WorkspaceActor.ProjectSide side -> side.context();
            case WorkspaceActor.Member member ->
                throw new EarlyAnswer(
                        project.filter(id -> !id.equals(member.workspace().project()))
                                        .isPresent()
                                ? denied(call, 404, UNKNOWN_PROJECT)
                                : denied(call, 403, DENIED));
        };
    }

    /// Who asks, and the workspace that the path names: whether it exists, and whether they may, is not known yet.
    public record Scope(WorkspaceActor actor, ProjectId project, WorkspaceId workspace) {}

    /// @throws EarlyAnswer if nobody is signed in, or the path names no workspace
    public Scope scope(Call call, String projectId, String workspaceId) {
        WorkspaceActor actor = actor(call, Optional.empty());
        Optional<ProjectId> project = ProjectId.parse(projectId);
        Optional<WorkspaceId> workspace = WorkspaceId.parse(workspaceId);
        if (project.isEmpty() || workspace.isEmpty()) {
            throw new EarlyAnswer(denied(call, 404, UNKNOWN_WORKSPACE));
        }
        return new Scope(actor, project.get(), workspace.get());
    }

    /// Finds the caller on routes that both sides use.
    ///
    /// @param inBody the workspace named in the body if neither path nor query names one; its member wins
    WorkspaceActor actor(Call call, Optional<WorkspaceId> inBody) {
        Caller caller = inBody.flatMap(workspace -> cookies.resolve(call, workspace))
                .<Caller>map(member -> member)
                .orElseGet(call::caller);
        return switch (caller) {
            case Caller.WorkspaceMember member -> loaded(call, Optional.of(member));
            case Caller.SignedIn _, Caller.Operator _, Caller.Support _, Caller.ApiKey _ ->
                new WorkspaceActor.ProjectSide(acting.envelopedAccount(call, caller));
            case Caller.Anonymous _ -> loaded(call, cookies.resolveAny(call));
            case Caller.WorkspaceKey key -> program(call, key);
        };
    }

    /// The key may have been deleted a moment ago.
    private WorkspaceActor.Member program(Call call, Caller.WorkspaceKey key) {
        return keys.member(call.actor(), key)
                .orElseThrow(() -> new EarlyAnswer(denied(call, 401, WorkspaceKeyFilter.UNKNOWN)));
    }

    private WorkspaceActor.Member loaded(Call call, Optional<Caller.WorkspaceMember> known) {
        return known.flatMap(member -> members.find(call.actor(), member))
                .orElseThrow(() -> new EarlyAnswer(denied(call, 401, NOT_SIGNED_IN)));
    }

    /// Finds the user on routes about what is their own: the workspace is the one named in the query or the body, else
    /// the one signed in to last.
    ///
    /// @param shortPath from the body
    WorkspaceActor.Member member(Call call, Optional<String> shortPath) {
        return call.caller() instanceof Caller.WorkspaceKey key
                ? asUser(call, inItsWorkspace(call, key, shortPath))
                : signedIn(call, shortPath);
    }

    /// What belongs to a user has no meaning without one: a program says in the query for whom it acts.
    private WorkspaceActor.Member asUser(Call call, Caller.WorkspaceKey key) {
        int user = call.query(USER)
                .flatMap(WorkspaceApiGuard::number)
                .orElseThrow(() -> new EarlyAnswer(Answers.refused(400, NO_USER)));
        return keys.member(call.actor(), key, user).orElseThrow(() -> new EarlyAnswer(denied(call, 404, UNKNOWN_USER)));
    }

    private static Optional<Integer> number(String text) {
        return Parse.of(text, Integer::valueOf).filter(number -> number > 0);
    }

    /// A program may name its own workspace as users do; for it there is no other one.
    private Caller.WorkspaceKey inItsWorkspace(Call call, Caller.WorkspaceKey key, Optional<String> shortPath) {
        Optional<String> named = call.query("shortPath").or(() -> shortPath);
        boolean other = named.isPresent()
                && named.flatMap(cookies::idOf)
                        .filter(id -> id.value().equals(key.workspace()))
                        .isEmpty();
        if (other) {
            throw new EarlyAnswer(denied(call, 404, UNKNOWN_WORKSPACE));
        }
        return key;
    }

    private WorkspaceActor.Member signedIn(Call call, Optional<String> shortPath) {
        Optional<String> named = call.query("shortPath").or(() -> shortPath);
        Optional<Caller.WorkspaceMember> caller = named.isPresent()
                ? named.flatMap(cookies::idOf).flatMap(workspace -> cookies.resolve(call, workspace))
                : Optional.of(call.caller())
                        .filter(Caller.WorkspaceMember.class::isInstance)
                        .map(Caller.WorkspaceMember.class::cast);
        return loaded(call, caller);
    }

    /// A program with a key of the account names the workspace, as it has signed in to none.
    private WorkspaceActor.Member programOfAccount(Call call, Caller.ApiKey key, Optional<String> shortPath) {
        AccountContext context = acting.envelopedAccount(call, key);
        String named = call.query("shortPath")
                .or(() -> shortPath)
                .orElseThrow(() -> new EarlyAnswer(Answers.refused(400, NO_WORKSPACE)));
        return cookies.idOf(named)
                .flatMap(workspace -> keys.ofAccount(context, key, workspace))
                .orElseThrow(() -> new EarlyAnswer(denied(call, 404, UNKNOWN_WORKSPACE)));
    }

    /// The same for the inbox; answers 403 to the role "user", which has no inbox.
    WorkspaceActor.Member inbox(Call call, Optional<String> shortPath) {
        if (call.caller() instanceof Caller.WorkspaceKey key) {
            return program(call, inItsWorkspace(call, key, shortPath));
        }
        if (call.caller() instanceof Caller.ApiKey key) {
            return programOfAccount(call, key, shortPath);
        }
        WorkspaceActor.Member member = signedIn(call, shortPath);
        if (!Right.USE_INBOX.isOf(member.user().role())) {
            throw new EarlyAnswer(denied(call, 403, "Only agents and admins can use the inbox"));
        }
        return member;
    }

    /// A refusal that is recorded in the audit log.
    public Response denied(Call call, int status, String text) {
        return acting.refused(call, status, text);
    }

    /// Returns why an actor may not change users, who may be a program.
    public static String forbidden(WorkspaceActor actor, String why) {
        return actor instanceof WorkspaceActor.Member member && member.key().isPresent() ? NOT_BY_KEYS : why;
    }

    /// Answers an operation on a workspace that refused, and records what the caller may not see or do.
    ///
    /// @param forbidden for callers who lack the right
    public Response refused(Call call, Refusal refusal, String forbidden) {
        return refused(call, refusal, UNKNOWN_WORKSPACE, forbidden);
    }

    /// @param unknown for what isn't there
    public Response refused(Call call, Refusal refusal, String unknown, String forbidden) {
        return switch (refusal) {
            case Refusal.NotFound _ -> denied(call, 404, unknown);
            case Refusal.Forbidden _ -> denied(call, 403, forbidden);
            case Refusal.Rejected rejected -> Answers.refused(rejected.first());
            case Refusal.TooMany tooMany -> Answers.tooMany(tooMany.retryAfter());
            case Refusal.LimitReached reached ->
                Response.status(403)
                        .entity(new LimitFailure(false, "Sub-client limit reached", reached.max(), reached.used()))
                        .build();
            case Refusal.Conflict(String why) -> Answers.refused(409, why);
            case Refusal.ReadOnly readOnly -> denied(call, 403, AccountGuard.readOnly(readOnly.until()));
        };
    }
}
