package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.WorkspacePageGuard;
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
final class InboxThreadPages {

    static final String PANE = "thread";

    private final WorkspacePageGuard at;
    private final InboxPages pages;

    InboxThreadPages(WorkspacePageGuard at, InboxPages pages) {
        this.at = at;
        this.pages = pages;
    }

    @Produces
    @Dependent
    @Unremovable
    ThreadRequest request(Call call, UriInfo address) {
        var ids = address.getPathParameters();
        Member member = at.inbox(call, ids.getFirst("shortPath"));
        return ConversationId.parse(ids.getFirst("threadId"))
                .map(id -> new ThreadRequest(call, member, id))
                .orElseThrow(() -> new EarlyAnswer(missing(call, member)));
    }

    /// A request about the thread that the path of an inbox names: `@Context ThreadRequest thread`. Its member may use
    /// the inbox; whether there is such a thread, the operations say.
    final class ThreadRequest {

        private final Call call;
        private final Member member;
        private final ConversationId id;

        private ThreadRequest(Call call, Member member, ConversationId id) {
            this.call = call;
            this.member = member;
            this.id = id;
        }

        Call call() {
            return call;
        }

        Member member() {
            return member;
        }

        ConversationId id() {
            return id;
        }

        /// Leads back to the thread.
        Response done(InboxFilters filters) {
            return to(member, id.toString(), InboxPages.filters(filters.query()));
        }

        /// Shows the thread again, with nothing typed, and why an act was refused.
        Response refused(InboxFilters filters, String what, String why) {
            return refuse(call, member, id, filters.query(), new FormProblem(what, why));
        }

        EarlyAnswer missing() {
            return new EarlyAnswer(InboxThreadPages.this.missing(call, member));
        }
    }

    Response show(int status, Call call, Member member, ListFilter looking) {
        return pages.page(call, member, looking)
                .map(page -> Html.answer(status, page))
                .orElseGet(() -> missing(call, member));
    }

    /// Shows the thread again, with the input and why it was refused.
    Response refuse(Call call, Member member, ConversationId id, ThreadQuery query, int status, InboxPage.Draft draft) {
        return show(
                status,
                call,
                member,
                new ListFilter(query, Optional.of(id), Optional.empty(), PANE, draft, Optional.empty()));
    }

    /// The same with nothing typed.
    Response refuse(Call call, Member member, ConversationId id, ThreadQuery query, FormProblem problem) {
        var draft = new InboxPage.Draft(Digests.newToken(), "", false, Optional.empty(), Optional.of(problem));
        return refuse(call, member, id, query, 422, draft);
    }

    static Response to(Member member, String thread, String filters) {
        return Html.seeOther(WorkspacePageGuard.pathOf(member.workspace()) + "/inbox/" + thread + filters);
    }

    Response missing(Call call, Member member) {
        return Html.answer(
                404,
                new ConversationMissingPage(at.door(call, member.workspace(), "Conversation not found")
                        .inEnglish()));
    }
}
