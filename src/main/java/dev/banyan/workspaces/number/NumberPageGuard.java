package dev.banyan.workspaces.number;

import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.Sender;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspaceNumbers.ViewResult;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Admits only a workspace's admins to the pages of its number; others get a page that says so.
@Singleton
final class NumberPageGuard {

    private final WorkspacePageGuard at;
    private final WorkspaceNumbers numbers;
    private final Audit audit;
    private final ErrorPages errorPages;

    NumberPageGuard(WorkspacePageGuard at, WorkspaceNumbers numbers, Audit audit, ErrorPages errorPages) {
        this.at = at;
        this.numbers = numbers;
        this.audit = audit;
        this.errorPages = errorPages;
    }

    static String path(Member member) {
        return WorkspacePageGuard.pathOf(member.workspace()) + "/whatsapp";
    }

    Response admin(Call call, String shortPath, Function<Member, Response> work) {
        return at.member(
                call,
                shortPath,
                member -> Right.LINK_NUMBER.isOf(member.user().role()) ? work.apply(member) : refused(call));
    }

    /// Checked again in a transaction, because the role may have been revoked a moment ago. Without a number, redirects
    /// to its page.
    Response onNumber(Call call, String shortPath, BiFunction<Member, Sender, Response> work) {
        return admin(call, shortPath, member -> switch (numbers.find(
                member, member.workspace().id())) {
            case ViewResult.Done(Workspace _, Sender number) -> work.apply(member, number);
            case ViewResult.NoNumber _ -> Html.seeOther(path(member));
            case ViewResult.NotFound _, ViewResult.Forbidden _ -> refused(call);
        });
    }

    Response refused(Call call) {
        audit.denied(call.actor(), call.route());
        return errorPages.answer(
                call,
                403,
                "Only admins can open this page",
                "Ask an admin of this workspace to do it, or to give you the role.");
    }
}
