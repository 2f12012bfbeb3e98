package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.domains.PageAddress;
import dev.banyan.pages.MessageButton;
import dev.banyan.pages.Page;
import dev.banyan.pages.SocialIcon;
import dev.banyan.platform.Language;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.themes.Appearance;
import dev.banyan.themes.AppearanceTiers;

/// The content of a page as shown to visitors.
///
/// @param title the name at its top
/// @param appearance as chosen; `look` is the part that the tier allows
/// @param own its address at a host of its account
/// @param managedBy the username of its agency, if it is to be shown
/// @param language of our own words around the content
record PublicContent(
        Account account,
        Page page,
        String title,
        Optional<String> bio,
        Appearance appearance,
        Tier tier,
        PageStyles look,
        Optional<MessageButton> button,
        VisibleLinks links,
        List<SocialIcon> icons,
        Optional<PageAddress> own,
        Optional<String> managedBy,
        Language language) {

    static PublicContent of(
            Account account,
            Page page,
            Appearance appearance,
            Tier tier,
            Optional<MessageButton> button,
            VisibleLinks links,
            List<SocialIcon> icons,
            Optional<PageAddress> own,
            Optional<String> managedBy,
            Language language) {
        String title = appearance.header().displayName().orElse(account.displayName());
        return new PublicContent(
                account,
                page,
                title,
                appearance.header().bio().or(account::bio),
                appearance,
                tier,
                PageStyles.of(Avatar.of(title, account.username()), appearance, tier),
                button,
                links,
                icons,
                own,
                managedBy,
                language);
    }

    boolean hidesFooter() {
        return AppearanceTiers.shown(appearance, tier).hideFooter();
    }

    /// Returns its path on this server.
    String path() {
        return page.isDefault() ? "/" + account.username() : "/" + account.username() + "/" + page.slug();
    }

    /// Returns the canonical address for search engines.
    String url(String baseUrl) {
        return own.map(PageAddress::url).orElseGet(() -> baseUrl + path());
    }

    /// Returns the address of the server as visitors of this page know it, without a trailing slash.
    String origin(String baseUrl) {
        return own.map(PageAddress::origin).orElse(baseUrl);
    }
}
