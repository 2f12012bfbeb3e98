package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.platform.Caller;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.OwnPath;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.answer.PageShape;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Toasts;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.access.WorkspaceLookup.LookedUp;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/// Guards every page of a workspace: finds it by its address, or answers why it can't be entered. Makes [PublicPage]
/// and [MemberPage] available as parameters of resource methods.
@Singleton
public record WorkspacePageGuard(
        WorkspaceLookup lookup,
        Members members,
        WorkspaceVisits visits,
        MenuCount inbox,
        Assets assets,
        Audit audit,
        UriInfo address,
        ErrorPages errorPages) {

    static final String PAGES = "/s/";
    /// What leads out of a path below another one.
    private static final Pattern DOTS = Pattern.compile("/(\\.|%2e)", Pattern.CASE_INSENSITIVE);

    @Produces
    @Dependent
    @Unremovable
    PublicPage page(Call call) {
        return new PublicPage(call, open(call, shortPath()));
    }

    @Produces
    @Dependent
    @Unremovable
    MemberPage page(Call call, ResourceInfo matched) {
        InMenu here = matched.getResourceClass().getAnnotation(InMenu.class);
        return new MemberPage(call, here == null ? user(call) : member(call, here.value()));
    }

    private String shortPath() {
        return Objects.requireNonNull(address.getPathParameters().getFirst("shortPath"), "The path names no workspace");
    }

    /// Finds the user; others are redirected to the sign-in page, and the project's side to the inbox.
    private WorkspaceActor.Member user(Call call) {
        WorkspaceActor.Member member = insider(call);
        if (member.isVisitor()) {
            throw new EarlyAnswer(Html.seeOther(pathOf(member.workspace()) + "/inbox"));
        }
        return member;
    }

    /// A request for a page of a workspace.
    private abstract class OfWorkspace implements PageShape {

        private final Call call;
        private final Workspace workspace;

        private OfWorkspace(Call call, Workspace workspace) {
            this.call = call;
            this.workspace = workspace;
            keep(call.routing());
        }

        public final Call call() {
            return call;
        }

        public final Workspace workspace() {
            return workspace;
        }

        /// Returns the address of the workspace.
        public final String home() {
            return pathOf(workspace);
        }

        /// @param path below [#home]
        public final Response to(String path) {
            return Html.seeOther(home() + path);
        }

        /// Leads someone who has signed in to the page that they asked for, or to where their role begins.
        ///
        /// @param next a path as a browser brought it; one outside this workspace counts as none
        public final Response entered(WorkspaceRole role, Optional<String> next) {
            return Html.seeOther(next.flatMap(this::inside).orElseGet(() -> home() + WorkspaceMenu.startOf(role).path));
        }

        /// Returns a path that a browser brought, if it leads to a page of this workspace.
        public final Optional<String> inside(String path) {
            return OwnPath.of(path)
                    .filter(own ->
                            own.startsWith(home() + "/") && !DOTS.matcher(own).find());
        }

        public final WorkspaceDoor door(String title) {
            return WorkspacePageGuard.this.door(call, workspace, title);
        }

        @Override
        public final Response answer(Refused refused) {
            throw new IllegalStateException("Nothing in a workspace is refused so: " + refused);
        }
    }

    /// A request for a page without sign-in: `@Context PublicPage page`. The workspace is open.
    public final class PublicPage extends OfWorkspace {

        private final LookedUp.Found found;

        private PublicPage(Call call, LookedUp.Found found) {
            super(call, found.workspace());
            this.found = found;
        }

        /// Returns the workspace, and whether people may register there.
        public LookedUp.Found found() {
            return found;
        }

        /// Returns the address as it was asked for.
        public String shortPath() {
            return WorkspacePageGuard.this.shortPath();
        }

        /// Returns who is signed in.
        public Optional<WorkspaceActor.Member> member() {
            return memberOf(call(), workspace());
        }
    }

    /// A request of someone who is signed in: `@Context MemberPage page`. On resources that are [InMenu], people have
    /// the right of the menu entry; on others they are users, who have something of their own there.
    public final class MemberPage extends OfWorkspace {

        private final WorkspaceActor.Member member;

        private MemberPage(Call call, WorkspaceActor.Member member) {
            super(call, member.workspace());
            this.member = member;
        }

        public WorkspaceActor.Member member() {
            return member;
        }

        public Participant participant() {
            return Participant.of(member);
        }

        /// Returns what surrounds the page.
        ///
        /// @param here the page's menu entry
        public MemberShell shell(WorkspaceMenu here, String title) {
            return WorkspacePageGuard.this.shell(call(), member, here, title);
        }
    }

    private LookedUp.Found open(Call call, String shortPath) {
        return switch (lookup.find(shortPath)) {
            case LookedUp.Found found
            when found.workspace().suspended() ->
                throw new EarlyAnswer(Html.answer(
                        403, new WorkspaceSuspendedPage(door(call, found.workspace(), "Workspace suspended"))));
            case LookedUp.Found found -> found;
            case LookedUp.Moved moved -> throw new EarlyAnswer(moved(call, shortPath, moved.shortPath()));
            case LookedUp.NotFound _, LookedUp.NotEnabled _ ->
                throw new EarlyAnswer(
                        Html.answer(404, new WorkspaceMissingPage(assets.door("Workspace not found", call))));
        };
    }

    /// Redirects to the same page at the current address. Forms are redirected with their content; the redirect is
    /// not cached because the workspace may be renamed again.
    private static Response moved(Call call, String from, String to) {
        String rest = call.path().substring(PAGES.length() + from.length());
        return Response.status(call.isGet() ? 301 : 308)
                .header("Location", PAGES + to + rest)
                .header("Cache-Control", "no-cache")
                .build();
    }

    /// Finds the user, or the person of the project's side who entered.
    private WorkspaceActor.Member insider(Call call) {
        LookedUp.Found found = open(call, shortPath());
        return memberOf(call, found.workspace())
                .or(() -> visits.of(call, found))
                .orElseThrow(() -> new EarlyAnswer(visits.readOnlyUntil(call, found)
                        .map(until -> readOnly(call, until))
                        .orElseGet(() -> Html.seeOther(signIn(call, found.workspace())))));
    }

    /// Returns the address of the sign-in, which leads on to the requested page: that of the form, if one was sent.
    private static String signIn(Call call, Workspace workspace) {
        String home = pathOf(workspace);
        Optional<String> asked = call.isGet() && !call.isHtmx() ? Optional.of(call.path()) : call.cameFrom();
        return home
                + "/login"
                + OwnPath.asNext(asked.filter(
                        path -> path.startsWith(home + "/") && !path.equals(home + WorkspaceMenu.CHAT.path)));
    }

    private Response readOnly(Call call, Instant until) {
        audit.denied(call.actor(), call.route());
        return errorPages.answer(call, 403, "Nothing was changed", AccountGuard.readOnly(until));
    }

    /// Finds a member whose role allows it; others get a page that says so.
    private WorkspaceActor.Member member(Call call, WorkspaceMenu here) {
        WorkspaceActor.Member member = insider(call);
        if (!here.right.isOf(member.user().role())) {
            throw new EarlyAnswer(refused(call, member, here));
        }
        return member;
    }

    /// Admits an admin to a screen that the project's side has, too.
    ///
    /// @param here the page's menu entry, which knows the right that is needed
    /// @param plainly whether members without the right get a page without the workspace's menu
    AdminRequest admin(Call call, WorkspaceMenu here, boolean plainly) {
        var request = new ByAdmin(this, call, insider(call), here, plainly);
        if (!here.right.isOf(request.actor().user().role())) {
            throw new EarlyAnswer(request.forbidden());
        }
        return request;
    }

    private record ByAdmin(
            WorkspacePageGuard guard, Call call, WorkspaceActor.Member actor, WorkspaceMenu here, boolean plainly)
            implements AdminRequest {

        @Override
        public Workspace workspace() {
            return actor.workspace();
        }

        @Override
        public boolean registrationOpen() {
            return actor.registrationOpen();
        }

        @Override
        public Optional<String> as() {
            return Optional.empty();
        }

        @Override
        public String base() {
            return pathOf(workspace());
        }

        @Override
        public AdminFrame frame(String title) {
            return AdminFrame.of(guard.shell(call, actor, here, title));
        }

        /// The sign-in page finds out what became of the workspace.
        @Override
        public Response notFound() {
            return Html.seeOther(base() + "/login");
        }

        @Override
        public Response forbidden() {
            return plainly ? guard.adminsOnly(call) : guard.refused(call, actor, here);
        }

        @Override
        public Response missing(Supplier<Response> page) {
            return page.get();
        }
    }

    /// Answers members without a right, on screens that have always answered without the workspace's menu.
    private Response adminsOnly(Call call) {
        audit.denied(call.actor(), call.route());
        return errorPages.answer(
                call, 403, "Only admins can open this page", "Ask an admin of this workspace for access.");
    }

    /// Says which role is required.
    private Response refused(Call call, WorkspaceActor.Member member, WorkspaceMenu here) {
        audit.denied(call.actor(), call.route());
        String who = here.right.isOf(WorkspaceRole.AGENT) ? "agents and admins" : "admins";
        return Html.answer(403, new RoleRequiredPage(shell(call, member, here, "Only for " + who), who));
    }

    /// Returns the workspace for the theme of its pages, even if it can't be entered.
    public Optional<Workspace> look(String shortPath) {
        return lookup.find(shortPath) instanceof LookedUp.Found found
                ? Optional.of(found.workspace())
                : Optional.empty();
    }

    public Optional<WorkspaceActor.Member> memberOf(Call call, Workspace workspace) {
        return call.caller() instanceof Caller.WorkspaceMember member
                ? members.find(call.actor(), member)
                        .filter(found -> found.workspace().id().equals(workspace.id()))
                : Optional.empty();
    }

    public WorkspaceDoor door(Call call, Workspace workspace, String title) {
        return new WorkspaceDoor(
                title,
                Assets.theme(call),
                assets.version(),
                workspace.name(),
                workspace.description(),
                pathOf(workspace),
                workspace.brand());
    }

    /// Builds what surrounds a member's page.
    ///
    /// @param here the page's menu entry
    public MemberShell shell(Call call, WorkspaceActor.Member member, WorkspaceMenu here, String title) {
        return new MemberShell(
                door(call, member.workspace(), title),
                member.user(),
                WorkspaceMenu.of(member, here, inbox.unread(member)),
                call.query("done").flatMap(Toasts::ofMember),
                member.side().map(context -> context.membership().role().key()),
                here.guide(),
                assets.release());
    }

    public static String pathOf(Workspace workspace) {
        return PAGES + workspace.shortPath();
    }
}
