package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.brands.SubAccounts;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
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

/// The pages that change or end a person's membership of an account.
@Path("/admin/users/people")
@RunOnVirtualThread
class PersonPageResource {

    private static final FormProblem LAST_OWNER =
            new FormProblem("An account needs at least one owner.", "Make another member an owner first.");

    private final PeoplePageGuard at;
    private final People people;
    private final MemberChanges changes;
    private final SubAccounts subAccounts;
    private final PageFrames shells;

    PersonPageResource(
            PeoplePageGuard at, People people, MemberChanges changes, SubAccounts subAccounts, PageFrames shells) {
        this.at = at;
        this.people = people;
        this.changes = changes;
        this.subAccounts = subAccounts;
        this.shells = shells;
    }

    /// Shows a member's rights, to be changed.
    @GET
    @Path("{memberId}")
    public Response person(@Context Call call, @PathParam("memberId") String id) {
        return at.page(
                call,
                "",
                context -> find(context, id)
                        .map(staff -> {
                            Membership now = staff.member().membership();
                            MemberForm rights = MemberForm.of(
                                    subAccounts,
                                    context,
                                    now.role().key(),
                                    now.everything() ? "all" : "listed",
                                    now.workspaces() && !now.isOwner(),
                                    staff.listed());
                            return Html.ok(person(call, context, staff, rights, false, FieldErrors.NONE));
                        })
                        .orElseGet(() -> at.unknown(call)));
    }

    @POST
    @Path("{memberId}")
    public Response change(
            @Context Call call,
            @PathParam("memberId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("role") @DefaultValue("") String role,
            @FormParam("scope") @DefaultValue("") String scope,
            @FormParam("subAccounts") List<String> subAccounts,
            @FormParam("workspaces") @DefaultValue("") String workspaces) {
        return at.page(
                call,
                as,
                context -> find(context, id)
                        .map(staff -> {
                            List<String> chosen = MemberForm.chosen(subAccounts);
                            MemberForm rights = MemberForm.of(
                                    this.subAccounts, context, role, scope, workspaces.equals("true"), chosen);
                            return rights.wanted(chosen)
                                    .map(wanted -> changes.change(
                                            context, staff.member().key(), wanted))
                                    .map(changed -> answer(call, context, staff, rights, changed))
                                    .orElseGet(() -> refused(call, context, staff, rights, MemberForm.NO_ROLE));
                        })
                        .orElseGet(() -> at.unknown(call)));
    }

    private Response answer(
            Call call, AccountContext context, People.Staff staff, MemberForm rights, MembershipChanged changed) {
        return switch (changed) {
            case MembershipChanged.Done _ ->
                staff.member().identity().equals(context.identity()) && !rights.owner()
                        ? Html.seeOther(call, Paths.INVITATIONS + "?done=role-saved") // no longer an owner
                        : Html.seeOther(call, PeoplePageGuard.path(context, "role-saved"));
            case MembershipChanged.LastOwner _ ->
                Html.invalid(person(call, context, staff, rights, true, FieldErrors.NONE));
            case MembershipChanged.Refused(Refusal.Rejected rejected) ->
                refused(call, context, staff, rights, rejected.first());
            case MembershipChanged.Refused _ -> at.unknown(call);
        };
    }

    private Response refused(
            Call call, AccountContext context, People.Staff staff, MemberForm rights, Invalid invalid) {
        var errors = FieldErrors.from(List.of(new Invalid(invalid.field(), invalid.userMessage())));
        return Html.invalid(person(call, context, staff, rights, false, errors));
    }

    private PersonPage person(
            Call call,
            AccountContext context,
            People.Staff staff,
            MemberForm rights,
            boolean lastOwner,
            FieldErrors errors) {
        return new PersonPage(
                shells.of(call, context, NavItem.MEMBERS, "Edit member"),
                staff.member().key().toString(),
                staff.member().email(),
                staff.member().identity().equals(context.identity()),
                staff.member().membership().isOwner(),
                rights,
                lastOwner,
                errors);
    }

    @GET
    @Path("{personId}/remove")
    public Response ask(@Context Call call, @PathParam("personId") String id) {
        return at.page(
                call,
                "",
                context -> find(context, id)
                        .map(People.Staff::member)
                        .map(member -> removal(
                                call,
                                context,
                                member.email(),
                                id,
                                member.identity().equals(context.identity()),
                                Optional.empty()))
                        .or(() -> Uuids.parse(id)
                                .flatMap(key -> people.invitation(context, key))
                                .map(invitation ->
                                        removal(call, context, invitation.email(), id, false, Optional.empty())))
                        .map(Html::ok)
                        .orElseGet(() -> at.unknown(call)));
    }

    private ConfirmPage removal(
            Call call, AccountContext context, String email, String id, boolean you, Optional<FormProblem> problem) {
        PageFrame shell = shells.of(call, context, NavItem.MEMBERS, "Remove member");
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
                .on(call, shell, verb);
    }

    private Optional<People.Staff> find(AccountContext context, String id) {
        return Uuids.parse(id).flatMap(key -> people.member(context, key));
    }

    /// Ends a membership, or withdraws an invitation.
    @POST
    @Path("{personId}/remove")
    public Response remove(
            @Context Call call, @PathParam("personId") String id, @FormParam("as") @DefaultValue("") String as) {
        return at.page(call, as, context -> {
            Optional<People.Staff> staff = find(context, id);
            MembershipChanged ended =
                    Uuids.parse(id).map(key -> people.remove(context, key)).orElse(MembershipChanged.Refused.NOT_FOUND);
            return switch (ended) {
                case MembershipChanged.Done _ -> done(call, context, staff);
                case MembershipChanged.Refused _ -> at.unknown(call);
                case MembershipChanged.LastOwner _ ->
                    Html.invalid(removal(
                            call,
                            context,
                            staff.map(one -> one.member().email()).orElse(""),
                            id,
                            false,
                            Optional.of(LAST_OWNER)));
            };
        });
    }

    private static Response done(Call call, AccountContext context, Optional<People.Staff> staff) {
        boolean left = staff.filter(one -> one.member().identity().equals(context.identity()))
                .isPresent();
        return left
                ? Html.seeOther(call, Paths.INVITATIONS + "?done=person-left")
                : Html.seeOther(
                        call,
                        PeoplePageGuard.path(context, staff.isPresent() ? "person-removed" : "invitation-revoked"));
    }
}
