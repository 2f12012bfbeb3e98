package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.AccessChanged;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountInvitation;
import dev.banyan.accounts.AccountInvitationStore;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.ApiKey;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.ManagedAccount;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.Names;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// The members of an account, the accounts that a person works for, and how memberships end. An account never loses its
/// last owner, however many leave at once.
@Singleton
public record People(
        Database database, PeopleMails mails, OwnerRights rights, Audit audit, Event<AccessChanged> accessChanged) {

    private static final int INVITATIONS_SHOWN = 1_000;

    /// A member of an account.
    ///
    /// @param listed usernames of sub-accounts, unless the scope is everything
    public record Staff(MembershipStore.Member member, List<String> listed) {}

    public record Open(AccountInvitation invitation, List<String> listed) {}

    /// @param invitations on the first page only: there are few
    /// @param owners the total number of owners, shown or not
    /// @param next the person after whom the list continues
    public record OfAccount(List<Staff> members, List<Open> invitations, int owners, Optional<IdentityId> next) {}

    /// An invitation to a person.
    ///
    /// @param listed usernames of sub-accounts, unless the scope is everything
    record Asked(AccountInvitation invitation, Account root, List<String> listed) {}

    /// @param confirmed whether the person's e-mail is confirmed; until then, what is addressed to it stays hidden
    /// @param joined accounts of other owners; a manager of listed sub-accounts has one entry for each of them
    record OfPerson(boolean confirmed, String email, List<Asked> invitations, List<ManagedAccount> joined) {}

    /// Returns the people of an account and its open invitations.
    ///
    /// @param search a part of an e-mail or a username; empty finds all
    public OfAccount of(AccountContext context, String search, Optional<IdentityId> after, int limit) {
        AccountId tenant = context.root().id();
        String wanted = Names.lower(search);
        return database.read(tx -> {
            var members = new MembershipStore(tx);
            List<MembershipStore.Member> found = members.people(tenant, wanted, after, limit + 1);
            List<MembershipStore.Member> shown = found.stream().limit(limit).toList();
            return new OfAccount(
                    staff(tx, tenant, shown),
                    after.isPresent() ? List.of() : invited(tx, tenant, wanted),
                    members.countOwners(tenant),
                    found.size() > limit ? Optional.of(shown.getLast().identity()) : Optional.empty());
        });
    }

    private static List<Staff> staff(Tx tx, AccountId tenant, List<MembershipStore.Member> members) {
        var names = new MembershipStore(tx)
                .listedNames(
                        tenant,
                        members.stream()
                                .filter(member -> !member.membership().everything())
                                .map(MembershipStore.Member::identity)
                                .collect(Collectors.toSet()));
        return members.stream()
                .map(member -> new Staff(member, names.getOrDefault(member.identity(), List.of())))
                .toList();
    }

    private static List<Open> invited(Tx tx, AccountId tenant, String search) {
        var invitations = new AccountInvitationStore(tx);
        List<AccountInvitation> sent = invitations.ofAccount(tenant, AccountInvitations.OPEN_AT_MOST).stream()
                .filter(invitation -> invitation.email().contains(search))
                .toList();
        var names = invitations.listedNames(
                tenant, sent.stream().map(AccountInvitation::id).toList());
        return sent.stream()
                .map(one -> new Open(one, names.getOrDefault(one.id(), List.of())))
                .toList();
    }

    /// @param key the person's home account, or the person
    Optional<Staff> member(AccountContext context, UUID key) {
        AccountId tenant = context.root().id();
        return database.read(tx -> new MembershipStore(tx)
                .person(tenant, key)
                .map(member -> staff(tx, tenant, List.of(member)).getFirst()));
    }

    Optional<AccountInvitation> invitation(AccountContext context, UUID id) {
        return database.read(
                tx -> new AccountInvitationStore(tx).find(context.root().id(), id));
    }

    /// @param pendingOnly leaves out rejected invitations
    OfPerson of(IdentityId identity, boolean pendingOnly) {
        return database.read(tx -> {
            Identity person = new IdentityStore(tx).find(identity).orElseThrow();
            List<AccountInvitation> asked = person.emailConfirmed()
                    ? new AccountInvitationStore(tx).addressedTo(person.email(), pendingOnly, INVITATIONS_SHOWN)
                    : List.of();
            Map<UUID, List<String>> names =
                    asked.isEmpty() ? Map.of() : new AccountInvitationStore(tx).listedNames(identity);
            Map<AccountId, Account> roots = new AccountStore(tx)
                    .active(asked.stream().map(AccountInvitation::tenant).toList()).stream()
                            .collect(Collectors.toMap(Account::id, account -> account));
            return new OfPerson(
                    person.emailConfirmed(),
                    person.email(),
                    asked.stream()
                            .flatMap(invitation -> Stream.ofNullable(roots.get(invitation.tenant()))
                                    .map(root -> new Asked(
                                            invitation, root, names.getOrDefault(invitation.id(), List.of()))))
                            .toList(),
                    ManagedAccount.by(tx, identity));
        });
    }

    /// Returns the accounts of other owners that a person works for.
    List<ManagedAccount> joined(IdentityId identity) {
        return database.read(tx -> ManagedAccount.by(tx, identity));
    }

    /// Returns the username of the account that a member begins with: the account itself, or the first brand that they
    /// work for.
    Optional<String> landing(IdentityId identity, AccountId tenant) {
        return joined(identity).stream()
                .filter(managed -> managed.root().id().equals(tenant))
                .findFirst()
                .map(managed -> managed.account().username());
    }

    /// Returns true if the context's root account is the person's home account, where invitations addressed to the
    /// person count.
    boolean isHome(AccountContext context) {
        return database.read(tx -> new IdentityStore(tx).home(context.identity()))
                .equals(Optional.of(context.root().id()));
    }

    /// Ends a person's work for the account, or their invitation to it.
    ///
    /// @param key the person's home account, the person, or the invitation
    public MembershipChanged remove(AccountContext context, UUID key) {
        if (!context.isInPerson()) {
            return MembershipChanged.Refused.NOT_IN_PERSON;
        }
        return database.write(tx -> {
            AccountId tenant = context.root().id();
            Optional<MembershipStore.Member> member = new MembershipStore(tx).person(tenant, key);
            return member.isPresent()
                    ? end(tx, context.actor(), context.root(), member.get())
                    : withdraw(tx, context, key);
        });
    }

    private MembershipChanged withdraw(Tx tx, AccountContext context, UUID key) {
        var invitations = new AccountInvitationStore(tx);
        AccountId tenant = context.root().id();
        Optional<AccountInvitation> invitation = invitations.find(tenant, key);
        if (invitation.isEmpty() || !invitations.delete(tenant, invitation.get().id())) {
            return MembershipChanged.Refused.NOT_FOUND;
        }
        note(
                tx,
                context.actor(),
                context.root(),
                "InvitationWithdrawn",
                invitation.get().email());
        return new MembershipChanged.Done();
    }

    /// Ends the person's work for an account, or withdraws them from its invitation.
    public MembershipChanged leave(Actor actor, IdentityId identity, AccountId tenant) {
        return database.write(tx -> {
            Optional<Account> root = new AccountStore(tx).find(tenant);
            Optional<MembershipStore.Member> member = new MembershipStore(tx).person(tenant, identity.value());
            if (root.isPresent() && member.isPresent()) {
                return end(tx, actor, root.get(), member.get());
            }
            var invitations = new AccountInvitationStore(tx);
            Optional<AccountInvitation> invitation = new IdentityStore(tx)
                    .find(identity)
                    .filter(Identity::emailConfirmed)
                    .flatMap(person -> invitations.find(tenant, person.email()));
            if (root.isEmpty() || invitation.isEmpty()) {
                return MembershipChanged.Refused.NOT_FOUND;
            }
            invitations.delete(tenant, invitation.get().id());
            note(tx, actor, root.get(), "InvitationRejected", invitation.get().email());
            return new MembershipChanged.Done();
        });
    }

    private MembershipChanged end(Tx tx, Actor actor, Account root, MembershipStore.Member member) {
        var members = new MembershipStore(tx);
        boolean leaves = actor.identity().equals(Optional.of(member.identity()));
        List<IdentityId> owners = members.lockOwners(root.id());
        boolean owned = owners.contains(member.identity());
        Optional<MembershipChanged.LastOwner> needed =
                owned ? rights.needed(tx, member.identity(), owners) : Optional.empty();
        if (needed.isPresent()) {
            return needed.get();
        }
        if (!members.delete(root.id(), member.identity())) {
            return MembershipChanged.Refused.NOT_FOUND;
        }
        if (owned) {
            rights.end(tx, actor, root, member, ApiKey.MAKER_GONE);
        }
        rights.reduced(tx, actor, root, member.identity());
        tx.afterCommit(() -> accessChanged.fire(new AccessChanged(root.id())));
        note(tx, actor, root, leaves ? "PersonLeft" : "PersonRemoved", member.email());
        if (leaves) {
            mails.left(tx, root, member.email());
        } else {
            mails.removed(tx, root, member.email());
        }
        return new MembershipChanged.Done();
    }

    private void note(Tx tx, Actor actor, Account root, String action, String email) {
        audit.note(tx, actor, root, action, Map.of("email", email));
    }
}
