package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.platform.web.page.OneTimeLink;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.TimeText;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The people of a root account. `brands` is the sentence about its sub-accounts, which the seed has on this page;
/// empty if it has none and may have none. `mailing` says whether invitations are mailed; `fresh` is the link of one
/// that was just made.
@CheckedTemplate(basePath = "accounts")
record MembersPage(
        PageFrame shell,
        PeopleList people,
        boolean secondFactorRequired,
        List<Invited> invitations,
        boolean mailing,
        Optional<OneTimeLink> fresh,
        Optional<String> brands)
        implements TemplateInstance {

    /// A page of the list of people; `searchable` is true if the list may be too long to scan.
    record PeopleList(
            String search, boolean searchable, List<Person> rows, boolean firstPage, Optional<String> nextHref) {}

    /// A person who signs in: `role`, `work` (the scope) and `since` as displayed; `key` identifies the person in
    /// addresses, `picture` is a path.
    record Person(
            String key,
            Optional<String> name,
            Optional<String> picture,
            String email,
            String role,
            String work,
            TimeText since,
            boolean you,
            boolean removable) {
        public Avatar avatar() {
            return Avatar.of(name.orElse(email.replaceFirst("@.*", "")), email);
        }
    }

    /// An invited person who has not accepted: `when` as displayed.
    record Invited(String key, String email, String role, String work, TimeText when, boolean pending) {
        public Avatar avatar() {
            return Avatar.of(email.replaceFirst("@.*", ""), email);
        }
    }
}
