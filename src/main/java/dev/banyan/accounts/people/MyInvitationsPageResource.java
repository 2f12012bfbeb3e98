package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.context.Contexts.Resolved;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.OneTimeLinks;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The page with a person's invitations and the accounts they work for. It belongs to the person, whichever account
/// they act for, and also works for people without an account.
@Path(Paths.INVITATIONS)
@RunOnVirtualThread
class MyInvitationsPageResource {

    private final Contexts contexts;
    private final People people;
    private final AccountInvitations invitations;
    private final PageFrames shells;
    private final OneTimeLinks links;
    private final ErrorPages errorPages;

    MyInvitationsPageResource(
            Contexts contexts,
            People people,
            AccountInvitations invitations,
            PageFrames shells,
            OneTimeLinks links,
            ErrorPages errorPages) {
        this.contexts = contexts;
        this.people = people;
        this.invitations = invitations;
        this.shells = shells;
        this.links = links;
        this.errorPages = errorPages;
    }

    @GET
    public Response list(@Context Call call) {
        return call.identity()
                .map(identity -> {
                    People.OfPerson person = people.of(identity, true);
                    return Html.ok(new MyInvitationsPage(
                            shell(call),
                            person.confirmed(),
                            links.mailing(),
                            person.email(),
                            person.invitations().stream()
                                    .map(asked -> row(
                                            asked.root(),
                                            asked.root(),
                                            asked.invitation().membership(),
                                            asked.invitation().createdAt()))
                                    .toList(),
                            person.joined().stream()
                                    .map(managed -> row(
                                            managed.root(), managed.account(), managed.membership(), managed.since()))
                                    .toList()));
                })
                .orElseGet(() -> AccountGuard.signIn(call));
    }

    private static MyInvitationsPage.Row row(Account root, Account account, Membership membership, Instant since) {
        return new MyInvitationsPage.Row(
                root.id().toString(), account.displayName(), account.username(), membership.label(), Words.day(since));
    }

    /// Returns the frame with the account that the person acts for, or without one.
    private PageFrame shell(Call call) {
        return contexts.resolvePage(call.caller(), call.actor(), call.namedAccount(), false)
                        instanceof Resolved.Found(AccountContext context)
                ? shells.of(call, context, NavItem.NONE, "Invitations")
                : shells.ofPerson(call, "Invitations");
    }

    @POST
    @Path("{accountId}/accept")
    public Response accept(
            @Context Call call, @PathParam("accountId") String id, @FormParam("as") @DefaultValue("") String as) {
        return answer(call, id, as, true);
    }

    @POST
    @Path("{accountId}/reject")
    public Response reject(
            @Context Call call, @PathParam("accountId") String id, @FormParam("as") @DefaultValue("") String as) {
        return answer(call, id, as, false);
    }

    private Response answer(Call call, String id, String as, boolean accepts) {
        return of(
                call,
                id,
                (identity, account) -> invitations
                        .answer(call.actor(), identity, account, accepts)
                        .fold(
                                _ -> accepts
                                        ? joined(call, identity, account, as)
                                        : done(call, as, "invitation-declined"),
                                refusal -> refusal instanceof Refusal.Forbidden
                                        ? errorPages.answer(
                                                call,
                                                403,
                                                "Confirm your email first",
                                                links.mailing()
                                                        ? "Open the link in the email we sent you."
                                                        : "Ask the people who run this server for a confirmation"
                                                                + " link.")
                                        : unknown(call)));
    }

    /// Leads into the account.
    private Response joined(Call call, IdentityId identity, AccountId account, String as) {
        return people.landing(identity, account)
                .map(username -> Html.seeOther(call, Paths.HOME + "?as=" + username + "&done=invitation-accepted"))
                .orElseGet(() -> done(call, as, "invitation-accepted"));
    }

    @POST
    @Path("{accountId}/leave")
    public Response leave(@Context Call call, @PathParam("accountId") String id) {
        return of(call, id, (identity, account) -> switch (people.leave(call.actor(), identity, account)) {
            case MembershipChanged.Done _ -> done(call, "", "person-left");
            case MembershipChanged.Refused _ -> unknown(call);
            case MembershipChanged.LastOwner(boolean isEmergency) ->
                errorPages.answer(
                        call,
                        409,
                        isEmergency ? "You're the emergency owner" : "You're the last owner",
                        isEmergency
                                ? "Name another emergency owner under Single sign-on, then leave."
                                : "An account needs at least one owner. Make another member an owner, then leave.");
        });
    }

    private Response of(Call call, String id, BiFunction<IdentityId, AccountId, Response> work) {
        Optional<AccountId> account = AccountId.parse(id);
        return call.identity()
                .map(identity ->
                        account.map(known -> work.apply(identity, known)).orElseGet(() -> unknown(call)))
                .orElseGet(() -> AccountGuard.signIn(call));
    }

    /// @param as the account that the form was drawn for, which stays around the page
    private static Response done(Call call, String as, String done) {
        String around = Names.brokenUsername(as).isEmpty() ? "as=" + Names.lower(as) + "&" : "";
        return Html.seeOther(call, Paths.INVITATIONS + "?" + around + "done=" + done);
    }

    private Response unknown(Call call) {
        return errorPages.answer(
                call, 404, "Invitation not found", "It may have been answered or revoked. Ask for a new one.");
    }
}
