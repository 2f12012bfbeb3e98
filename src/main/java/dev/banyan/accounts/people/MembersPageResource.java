package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountInvitation;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.brands.SubAccounts;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.context.RequiredSecondFactor;
import dev.banyan.accounts.context.RequiredSecondFactor.Changed;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.OneTimeLink;
import dev.banyan.platform.web.page.OneTimeLinks;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The members of an account: the people who sign in and work for it, and the switch with which owners require
/// two-step verification of them. The seed has the brands on this page too; they have a page of their own, to which
/// it leads.
@Path("/admin/users")
@RunOnVirtualThread
class MembersPageResource {

    private static final int ROWS = 50;
    /// Up to this many people the list has no search.
    private static final int LOOKED_THROUGH = 10;
    private static final int LONGEST_SEARCH = 100;
    /// Parameters of the list of brands, from links of before it had a page of its own.
    private static final List<String> OF_BRANDS = List.of("q", "state", "sort", "after");

    private final SubAccounts subAccounts;
    private final People people;
    private final RequiredSecondFactor secondFactor;
    private final OneTimeLinks links;

    MembersPageResource(SubAccounts subAccounts, People people, RequiredSecondFactor secondFactor, OneTimeLinks links) {
        this.subAccounts = subAccounts;
        this.people = people;
        this.secondFactor = secondFactor;
        this.links = links;
    }

    @GET
    public Response list(
            @Context AccountPage page,
            @QueryParam("people") @DefaultValue("") String wanted,
            @QueryParam("peopleAfter") @DefaultValue("") String after) {
        if (page.context().isSubAccount()) { // sub-accounts have no people
            return Html.ok(page.managed(NavItem.MEMBERS, "Members"));
        }
        if (OF_BRANDS.stream().anyMatch(name -> page.query(name).isPresent())) {
            return Html.seeOther(page.call(), page.call().path().replaceFirst("^/admin/users", "/admin/brands"));
        }
        String search = wanted.strip()
                .substring(0, Math.min(LONGEST_SEARCH, wanted.strip().length()));
        Optional<IdentityId> cursor = IdentityId.parse(after);
        People.OfAccount found = people.of(page.context(), search, cursor, ROWS);
        Optional<OneTimeLink> fresh = links.of(page.call(), MemberPages.PATH);
        return links.shown(
                fresh,
                Html.ok(new MembersPage(
                        page.frame(NavItem.MEMBERS, "Members"),
                        people(page.context(), found, search, cursor.isEmpty()),
                        secondFactor.isRequired(page.context()),
                        found.invitations().stream()
                                .map(MembersPageResource::invited)
                                .toList(),
                        links.mailing(),
                        fresh,
                        brands(subAccounts
                                .list(page.context(), "", Optional.empty(), 1)
                                .limits()))));
    }

    private static Optional<String> brands(SubAccounts.Limits limits) {
        if (limits.permission().isPresent() && !limits.unlimited()) {
            return Optional.of(limits.text() + " brands used");
        }
        return limits.used() == 0
                ? Optional.empty()
                : Optional.of(limits.used() == 1 ? "1 brand" : limits.used() + " brands");
    }

    private static MembersPage.PeopleList people(
            AccountContext context, People.OfAccount account, String search, boolean first) {
        // Pictures are for those who share the account, and not for the operator who helps them.
        boolean isOwn = context.actor().onBehalf().isEmpty();
        List<MembersPage.Person> rows = account.members().stream()
                .map(staff -> {
                    MembershipStore.Member member = staff.member();
                    return new MembersPage.Person(
                            member.key().toString(),
                            member.name(),
                            member.picture().filter(_ -> isOwn),
                            member.email(),
                            member.membership().label(),
                            work(member.membership().everything(), staff.listed()),
                            Words.dayTime(member.since()),
                            member.identity().equals(context.identity()),
                            account.owners() > 1 || !member.membership().isOwner());
                })
                .toList();
        String path = "/admin/users?as=" + context.root().username()
                + (search.isEmpty() ? "" : "&people=" + URLEncoder.encode(search, StandardCharsets.UTF_8));
        return new MembersPage.PeopleList(
                search,
                !search.isEmpty() || !first || rows.size() > LOOKED_THROUGH,
                rows,
                first,
                account.next().map(next -> path + "&peopleAfter=" + next + "#people-h"));
    }

    private static MembersPage.Invited invited(People.Open open) {
        AccountInvitation invitation = open.invitation();
        return new MembersPage.Invited(
                invitation.id().toString(),
                invitation.email(),
                invitation.membership().label(),
                work(invitation.membership().everything(), open.listed()),
                Words.dayTime(invitation.updatedAt()),
                invitation.pending());
    }

    /// Returns a member's scope; empty if it is everything.
    private static String work(boolean everything, List<String> listed) {
        return everything ? "" : listed.isEmpty() ? "no brands" : String.join(", ", listed);
    }

    @POST
    @Path("second-factor")
    public Response require(@Context AccountPage page, @FormParam("required") @DefaultValue("") String required) {
        boolean wanted = required.equals("true");
        MemberPages.refuseSubAccounts(page);
        return switch (secondFactor.require(page.context(), wanted)) {
            case Changed.Done _ -> MemberPages.done(page, wanted ? "second-factor-required" : "second-factor-optional");
            case Changed.NotOwner _ ->
                throw page.refused(403, "This is for owners", "Ask an owner of the account to change this.");
            case Changed.OwnIsMissing _ ->
                Html.seeOther(
                        page.call(),
                        RequiredSecondFactor.PATH + "?as="
                                + page.context().acting().username() + "&required=1");
        };
    }
}
