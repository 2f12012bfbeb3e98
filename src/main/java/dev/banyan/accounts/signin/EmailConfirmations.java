package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.signin.PasswordResets.OperatorLink;
import dev.banyan.accounts.signin.factors.SecondFactorStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import jakarta.inject.Singleton;
import org.jooq.exception.DataAccessException;

/// Proves that an e-mail belongs to the person: opening a mailed link confirms it (design 4). A changed e-mail applies
/// once its link is opened, and not before; until then anyone may take it.
@Singleton
public record EmailConfirmations(
        Database database, Mails mails, Settings settings, SignInElsewhere elsewhere, Audit audit, Clock clock)
        implements Expiring {

    static final Duration LIFE = Duration.ofDays(3);

    /// The result of opening a link.
    public sealed interface Opened {

        /// The e-mail that the person signs in with is confirmed.
        record Confirmed() implements Opened {}

        /// The person signs in with this e-mail from now on.
        record Changed(String email) implements Opened {}

        /// Another user has taken this e-mail since the link was sent.
        record Taken(String email) implements Opened {}

        /// The link is unknown, expired, or replaced by another.
        record NotFound() implements Opened {}
    }

    /// Returns true if links to confirm an email reach people.
    boolean areMailed() {
        return mails.isConnected();
    }

    /// Sends the link to a new person when `tx` commits.
    public void send(Tx tx, Identity identity) {
        String token = Digests.newToken();
        new IdentityStore(tx)
                .insertConfirmation(
                        Digests.sha256Hex(token),
                        identity.id(),
                        identity.email(),
                        clock.instant().plus(LIFE));
        mails.send(tx, MailKind.CONFIRMATION, identity.email(), "Confirm your email for Banyan", """
                Welcome to Banyan.

                Confirm your email address with this link:
                %s

                The link works for three days. If you didn't create an account, ignore this email.
                """.formatted(
                        link(token)));
    }

    /// Sends the link that changes the person's e-mail for sign-in. It replaces the previous one.
    public void sendForChange(Tx tx, Identity identity, String email) {
        String token = Digests.newToken();
        new EmailChangeStore(tx)
                .put(
                        identity.id(),
                        email,
                        Digests.sha256Hex(token),
                        clock.instant().plus(LIFE));
        mails.send(tx, MailKind.CONFIRMATION, email, "Confirm your new email for Banyan", """
                We got a request to sign in to Banyan with this address.

                Confirm the change with this link:
                %s

                The link works for three days. Nothing changes until you open it. If you didn't ask for this, ignore
                this email and don't open the link.
                """.formatted(link(token)));
    }

    /// Makes a link that confirms the e-mail of an account's member, or their new e-mail, which an operator passes
    /// on where no mail is sent.
    ///
    /// @return empty if the account has no such member, or there is nothing to confirm
    public Optional<OperatorLink> linkFor(Actor operator, AccountId tenant, IdentityId member) {
        return database.write(tx -> new IdentityStore(tx)
                .find(member)
                .filter(person -> new IdentityStore(tx).isMember(tenant, person.id()))
                .flatMap(person -> {
                    Instant now = clock.instant();
                    String token = Digests.newToken();
                    String hash = Digests.sha256Hex(token);
                    Optional<String> wanted = new EmailChangeStore(tx).find(person.id(), now);
                    if (wanted.isEmpty() && person.emailConfirmed()) {
                        return Optional.empty();
                    }
                    if (person.emailConfirmed()) {
                        new EmailChangeStore(tx).put(person.id(), wanted.orElseThrow(), hash, now.plus(LIFE));
                    } else {
                        new IdentityStore(tx).insertConfirmation(hash, person.id(), person.email(), now.plus(LIFE));
                    }
                    String email = person.emailConfirmed() ? wanted.orElseThrow() : person.email();
                    audit.noteServer(
                            tx, operator, "ConfirmationLinkCreated", person.id().toString(), Map.of("email", email));
                    return Optional.of(new OperatorLink(email, link(token)));
                }));
    }

    private String link(String token) {
        return settings.baseUrl() + "/confirm-email?token=" + token;
    }

    /// Does what a mailed link is for. It may be opened again: mail scanners open links before people do.
    ///
    /// @param opener whose address is recorded; the act is that of the person who was sent the link
    public Opened open(Actor opener, String token) {
        String hash = Digests.sha256Hex(token);
        try {
            return database.write(tx -> open(tx, opener, hash));
        } catch (DataAccessException _) {
            // Another request took the e-mail between the check and the change. The second check sees it.
            return database.write(tx -> open(tx, opener, hash));
        }
    }

    private Opened open(Tx tx, Actor opener, String hash) {
        Instant now = clock.instant();
        if (new IdentityStore(tx).confirm(hash, now)) {
            return new Opened.Confirmed();
        }
        return new EmailChangeStore(tx)
                .findByToken(hash, now)
                .map(wish -> change(tx, opener, wish, hash))
                .orElseGet(Opened.NotFound::new);
    }

    private Opened change(Tx tx, Actor opener, EmailChangeStore.EmailChange wish, String hash) {
        var identities = new IdentityStore(tx);
        Optional<IdentityId> owner = identities
                .findByEmail(wish.email())
                .map(person -> person.identity().id());
        if (owner.isPresent()) {
            return owner.get().equals(wish.identity()) // opened twice at the same time
                    ? new Opened.Confirmed()
                    : new Opened.Taken(wish.email());
        }
        IdentityStore.Person person = identities.findPerson(wish.identity()).orElseThrow();
        Identity before = person.identity();
        if (elsewhere.insteadOfPassword(tx, before).isPresent()) {
            return new Opened.NotFound(); // with another email, the provider would no longer decide about them
        }
        identities.setEmail(before.id(), wish.email(), clock.instant());
        identities.insertConfirmation(hash, before.id(), wish.email(), wish.expiresAt()); // the link works again
        new EmailChangeStore(tx).delete(before.id());
        // A code that was sent to the old e-mail proves nothing about this one.
        new SecondFactorStore(tx).forgetWaiting(before.id());
        before.homeAccount()
                .ifPresent(
                        home -> new AccountStore(tx).replaceEmail(home, before.email(), wish.email(), clock.instant()));
        mails.send(tx, MailKind.SIGN_IN, before.email(), "Your Banyan email was changed", """
                You now sign in to Banyan with %s instead of this address.

                If it wasn't you, someone has your password. Contact the people who run this server right away.
                """.formatted(wish.email()));
        note(audit, tx, new Actor(Optional.of(before.id()), opener.ip()), person, "EmailChanged");
        return new Opened.Changed(wish.email());
    }

    /// Writes to the audit log of the person's account, or the server's, what they did with a mail.
    static void note(Audit audit, Tx tx, Actor actor, IdentityStore.Person person, String action) {
        String target = person.identity().id().toString();
        person.home()
                .flatMap(account -> new AccountStore(tx).find(account))
                .map(Account::owner)
                .ifPresentOrElse(
                        owner -> audit.note(tx, actor, owner, action, target, Map.of()),
                        () -> audit.noteServer(tx, actor, action, target, Map.of()));
    }

    /// Deletes confirmation links that were not opened in time.
    @Override
    public int forgetExpired() {
        return database.write(tx -> new IdentityStore(tx).deleteConfirmationsBefore(clock.instant())
                + new EmailChangeStore(tx).deleteExpired(clock.instant()));
    }
}
