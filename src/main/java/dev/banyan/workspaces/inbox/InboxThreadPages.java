package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.WorkspacePageGuard.MemberPage;
import dev.banyan.workspaces.chat.ConversationMissingPage;
import dev.banyan.workspaces.inbox.InboxPages.ListFilter;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/// Shared by all forms about one thread: finding it, showing it again, and redirecting to it.
@Singleton
record InboxThreadPages(InboxPages pages) {

    static final String PANE = "thread";

    @Produces
    @Dependent
    @Unremovable
    ThreadRequest request(MemberPage page, UriInfo address) {
        return ConversationId.parse(address.getPathParameters().getFirst("threadId"))
                .map(id -> new ThreadRequest(page, id))
                .orElseThrow(() -> missing(page));
    }

    /// A request about the thread that the path of an inbox names: `@Context ThreadRequest thread`. Its member may use
    /// the inbox; whether there is such a thread, the operations say.
    final class ThreadRequest {

        private final MemberPage page;
        private final ConversationId id;

        private ThreadRequest(MemberPage page, ConversationId id) {
            this.page = page;
            this.id = id;
        }

        MemberPage page() {
            return page;
        }

        Member member() {
            return page.member();
        }

        ConversationId id() {
            return id;
        }

        /// Leads back to the thread.
        Response done(InboxFilters filters) {
            return to(page, id.toString(), InboxPages.filters(filters.query()));
        }

        /// Shows the thread again, with nothing typed, and why an act was refused.
        Response refused(InboxFilters filters, String what, String why) {
            return refuse(page, id, filters.query(), new FormProblem(what, why));
        }

        /// Shows who has the thread, which someone else assigned meanwhile, and offers to take it all the same.
        ///
        /// @param isForMe whether the member wanted it
        Response taken(InboxFilters filters, Optional<Message.By> to, boolean isForMe) {
            var problem =
                    new FormProblem(InboxThreadPages.taken(to) + ".", "It was assigned while you were looking at it.");
            return refuse(page, id, filters.query(), 409, InboxPage.Draft.refused(problem, isForMe));
        }

        EarlyAnswer missing() {
            return InboxThreadPages.missing(page);
        }
    }

    Response show(int status, MemberPage page, ListFilter looking) {
        return pages.page(page, looking)
                .map(drawn -> Html.answer(status, drawn))
                .orElseThrow(() -> missing(page));
    }

    /// Shows the thread again, with the input and why it was refused.
    Response refuse(MemberPage page, ConversationId id, ThreadQuery query, int status, InboxPage.Draft draft) {
        return show(
                status,
                page,
                new ListFilter(
                        query, Optional.of(id), Optional.empty(), PANE, draft, Optional.empty(), Optional.empty()));
    }

    /// The same with nothing typed.
    Response refuse(MemberPage page, ConversationId id, ThreadQuery query, FormProblem problem) {
        return refuse(page, id, query, 422, InboxPage.Draft.refused(problem, false));
    }

    static String taken(Optional<Message.By> to) {
        return to.map(other -> other.name() + " has this conversation already")
                .orElse("This conversation isn’t assigned any more");
    }

    static Response to(MemberPage page, String thread, String filters) {
        return page.to("/inbox/" + thread + filters);
    }

    static EarlyAnswer missing(MemberPage page) {
        return new EarlyAnswer(Html.answer(
                404,
                new ConversationMissingPage(page.door("Conversation not found").inEnglish())));
    }
}
