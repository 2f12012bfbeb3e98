package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.brands.SubAccounts;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.ConfirmPage;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.PageFrame.Acting;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The pages that change or end a person's membership of an account.
@Path("/admin/users/people")
@RunOnVirtualThread
class PersonPageResource {

    private static final FormProblem LAST_OWNER =
            new FormProblem("An account needs at least one owner.", "Make another member an owner first.");

    private final People people;
    private final MemberChanges changes;
    private final SubAccounts subAccounts;

    PersonPageResource(People people, MemberChanges changes, SubAccounts subAccounts) {
        this.people = people;
        this.changes = changes;
        this.subAccounts = subAccounts;
    }

    /// Shows a member's rights, to be changed.
    @GET
    @Path("{memberId}")
    public Response person(@Context AccountPage page, @PathParam("memberId") String id) {
        MemberPages.refuseSubAccounts(page);
        People.Staff staff = known(page, id);
        Membership now = staff.member().membership();
        MemberForm rights = MemberForm.of(
                subAccounts,
                page.context(),
                MemberForm.role(now),
                now.everything() ? "all" : "listed",
                now.workspaces() && !now.isOwner(),
                staff.listed());
        return Html.ok(person(page, staff, rights, false, FieldErrors.NONE));
    }

    @POST
    @Path("{memberId}")
    public Response change(
            @Context AccountPage page,
            @PathParam("memberId") String id,
            @FormParam("role") @DefaultValue("") String role,
            @FormParam("scope") @DefaultValue("") String scope,
            @FormParam("subAccounts") List<String> subAccounts,
            @FormParam("workspaces") @DefaultValue("") String workspaces) {
        MemberPages.refuseSubAccounts(page);
        People.Staff staff = known(page, id);
        List<String> chosen = MemberForm.chosen(subAccounts);
        MemberForm rights =
                MemberForm.of(this.subAccounts, page.context(), role, scope, workspaces.equals("true"), chosen);
        return rights.wanted(chosen)
                .map(wanted -> changes.change(page.context(), staff.member().key(), wanted))
                .map(changed -> answer(page, staff, rights, changed))
                .orElseGet(() -> refused(page, staff, rights, MemberForm.NO_ROLE));
    }

    private Response answer(AccountPage page, People.Staff staff, MemberForm rights, MembershipChanged changed) {
        return switch (changed) {
            case MembershipChanged.Done _ ->
                staff.member().identity().equals(page.context().identity()) && !rights.owner()
                        ? Html.seeOther(page.call(), Paths.INVITATIONS + "?done=role-saved") // no longer an owner
                        : MemberPages.done(page, "role-saved");
            case MembershipChanged.LastOwner _ -> Html.invalid(person(page, staff, rights, true, FieldErrors.NONE));
            case MembershipChanged.Refused(Refusal.Rejected rejected) -> refused(page, staff, rights, rejected.first());
            case MembershipChanged.Refused _ -> throw MemberPages.unknown(page);
        };
    }

    private Response refused(AccountPage page, People.Staff staff, MemberForm rights, Invalid invalid) {
        var errors = FieldErrors.from(List.of(new Invalid(invalid.field(), invalid.userMessage())));
        return Html.invalid(person(page, staff, rights, false, errors));
    }

    private PersonPage person(
            AccountPage page, People.Staff staff, MemberForm rights, boolean lastOwner, FieldErrors errors) {
        return new PersonPage(
                page.frame(NavItem.MEMBERS, staff.member().email()),
                staff.member().key().toString(),
                staff.member().email(),
                staff.member().identity().equals(page.context().identity()),
                staff.member().membership().isOwner(),
                rights,
                lastOwner,
                errors);
    }

    @GET
    @Path("{personId}/remove")
    public Response ask(@Context AccountPage page, @PathParam("personId") String id) {
        MemberPages.refuseSubAccounts(page);
        return find(page.context(), id)
                .map(People.Staff::member)
                .map(member -> removal(
                        page,
                        member.email(),
                        id,
                        member.identity().equals(page.context().identity()),
                        Optional.empty()))
                .or(() -> Uuids.parse(id)
                        .flatMap(key -> people.invitation(page.context(), key))
                        .map(invitation -> removal(page, invitation.email(), id, false, Optional.empty())))
                .map(Html::ok)
                .orElseThrow(() -> MemberPages.unknown(page));
    }

    private ConfirmPage removal(AccountPage page, String email, String id, boolean you, Optional<FormProblem> problem) {
        PageFrame shell = page.frame(NavItem.MEMBERS, "Remove member");
        Confirmation.Builder asked = you
                ? Confirmation.asking(
                                "remove",
                                "Leave “<bdi>{}</bdi>”?",
                                shell.acting().map(Acting::displayName).orElse(""))
                        .fact("You lose access to this account right away")
                        .fact("An owner can invite you again")
                : Confirmation.asking("remove", "Remove <bdi>{}</bdi>?", email)
                        .fact("They lose access to this account right away")
                        .fact("Their work and their own account stay");
        String verb = you ? "Leave" : "Remove";
        return asked.problem(problem)
                .action(verb, "/admin/users/people/" + id + "/remove")
                .keep("Cancel", "/admin/users" + shell.query())
                .under("Members", "/admin/users")
                .on(page.call(), shell, verb);
    }

    private People.Staff known(AccountPage page, String id) {
        return find(page.context(), id).orElseThrow(() -> MemberPages.unknown(page));
    }

    private Optional<People.Staff> find(AccountContext context, String id) {
        return Uuids.parse(id).flatMap(key -> people.member(context, key));
    }

    /// Ends a membership, or withdraws an invitation.
    @POST
    @Path("{personId}/remove")
    @WithFormRead
    public Response remove(@Context AccountPage page, @PathParam("personId") String id) {
        MemberPages.refuseSubAccounts(page);
        Optional<People.Staff> staff = find(page.context(), id);
        MembershipChanged ended = Uuids.parse(id)
                .map(key -> people.remove(page.context(), key))
                .orElse(MembershipChanged.Refused.NOT_FOUND);
        return switch (ended) {
            case MembershipChanged.Done _ -> done(page, staff);
            case MembershipChanged.Refused _ -> throw MemberPages.unknown(page);
            case MembershipChanged.LastOwner _ ->
                Html.invalid(removal(
                        page, staff.map(one -> one.member().email()).orElse(""), id, false, Optional.of(LAST_OWNER)));
        };
    }

    private static Response done(AccountPage page, Optional<People.Staff> staff) {
        boolean left = staff.filter(
                        one -> one.member().identity().equals(page.context().identity()))
                .isPresent();
        return left
                ? Html.seeOther(page.call(), Paths.INVITATIONS + "?done=person-left")
                : MemberPages.done(page, staff.isPresent() ? "person-removed" : "invitation-revoked");
    }
}
