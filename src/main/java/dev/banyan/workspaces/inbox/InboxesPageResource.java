package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.workspaces.InboxQuery;
import dev.banyan.workspaces.InboxQuery.Cursor;
import dev.banyan.workspaces.InboxQuery.Shown;
import dev.banyan.workspaces.WorkspaceInboxStore;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.chat.ChatPage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The list of all inboxes of an account.
@Path("/admin/inboxes")
@RunOnVirtualThread
class InboxesPageResource {

    private static final int ROWS = 50;
    private static final int LONGEST_SEARCH = 200;

    private final Inboxes inboxes;

    InboxesPageResource(Inboxes inboxes) {
        this.inboxes = inboxes;
    }

    @GET
    public Response list(
            @Context AccountPage page,
            @QueryParam("show") @DefaultValue("") String show,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("after") @DefaultValue("") String after) {
        var query = new InboxQuery(
                Keyed.parse(Shown.class, show).orElse(Shown.ALL),
                search.length() > LONGEST_SEARCH ? search.substring(0, LONGEST_SEARCH) : search,
                Cursor.parse(after),
                ROWS);
        return Html.ok(page(page, query));
    }

    private InboxesPage page(AccountPage page, InboxQuery query) {
        AccountContext context = page.context();
        Inboxes.Listed listed = inboxes.list(context, query);
        String as = context.acting().username();
        return new InboxesPage(
                page.frame(NavItem.INBOXES, "Inbox"),
                Stream.of(Shown.values())
                        .map(shown -> new InboxesPage.Choice(
                                shown.label, href(as, shown, query.search()), shown == query.shown()))
                        .toList(),
                query.shown().key(),
                query.search(),
                listed.inboxes().stream().map(row -> row(context, listed, row)).toList(),
                query.after().isEmpty(),
                listed.next().map(next -> href(as, query.shown(), query.search()) + "&after=" + next));
    }

    private static String href(String as, Shown shown, String search) {
        return "/admin/inboxes?as=" + WebAddresses.encoded(as)
                + (shown == Shown.ALL ? "" : "&show=" + shown.key())
                + (search.isBlank() ? "" : "&q=" + WebAddresses.encoded(search));
    }

    private static InboxesPage.Row row(AccountContext context, Inboxes.Listed listed, WorkspaceInboxStore.Row row) {
        Optional<String> account = listed.username(row);
        return new InboxesPage.Row(
                row.workspace().value(),
                row.name(),
                row.projectName(),
                account.filter(_ -> !row.account().equals(context.acting().id())),
                inboxPath(row),
                WorkspacePaths.workspace(row.project(), row.workspace()) + "?as="
                        + WebAddresses.encoded(account.orElse(context.acting().username())),
                row.open(),
                row.counted().open(),
                row.counted().unread(),
                row.counted().waiting(),
                row.lastMessageAt().map(ChatPage.At::day));
    }

    /// Returns the address of a workspace's inbox.
    static String inboxPath(WorkspaceInboxStore.Row row) {
        return "/s/" + row.shortId() + "-" + row.pathname() + "/inbox";
    }
}
