package dev.banyan.accounts.moves;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.moves.Moves.Seen;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;

/// What both sides read about a brand that moves.
@Singleton
record MoveMails(Mails mails, Settings settings) {

    void offered(Tx tx, Seen seen, Account to, MovePlan plan) {
        owners(tx, to.id(), "@" + seen.from().username() + " offers you the brand " + name(seen), """
                @%s offers to transfer %s to your account @%s, with everything in it.
                %s
                Look at the offer, and accept or decline it until %s:
                %s
                """.formatted(
                        seen.from().username(),
                        name(seen),
                        to.username(),
                        lines(plan),
                        Words.day(seen.move().endsAt(), AccountDays.zone(tx, to.id())),
                        link(to)));
    }

    private static String lines(MovePlan plan) {
        return String.join(
                "",
                List.of(plan.flagged(), plan.stays(), plan.ends(), plan.review()).stream()
                        .flatMap(List::stream)
                        .map(line -> "- " + line + "\n")
                        .toList());
    }

    /// @param from the e-mail of the owner who offers it
    void invited(Tx tx, Seen seen, String email, String from, String token) {
        mails.send(tx, MailKind.INVITATION, email, "Your own account for " + name(seen) + " on Banyan", """
                %s manages %s for you at @%s, and wants to make it your own account.
                Everything in it goes along: pages, links, statistics, workspaces and numbers.

                Accept until %s:
                %s%s?token=%s

                If you don't know the sender, ignore this email.
                """.formatted(
                from,
                name(seen),
                seen.from().username(),
                Words.day(seen.move().endsAt(), AccountDays.zone(tx, seen.from().id())),
                settings.baseUrl(),
                ConversionPageResource.PATH,
                token));
    }

    /// @param canceled whether the side that made the offer ended it
    void ended(Tx tx, Seen seen, boolean canceled) {
        if (!canceled) {
            owners(tx, seen.from().id(), "Your offer was declined", """
                    %s stays with you: its offer was declined.
                    """.formatted(name(seen)));
            return;
        }
        seen.to()
                .ifPresent(to -> owners(tx, to.id(), "An offer was canceled", """
                @%s no longer offers you %s.
                """.formatted(
                                seen.from().username(), name(seen))));
    }

    void transferred(Tx tx, Seen seen) {
        Account to = seen.to().orElseThrow();
        both(tx, seen, to.id(), name(seen) + " has moved", """
                %s now belongs to @%s, with everything in it. Each side can undo this for 48 hours, at:
                %s/admin/moves
                """.formatted(
                        name(seen), to.username(), settings.baseUrl()));
    }

    void undone(Tx tx, Seen seen) {
        both(tx, seen, seen.to().orElseThrow().id(), name(seen) + " is back", """
                The transfer of %s was undone. It belongs to @%s again.
                """.formatted(
                        name(seen), seen.from().username()));
    }

    void converted(Tx tx, Seen seen, String email, boolean reading) {
        owners(tx, seen.from().id(), name(seen) + " is an independent account", """
                %s accepted: %s is their own account now%s.
                """.formatted(
                email,
                name(seen),
                reading ? ". You can still look at it, and change nothing" : ", and you can no longer open it"));
    }

    private void both(Tx tx, Seen seen, AccountId to, String subject, String body) {
        owners(tx, seen.from().id(), subject, body);
        owners(tx, to, subject, body);
    }

    private void owners(Tx tx, AccountId tenant, String subject, String body) {
        new IdentityStore(tx)
                .ownerEmails(tenant)
                .forEach(owner -> mails.send(tx, MailKind.INVITATION, owner, subject, body));
    }

    private static String name(Seen seen) {
        return "“" + seen.account().displayName() + "” (@" + seen.account().username() + ")";
    }

    private String link(Account account) {
        return settings.baseUrl() + MovesPageResource.PATH + "?as=" + account.username();
    }
}
