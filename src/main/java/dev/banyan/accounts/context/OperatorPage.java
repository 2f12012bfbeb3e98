package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.Accounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.answer.PageShape;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import jakarta.ws.rs.core.Response;

/// A request for a page of the server's operators: `@Context OperatorPage page`. For others the page does not exist,
/// which has been answered before the method is called.
public record OperatorPage(
        Call call, Caller.Operator operator, Accounts accounts, PageFrames frames, ErrorPages errorPages)
        implements PageShape {

    public Actor actor() {
        return call.actor();
    }

    /// Returns a root account.
    ///
    /// @throws EarlyAnswer if there is none of this id
    public Accounts.Described account(String id) {
        return AccountId.parse(id).flatMap(accounts::root).orElseThrow(this::unknown);
    }

    /// @param item of the server's menu, to which the page belongs
    public PageFrame frame(NavItem item, String title) {
        return frames.ofOperator(call, item, title);
    }

    /// Returns what is thrown where a page is about something that doesn’t exist.
    public EarlyAnswer unknown() {
        return new EarlyAnswer(unknown(call, errorPages));
    }

    static Response unknown(Call call, ErrorPages errorPages) {
        return errorPages.answer(call, 404, "Page not found", "Check the address, or start from your dashboard.");
    }

    @Override
    public Response answer(Refused refused) {
        return unknown(call, errorPages);
    }
}
