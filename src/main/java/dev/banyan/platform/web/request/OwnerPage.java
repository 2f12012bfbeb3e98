package dev.banyan.platform.web.request;

import module java.base;
import dev.banyan.platform.web.answer.PageShape;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import jakarta.ws.rs.core.Response;

/// The same for pages: `@Context OwnerPage page`.
public interface OwnerPage extends OwnerRequest, PageShape {

    /// A part of an account, such as a workspace: its name and address.
    record Inside(String name, String href) {}

    /// @param item of the account's menu; those of a workspace belong to its project
    PageFrame frame(NavItem item, String title);

    /// Returns what the addresses of the owner's things begin with: `/admin`, or that of the workspace.
    String base();

    /// Returns the username of the account that the page is for.
    String as();

    /// Returns what the things belong to if it is not the account.
    Optional<Inside> inside();

    /// Leads to a page of the same account, where a word of `Toasts` says what was done.
    ///
    /// @param path below [#base]
    default Response done(String path, String toast) {
        return Html.seeOther(call(), base() + path + "?as=" + as() + "&done=" + toast);
    }
}
