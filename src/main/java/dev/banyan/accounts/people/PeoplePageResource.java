package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.MemberRole;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.brands.SubAccounts;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.people.AccountInvitations.InvitationRequest;
import dev.banyan.accounts.people.AccountInvitations.Invited;
import dev.banyan.accounts.people.AccountInvitations.Renewed;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.ConfirmPage;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.OneTimeLink;
import dev.banyan.platform.web.page.OneTimeLinks;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.PageFrame.Acting;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The pages that invite a person to work for an account, send an invitation again, and change or end a membership.
@Path("/admin/users/people")
@RunOnVirtualThread
class PeoplePageResource {

    private static final FormProblem LAST_OWNER =
            new FormProblem("An account needs at least one owner.", "Make another member an owner first.");

    private final AccountInvitations invitations;
    private final SubAccounts subAccounts;
    private final OneTimeLinks links;
    private final People people;
    private final MemberChanges changes;

    PeoplePageResource(
            AccountInvitations invitations,
            SubAccounts subAccounts,
            OneTimeLinks links,
            People people,
            MemberChanges changes) {
        this.invitations = invitations;
        this.subAccounts = subAccounts;
        this.links = links;
        this.people = people;
        this.changes = changes;
    }

    @GET
    @Path("new")
    public Response form(@Context AccountPage page) {
        MemberPages.refuseSubAccounts(page);
        return Html.ok(page(
                page,
                "",
                MemberForm.of(subAccounts, page.context(), MemberRole.MANAGER.key(), "all", false, List.of()),
                FieldErrors.NONE,
                Optional.empty()));
    }

    @POST
    public Response invite(
            @Context AccountPage page,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("role") @DefaultValue("") String role,
            @FormParam("scope") @DefaultValue("") String scope,
            @FormParam("subAccounts") List<String> subAccounts,
            @FormParam("workspaces") @DefaultValue("") String workspaces) {
        MemberPages.refuseSubAccounts(page);
        List<String> chosen = MemberForm.chosen(subAccounts);
        MemberForm rights =
                MemberForm.of(this.subAccounts, page.context(), role, scope, workspaces.equals("true"), chosen);
        Optional<Invalid> broken = rights.broken(chosen);
        return broken.isPresent()
                ? refused(page, email, rights, broken.get())
                : answer(
                        page,
                        email,
                        rights,
                        invitations.invite(page.context(), new InvitationRequest(email, rights.wanted(chosen))));
    }

    private Response answer(AccountPage page, String email, MemberForm rights, Invited invited) {
        return switch (invited) {
            case Invited.Done(String recipient, Optional<String> link) ->
                link.map(url -> showing(page, "invitation-created", recipient, url))
                        .orElseGet(() -> MemberPages.done(page, "person-invited"));
            case Invited.Self _ -> refused(page, email, rights, new Invalid("email", "You can't invite yourself."));
            case Invited.AlreadyInvited _ ->
                refused(
                        page,
                        email,
                        rights,
                        new Invalid("email", "This person already has an invitation. You can resend it."));
            case Invited.AlreadyMember _ ->
                refused(page, email, rights, new Invalid("email", "This person is already a member."));
            case Invited.NotOwner _ -> throw MemberPages.unknown(page);
            case Invited.Unconfirmed _ ->
                problem(
                        page,
                        email,
                        rights,
                        "Confirm your email first.",
                        "Open the link in the email we sent you. Then you can invite people.");
            case Invited.TooManyOpen _ ->
                problem(
                        page,
                        email,
                        rights,
                        "Too many pending invitations.",
                        "Revoke some first. You can have " + AccountInvitations.OPEN_AT_MOST + " at a time.");
            case Invited.Refused(Refusal.Rejected rejected) -> refused(page, email, rights, rejected.first());
            case Invited.Refused(Refusal.TooMany _) ->
                problem(page, email, rights, "Too many invitations.", "Wait an hour and try again.");
            case Invited.Refused _ -> throw MemberPages.unknown(page);
        };
    }

    private Response refused(AccountPage page, String email, MemberForm rights, Invalid invalid) {
        var errors = FieldErrors.from(List.of(new Invalid(invalid.field(), invalid.userMessage())));
        return Html.invalid(page(page, email, rights, errors, Optional.empty()));
    }

    private Response problem(AccountPage page, String email, MemberForm rights, String title, String text) {
        var problem = Optional.of(new FormProblem(title, text));
        return Html.invalid(page(page, email, rights, FieldErrors.NONE, problem));
    }

    private InvitePage page(
            AccountPage page, String email, MemberForm rights, FieldErrors errors, Optional<FormProblem> problem) {
        return new InvitePage(
                page.frame(NavItem.MEMBERS, "Invite member"), email, links.mailing(), rights, errors, problem);
    }

    /// Redirects to the list, which shows the link.
    private Response showing(AccountPage page, String done, String email, String url) {
        return links.with(MemberPages.done(page, done), MemberPages.PATH, OneTimeLink.Kind.INVITATION, email, url);
    }

    @POST
    @Path("{personId}/resend")
    @WithFormRead
    public Response resend(@Context AccountPage page, @PathParam("personId") String id) {
        return renew(page, id, invitations::resend);
    }

    /// Makes a new link for an invitation that waits, and shows it.
    @POST
    @Path("{personId}/link")
    @WithFormRead
    public Response copyLink(@Context AccountPage page, @PathParam("personId") String id) {
        return renew(page, id, invitations::copyLink);
    }

    private Response renew(AccountPage page, String id, BiFunction<AccountContext, UUID, Outcome<Renewed>> work) {
        MemberPages.refuseSubAccounts(page);
        return switch (Uuids.parse(id)
                .map(known -> work.apply(page.context(), known))
                .orElseGet(Outcome::notFound)) {
            case Outcome.Done<Renewed>(Renewed(String email, Optional<String> link)) ->
                link.map(url -> showing(page, "link-created", email, url))
                        .orElseGet(() -> MemberPages.done(page, "invitation-sent"));
            case Outcome.Refused<Renewed>(Refusal.Forbidden _) ->
                throw page.refused(403, "Confirm your email first", "Open the link in the email we sent you.");
            case Outcome.Refused<Renewed>(Refusal.TooMany(Duration wait)) ->
                Html.retryAfter(
                        wait,
                        page.refused(429, "Too many invitations", "Wait an hour and try again.")
                                .getResponse());
            case Outcome.Refused<Renewed> _ -> throw MemberPages.unknown(page);
        };
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
        Optional<Invalid> broken = rights.broken(chosen);
        return broken.isPresent()
                ? refused(page, staff, rights, broken.get())
                : answer(
                        page,
                        staff,
                        rights,
                        changes.change(page.context(), staff.member().key(), rights.wanted(chosen)));
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
