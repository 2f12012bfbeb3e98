package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.sso.realm.CutLinkNotices;
import dev.banyan.platform.sso.realm.SsoCutLinkStore.CutLink;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/// Tells the owners of an account what became of people whose email was never proved here.
@Singleton
final class MemberSsoNotices extends CutLinkNotices<IdentityId> {

    private final Mails mails;
    private final Settings settings;
    private final Audit audit;

    MemberSsoNotices(
            Database database, Mails mails, Settings settings, Audit audit, MeterRegistry registry, Clock clock) {
        super(database, registry, "account", clock);
        this.mails = mails;
        this.settings = settings;
        this.audit = audit;
    }

    /// A provider’s person is now somebody whose email was not proved here, and whose former ways in have ended.
    void recognized(Tx tx, Account account, Identity person, String provider) {
        tell(tx, account, person.email(), "A person was recognized by their email", """
                %1$s has signed in to your account “%2$s” with %3$s.

                Someone had registered with that email before, but never proved that it’s theirs. So everything that let
                them in has ended: the password, sessions, passkeys, two-step verification, API keys and invitations
                they sent. The person at your provider has taken their place.

                Your members:
                %4$s/admin/users
                """.formatted(
                        person.email(), account.displayName(), provider, settings.baseUrl()));
    }

    private void tell(Tx tx, Account account, String except, String subject, String body) {
        new IdentityStore(tx)
                .ownerEmails(account.id()).stream()
                        .filter(email -> !email.equals(except))
                        .forEach(email -> mails.send(tx, MailKind.NOTICE, email, subject, body));
    }

    @Override
    public Job job() {
        return Job.scheduled(
                "1m",
                "20s",
                "tell-cut-member-links",
                "Tells owners which links to sign-in providers were cut.",
                this::tellCutLinks);
    }

    @Override
    protected AccountCutLinkStore cutLinks(Tx tx) {
        return new AccountCutLinkStore(tx);
    }

    @Override
    protected void tellCut(Tx tx, CutLink<IdentityId> link) {
        new AccountStore(tx).find(link.owner().tenant()).ifPresent(account -> tellCut(tx, account, link));
    }

    private void tellCut(Tx tx, Account account, CutLink<IdentityId> link) {
        audit.note(tx, Actor.SERVER, account, "MemberUnlinked", Map.of("email", link.email()));
        tell(tx, account, link.email(), "A member signs in again", """
                %1$s was recognized by their email when they signed in to your account “%2$s” with single sign-on. The
                email was never proved here, so we cut that link and signed them out.

                When they sign in with single sign-on again, they are the same member, and everything else that let them
                in ends: the password, passkeys, two-step verification, API keys and invitations they sent. If you don’t
                know this person, remove them:
                %3$s/admin/users
                """.formatted(
                        link.email(), account.displayName(), settings.baseUrl()));
    }
}
