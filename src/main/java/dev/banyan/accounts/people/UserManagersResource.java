package dev.banyan.accounts.people;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountInvitation;
import dev.banyan.accounts.ManagedAccount;
import dev.banyan.accounts.MemberRole;
import dev.banyan.accounts.MemberScope;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.Role;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.people.AccountInvitations.InvitationRequest;
import dev.banyan.accounts.people.AccountInvitations.Invited;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.platform.web.json.Paging;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
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

    private static final String ALL = MemberScope.ALL.key();
    private static final String LISTED = MemberScope.listed(Set.of()).key();
    private static final String NO_SCOPE = "scope must be all or listed";
    private static final String NOT_IN_PERSON = "Only people can do this. Sign in instead of using an API key.";
    private static final String CONFIRM = "Confirm your email address first: open the link in the email we sent you";

    @NoOtherFields
    record InviteBody(
            @Schema(description = "Who to invite; people without an account get a sign-up link")
            Optional<String> email,

            @Schema(description = "user_manager", defaultValue = "user_manager")
            Optional<String> role,

            @Schema(description = "all or listed", defaultValue = "all")
            Optional<String> scope,

            @Schema(description = "With scope listed: usernames or IDs")
            Optional<List<String>> subAccounts,

            @Schema(
                    description = "Adds projects, workspaces and WhatsApp numbers; not possible with an API key",
                    defaultValue = "false")
            Optional<Boolean> workspaces) {}

    @NoOtherFields
    record RespondBody(
            @JsonProperty("FromUserId") @Schema(description = "The account that invited")
            Optional<String> fromUserId,

            @JsonProperty("State") @Schema(description = "accepted or rejected")
            Optional<String> state) {}

    @NoOtherFields
    @Schema(description = "Fields you leave out don't change")
    record UpdateBody(
            @JsonProperty("UserId") @Schema(description = "UserId of a manager, from the list")
            Optional<String> other,

            @Schema(description = "user_manager or owner; API keys can't set owner")
            Optional<String> role,

            @Schema(description = "For managers: all or listed")
            Optional<String> scope,

            @Schema(description = "With scope listed: the complete list, as usernames or IDs")
            Optional<List<String>> subAccounts,

            @Schema(
                    description = "For managers: adds projects, workspaces and WhatsApp numbers. An owner"
                            + " who becomes a manager does only where it is true")
            Optional<Boolean> workspaces) {}

    @NoOtherFields
    record RemoveBody(
            @JsonProperty("UserId") @Schema(description = "UserId of the manager or managed account, from the list")
            Optional<String> other) {}

    /// @param UserId the person's account; for a person without one, the person or the invitation
    /// @param scope all, or listed
    /// @param subAccounts usernames, if the scope is listed
    /// @param workspaces whether they also have projects, workspaces and WhatsApp numbers
    record Relation(
            @JsonProperty("UserId") UUID userId,
            String username,
            String email,
            String role,
            String scope,
            List<String> subAccounts,
            boolean workspaces,
            String state,
            Instant created,
            Instant updated) {}

    @JsonInclude(Include.NON_ABSENT)
    record Relations(List<Relation> managers, List<Relation> managees, Optional<IdentityId> nextCursor) {}

    record MessageAnswer(String message) {}

    private final AccountGuard acting;
    private final People people;
    private final AccountInvitations invitations;
    private final MemberChanges changes;
    private final Idempotency idempotency;

    UserManagersResource(
            AccountGuard acting,
            People people,
            AccountInvitations invitations,
            MemberChanges changes,
            Idempotency idempotency) {
        this.acting = acting;
        this.people = people;
        this.invitations = invitations;
        this.changes = changes;
        this.idempotency = idempotency;
    }

    @GET
    @Path("UserManagerList")
    @Operation(summary = "List the account's managers, and the accounts the caller manages")
    @APIResponseSchema(value = Relations.class, responseDescription = "Managers, managed accounts and invitations")
    public Response list(
            @Context Call call,
            @QueryParam("limit") @Parameter(description = "Number of managers to return, 1 to 1,000")
                    Optional<String> limit,
            @QueryParam("after") @Parameter(description = "nextCursor of the previous response")
                    Optional<String> after) {
        return forAccount(call, context -> switch (Paging.of(limit, after, IdentityId::parse)) {
            case Paging.Bad<IdentityId> bad -> Answers.failure(400, bad.error());
            case Paging.Slice<IdentityId> slice -> list(call, context, slice);
        });
    }

    private Response list(Call call, AccountContext context, Paging.Slice<IdentityId> slice) {
        People.OfAccount account = people.of(context, "", slice.after(), slice.limit());
        List<Relation> managers = Stream.concat(
                        account.members().stream()
                                .filter(staff -> !staff.member().atHome())
                                .map(UserManagersResource::manager),
                        account.invitations().stream().map(UserManagersResource::invited))
                .toList();
        return Response.ok(new Relations(managers, managees(call, context), account.next()))
                .build();
    }

    private List<Relation> managees(Call call, AccountContext context) {
        if (!speaksForPerson(call, context)) {
            return List.of(); // invitations to the person are not the account's
        }
        People.OfPerson person = people.of(context.identity(), false);
        // A manager of listed sub-accounts has one entry for each of them there, but a single one here.
        Map<AccountId, List<ManagedAccount>> joined = person.joined().stream()
                .collect(
                        Collectors.groupingBy(managed -> managed.root().id(), LinkedHashMap::new, Collectors.toList()));
        return Stream.concat(
                        joined.values().stream().map(UserManagersResource::managee),
                        person.invitations().stream().map(UserManagersResource::asking))
                .toList();
    }

    private static Relation manager(People.Staff staff) {
        MembershipStore.Member member = staff.member();
        return relation(
                member.key(),
                member.username().orElse(""),
                member.email(),
                member.membership(),
                staff.listed(),
                "accepted",
                member.since(),
                member.since());
    }

    private static Relation invited(People.Open open) {
        AccountInvitation invitation = open.invitation();
        return relation(
                // Until the invitation is accepted, the id does not reveal whether the address belongs to a user of
                // this server.
                invitation.id(),
                "",
                invitation.email(),
                invitation.membership(),
                open.listed(),
                invitation.state(),
                invitation.createdAt(),
                invitation.updatedAt());
    }

    private static Relation managee(List<ManagedAccount> of) {
        ManagedAccount first = of.getFirst();
        Account root = first.root();
        return relation(
                root.id().value(),
                root.username(),
                root.email().orElse(""),
                first.membership(),
                of.stream()
                        .map(ManagedAccount::account)
                        .filter(Account::isSubAccount)
                        .map(Account::username)
                        .toList(),
                "accepted",
                first.since(),
                first.since());
    }

    private static Relation asking(People.Asked asked) {
        AccountInvitation invitation = asked.invitation();
        Account root = asked.root();
        return relation(
                root.id().value(),
                root.username(),
                root.email().orElse(""),
                invitation.membership(),
                asked.listed(),
                invitation.state(),
                invitation.createdAt(),
                invitation.updatedAt());
    }

    private static Relation relation(
            UUID key,
            String username,
            String email,
            Membership membership,
            List<String> listed,
            String state,
            Instant created,
            Instant updated) {
        return new Relation(
                key,
                username,
                email,
                role(membership.role()),
                membership.everything() ? ALL : LISTED,
                membership.everything() ? List.of() : listed,
                membership.workspaces(),
                state,
                created,
                updated);
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

    private static boolean isScope(Optional<String> scope) {
        return scope.filter(given -> !given.equals(ALL) && !given.equals(LISTED))
                .isEmpty();
    }

    @POST
    @Path("UserManagerInvite")
    @Operation(summary = "Invite a person to manage the account")
    @APIResponseSchema(value = MessageAnswer.class, responseDescription = "Invitation sent by email")
    @APIResponse(
            responseCode = "400",
            description = "Invalid or unknown field, or the person is already invited or a manager")
    @APIResponse(
            responseCode = "403",
            description = "Acting for a sub-account or as a manager, or the API key lacks a right it would give")
    @APIResponse(responseCode = "429", description = "Too many invitations")
    public Response invite(@Context Call call, InviteBody body) {
        return forAccount(
                call,
                context -> idempotency.once(
                        call,
                        context.acting().id(),
                        call.header(Idempotency.HEADER),
                        body,
                        () -> invite(context, body)));
    }

    private Response invite(AccountContext context, InviteBody body) {
        if (!body.role().orElse(Role.USER_MANAGER.key()).equals(Role.USER_MANAGER.key())) {
            return Answers.failure(400, "role must be user_manager");
        }
        if (!isScope(body.scope())) {
            return Answers.failure(400, NO_SCOPE);
        }
        var rights = new MemberChange(
                Optional.empty(), body.scope().map(ALL::equals), body.subAccounts(), body.workspaces());
        return switch (invitations.invite(
                context, new InvitationRequest(body.email().orElse(""), rights))) {
            case Invited.Done _ -> done("Invitation sent");
            case Invited.Self _ -> Answers.failure(400, "You cannot invite yourself");
            case Invited.AlreadyInvited _ -> Answers.failure(400, "This person already has a pending invitation");
            case Invited.AlreadyMember _ -> Answers.failure(400, "This person already manages the account");
            case Invited.NotOwner _ -> Answers.failure(403, AccountGuard.NOT_PERMITTED);
            case Invited.Unconfirmed _ -> Answers.failure(400, CONFIRM);
            case Invited.TooManyOpen _ ->
                Answers.failure(400, "Too many pending invitations: at most " + AccountInvitations.OPEN_AT_MOST);
            case Invited.Refused(Refusal refusal) -> refused(refusal, "");
        };
    }

    @POST
    @Path("UserManagerRespond")
    @Operation(summary = "Accept or reject an invitation to manage an account")
    @APIResponseSchema(value = MessageAnswer.class, responseDescription = "Answered")
    @APIResponse(responseCode = "400", description = "Invalid field, or no pending invitation")
    public Response respond(@Context Call call, RespondBody body) {
        return forAccount(call, context -> {
            String state = body.state().orElse("");
            if (!state.equals("accepted") && !state.equals("rejected")) {
                return Answers.failure(400, "State must be accepted or rejected");
            }
            if (body.fromUserId().isEmpty()) {
                return Answers.failure(400, "FromUserId is required");
            }
            return AccountId.parse(body.fromUserId().get())
                    .map(from ->
                            invitations.answer(context.actor(), context.identity(), from, state.equals("accepted")))
                    .orElseGet(Outcome::notFound)
                    .fold(
                            _ -> done("Invitation " + state),
                            refusal -> refusal instanceof Refusal.Forbidden
                                    ? Answers.failure(400, CONFIRM)
                                    : refused(refusal, "No invitation from this account is pending"));
        });
    }

    @POST
    @Path("UserManagerUpdate")
    @Operation(summary = "Change a manager's role and access")
    @APIResponseSchema(value = MessageAnswer.class, responseDescription = "Applies from the manager's next request")
    @APIResponse(responseCode = "400", description = "Invalid or unknown field, unknown UserId, or the last owner")
    @APIResponse(
            responseCode = "403",
            description = "Acting for a sub-account or as a manager, or the API key lacks a right it would give")
    public Response update(@Context Call call, UpdateBody body) {
        return forAccount(call, context -> {
            if (body.other().isEmpty()) {
                return Answers.failure(400, "UserId is required");
            }
            if (!isScope(body.scope())) {
                return Answers.failure(400, NO_SCOPE);
            }
            Optional<MemberRole> role = body.role().flatMap(UserManagersResource::role);
            if (body.role().isPresent() && role.isEmpty()) {
                return Answers.failure(400, "role must be user_manager or owner");
            }
            var wanted = new MemberChange(role, body.scope().map(ALL::equals), body.subAccounts(), body.workspaces());
            return switch (Uuids.parse(body.other().get())
                    .map(key -> changes.change(context, key, wanted))
                    .orElse(MembershipChanged.Refused.NOT_FOUND)) {
                case MembershipChanged.Done _ -> done("Changed");
                case MembershipChanged.LastOwner(boolean isEmergency) ->
                    Answers.failure(
                            400, isEmergency ? EMERGENCY_OWNER : "The last owner of an account stays its owner");
                case MembershipChanged.Refused(Refusal refusal) ->
                    refused(refusal, "There is no manager with this UserId");
            };
        });
    }

    @POST
    @Path("UserManagerRemove")
    @Operation(summary = "Remove a manager, leave an account or revoke an invitation")
    @APIResponseSchema(value = MessageAnswer.class, responseDescription = "Removed")
    @APIResponse(responseCode = "400", description = "Nothing to remove, or the last owner")
    public Response remove(@Context Call call, RemoveBody body) {
        return forAccount(call, context -> {
            if (body.other().isEmpty()) {
                return Answers.failure(400, "UserId is required");
            }
            return switch (Uuids.parse(body.other().get())
                    .map(key -> end(call, context, key))
                    .orElse(MembershipChanged.Refused.NOT_FOUND)) {
                case MembershipChanged.Done _ -> done("Removed");
                case MembershipChanged.LastOwner(boolean isEmergency) ->
                    Answers.failure(
                            400, isEmergency ? EMERGENCY_OWNER : "The last owner of an account cannot be removed");
                case MembershipChanged.Refused(Refusal refusal) ->
                    refused(refusal, "There is no manager, account or invitation with this UserId");
            };
        });
    }

    /// Ends the work of a manager of the account; if there is none with this key, the person's own work for the account
    /// with this key.
    private MembershipChanged end(Call call, AccountContext context, UUID key) {
        MembershipChanged ended = people.remove(context, key);
        return ended.equals(MembershipChanged.Refused.NOT_FOUND) && speaksForPerson(call, context)
                ? people.leave(context.actor(), context.identity(), new AccountId(key))
                : ended;
    }

    /// Returns false for programs with a key: a key speaks for its account only, never for the other accounts of the
    /// person who made it.
    private boolean speaksForPerson(Call call, AccountContext context) {
        return !(call.caller() instanceof Caller.ApiKey) && people.isHome(context);
    }

    private Response forAccount(Call call, Function<AccountContext, Response> work) {
        return acting.json(call, context -> acting.managedRefusal(call, context).orElseGet(() -> work.apply(context)));
    }

    /// @param unknown what is said where nothing has the id
    private static Response refused(Refusal refusal, String unknown) {
        return switch (refusal) {
            case Refusal.NotFound _ -> Answers.failure(400, unknown);
            case Refusal.Forbidden _, Refusal.LimitReached _, Refusal.ReadOnly _, Refusal.Conflict _ ->
                Answers.failure(403, NOT_IN_PERSON);
            case Refusal.Rejected rejected -> Answers.failure(rejected.first());
            case Refusal.TooMany tooMany -> Answers.tooManyFailure(tooMany.retryAfter());
        };
    }

    private static Response done(String message) {
        return Response.ok(new MessageAnswer(message)).build();
    }
}
