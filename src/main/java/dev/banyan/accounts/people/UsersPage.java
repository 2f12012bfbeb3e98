package dev.banyan.accounts.people;

import dev.banyan.accounts.brands.SubAccountCard;
import dev.banyan.accounts.plans.PackUpgrade;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.platform.web.page.FreshLink;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/// The people of a root account and its sub-accounts. `pack` is empty without an agency permission; then `left` counts
/// the sub-accounts that remain from an earlier plan with one. `mailing` says whether invitations are mailed; `fresh`
/// is the link of one that was just made.
@CheckedTemplate(basePath = "accounts")
record UsersPage(
        PageFrame shell,
        PeopleList people,
        boolean secondFactorRequired,
        List<Invited> invitations,
        boolean mailing,
        Optional<FreshLink> fresh,
        Optional<PackUsage> pack,
        long left,
        PackUpgrade upgrade,
        UsersFilter filter,
        List<SubAccountCard> rows,
        boolean firstPage,
        Optional<String> nextHref)
        implements TemplateInstance {

    /// A page of the list of people; `searchable` is true if the list may be too long to scan.
    record PeopleList(
            String search, boolean searchable, List<Person> rows, boolean firstPage, Optional<String> nextHref) {}

    /// A person who signs in: `role`, `work` (the scope) and `since` as displayed; `key` identifies the person in
    /// addresses.
    record Person(
            String key,
            Optional<String> name,
            String email,
            String role,
            String work,
            String since,
            boolean you,
            boolean removable) {
        public Avatar avatar() {
            return Avatar.of(name.orElse(email.replaceFirst("@.*", "")), email);
        }
    }

    /// An invited person who has not accepted: `when` as displayed.
    record Invited(String key, String email, String role, String work, String when, boolean pending) {
        public Avatar avatar() {
            return Avatar.of(email.replaceFirst("@.*", ""), email);
        }
    }

    /// "Agency-Pro" and "10-pack" as displayed; `packLabel` names all packs.
    record PackUsage(int used, int max, String permissionLabel, String packLabel) {
        public Usage usage() {
            return new Usage(used, max);
        }

        public String text() {
            return used + " of " + max + " brands used";
        }

        public boolean full() {
            return used >= max;
        }

        /// Returns true if there are more than the packs hold, after packs were removed.
        public boolean over() {
            return used > max;
        }

        public boolean none() {
            return max == 0;
        }
    }
}
