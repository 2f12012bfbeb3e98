package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountInvitation;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.MemberRights;
import dev.banyan.accounts.MemberScope;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import jakarta.inject.Singleton;

/// Mails about who works for an account.
@Singleton
record PeopleMails(Mails mails, Settings settings) {

    /// Returns true if this server sends mails. Otherwise the links in them are shown to those who caused them.
    boolean areSent() {
        return mails.isConnected();
    }

    String invitationLink(String token) {
        return settings.baseUrl() + InvitedPageResource.PATH + "?token=" + token;
    }

    /// @param from the e-mail of the person who invites
    void invited(Tx tx, AccountInvitation invitation, Account root, String from, String token) {
        mails.send(
                tx,
                MailKind.INVITATION,
                invitation.email(),
                from + " invited you to " + root.displayName() + " on Banyan",
                """
                %s invited you to join “%s” (@%s) as %s.

                Accept or decline the invitation:
                %s

                If you don't have an account yet, you can create one there within the next seven days.
                If you don't know the sender, ignore this email.
                """.formatted(
                                from,
                                root.displayName(),
                                root.username(),
                                invitation.rights(MemberScope.ALL).summary(),
                                invitationLink(token)));
    }

    void answered(Tx tx, Account root, String who, boolean accepted) {
        String answer = accepted ? "accepted" : "declined";
        tellOwners(
                tx,
                root.id(),
                "Your invitation was " + answer,
                accepted
                        ? """
                %s is now a member of “%s”. Manage your members:
                %s
                """.formatted(
                                who, root.displayName(), settings.baseUrl() + "/admin/users?as=" + root.username())
                        : """
                %s declined your invitation to “%s”.
                """.formatted(who, root.displayName()));
    }

    void left(Tx tx, Account root, String who) {
        tellOwners(tx, root.id(), who + " left " + root.displayName(), """
                %s is no longer a member of “%s” on Banyan.
                """.formatted(who, root.displayName()));
    }

    void removed(Tx tx, Account root, String who) {
        mails.send(
                tx,
                MailKind.INVITATION,
                who,
                "You no longer have access to " + root.displayName() + " on Banyan",
                """
                An owner of “%s” (@%s) removed you from its members. Your own account isn't affected.
                """.formatted(root.displayName(), root.username()));
    }

    /// @param listed usernames of sub-accounts, unless the scope is everything
    void changed(Tx tx, Account root, String who, MemberRights rights, List<String> listed) {
        mails.send(
                tx,
                MailKind.INVITATION,
                who,
                "Your access to " + root.displayName() + " on Banyan has changed",
                """
                An owner of “%s” (@%s) changed your role. You are now %s for %s.
                """.formatted(
                                root.displayName(),
                                root.username(),
                                rights.summary(),
                                listed.isEmpty() ? "everything" : String.join(", ", listed)));
    }

    /// @param left whether they are no member any more, or one with fewer rights
    /// @param done what the person did there, in plain words
    void leftBehind(Tx tx, Account root, String who, boolean left, List<String> done) {
        tellOwners(tx, root.id(), "Look at what " + who + " set up for " + root.displayName(), """
                %s %s “%s” on Banyan. What they set up for everyone still works. Make sure that its addresses and \
                logins are yours:

                %s

                The audit log says when, and for which workspace or brand: %s/admin/audit?as=%s
                """.formatted(
                        who,
                        left ? "is no longer a member of" : "has fewer rights in",
                        root.displayName(),
                        "- " + String.join("\n- ", done),
                        settings.baseUrl(),
                        root.username()));
    }

    private void tellOwners(Tx tx, AccountId tenant, String subject, String body) {
        new IdentityStore(tx)
                .ownerEmails(tenant)
                .forEach(owner -> mails.send(tx, MailKind.INVITATION, owner, subject, body));
    }
}
