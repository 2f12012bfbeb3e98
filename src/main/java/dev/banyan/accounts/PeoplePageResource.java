package dev.banyan.accounts;

import dev.banyan.accounts.AccountInvitations.Invited;
import dev.banyan.accounts.AccountInvitations.Resent;
import dev.banyan.accounts.AccountInvitations.Wanted;
import dev.banyan.accounts.People.Ended;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.ErrorPages;
import dev.banyan.platform.web.FieldErrors;
import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.Html;
import dev.banyan.platform.web.NavItem;
import dev.banyan.platform.web.Shell;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/// People of an account: invited, invited once more, and not any more.
@Path("/admin/users/people")
@RunOnVirtualThread
class PeoplePageResource {

    /// Boxes to tick; the others are named.
    private static final int BOXES = 50;

    private final ActingAs acting;
    private final People people;
    private final AccountInvitations invitations;
    private final SubAccounts subAccounts;
    private final Shells shells;
    private final ErrorPages errorPages;

    PeoplePageResource(
            ActingAs acting,
            People people,
            AccountInvitations invitations,
            SubAccounts subAccounts,
            Shells shells,
            ErrorPages errorPages) {
        this.acting = acting;
        this.people = people;
        this.invitations = invitations;
        this.subAccounts = subAccounts;
        this.shells = shells;
        this.errorPages = errorPages;
    }

    @GET
    @Path("new")
    public Response form(@Context Call call) {
        return forAccount(
                call,
                "",
                context -> Html.ok(page(call, context, InvitePage.Values.EMPTY, FieldErrors.NONE, Optional.empty())));
    }

    @POST
    public Response invite(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("role") @DefaultValue("") String role,
            @FormParam("scope") @DefaultValue("") String scope,
            @FormParam("subAccount") List<String> ticked,
            @FormParam("subAccounts") @DefaultValue("") String named) {
        return forAccount(call, as, context -> {
            var chosen = new ArrayList<>(ticked);
            Stream.of(named.split("[\\s,;]+")).filter(name -> !name.isEmpty()).forEach(chosen::add);
            var values = new InvitePage.Values(email, role, scope, List.copyOf(ticked), named);
            Optional<MemberRole> known = MemberRole.of(role);
            if (known.isEmpty()) {
                return refused(call, context, values, "role", "Choose what the person may do");
            }
            return answer(
                    call,
                    context,
                    values,
                    invitations.invite(context, new Wanted(email, known.get(), !scope.equals("listed"), chosen)));
        });
    }

    private Response answer(Call call, AccountContext context, InvitePage.Values values, Invited invited) {
        return switch (invited) {
            case Invited.Done _ -> Html.seeOther(call, path(context, "person-invited"));
            case Invited.Rejected rejected ->
                refused(
                        call,
                        context,
                        values,
                        rejected.invalid().field(),
                        rejected.invalid().rule());
            case Invited.Self _ -> refused(call, context, values, "email", "This is your own e-mail.");
            case Invited.AlreadyInvited _ ->
                refused(call, context, values, "email", "This person is invited already. You can send it once more.");
            case Invited.AlreadyMember _ ->
                refused(call, context, values, "email", "This person works for the account already.");
            case Invited.Unconfirmed _ ->
                problem(
                        call,
                        context,
                        values,
                        "Confirm your own e-mail first.",
                        "Open the link in the mail that we sent you. Then you can send mails to others.");
            case Invited.TooManyOpen _ ->
                problem(
                        call,
                        context,
                        values,
                        "Too many invitations are open.",
                        "Take some back first: at most " + AccountInvitations.OPEN_AT_MOST + " can wait at a time.");
            case Invited.TooMany _ ->
                problem(call, context, values, "Too many invitations.", "Wait an hour and try again.");
        };
    }

    private Response refused(Call call, AccountContext context, InvitePage.Values values, String field, String rule) {
        var errors = FieldErrors.from(List.of(new Invalid(field, rule)));
        return Html.invalid(page(call, context, values, errors, Optional.empty()));
    }

    private Response problem(Call call, AccountContext context, InvitePage.Values values, String title, String text) {
        var problem = Optional.of(new FormProblem(title, text));
        return Html.invalid(page(call, context, values, FieldErrors.NONE, problem));
    }

