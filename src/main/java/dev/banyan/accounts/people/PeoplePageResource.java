package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.MemberRole;
import dev.banyan.accounts.brands.SubAccounts;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.accounts.people.AccountInvitations.InvitationRequest;
import dev.banyan.accounts.people.AccountInvitations.Invited;
import dev.banyan.accounts.people.AccountInvitations.Renewed;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.FreshLink;
import dev.banyan.platform.web.page.FreshLinks;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The pages that invite a person to work for an account, or send an invitation again.
@Path("/admin/users/people")
@RunOnVirtualThread
class PeoplePageResource {

    private final PeoplePageGuard at;
    private final AccountInvitations invitations;
    private final SubAccounts subAccounts;
    private final PageFrames shells;
    private final FreshLinks links;
    private final ErrorPages errorPages;

    PeoplePageResource(
            PeoplePageGuard at,
            AccountInvitations invitations,
            SubAccounts subAccounts,
            PageFrames shells,
            FreshLinks links,
            ErrorPages errorPages) {
        this.at = at;
        this.invitations = invitations;
        this.subAccounts = subAccounts;
        this.shells = shells;
        this.links = links;
        this.errorPages = errorPages;
    }

    @GET
    @Path("new")
    public Response form(@Context Call call) {
        return at.page(
                call,
                "",
                context -> Html.ok(page(
                        call,
                        context,
                        "",
                        MemberForm.of(subAccounts, context, MemberRole.MANAGER.key(), "all", false, List.of()),
                        FieldErrors.NONE,
                        Optional.empty())));
    }

    @POST
    public Response invite(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("role") @DefaultValue("") String role,
            @FormParam("scope") @DefaultValue("") String scope,
            @FormParam("subAccounts") List<String> subAccounts,
            @FormParam("workspaces") @DefaultValue("") String workspaces) {
        return at.page(call, as, context -> {
            List<String> chosen = MemberForm.chosen(subAccounts);
            MemberForm rights =
                    MemberForm.of(this.subAccounts, context, role, scope, workspaces.equals("true"), chosen);
            return rights.wanted(chosen)
                    .map(wanted -> invitations.invite(context, new InvitationRequest(email, wanted)))
                    .map(invited -> answer(call, context, email, rights, invited))
                    .orElseGet(() -> refused(call, context, email, rights, MemberForm.NO_ROLE));
        });
    }

    private Response answer(Call call, AccountContext context, String email, MemberForm rights, Invited invited) {
        return switch (invited) {
            case Invited.Done(String recipient, Optional<String> link) ->
                link.map(url -> showing(call, context, "invitation-created", recipient, url))
                        .orElseGet(() -> Html.seeOther(call, PeoplePageGuard.path(context, "person-invited")));
            case Invited.Self _ ->
                refused(call, context, email, rights, new Invalid("email", "You can't invite yourself."));
            case Invited.AlreadyInvited _ ->
                refused(
                        call,
                        context,
                        email,
                        rights,
                        new Invalid("email", "This person already has an invitation. You can resend it."));
            case Invited.AlreadyMember _ ->
                refused(call, context, email, rights, new Invalid("email", "This person is already a member."));
            case Invited.NotOwner _ -> at.unknown(call);
            case Invited.Unconfirmed _ ->
                problem(
                        call,
                        context,
                        email,
                        rights,
                        "Confirm your email first.",
                        "Open the link in the email we sent you. Then you can invite people.");
            case Invited.TooManyOpen _ ->
                problem(
                        call,
                        context,
                        email,
                        rights,
                        "Too many pending invitations.",
                        "Revoke some first. You can have " + AccountInvitations.OPEN_AT_MOST + " at a time.");
            case Invited.Refused(Refusal.Rejected rejected) -> refused(call, context, email, rights, rejected.first());
            case Invited.Refused(Refusal.TooMany _) ->
                problem(call, context, email, rights, "Too many invitations.", "Wait an hour and try again.");
            case Invited.Refused _ -> at.unknown(call);
        };
    }

    private Response refused(Call call, AccountContext context, String email, MemberForm rights, Invalid invalid) {
        var errors = FieldErrors.from(List.of(new Invalid(invalid.field(), invalid.userMessage())));
        return Html.invalid(page(call, context, email, rights, errors, Optional.empty()));
    }

    private Response problem(
            Call call, AccountContext context, String email, MemberForm rights, String title, String text) {
        var problem = Optional.of(new FormProblem(title, text));
        return Html.invalid(page(call, context, email, rights, FieldErrors.NONE, problem));
    }

    private InvitePage page(
            Call call,
            AccountContext context,
            String email,
            MemberForm rights,
            FieldErrors errors,
            Optional<FormProblem> problem) {
        return new InvitePage(
                shells.of(call, context, NavItem.MEMBERS, "Invite member"),
                email,
                links.mailing(),
                rights,
                errors,
                problem);
    }

    /// Redirects to the list, which shows the link.
    private Response showing(Call call, AccountContext context, String done, String email, String url) {
        return links.with(
                Html.seeOther(call, PeoplePageGuard.path(context, done)),
                PeoplePageGuard.PATH,
                FreshLink.Kind.INVITATION,
                email,
                url);
    }

    @POST
    @Path("{personId}/resend")
    public Response resend(
            @Context Call call, @PathParam("personId") String id, @FormParam("as") @DefaultValue("") String as) {
        return renew(call, as, id, invitations::resend);
    }

    /// Makes a new link for an invitation that waits, and shows it.
    @POST
    @Path("{personId}/link")
    public Response copyLink(
            @Context Call call, @PathParam("personId") String id, @FormParam("as") @DefaultValue("") String as) {
        return renew(call, as, id, invitations::copyLink);
    }

    private Response renew(Call call, String as, String id, BiFunction<AccountContext, UUID, Outcome<Renewed>> work) {
        return at.page(call, as, context -> switch (Uuids.parse(id)
                .map(known -> work.apply(context, known))
                .orElseGet(Outcome::notFound)) {
            case Outcome.Done<Renewed>(Renewed(String email, Optional<String> link)) ->
                link.map(url -> showing(call, context, "link-created", email, url))
                        .orElseGet(() -> Html.seeOther(call, PeoplePageGuard.path(context, "invitation-sent")));
            case Outcome.Refused<Renewed>(Refusal.Forbidden _) ->
                errorPages.answer(call, 403, "Confirm your email first", "Open the link in the email we sent you.");
            case Outcome.Refused<Renewed>(Refusal.TooMany(Duration wait)) ->
                Html.retryAfter(
                        wait, errorPages.answer(call, 429, "Too many invitations", "Wait an hour and try again."));
            case Outcome.Refused<Renewed> _ -> at.unknown(call);
        });
    }
}
