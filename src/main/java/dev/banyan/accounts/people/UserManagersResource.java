package dev.banyan.accounts.people;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.ManagedAccount;
import dev.banyan.accounts.MemberRole;
import dev.banyan.accounts.MemberScope;
import dev.banyan.accounts.Role;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.AccountRequest;
import dev.banyan.accounts.people.AccountInvitations.InvitationRequest;
import dev.banyan.accounts.people.AccountInvitations.Invited;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.platform.web.json.Paging;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// User managers of the LinkToMe client (contract 2.10): people who manage an account that is not theirs. The account
/// that invites is the one to be managed.
@Path("/api/admin")
@RunOnVirtualThread
@JsonResource
@Tag(name = "User managers", description = "Members of an account.")
@APIResponse(responseCode = "403", description = "Acting for a sub-account, or as a manager")
@APIResponse(responseCode = "404", description = "The account isn't available")
class UserManagersResource {

    private static final String EMERGENCY_OWNER = "Name another emergencyAdmin of single sign-on first";

    static final String ALL = MemberScope.ALL.key();
    static final String LISTED = MemberScope.listed(Set.of()).key();
    private static final String NOT_IN_PERSON = "Only people can do this. Sign in instead of using an API key.";
    private static final String CONFIRM = "Confirm your email address first: open the link in the email we sent you";

    @NoOtherFields
    record InviteBody(
            @Schema(description = "Who to invite; people without an account get a sign-up link")
            Optional<String> email,

            @Schema(description = "user_manager", defaultValue = "user_manager")
            Optional<String> role,

            @Schema(description = "`all` or `listed`", defaultValue = "all")
            Optional<String> scope,

            @Schema(description = "With scope listed: usernames or IDs")
            Optional<List<String>> subAccounts,

            @Schema(
                    description = "Adds projects, workspaces and WhatsApp numbers; not possible with an API key",
                    defaultValue = "false")
            Optional<Boolean> workspaces,

            @Schema(
                    description = "Only sees what a manager sees, and changes nothing. Not together with workspaces",
                    defaultValue = "false")
            Optional<Boolean> readOnly) {}

    @NoOtherFields
    record RespondBody(
            @JsonProperty("FromUserId") @Schema(description = "The account that invited")
            Optional<String> fromUserId,

            @JsonProperty("State") @Schema(description = "`accepted` or `rejected`")
            Optional<String> state) {}

    @NoOtherFields
    @Schema(description = "Fields you leave out don't change")
    record UpdateBody(
            @JsonProperty("UserId") @Schema(description = "UserId of a manager, from the list")
            Optional<String> other,

            @Schema(description = "`user_manager` or `owner`; API keys can't set owner")
            Optional<String> role,

            @Schema(description = "For managers: all or listed")
            Optional<String> scope,

            @Schema(description = "With scope listed: the complete list, as usernames or IDs")
            Optional<List<String>> subAccounts,

            @Schema(
                    description = "For managers: adds projects, workspaces and WhatsApp numbers. An owner"
                            + " who becomes a manager does only where it is true")
            Optional<Boolean> workspaces,

            @Schema(
                    description =
                            "For managers: only see what a manager sees, and change nothing. Takes workspaces away")
            Optional<Boolean> readOnly) {}

    @NoOtherFields
    @Schema(requiredProperties = "UserId")
    record RemoveBody(
            @JsonProperty("UserId") @Schema(description = "UserId of the manager or managed account, from the list")
            Optional<String> other) {}

    @JsonInclude(Include.NON_ABSENT)
    record Relations(List<Relation> managers, List<Relation> managees, Optional<IdentityId> nextCursor) {}

    private final People people;
    private final AccountInvitations invitations;
    private final MemberChanges changes;

    UserManagersResource(People people, AccountInvitations invitations, MemberChanges changes) {
        this.people = people;
        this.invitations = invitations;
        this.changes = changes;
    }

    @GET
    @Path("UserManagerList")
    @Operation(summary = "List the account's managers, and the accounts the caller manages")
    @APIResponseSchema(value = Relations.class, responseDescription = "Managers, managed accounts and invitations")
    public Relations list(
            @Context AccountRequest request,
            @QueryParam("limit") @Parameter(description = "Number of managers to return, 1 to 1,000")
                    Optional<String> limit,
            @QueryParam("after") @Parameter(description = "nextCursor of the previous response")
                    Optional<String> after) {
        request.refuseSubAccounts();
        return switch (Paging.of(limit, after, IdentityId::parse)) {
            case Paging.Bad<IdentityId>(String error) -> throw AccountRequest.refused(400, error);
            case Paging.Slice<IdentityId> slice -> list(request, slice);
        };
    }

