package dev.banyan.accounts.people;

import dev.banyan.accounts.brands.SubAccountCard;
import dev.banyan.accounts.plans.PackUpgrade;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * The people of a root account and its sub-accounts. {@code pack} is empty without an agency permission; then {@code left}
 * counts the sub-accounts that a plan with one left behind.
 */
@CheckedTemplate(basePath = "accounts")
record UsersPage(
        PageFrame shell,
        PeopleList people,
        boolean secondFactorRequired,
        List<Invited> invitations,
        Optional<PackUsage> pack,
        long left,
        PackUpgrade upgrade,
        UsersFilter filter,
        List<SubAccountCard> rows,
        boolean firstPage,
        Optional<String> nextHref)
        implements TemplateInstance {

    /** A part of the people; {@code searchable} says that there may be too many to look through. */
    record PeopleList(
            String search, boolean searchable, List<Person> rows, boolean firstPage, Optional<String> nextHref) {}

    /**
     * Somebody who signs in: {@code role}, {@code work} (for what) and {@code since} as people read them; {@code key} names
     * the person in addresses.
     */
    record Person(String key, String email, String role, String work, String since, boolean you, boolean removable) {
        public Avatar avatar() {
            return Avatar.of(email.replaceFirst("@.*", ""), email);
        }
    }

    /** Somebody who is asked and has not said yes: {@code when} as people read it. */
    record Invited(String key, String email, String role, String work, String when, boolean pending) {
        public Avatar avatar() {
            return Avatar.of(email.replaceFirst("@.*", ""), email);
        }
    }

    /** "Agency-Pro" and "10-pack" as people read them; {@code packLabel} names all packs. */
    record PackUsage(int used, int max, String permissionLabel, String packLabel) {
        public Usage usage() {
            return new Usage(used, max);
        }

        public String text() {
            return used + " of " + max + " sub-accounts used";
        }

        public boolean full() {
            return used >= max;
        }

        /** More than the packs hold, after they became fewer. */
        public boolean over() {
            return used > max;
        }

        public boolean none() {
            return max == 0;
        }
    }
}
