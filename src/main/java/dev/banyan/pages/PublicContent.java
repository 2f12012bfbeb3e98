package dev.banyan.pages;

import dev.banyan.accounts.Account;
import java.util.List;
import java.util.Optional;

/// All that visitors are shown of a page.
///
/// @param title the name at its top
/// @param managedBy the username of its agency, where that is to be shown
record PublicContent(
        Account account,
        Page page,
        String title,
        Optional<String> bio,
        PageLook look,
        Optional<MessageButton> button,
        SeenLinks links,
        List<SocialIcon> icons,
        Optional<String> managedBy,
        boolean hidesFooter) {

    /// Where it is on this server.
    String path() {
        return page.isDefault() ? "/" + account.username() : "/" + account.username() + "/" + page.slug();
    }

    /// The one address that search engines are told.
    String url(String baseUrl) {
        return baseUrl + path();
    }
}
