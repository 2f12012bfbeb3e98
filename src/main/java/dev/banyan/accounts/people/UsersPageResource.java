package dev.banyan.accounts.people;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountInvitation;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.brands.SubAccountCard;
import dev.banyan.accounts.brands.SubAccounts;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.ManagedPage;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.accounts.context.RequiredSecondFactor;
import dev.banyan.accounts.plans.PackUpgrade;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FreshLink;
import dev.banyan.platform.web.page.FreshLinks;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The Users page: the people who sign in, and the brands they run.
@Path("/admin/users")
@RunOnVirtualThread
class UsersPageResource {

    private static final int ROWS = 50;
    /// Up to this many people the list has no search.
    private static final int LOOKED_THROUGH = 10;
    private static final int LONGEST_SEARCH = 100;

    private final RequiredSecondFactor secondFactor;
    private final AccountGuard acting;
    private final Accounts accounts;
    private final SubAccounts subAccounts;
    private final People people;
    private final PageFrames shells;
    private final FreshLinks links;
    private final Clock clock;

    UsersPageResource(
            AccountGuard acting,
            Accounts accounts,
            SubAccounts subAccounts,
            People people,
            PageFrames shells,
            FreshLinks links,
            Clock clock,
            RequiredSecondFactor secondFactor) {
        this.secondFactor = secondFactor;
        this.acting = acting;
        this.accounts = accounts;
        this.subAccounts = subAccounts;
        this.people = people;
        this.shells = shells;
        this.links = links;
        this.clock = clock;
    }

    @GET
    public Response list(
            @Context Call call,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("sort") @DefaultValue("") String sort,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("people") @DefaultValue("") String wanted,
            @QueryParam("peopleAfter") @DefaultValue("") String peopleAfter) {
        return acting.page(call, context -> {
            if (context.isSubAccount()) { // sub-accounts have neither people nor sub-accounts
                return Html.ok(new ManagedPage(shells.of(call, context, NavItem.USERS, "Users")));
            }
            var filter = UsersFilter.of(context.root().username(), search, state, sort);
            String person = wanted.strip()
                    .substring(0, Math.min(LONGEST_SEARCH, wanted.strip().length()));
            Optional<FreshLink> fresh = links.of(call, PeoplePageGuard.PATH);
            return links.shown(
                    fresh,
                    Html.ok(page(
                            call,
                            context,
                            filter,
                            AccountId.parse(after),
                            person,
                            IdentityId.parse(peopleAfter),
                            fresh)));
        });
    }

    private UsersPage page(
            Call call,
            AccountContext context,
            UsersFilter filter,
            Optional<AccountId> after,
            String person,
            Optional<IdentityId> peopleAfter,
            Optional<FreshLink> fresh) {
        SubAccounts.Listed listed = subAccounts.list(context, filter.query(after, ROWS));
        SubAccounts.Limits limits = listed.limits();
        Instant now = clock.instant();
        People.OfAccount ofAccount = people.of(context, person, peopleAfter, ROWS);
        return new UsersPage(
                shells.of(call, context, NavItem.USERS, "Users"),
                people(context, ofAccount, person, peopleAfter.isEmpty()),
                secondFactor.isRequired(context),
                ofAccount.invitations().stream().map(UsersPageResource::invited).toList(),
                links.mailing(),
                fresh,
                limits.permission()
                        .map(permission -> new UsersPage.PackUsage(
                                (int) limits.used(), limits.max(), permission.label(), limits.packLabel())),
                limits.permission().isEmpty() ? limits.used() : 0,
                PackUpgrade.of(accounts, context),
                filter,
                listed.subAccounts().stream()
                        .map(subAccount -> SubAccountCard.of(subAccount, now))
                        .toList(),
                after.isEmpty(),
                listed.next().map(next -> filter.href() + "&after=" + next));
    }

    private static UsersPage.PeopleList people(
            AccountContext context, People.OfAccount account, String search, boolean first) {
        List<UsersPage.Person> rows = account.members().stream()
                .map(staff -> {
                    MembershipStore.Member member = staff.member();
                    return new UsersPage.Person(
                            member.key().toString(),
                            member.name(),
                            member.email(),
                            member.membership().role().label(member.membership().workspaces()),
                            work(member.membership().everything(), staff.listed()),
                            Words.day(member.since()),
                            member.identity().equals(context.identity()),
                            account.owners() > 1 || !member.membership().isOwner());
                })
                .toList();
        String path = "/admin/users?as=" + context.root().username()
                + (search.isEmpty() ? "" : "&people=" + URLEncoder.encode(search, StandardCharsets.UTF_8));
        return new UsersPage.PeopleList(
                search,
                !search.isEmpty() || !first || rows.size() > LOOKED_THROUGH,
                rows,
                first,
                account.next().map(next -> path + "&peopleAfter=" + next + "#people-h"));
    }

    private static UsersPage.Invited invited(People.Open open) {
        AccountInvitation invitation = open.invitation();
        return new UsersPage.Invited(
                invitation.id().toString(),
                invitation.email(),
                invitation.role().label(invitation.workspaces()),
                work(invitation.everything(), open.listed()),
                Words.day(invitation.updatedAt()),
                invitation.pending());
    }

    /// Returns a member's scope; empty if it is everything.
    private static String work(boolean everything, List<String> listed) {
        return everything ? "" : listed.isEmpty() ? "no brands" : String.join(", ", listed);
    }
}