    private InvitePage page(
            Call call,
            AccountContext context,
            InvitePage.Values values,
            FieldErrors errors,
            Optional<FormProblem> problem) {
        SubAccounts.Listed listed = subAccounts.list(context, "", Optional.empty(), BOXES);
        return new InvitePage(
                shells.of(call, context, NavItem.USERS, "Invite somebody"),
                values,
                listed.subAccounts().stream()
                        .map(one -> new InvitePage.Box(
                                one.account().username(),
                                one.account().displayName(),
                                values.ticked().contains(one.account().username())))
                        .toList(),
                listed.next().isPresent(),
                errors,
                problem);
    }

    @POST
    @Path("{personId}/resend")
    public Response resend(
            @Context Call call, @PathParam("personId") String id, @FormParam("as") @DefaultValue("") String as) {
        return forAccount(call, as, context -> switch (Uuids.parse(id)
                .map(known -> invitations.resend(context, known))
                .orElseGet(Resent.Unknown::new)) {
            case Resent.Done _ -> Html.seeOther(call, path(context, "invitation-sent"));
            case Resent.Unknown _ -> unknown(call);
            case Resent.Unconfirmed _ ->
                errorPages.answer(
                        call, 403, "Confirm your e-mail first", "Open the link in the mail that we sent you.");
            case Resent.TooMany _ ->
                errorPages.answer(call, 429, "Too many invitations", "Wait an hour and try again.");
        });
    }

    @GET
    @Path("{personId}/remove")
    public Response ask(@Context Call call, @PathParam("personId") String id) {
        return forAccount(call, "", context -> {
            Shell shell = shells.of(call, context, NavItem.USERS, "Remove somebody");
            Optional<RemovePersonPage> member = find(context, id)
                    .map(staff -> new RemovePersonPage(
                            shell,
                            staff.member().email(),
                            staff.member().key().toString(),
                            staff.member().identity().equals(context.identity()),
                            false));
            return member.or(() -> people.of(context).invitations().stream()
                            .map(open -> open.invitation())
                            .filter(invitation -> invitation.id().toString().equals(id))
                            .map(invitation -> new RemovePersonPage(shell, invitation.email(), id, false, false))
                            .findFirst())
                    .map(Html::ok)
                    .orElseGet(() -> unknown(call));
        });
    }

    private Optional<People.Staff> find(AccountContext context, String id) {
        Optional<UUID> key = Uuids.parse(id);
        return people.of(context).members().stream()
                .filter(staff -> key.equals(Optional.of(staff.member().key())))
                .findFirst();
    }

    /// Ends somebody's work, or takes an invitation back.
    @POST
    @Path("{personId}/remove")
    public Response remove(
            @Context Call call, @PathParam("personId") String id, @FormParam("as") @DefaultValue("") String as) {
        return forAccount(call, as, context -> {
            Optional<People.Staff> staff = find(context, id);
            Ended ended =
                    Uuids.parse(id).map(key -> people.remove(context, key)).orElseGet(Ended.Unknown::new);
            return switch (ended) {
                case Ended.Done _ -> done(call, context, staff);
                case Ended.Unknown _ -> unknown(call);
                case Ended.LastOwner _ ->
                    Html.invalid(new RemovePersonPage(
                            shells.of(call, context, NavItem.USERS, "Remove somebody"),
                            staff.map(one -> one.member().email()).orElse(""),
                            id,
                            false,
                            true));
            };
        });
    }

    private static Response done(Call call, AccountContext context, Optional<People.Staff> staff) {
        boolean left = staff.filter(one -> one.member().identity().equals(context.identity()))
                .isPresent();
        return left
                ? Html.seeOther(call, MyInvitationsPageResource.PATH + "?done=person-left")
                : Html.seeOther(call, path(context, staff.isPresent() ? "person-removed" : "invitation-revoked"));
    }

    private Response unknown(Call call) {
        return errorPages.answer(
                call,
                404,
                "Nobody is here",
                "The person works for this account no more, or the invitation is answered.");
    }

    private Response forAccount(Call call, String as, Function<AccountContext, Response> work) {
        return acting.page(
                call,
                Optional.of(as),
                context -> context.isSubAccount()
                        ? Html.answer(403, new ManagedPage(shells.of(call, context, NavItem.USERS, "Users")))
                        : work.apply(context));
    }

    private static String path(AccountContext context, String done) {
        return "/admin/users?as=" + context.root().username() + "&done=" + done;
    }
}