    private Relations list(AccountRequest request, Paging.Slice<IdentityId> slice) {
        People.OfAccount account = people.of(request.context(), "", slice.after(), slice.limit());
        List<Relation> managers = Stream.concat(
                        account.members().stream()
                                .filter(staff -> !staff.member().atHome())
                                .map(Relation::manager),
                        account.invitations().stream().map(Relation::invited))
                .toList();
        return new Relations(managers, managees(request), account.next());
    }

    private List<Relation> managees(AccountRequest request) {
        if (!speaksForPerson(request)) {
            return List.of(); // invitations to the person are not the account's
        }
        People.OfPerson person = people.of(request.context().identity(), false);
        // A manager of listed sub-accounts has one entry for each of them there, but a single one here.
        Map<AccountId, List<ManagedAccount>> joined = person.joined().stream()
                .collect(
                        Collectors.groupingBy(managed -> managed.root().id(), LinkedHashMap::new, Collectors.toList()));
        return Stream.concat(
                        joined.values().stream().map(Relation::managee),
                        person.invitations().stream().map(Relation::asking))
                .toList();
    }

    static String role(MemberRole role) {
        return switch (role) {
            case OWNER -> role.key();
            case MANAGER -> Role.USER_MANAGER.key();
        };
    }

    private static Optional<MemberRole> role(String key) {
        return Stream.of(MemberRole.values())
                .filter(known -> role(known).equals(key))
                .findFirst();
    }

    /// Returns whether all accounts are meant, if anything is said about it.
    private static Optional<Boolean> everything(Optional<String> scope) {
        if (scope.filter(given -> !given.equals(ALL) && !given.equals(LISTED)).isPresent()) {
            throw AccountRequest.refused(400, "scope must be all or listed");
        }
        return scope.map(ALL::equals);
    }

    @POST
    @Path("UserManagerInvite")
    @Operation(summary = "Invite a person to manage the account")
    @APIResponseSchema(
            value = DoneMessage.class,
            responseDescription = "Invitation sent by email; `message` says if this server sends none")
    @APIResponse(
            responseCode = "400",
            description = "Invalid or unknown field, or the person is already invited or a manager")
    @APIResponse(
            responseCode = "403",
            description = "Acting for a sub-account or as a manager, or the API key lacks a right it would give")
    @APIResponse(responseCode = "429", description = "Too many invitations")
    public Response invite(@Context AccountRequest request, InviteBody body) {
        request.refuseSubAccounts();
        return request.once(body, () -> invite(request.context(), body));
    }

    private DoneMessage invite(AccountContext context, InviteBody body) {
        if (!body.role().orElse(Role.USER_MANAGER.key()).equals(Role.USER_MANAGER.key())) {
            throw AccountRequest.refused(400, "role must be user_manager");
        }
        var rights = new MemberChange(
                Optional.empty(), everything(body.scope()), body.subAccounts(), body.workspaces(), body.readOnly());
        return switch (invitations.invite(
                context, new InvitationRequest(body.email().orElse(""), rights))) {
            case Invited.Done done ->
                new DoneMessage(
                        done.link().isEmpty()
                                ? "Invitation sent"
                                : "Invitation created. This server can’t send email: copy its link under Members, and"
                                        + " send it yourself.");
            case Invited.Self _ -> throw AccountRequest.refused(400, "You cannot invite yourself");
            case Invited.AlreadyInvited _ ->
                throw AccountRequest.refused(400, "This person already has a pending invitation");
            case Invited.AlreadyMember _ ->
                throw AccountRequest.refused(400, "This person already manages the account");
            case Invited.NotOwner _ -> throw AccountRequest.refused(403, AccountGuard.NOT_PERMITTED);
            case Invited.Unconfirmed _ -> throw AccountRequest.refused(400, CONFIRM);
            case Invited.TooManyOpen _ ->
                throw AccountRequest.refused(
                        400, "Too many pending invitations: at most " + AccountInvitations.OPEN_AT_MOST);
            case Invited.Refused(Refusal refusal) -> throw refused(refusal, "");
        };
    }

