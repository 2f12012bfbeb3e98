package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.secrets.SealedSecrets;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.failover.FailoverDecision.Verdict;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Mails the members who may manage a pool when a failover waits for their approval. The link in the mail is signed for
/// one decision and one person. It opens a page with two buttons and does nothing by itself, because mail scanners open
/// links, too; and it works once, because a decision can be made once.
@Singleton
record ApprovalLinks(
        Database database, Failovers failovers, SealedSecrets secrets, Mails mails, Settings settings, Clock clock) {

    static final Duration LIFE = Duration.ofDays(3);

    public static final String PATH = "/pools/approve";

    private static final String PURPOSE = "failover approval";
    private static final int MOST_MEMBERS = 1_000;
    private static final int MOST_MAILS = 100;

    /// What a link leads to.
    public sealed interface Opened {

        /// @param pool the name of the pool that has failed
        /// @param standIn the name of the pool that would stand in
        record Waiting(Account account, FailoverDecision decision, String pool, String standIn) implements Opened {}

        /// The decision was made, by this person or somebody else, or it is not needed any more.
        record Decided(FailoverDecision decision, String pool) implements Opened {}

        /// The link is incomplete or too old, or its person may no longer manage the pool.
        record NotFound() implements Opened {}
    }

    private record Link(AccountId tenant, IdentityId member, UUID decision) {}

    /// Mails the members who may decide.
    void approvalWanted(@Observes ApprovalRequested wanted) {
        var people = new IdentityStore(wanted.tx());
        String account = new AccountStore(wanted.tx())
                .find(wanted.tenant())
                .map(Account::displayName)
                .orElseThrow();
        new MembershipStore(wanted.tx())
                .people(wanted.tenant(), "", Optional.empty(), MOST_MEMBERS).stream()
                        .filter(member -> mayDecide(member.membership()))
                        .limit(MOST_MAILS)
                        .flatMap(member -> people.find(member.identity()).stream())
                        .forEach(person -> ask(wanted, account, person));
    }

    private static boolean mayDecide(Membership membership) {
        return membership.isOwner() || membership.everything() && membership.workspaces();
    }

    private void ask(ApprovalRequested wanted, String account, Identity person) {
        String pool = wanted.pool().shownName();
        mails.send(
                wanted.tx(),
                MailKind.NOTICE,
                person.email(),
                "“" + pool + "” has failed and waits for your approval",
                """
                The pool “%s” of %s can’t send. %s

                “%s” can stand in. It would get %s.

                Review it and decide:
                %s

                Nothing moves until someone approves. The link is only for you and works for three days. If you don’t \
                manage this pool, ignore this email.
                """.formatted(
                                pool,
                                account,
                                wanted.decision().trigger(),
                                wanted.standIn().shownName(),
                                wanted.decision().moved().text(),
                                address(wanted, person)));
    }

    /// People whose email is not confirmed sign in first: the address may belong to somebody else.
    private String address(ApprovalRequested wanted, Identity person) {
        return settings.baseUrl()
                + (person.emailConfirmed()
                        ? PATH + "?token=" + token(wanted.decision().id(), person.id())
                        : "/admin/pools/" + wanted.pool().id() + "/failover");
    }

    private String token(UUID decision, IdentityId member) {
        String text = decision + "_" + member;
        return text + "_" + secrets.stamp(text, PURPOSE);
    }

    /// Reads what a link is about, and changes nothing.
    public Opened open(String token) {
        return database.read(
                tx -> link(tx, token).<Opened>flatMap(link -> opened(tx, link)).orElseGet(Opened.NotFound::new));
    }

    private Optional<Opened> opened(Tx tx, Link link) {
        return new FailoverDecisionStore(tx)
                .find(link.tenant(), link.decision())
                .flatMap(decision -> new AccountStore(tx).find(link.tenant()).map(account -> {
                    String pool = name(tx, link.tenant(), decision.pool());
                    return decision.verdict() == Verdict.PROPOSED
                            ? new Opened.Waiting(
                                    account,
                                    decision,
                                    pool,
                                    name(tx, link.tenant(), decision.chosen().orElseThrow()))
                            : new Opened.Decided(decision, pool);
                }));
    }

    private static String name(Tx tx, AccountId tenant, SenderId id) {
        return Sender.shownName(new SenderStore(tx).find(tenant, id), id);
    }

    /// Approves or refuses for the person whom the link was mailed to.
    ///
    /// @param ip the address that the answer came from
    public Outcome<FailoverDecision> decide(String ip, String token, boolean approves) {
        Optional<Link> found = database.read(tx -> link(tx, token));
        return found.map(link -> {
                    var actor = new Actor(Optional.of(link.member()), ip);
                    return approves
                            ? failovers.approve(link.tenant(), actor, link.decision())
                            : failovers.refuse(link.tenant(), actor, link.decision());
                })
                .orElseGet(Outcome::notFound);
    }

    private Optional<Link> link(Tx tx, String token) {
        String[] parts = token.split("_", 3);
        if (parts.length != 3 || !secrets.isStampOf(parts[2], parts[0] + "_" + parts[1], PURPOSE)) {
            return Optional.empty();
        }
        // What we have signed is well-formed.
        var decision = UUID.fromString(parts[0]);
        var member = new IdentityId(UUID.fromString(parts[1]));
        return new FailoverDecisionStore(tx)
                .tenantOf(decision)
                .filter(tenant -> isActive(tx, tenant)
                        && new MembershipStore(tx)
                                .find(tenant, member)
                                .filter(ApprovalLinks::mayDecide)
                                .isPresent()
                        && isFresh(tx, tenant, decision))
                .map(tenant -> new Link(tenant, member, decision));
    }

    private static boolean isActive(Tx tx, AccountId tenant) {
        return new AccountStore(tx)
                .find(tenant)
                .filter(account -> account.status() == AccountStatus.ACTIVE)
                .isPresent();
    }

    private boolean isFresh(Tx tx, AccountId tenant, UUID decision) {
        return new FailoverDecisionStore(tx)
                .find(tenant, decision)
                .filter(found -> found.at().plus(LIFE).isAfter(clock.instant()))
                .isPresent();
    }
}
