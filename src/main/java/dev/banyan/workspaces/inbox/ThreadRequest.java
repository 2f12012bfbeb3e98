package dev.banyan.workspaces.inbox;

import dev.banyan.platform.Exempt;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.WorkspaceActor.Member;
import jakarta.ws.rs.core.Response;

/// A request about the thread that the path of an inbox names: `@Context ThreadRequest thread`. Its member may use the
/// inbox; whether there is such a thread, the operations say.
@Exempt(from = "onlyResourcesSpeakHttp", because = "is a parameter of resource methods, and leads back to its page")
final class ThreadRequest {

    private final Call call;
    private final Member member;
    private final ConversationId id;
    private final InboxThreadPages pages;

    ThreadRequest(Call call, Member member, ConversationId id, InboxThreadPages pages) {
        this.call = call;
        this.member = member;
        this.id = id;
        this.pages = pages;
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
        return InboxThreadPages.to(member, id.toString(), InboxPages.filters(filters.query()));
    }

    /// Shows the thread again, with nothing typed, and why an act was refused.
    Response refused(InboxFilters filters, String what, String why) {
        return pages.refuse(call, member, id, filters.query(), new FormProblem(what, why));
    }

    EarlyAnswer missing() {
        return new EarlyAnswer(pages.missing(call, member));
    }
}
