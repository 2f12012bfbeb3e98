package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.Noun;
import dev.banyan.platform.web.answer.PageShape;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import jakarta.ws.rs.core.Response;

/// A request for a screen of a workspace's administration, from the project's side or from one of the workspace's
/// admins: `@Context AdminRequest request`. Says who asks, where the pages of this side are, how they look, and what
/// this side answers to a refusal. Who may not come in has been answered by then; [InMenu] says which right it takes.
public interface AdminRequest extends PageShape {

    Noun WORKSPACE = Noun.of("Workspace");

    Call call();

    WorkspaceActor actor();

    Workspace workspace();

    default ProjectId project() {
        return workspace().project();
    }

    default WorkspaceId id() {
        return workspace().id();
    }

    /// Returns the value of an operation on the workspace, or throws why it was refused.
    default <T> T value(Outcome<T> outcome) {
        return Refused.unless(outcome, WORKSPACE);
    }

    /// Returns true if people may register in the workspace: both switches.
    boolean registrationOpen();

    /// Returns the account that links and forms act for; empty for admins of the workspace.
    Optional<String> as();

    /// Returns the address of the workspace's pages, without a query.
    String base();

    /// Returns the address of a page.
    ///
    /// @param page such as `/users`
    default String path(String page) {
        return base() + page + query();
    }

    /// Returns the query of every link: `?as=username`, or empty.
    default String query() {
        return as().map(account -> "?as=" + account).orElse("");
    }

    /// Returns true if the page is opened as a dialog, which only the project's side does.
    default boolean inDialog() {
        return as().isPresent() && call().isHtmx();
    }

    /// Returns what surrounds the page. On the project's side, where pages of several workspaces may be open at once,
    /// its title begins with the workspace.
    AdminFrame frame(String title);

    /// Redirects after a form.
    ///
    /// @param done the key of the toast, and perhaps the place on the page: `user-added#user-5`
    default Response done(String page, String done) {
        String path = path(page) + (as().isPresent() ? "&" : "?") + "done=" + done;
        return inDialog() ? Html.seeOther(call(), path) : Html.seeOther(path);
    }

    /// Answers for a workspace that was deleted a moment ago.
    Response notFound();

    /// Answers an actor who may not do it, or no longer.
    Response forbidden();

    /// Answers for something in the workspace that isn't there.
    ///
    /// @param here the page that says so to admins of the workspace; the project's side gets its general page
    Response missing(Supplier<Response> here);

    /// Answers a refusal that is the same on every screen.
    default Response refused(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NotFound _ -> notFound();
            case Refusal.Forbidden _ -> forbidden();
            case Refusal.Rejected _,
                    Refusal.TooMany _,
                    Refusal.LimitReached _,
                    Refusal.ReadOnly _,
                    Refusal.Conflict _ ->
                throw new IllegalStateException("The screen has its own answer to " + refusal);
        };
    }

    @Override
    default Response answer(Refused refused) {
        return refused(refused.refusal());
    }
}
