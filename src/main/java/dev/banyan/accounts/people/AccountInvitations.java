package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountInvitation;
import dev.banyan.accounts.AccountInvitationStore;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.MemberRights;
import dev.banyan.accounts.MemberScope;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.keys.KeyMakers;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import jakarta.inject.Singleton;

/// Invites people to work for an account and handles their answers. The inviting account is the one to be managed.
@Singleton
public record AccountInvitations(
        Database database,
        PeopleMails mails,
        KeyMakers members,
        RateLimits limits,
        Audit audit,
        Clock clock,
        Uuids uuids) {

    /// How long a person without an identity can sign up with the link in the mail.
    static final Duration LINK_LIFE = Duration.ofDays(7);

    static final int OPEN_AT_MOST = 100;

    /// @param rights the rights, if they differ from those of a manager of everything without workspaces
    public record InvitationRequest(String email, MemberChange rights) {

        /// Returns an invitation as a manager of everything, as LinkToMe has them.
        public static InvitationRequest manager(String email) {
            return new InvitationRequest(email, MemberChange.NONE);
        }
    }

    /// The result of an invitation.
    public sealed interface Invited {

        /// @param link to be shown to the person who invites, if this server sends no email
        record Done(String email, Optional<String> link) implements Invited {}

        record Self() implements Invited {}

        record AlreadyInvited() implements Invited {}

        record AlreadyMember() implements Invited {}

        /// People who have not confirmed their own e-mail can't send mail to others. Where this server sends none, they
        /// get the link.
        record Unconfirmed() implements Invited {}

        /// The caller has lost the right since the request began.
        record NotOwner() implements Invited {}

        record TooManyOpen() implements Invited {}

        /// A rule is broken, too many were invited, or a key would pass on more than it holds.
        record Refused(Refusal refusal) implements Invited {}
    }

    /// How long an invitation outlives that the sign-in provider of its sender refuses them.
    private static final Duration SENDER_MISSING = Duration.ofDays(1);

    public Invited invite(AccountContext context, InvitationRequest wanted) {
        if (!context.isInPerson()) {
            return new Invited.Refused(new Refusal.Forbidden());
        }
        Optional<Invalid> broken = Names.brokenEmail(wanted.email());
        if (broken.isPresent()) {
            return new Invited.Refused(new Refusal.Rejected(List.of(broken.get())));
        }
        Optional<Duration> wait = limits.take(
                RateLimit.INVITATIONS_BY_ACCOUNT, context.root().id().toString());
        return wait.<Invited>map(time -> new Invited.Refused(new Refusal.TooMany(time)))
                .orElseGet(() -> database.write(tx -> invite(tx, context, wanted)));
    }

    private Invited invite(Tx tx, AccountContext context, InvitationRequest wanted) {
        var identities = new IdentityStore(tx);
        var invitations = new AccountInvitationStore(tx);
        AccountId tenant = context.root().id();
        String email = Names.lower(wanted.email());
        Optional<Identity> inviter = identities.find(context.identity());
        if (inviter.filter(this::mayInvite).isEmpty()) {
            return new Invited.Unconfirmed();
        }
        if (!new MembershipStore(tx).lockOwners(tenant).contains(context.identity())) {
            return new Invited.NotOwner(); // an invitation ends with the sender's right to invite
        }
        if (inviter.get().email().equals(email)) {
            return new Invited.Self();
        }
        Optional<IdentityId> known =
                identities.findByEmail(email).map(person -> person.identity().id());
        if (known.flatMap(id -> new MembershipStore(tx).find(tenant, id)).isPresent()) {
            return new Invited.AlreadyMember();
        }
        Optional<AccountInvitation> before = invitations.find(tenant, email);
        if (before.filter(AccountInvitation::pending).isPresent()) {
            return new Invited.AlreadyInvited();
        }
        before.ifPresent(refused -> invitations.delete(tenant, refused.id()));
        if (invitations.count(tenant) >= OPEN_AT_MOST) {
            return new Invited.TooManyOpen();
        }
        return wanted.rights()
                .applyTo(tx, tenant, MemberRights.MANAGER)
                .fold(rights -> insert(tx, context, email, rights, inviter.get()), Invited.Refused::new);
    }

    private boolean mayInvite(Identity inviter) {
        return inviter.emailConfirmed() || !mails.areSent();
    }

    private Invited insert(Tx tx, AccountContext context, String email, MemberRights rights, Identity inviter) {
        AccountId tenant = context.root().id();
        Instant now = clock.instant();
        String token = Digests.newToken();
        var invitation = new AccountInvitation(
                uuids.next(),
                tenant,
                email,
                rights.membership(),
                true,
                now.plus(LINK_LIFE),
                now,
                now,
                !mails.areSent());
        if (!new AccountInvitationStore(tx)
                .insert(tenant, invitation, rights.scope(), Digests.sha256Hex(token), inviter.id())) {
            return new Invited.AlreadyInvited(); // another request was faster, since the check above
        }
        mails.invited(tx, invitation, context.root(), inviter.email(), token);
        note(tx, context.actor(), context.root(), "PersonInvited", invitation);
        return new Invited.Done(email, Optional.of(mails.invitationLink(token)).filter(_ -> invitation.linkShown()));
    }

    /// The invitation has a new link.
    ///
    /// @param link to be shown to the person who asked for it; empty if it was mailed
    record Renewed(String email, Optional<String> link) {}

    /// Sends the invitation again with a new link; the old link stops working. Forbidden to people who have not
    /// confirmed their own e-mail.
    Outcome<Renewed> resend(AccountContext context, UUID id) {
        return renew(context, id, false);
    }

    /// Makes a new link to pass on by hand instead of a mail; the old link stops working. Forbidden to people who have
    /// not confirmed their own e-mail.
    Outcome<Renewed> copyLink(AccountContext context, UUID id) {
        return renew(context, id, true);
    }

    private Outcome<Renewed> renew(AccountContext context, UUID id, boolean shown) {
        if (!context.isInPerson()) {
            return Outcome.forbidden();
        }
        Optional<Duration> wait = limits.take(
                RateLimit.INVITATIONS_BY_ACCOUNT, context.root().id().toString());
        return wait.<Outcome<Renewed>>map(time -> Outcome.refused(new Refusal.TooMany(time)))
                .orElseGet(() -> database.write(tx -> {
                    var invitations = new AccountInvitationStore(tx);
                    AccountId tenant = context.root().id();
                    Optional<AccountInvitation> found = invitations.find(tenant, id);
                    Optional<Identity> inviter = new IdentityStore(tx).find(context.identity());
                    if (found.isEmpty()
                            || inviter.isEmpty()
                            || !new MembershipStore(tx).lockOwners(tenant).contains(context.identity())) {
                        return Outcome.notFound();
                    }
                    if (!mayInvite(inviter.get())) {
                        return Outcome.forbidden();
                    }
                    String token = Digests.newToken();
                    Instant now = clock.instant();
                    invitations.renew(
                            tenant, id, Digests.sha256Hex(token), shown, context.identity(), now.plus(LINK_LIFE), now);
                    if (!shown) {
                        mails.invited(
                                tx, found.get(), context.root(), inviter.get().email(), token);
                    }
                    note(tx, context.actor(), context.root(), "PersonInvited", found.get());
                    return Outcome.done(new Renewed(
                            found.get().email(),
                            Optional.of(mails.invitationLink(token)).filter(_ -> shown)));
                }));
    }

    /// Records the answer of the person who has the e-mail that the invitation was sent to. Forbidden before they
    /// confirmed it.
    public Outcome<Account> answer(Actor actor, IdentityId identity, AccountId tenant, boolean accepts) {
        return database.write(tx -> {
            Optional<Identity> person = new IdentityStore(tx).find(identity);
            Optional<Account> root = new AccountStore(tx)
                    .lock(tenant)
                    .filter(account -> !account.isSubAccount() && account.status() == AccountStatus.ACTIVE);
            if (person.isEmpty() || root.isEmpty()) {
                return Outcome.notFound();
            }
            if (!person.get().emailConfirmed()) {
                return Outcome.forbidden();
            }
            Optional<AccountInvitation> invitation = new AccountInvitationStore(tx)
                    .find(tenant, person.get().email())
                    .filter(AccountInvitation::pending);
            return invitation
                    .map(found -> answer(tx, actor, person.get(), root.get(), found, accepts))
                    .orElseGet(Outcome::notFound);
        });
    }

    /// Accepts the invitation that a link leads to, in the name of a person with its e-mail. The caller has checked
    /// that the link is the invitation's.
    ///
    /// @return not found if the account is no longer in use, or the invitation was withdrawn
    Outcome<Account> accept(Tx tx, Actor actor, Identity person, AccountInvitation invitation) {
        return new AccountStore(tx)
                .lock(invitation.tenant())
                .filter(account -> !account.isSubAccount() && account.status() == AccountStatus.ACTIVE)
                .map(root -> answer(tx, actor, person, root, invitation, true))
                .orElseGet(Outcome::notFound);
    }

    private Outcome<Account> answer(
            Tx tx, Actor actor, Identity person, Account root, AccountInvitation invitation, boolean accepts) {
        var invitations = new AccountInvitationStore(tx);
        Instant now = clock.instant();
        boolean isRefused = invitations
                .sender(root.id(), invitation.id())
                .flatMap(sender -> members.refusedBy(tx, root.id(), sender, SENDER_MISSING))
                .isPresent();
        if (accepts && isRefused) {
            return Outcome.notFound(); // ends with its sender's right
        }
        if (accepts) {
            MemberScope scope = invitations.scope(root.id(), invitation);
            if (!invitations.delete(root.id(), invitation.id())) {
                return Outcome.notFound(); // withdrawn just now
            }
            if (!scope.everything() && scope.accounts().isEmpty()) {
                return Outcome.notFound(); // everything it was about is erased
            }
            new MembershipStore(tx).insert(root.id(), person.id(), invitation.rights(scope), now);
        } else {
            invitations.reject(root.id(), invitation.id(), now);
        }
        note(tx, actor, root, accepts ? "InvitationAccepted" : "InvitationRejected", invitation);
        mails.answered(tx, root, person.email(), accepts);
        return Outcome.done(root);
    }

    private void note(Tx tx, Actor actor, Account root, String action, AccountInvitation invitation) {
        audit.note(
                tx,
                actor,
                root.owner(),
                action,
                invitation.id().toString(),
                Map.of(
                        "email",
                        invitation.email(),
                        "role",
                        invitation.rights(MemberScope.ALL).summary()));
    }
}