    @POST
    @Path("UserManagerRespond")
    @Operation(summary = "Accept or reject an invitation to manage an account")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Answered")
    @APIResponse(responseCode = "400", description = "Invalid field, or no pending invitation")
    public DoneMessage respond(@Context AccountRequest request, RespondBody body) {
        request.refuseSubAccounts();
        String state = body.state().orElse("");
        if (!state.equals("accepted") && !state.equals("rejected")) {
            throw AccountRequest.refused(400, "State must be accepted or rejected");
        }
        AccountContext context = request.context();
        AccountId.parse(required(body.fromUserId(), "FromUserId"))
                .map(from -> invitations.answer(context.actor(), context.identity(), from, state.equals("accepted")))
                .orElseGet(Outcome::notFound)
                .orElseThrow(refusal -> refusal instanceof Refusal.Forbidden
                        ? AccountRequest.refused(400, CONFIRM)
                        : refused(refusal, "No invitation from this account is pending"));
        return new DoneMessage("Invitation " + state);
    }

    @POST
    @Path("UserManagerUpdate")
    @Operation(summary = "Change a manager's role and access")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Applies from the manager's next request")
    @APIResponse(responseCode = "400", description = "Invalid or unknown field, unknown UserId, or the last owner")
    @APIResponse(
            responseCode = "403",
            description = "Acting for a sub-account or as a manager, or the API key lacks a right it would give")
    public DoneMessage update(@Context AccountRequest request, UpdateBody body) {
        request.refuseSubAccounts();
        String id = required(body.other(), "UserId");
        Optional<Boolean> everything = everything(body.scope());
        Optional<MemberRole> role = body.role().flatMap(UserManagersResource::role);
        if (body.role().isPresent() && role.isEmpty()) {
            throw AccountRequest.refused(400, "role must be user_manager or owner");
        }
        var wanted = new MemberChange(role, everything, body.subAccounts(), body.workspaces(), body.readOnly());
        MembershipChanged changed = Uuids.parse(id)
                .map(key -> changes.change(request.context(), key, wanted))
                .orElse(MembershipChanged.Refused.NOT_FOUND);
        return answer(
                changed,
                "Changed",
                "The last owner of an account stays its owner",
                "There is no manager with this UserId");
    }

    @POST
    @Path("UserManagerRemove")
    @Operation(summary = "Remove a manager, leave an account or revoke an invitation")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Removed")
    @APIResponse(responseCode = "400", description = "Nothing to remove, or the last owner")
    public DoneMessage remove(@Context AccountRequest request, RemoveBody body) {
        request.refuseSubAccounts();
        MembershipChanged ended = Uuids.parse(required(body.other(), "UserId"))
                .map(key -> end(request, key))
                .orElse(MembershipChanged.Refused.NOT_FOUND);
        return answer(
                ended,
                "Removed",
                "The last owner of an account cannot be removed",
                "There is no manager, account or invitation with this UserId");
    }

    private static DoneMessage answer(MembershipChanged changed, String done, String lastOwner, String unknown) {
        return switch (changed) {
            case MembershipChanged.Done _ -> new DoneMessage(done);
            case MembershipChanged.LastOwner(boolean isEmergency) ->
                throw AccountRequest.refused(400, isEmergency ? EMERGENCY_OWNER : lastOwner);
            case MembershipChanged.Refused(Refusal refusal) -> throw refused(refusal, unknown);
        };
    }

    private static String required(Optional<String> id, String field) {
        return id.orElseThrow(() -> AccountRequest.refused(400, field + " is required"));
    }

    /// Ends the work of a manager of the account; if there is none with this key, the person's own work for the account
    /// with this key.
    private MembershipChanged end(AccountRequest request, UUID key) {
        AccountContext context = request.context();
        MembershipChanged ended = people.remove(context, key);
        return ended.equals(MembershipChanged.Refused.NOT_FOUND) && speaksForPerson(request)
                ? people.leave(context.actor(), context.identity(), new AccountId(key))
                : ended;
    }

    /// Returns false for programs with a key: a key speaks for its account only, never for the other accounts of the
    /// person who made it.
    private boolean speaksForPerson(AccountRequest request) {
        return !(request.call().caller() instanceof Caller.ApiKey) && people.isHome(request.context());
    }

    /// @param unknown what is said where nothing has the id
    private static EarlyAnswer refused(Refusal refusal, String unknown) {
        return switch (refusal) {
            case Refusal.NotFound _ -> AccountRequest.refused(400, unknown);
            case Refusal.Forbidden _, Refusal.LimitReached _, Refusal.ReadOnly _, Refusal.Conflict _ ->
                AccountRequest.refused(403, NOT_IN_PERSON);
            case Refusal.Rejected rejected -> new EarlyAnswer(Answers.failure(rejected.first()));
            case Refusal.TooMany tooMany -> new EarlyAnswer(Answers.tooManyFailure(tooMany.retryAfter()));
        };
    }
}
