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
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// People of an account: invited, invited once more, with other rights, and not any more.
@Path("/admin/users/people")
@RunOnVirtualThread
class PeoplePageResource {

    private static final Invalid NO_ROLE = new Invalid("role", "Choose what the person may do");

    private final ActingAs acting;
    private final People people;
    private final AccountInvitations invitations;
    private final MemberChanges changes;
    private final SubAccounts subAccounts;
    private final Shells shells;
    private final ErrorPages errorPages;

    PeoplePageResource(
            ActingAs acting,
            People people,
            AccountInvitations invitations,
            MemberChanges changes,
            SubAccounts subAccounts,
            Shells shells,
            ErrorPages errorPages) {
        this.acting = acting;
        this.people = people;
        this.invitations = invitations;
        this.changes = changes;
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
                context -> Html.ok(page(
                        call,
                        context,
                        "",
                        MemberForm.of(subAccounts, context, MemberRole.MANAGER.key(), "all", List.of(), ""),
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
            @FormParam("subAccount") List<String> ticked,
            @FormParam("subAccounts") @DefaultValue("") String named) {
        return forAccount(call, as, context -> {
            MemberForm rights = MemberForm.of(subAccounts, context, role, scope, ticked, named);
            return MemberRole.of(role)
                    .map(known -> new Wanted(email, known, !rights.listed(), chosen(ticked, named)))
                    .map(wanted -> answer(call, context, email, rights, invitations.invite(context, wanted)))
                    .orElseGet(() -> refused(call, context, email, rights, NO_ROLE));
        });
    }

    private static List<String> chosen(List<String> ticked, String named) {
        return Stream.concat(
                        ticked.stream(),
                        Stream.of(named.split("[\\s,;]+")).filter(name -> !name.isEmpty()))
                .toList();
    }

    private Response answer(Call call, AccountContext context, String email, MemberForm rights, Invited invited) {
        return switch (invited) {
            case Invited.Done _ -> Html.seeOther(call, path(context, "person-invited"));
            case Invited.Rejected rejected -> refused(call, context, email, rights, rejected.invalid());
            case Invited.Self _ ->
                refused(call, context, email, rights, new Invalid("email", "This is your own e-mail."));
            case Invited.AlreadyInvited _ ->
                refused(
                        call,
                        context,
                        email,
                        rights,
                        new Invalid("email", "This person is invited already. You can send it once more."));
            case Invited.AlreadyMember _ ->
                refused(
                        call,
                        context,
                        email,
                        rights,
                        new Invalid("email", "This person works for the account already."));
            case Invited.NotOwner _ -> unknown(call);
            case Invited.Unconfirmed _ ->
                problem(
                        call,
                        context,
                        email,
                        rights,
                        "Confirm your own e-mail first.",
                        "Open the link in the mail that we sent you. Then you can send mails to others.");
            case Invited.TooManyOpen _ ->
                problem(
                        call,
                        context,
                        email,
                        rights,
                        "Too many invitations are open.",
                        "Take some back first: at most " + AccountInvitations.OPEN_AT_MOST + " can wait at a time.");
            case Invited.TooMany _ ->
                problem(call, context, email, rights, "Too many invitations.", "Wait an hour and try again.");
        };
    }

    private Response refused(Call call, AccountContext context, String email, MemberForm rights, Invalid invalid) {
        var errors = FieldErrors.from(List.of(new Invalid(invalid.field(), invalid.rule())));
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
                shells.of(call, context, NavItem.USERS, "Invite somebody"), email, rights, errors, problem);
    }

    /// What somebody may do now, to be changed.
    @GET
    @Path("{personId}")
    public Response person(@Context Call call, @PathParam("personId") String id) {
        return forAccount(call, "", context -> find(context, id)
                .map(staff -> {
                    Membership now = staff.member().membership();
                    MemberForm all = MemberForm.of(
                            subAccounts,
                            context,
                            now.role().key(),
                            now.everything() ? "all" : "listed",
                            staff.listed(),
                            "");
                    return Html.ok(person(call, context, staff, all.naming(staff.listed()), false, FieldErrors.NONE));
                })
                .orElseGet(() -> unknown(call)));
    }

    @POST
    @Path("{personId}")
    public Response change(
            @Context Call call,
            @PathParam("personId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("role") @DefaultValue("") String role,
            @FormParam("scope") @DefaultValue("") String scope,
            @FormParam("subAccount") List<String> ticked,
            @FormParam("subAccounts") @DefaultValue("") String named) {
        return forAccount(call, as, context -> find(context, id)
                .map(staff -> {
                    MemberForm rights = MemberForm.of(subAccounts, context, role, scope, ticked, named);
                    return MemberRole.of(role)
                            .map(known -> changes.change(
                                    context,
                                    staff.member().key(),
                                    new MemberChanges.Wanted(known, !rights.listed(), chosen(ticked, named))))
                            .map(changed -> answer(call, context, staff, rights, changed))
                            .orElseGet(() -> refused(call, context, staff, rights, NO_ROLE));
                })
                .orElseGet(() -> unknown(call)));
    }

    private Response answer(
            Call call, AccountContext context, People.Staff staff, MemberForm rights, MemberChanges.Changed changed) {
        return switch (changed) {
            case MemberChanges.Changed.Done _ ->
                staff.member().identity().equals(context.identity()) && !rights.owner()
                        ? Html.seeOther(call, MyInvitationsPageResource.PATH + "?done=role-saved") // no more an owner
                        : Html.seeOther(call, path(context, "role-saved"));
            case MemberChanges.Changed.Unknown _ -> unknown(call);
            case MemberChanges.Changed.LastOwner _ ->
                Html.invalid(person(call, context, staff, rights, true, FieldErrors.NONE));
            case MemberChanges.Changed.Rejected rejected -> refused(call, context, staff, rights, rejected.invalid());
        };
    }

    private Response refused(
            Call call, AccountContext context, People.Staff staff, MemberForm rights, Invalid invalid) {
        var errors = FieldErrors.from(List.of(new Invalid(invalid.field(), invalid.rule())));
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
                shells.of(call, context, NavItem.USERS, "What somebody may do"),
                staff.member().key().toString(),
                staff.member().email(),
                staff.member().identity().equals(context.identity()),
                staff.member().membership().isOwner(),
                rights,
                lastOwner,
                errors);
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
            return member.or(() -> Uuids.parse(id)
                            .flatMap(key -> people.invitation(context, key))
                            .map(invitation -> new RemovePersonPage(shell, invitation.email(), id, false, false)))
                    .map(Html::ok)
                    .orElseGet(() -> unknown(call));
        });
    }

    private Optional<People.Staff> find(AccountContext context, String id) {
        return Uuids.parse(id).flatMap(key -> people.member(context, key));
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
