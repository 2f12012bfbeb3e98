package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.IdentityStore.Person;
import dev.banyan.accounts.MemberRights;
import dev.banyan.accounts.MemberRole;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.people.ProvidedRoles;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.accounts.signin.WaysIn;
import dev.banyan.accounts.signin.factors.AwaitedFactorStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.Rechecks;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoPerson;
import dev.banyan.platform.web.page.FormProblem;
import jakarta.inject.Singleton;

/// What becomes of a person whom an account’s provider has named: who they are here, and with which role.
@Singleton
record MemberAdmission(
        ProvidedRoles roles, WaysIn waysIn, MemberSsoNotices notices, Audit audit, Clock clock, Uuids uuids) {

    sealed interface Admitted {

        record In(Person person) implements Admitted {}

        /// None of their groups gives a role.
        record NoRole(SsoPerson named) implements Admitted {}

        /// Only members may sign in.
        record Unknown() implements Admitted {}

        /// Somebody else has the email here. Whether it is the same person isn’t proved.
        record EmailTaken() implements Admitted {}

        /// The provider names no email of a domain for which it speaks.
        record ForeignEmail(SsoPerson named) implements Admitted {}

        /// The provider sends no email, or says that it isn’t verified.
        record NoEmail(SsoPerson named) implements Admitted {}

        /// The rule for emails refuses the one that the provider sends.
        record BadEmail(SsoPerson named) implements Admitted {}

        /// Tells owners why a person isn’t let in; empty if they are.
        default Optional<String> reason() {
            return switch (this) {
                case In _ -> Optional.empty();
                case NoRole(SsoPerson named) ->
                    Optional.of(named.groupsLeftOut().orElse("None of their groups has a role here."));
                case Unknown _ -> Optional.of("They aren’t a member, and new people can’t come in.");
                case EmailTaken _ ->
                    Optional.of("Someone else has their email, and isn’t proved to be the same person.");
                case ForeignEmail(SsoPerson named) ->
                    Optional.of(named.emailSent() + " It has to be of this account’s email domains.");
                case NoEmail(SsoPerson named) -> Optional.of(named.emailSent());
                case BadEmail(SsoPerson named) -> Optional.of(named.emailSent() + " " + SsoPerson.BAD_EMAIL);
            };
        }

        /// Returns the message for a person who isn’t let in.
        default FormProblem problem() {
            return switch (this) {
                case NoRole(SsoPerson named) ->
                    new FormProblem(
                            "You don’t have access to this account.",
                            "None of your groups may sign in here. Ask an owner of the account. " + named.groupsSent());
                case Unknown _ ->
                    new FormProblem(
                            "You aren’t a member of this account.", "Ask an owner of the account to invite you.");
                case EmailTaken _ ->
                    new FormProblem(
                            "Someone already signs in with your email.",
                            "Sign in with your password, or ask an owner of the account.");
                case ForeignEmail(SsoPerson named) ->
                    new FormProblem(
                            "Your email doesn’t belong to this account’s domains.",
                            named.emailSent() + " Ask an owner of the account, or sign in with your password.");
                case NoEmail(SsoPerson named) ->
                    new FormProblem(
                            SsoPerson.NO_EMAIL,
                            named.emailSent() + " "
                                    + "Ask an owner of the account to read another claim or trust this provider’s emails.");
                case BadEmail(SsoPerson named) ->
                    new FormProblem(
                            "Your email address can’t be used here.", named.emailSent() + " " + SsoPerson.BAD_EMAIL);
                case In _ -> throw new IllegalStateException("This person is in");
            };
        }
    }

    /// Finds, links or creates the person, and gives them their role. The account is locked.
    Admitted admit(Tx tx, Actor actor, Account account, AccountSso stored, SsoPerson named) {
        Optional<MemberRole> role = stored.roleOf(named);
        new AccountSsoLinkStore(tx).follow(SsoOwner.of(account.id()), named.issuer(), named.subject());
        if (role.isEmpty()) {
            new AccountSsoLinkStore(tx)
                    .refuse(SsoOwner.of(account.id()), named.issuer(), named.subject(), Instant.EPOCH);
            return new Admitted.NoRole(named);
        }
        if (!stored.settings().speaksFor(stored.emailDomains(), named)) {
            return new Admitted.ForeignEmail(named);
        }
        var identities = new IdentityStore(tx);
        Optional<String> email = email(tx, account, stored, named);
        Optional<Person> linked = new AccountSsoLinkStore(tx)
                .findLinked(SsoOwner.of(account.id()), named.issuer(), named.subject())
                .flatMap(identities::findPerson);
        if (linked.isPresent()) {
            email.filter(_ -> !linked.get().operator())
                    .ifPresent(found -> renewEmail(tx, linked.get().identity(), found));
            Admitted admitted = joined(tx, actor, account, stored, named, linked.get(), role.get());
            if (admitted instanceof Admitted.In(Person person)) {
                new AccountSsoLinkStore(tx)
                        .accept(SsoOwner.of(account.id()), person.identity().id(), clock.instant());
            }
            return admitted;
        }
        Optional<Person> cut = new AccountCutLinkStore(tx)
                .find(SsoOwner.of(account.id()), named.issuer(), named.subject())
                .flatMap(identities::findPerson);
        if (cut.isPresent()) {
            return recognized(tx, actor, account, stored, named, cut.get(), role.get());
        }
        if (email.isEmpty()) {
            return withoutEmail(named);
        }
        Optional<Person> known = identities.findByEmail(email.get());
        if (known.isPresent()) {
            return stored.settings().linkByEmail() && named.emailVerified().orElse(false)
                    ? recognized(tx, actor, account, stored, named, known.get(), role.get())
                    : new Admitted.EmailTaken();
        }
        return stored.settings().createUsers()
                ? created(tx, actor, account, stored, named, email.get(), role.get())
                : new Admitted.Unknown();
    }

    private static Admitted withoutEmail(SsoPerson named) {
        Optional<String> sent = named.email().filter(_ -> named.emailVerified().orElse(true));
        if (sent.isEmpty()) {
            return new Admitted.NoEmail(named);
        }
        return Names.brokenEmail(Names.lower(sent.get())).isPresent()
                ? new Admitted.BadEmail(named)
                : new Admitted.ForeignEmail(named);
    }

    /// Links a person who exists here to the one whom the provider has proved. Whoever registered them without having
    /// proved the email keeps no way in. That is done with the link, since the groups give the role at this moment.
    private Admitted recognized(
            Tx tx, Actor actor, Account account, AccountSso stored, SsoPerson named, Person person, MemberRole role) {
        Identity identity = person.identity();
        boolean isProved = identity.emailConfirmed();
        boolean isEmergency = stored.isEmergency(identity.id());
        var links = new AccountSsoLinkStore(tx);
        // The way in for emergencies doesn't end; so who it belongs to must have been proved before.
        if (links.isLinked(SsoOwner.of(account.id()), named.issuer(), identity.id()) || !isProved && isEmergency) {
            return new Admitted.EmailTaken();
        }
        Admitted admitted = joined(tx, actor, account, stored, named, person, role);
        if (!(admitted instanceof Admitted.In)) {
            return admitted;
        }
        if (!isProved) {
            links.unlink(identity.id());
            waysIn.end(tx, identity);
            new IdentityStore(tx).confirm(identity.id(), identity.email(), clock.instant());
            notices.recognized(tx, account, identity, stored.provider().shownHost());
            note(tx, actor, account, stored, "MemberTakenOver", identity, role);
        } else if (!stored.linkedPasswords() && !isEmergency) {
            new AwaitedFactorStore(tx).deleteAll(identity.id());
            new AccountSsoSessionStore(tx).endOthersOf(identity.id());
        }
        new AccountCutLinkStore(tx).delete(SsoOwner.of(account.id()), identity.id());
        link(tx, account, named, identity);
        links.accept(SsoOwner.of(account.id()), identity.id(), clock.instant());
        return admitted;
    }

    /// Gives a member who came in before what the provider says now. The account is locked.
    ///
    /// @return whether they may still be in
    boolean renew(Tx tx, Account account, IdentityId person, SsoPerson named) {
        if (new MembershipStore(tx).find(account.id(), person).isEmpty()) {
            return false; // removed by an owner; only a sign-in makes somebody a member
        }
        // Read again: the settings may have been changed while the provider was asked.
        boolean isIn = new AccountSsoStore(tx)
                .find(SsoOwner.of(account.id()))
                .filter(now -> now.provider().identity().equals(named.issuer()))
                .map(now -> admit(tx, Actor.SERVER, account, now, named))
                .filter(admitted -> admitted instanceof Admitted.In in
                        && in.person().identity().id().equals(person))
                .isPresent();
        if (!isIn) {
            endOthers(tx, SsoOwner.of(account.id()), person);
        }
        return isIn;
    }

    /// Notes that the provider refuses a member, and ends the sessions that a password opened: nothing says any more
    /// that they may be in. The account is locked.
    ///
    /// @param since the epoch, if it said that they may not be in
    void refuse(Tx tx, SsoOwner account, String issuer, String subject, IdentityId person, Instant since) {
        new AccountSsoLinkStore(tx).refuse(account, issuer, subject, since);
        endOthers(tx, account, person);
    }

    /// Refuses those of these members of whom their provider has said nothing for too long. The account is locked.
    void refuseSilent(Tx tx, SsoOwner account, List<IdentityId> people) {
        Instant then = clock.instant().minus(Rechecks.LONGEST_SILENCE);
        new AccountSsoLinkStore(tx)
                .refuseSilent(account, people, then)
                .forEach(person -> endOthers(tx, account, person));
    }

    private static void endOthers(Tx tx, SsoOwner account, IdentityId person) {
        boolean isEmergency = new AccountSsoStore(tx)
                .find(account)
                .filter(stored -> stored.isEmergency(person))
                .isPresent();
        if (!isEmergency) {
            new AccountSsoSessionStore(tx).endOthersOf(person);
        }
    }

    /// Returns the email that the provider names, if it speaks for its domain.
    private static Optional<String> email(Tx tx, Account account, AccountSso stored, SsoPerson named) {
        return named.email()
                .map(Names::lower)
                .filter(email -> Names.brokenEmail(email).isEmpty())
                .filter(_ -> named.emailVerified().orElse(true))
                .filter(email -> MemberDoors.speaksFor(tx, account, stored, email));
    }

    private void renewEmail(Tx tx, Identity person, String email) {
        var identities = new IdentityStore(tx);
        if (!person.email().equals(email) && identities.findByEmail(email).isEmpty()) {
            identities.setEmail(person.id(), email, clock.instant());
            identities.confirm(person.id(), email, clock.instant());
        }
    }

    /// Makes a person who exists a member, or gives a member their role.
    private Admitted joined(
            Tx tx, Actor actor, Account account, AccountSso stored, SsoPerson named, Person person, MemberRole role) {
        AccountId tenant = account.id();
        Identity now = new IdentityStore(tx).find(person.identity().id()).orElse(person.identity());
        // Who has taken another email has become somebody for whom this provider doesn’t speak. It never speaks for
        // those who run the server.
        if (person.operator() || !MemberDoors.speaksFor(tx, account, stored, now.email())) {
            return new Admitted.ForeignEmail(named);
        }
        var members = new MembershipStore(tx);
        if (members.find(tenant, now.id()).isEmpty()) {
            if (!stored.settings().createUsers()) {
                return new Admitted.Unknown();
            }
            members.insert(tenant, now.id(), rights(role), clock.instant());
            note(tx, actor, account, stored, "MemberCreatedBySso", now, role);
        } else if (!stored.isEmergency(now.id())) { // the way in for emergencies must not depend on the provider
            roles.set(tx, actor, account, now.id(), rights(role));
        }
        return new Admitted.In(new Person(now, false, person.home()));
    }

    private static MemberRights rights(MemberRole role) {
        return role == MemberRole.OWNER ? MemberRights.OWNER : MemberRights.MANAGER;
    }

    private Admitted created(
            Tx tx, Actor actor, Account account, AccountSso stored, SsoPerson named, String email, MemberRole role) {
        var identity = new Identity(uuids.nextIdentityId(), email, Passwords.NO_PASSWORD, Optional.empty(), true);
        var identities = new IdentityStore(tx);
        if (!identities.insert(identity, clock.instant())) {
            return new Admitted.EmailTaken();
        }
        identities.confirm(identity.id(), email, clock.instant());
        new MembershipStore(tx).insert(account.id(), identity.id(), rights(role), clock.instant());
        link(tx, account, named, identity);
        note(tx, actor, account, stored, "MemberCreatedBySso", identity, role);
        return new Admitted.In(new Person(identity, false, Optional.empty()));
    }

    private void link(Tx tx, Account account, SsoPerson named, Identity identity) {
        new AccountSsoLinkStore(tx)
                .link(SsoOwner.of(account.id()), named.issuer(), named.subject(), identity.id(), clock.instant());
    }

    private void note(
            Tx tx, Actor actor, Account account, AccountSso stored, String action, Identity identity, MemberRole role) {
        audit.note(
                tx,
                actor,
                account,
                action,
                Map.of(
                        "email",
                        identity.email(),
                        "role",
                        role.key(),
                        "provider",
                        stored.provider().shownHost()));
    }
}
