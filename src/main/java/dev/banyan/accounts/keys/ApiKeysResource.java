package dev.banyan.accounts.keys;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.ApiKey;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.AccountRequest;
import dev.banyan.accounts.context.RootRequest;
import dev.banyan.accounts.keys.ApiKeys.Changed;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.KeyLimits;
import dev.banyan.platform.Limit;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.Noun;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/// The LinkToMe client's API keys (contract 2.9): always those of the root account. Creating one ignores
/// `Idempotency-Key`: to repeat the answer, the key's text would have to be stored.
@Path("/api/admin")
@RunOnVirtualThread
@JsonResource
@Tag(name = "API keys", description = "Keys that let apps work with an account over /v1.")
@APIResponse(responseCode = "404", description = "The named sub-account cannot be used")
class ApiKeysResource {

    static final String NO_ACCESS = "Your plan does not include API access. Upgrade to use API keys.";

    /// @param ids of the brands, the project, the sub-client or the master
    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "KeyLimits")
    record LimitsView(
            @Schema(description = "`account`, `brands`, `project`, `workspace` or `pool`")
            String scope,

            List<String> ids,
            Optional<Instant> expiresAt,
            List<String> networks,
            Optional<Integer> requestsPerMinute) {

        static LimitsView of(KeyLimits limits) {
            return new LimitsView(
                    limits.scope().part().key(),
                    limits.scope().ids().stream().sorted().toList(),
                    limits.expiresAt(),
                    limits.networks(),
                    limits.perMinute());
        }
    }

    record KeyView(
            String keyId,
            String name,
            List<String> permissions,
            boolean active,
            Optional<String> disabledReason,
            Instant createdAt,
            Optional<Instant> lastUsedAt,
            Optional<String> lastUsedIP,

            @Schema(description = "What it was narrowed to when it was made; absent if to nothing")
            @JsonInclude(Include.NON_ABSENT)
            Optional<LimitsView> limits,

            @Schema(description = "True if it is in test mode; absent otherwise") @JsonInclude(Include.NON_ABSENT)
            Optional<Boolean> test) {

        static KeyView of(ApiKey key) {
            return new KeyView(
                    key.id(),
                    key.name(),
                    key.permissions(),
                    key.active(),
                    key.disabledReason(),
                    key.createdAt(),
                    key.lastUsedAt(),
                    key.lastUsedIp(),
                    Optional.of(key.limits()).filter(limits -> !limits.isNone()).map(LimitsView::of),
                    Optional.of(key.test()).filter(test -> test));
        }
    }

    /// -1 means unlimited.
    record RateLimitsView(long requestsPerMinute, long requestsPerDay) {}

    record KeyUseView(long minuteUsed, long minuteRemaining) {}

    record UseView(long dailyUsed, long dailyRemaining, Map<String, KeyUseView> perKey) {}

    record KeyList(List<KeyView> keys, List<String> availablePermissions, RateLimitsView rateLimits, UseView usage) {}

    @NoOtherFields
    record NewKeyBody(
            @Schema(description = "1 to 100 characters", example = "Nightly import")
            Optional<String> name,

            @Schema(
                    description =
                            "At least one of availablePermissions. With `test`, those that read and `messages:send`;"
                                    + " without any, `messages:send` and `messages:read`")
            Optional<List<String>> permissions,

            @Schema(description = "Only for these sub-accounts: ids or usernames")
            Optional<List<String>> brands,

            @Schema(description = "Or only for this project")
            Optional<String> projectId,

            @Schema(description = "Or only for this sub-client")
            Optional<String> subClientId,

            @Schema(description = "Or only for the pool of this master")
            Optional<String> master,

            @Schema(example = "2027-01-31T00:00:00Z") Optional<String> expiresAt,

            @Schema(description = "It works from these only", example = "[\"203.0.113.0/24\"]")
            Optional<List<String>> networks,

            Optional<Integer> requestsPerMinute,

            @Schema(
                    description = "Test mode: messages that it sends reach no one, and webhooks mark them with `test`."
                            + " It can't be changed later")
            Optional<Boolean> test) {

        KeyWish wish() {
            return new KeyWish(
                    brands().orElse(List.of()),
                    projectId(),
                    subClientId(),
                    master(),
                    expiresAt(),
                    networks().orElse(List.of()),
                    requestsPerMinute(),
                    test().orElse(false));
        }
    }

    @Schema(requiredProperties = "permissions")
    record KeyChangeBody(
            @Schema(description = "New name; leave out to keep the current one")
            Optional<String> name,

            @Schema(description = "Required. Replaces the key's permissions")
            Optional<List<String>> permissions,

            @Schema(description = "Refused: test mode is chosen when a key is created")
            Optional<Boolean> test) {}

    /// @param key the whole key, returned only here
    record NewKey(
            String keyId,
            String key,
            String name,
            List<String> permissions,
            Instant createdAt,

            @Schema(description = "True if it is in test mode; absent otherwise") @JsonInclude(Include.NON_ABSENT)
            Optional<Boolean> test) {}

    record KeyCreated(String message, NewKey key) {}

    record PermissionFailure(String error, List<String> availablePermissions) {}

    record KeyLimitFailure(String error, long currentCount, long limit) {}

    private static final Noun KEY = Noun.of("Key");

    private final ApiKeys keys;
    private final Audit audit;

    ApiKeysResource(ApiKeys keys, Audit audit) {
        this.keys = keys;
        this.audit = audit;
    }

    @GET
    @Path("apikeyslist")
    @Operation(summary = "List the root account's API keys, with limits and usage")
    @APIResponseSchema(
            value = KeyList.class,
            responseDescription = "Oldest first. Keys beyond the plan's limit are inactive")
    public KeyList list(@Context RootRequest request) {
        return view(keys.of(request.context()));
    }

    @GET
    @Path("GetApiKeys")
    @Operation(summary = "Same as apikeyslist, under the name that LinkToMe's downgrade page uses")
    @APIResponseSchema(value = KeyList.class, responseDescription = "Oldest first")
    public KeyList listAgain(@Context RootRequest request) {
        return list(request);
    }

    private static KeyList view(ApiKeys.Overview overview) {
        long minute = overview.tier().apiRequestsPerMinute;
        Limit day = overview.tier().apiRequestsPerDay;
        var perKey = new LinkedHashMap<String, KeyUseView>();
        overview.keys().forEach(key -> {
            long used = overview.minuteUsed().getOrDefault(key.id(), 0L);
            perKey.put(key.id(), new KeyUseView(used, Math.max(0, key.perMinute(overview.tier()) - used)));
        });
        return new KeyList(
                overview.keys().stream().map(KeyView::of).toList(),
                overview.available(),
                new RateLimitsView(minute, day.number()),
                new UseView(overview.usedToday(), day.left(overview.usedToday()).number(), perKey));
    }

    @POST
    @ResponseStatus(201)
    @Path("apikeyscreate")
    @Operation(summary = "Create an API key; the full key is returned only once")
    @APIResponseSchema(value = KeyCreated.class, responseDescription = "Created", responseCode = "201")
    @APIResponse(responseCode = "400", description = "The name breaks a rule, or a permission is unknown")
    @APIResponse(responseCode = "403", description = "Not in this plan, limit reached, or acting as a sub-account")
    public KeyCreated create(@Context AccountRequest request, NewKeyBody body) {
        refuseEmpty("brands", body.brands());
        refuseEmpty("networks", body.networks());
        Changed.Done done = unless(
                request,
                keys.create(
                        request.context(),
                        body.name().orElse(""),
                        body.permissions().orElse(List.of()),
                        body.wish()));
        ApiKey key = done.key();
        return new KeyCreated(
                "API key created successfully",
                new NewKey(
                        key.id(),
                        done.text().orElse(""),
                        key.name(),
                        key.permissions(),
                        key.createdAt(),
                        Optional.of(key.test()).filter(test -> test)));
    }

    /// A list without anything would stand for everything.
    private static void refuseEmpty(String field, Optional<List<String>> list) {
        if (list.filter(List::isEmpty).isPresent()) {
            throw Refused.invalid(new Invalid(field, field + " must name at least one. Leave it out for no limit"));
        }
    }

    @PUT
    @Path("apikeysupdate")
    @Operation(summary = "Change an API key's permissions or name")
    @Parameter(name = "keyId", in = ParameterIn.QUERY, required = true, schema = @Schema(example = "k1a2b3c4"))
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Changed")
    @APIResponse(responseCode = "400", description = "No permissions, or an unknown permission")
    @APIResponse(responseCode = "403", description = "Sub-accounts can't have API keys")
    @APIResponse(responseCode = "404", description = "Key not found")
    public DoneMessage update(
            @Context AccountRequest request, @QueryParam("keyId") @DefaultValue("") String keyId, KeyChangeBody body) {
        if (body.test().isPresent()) {
            throw Refused.invalid(new Invalid("test", TestMode.NEVER_CHANGES));
        }
        unless(
                request,
                keys.update(
                        request.context(),
                        keyId,
                        body.name(),
                        body.permissions().orElse(List.of())));
        return new DoneMessage("API key updated successfully");
    }

    @DELETE
    @Path("apikeysdelete")
    @Operation(summary = "Delete an API key; it stops working immediately")
    @Parameter(name = "keyId", in = ParameterIn.QUERY, required = true, schema = @Schema(example = "k1a2b3c4"))
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Deleted")
    @APIResponse(responseCode = "403", description = "Sub-accounts can't have API keys")
    @APIResponse(responseCode = "404", description = "Key not found")
    public DoneMessage delete(@Context AccountRequest request, @QueryParam("keyId") @DefaultValue("") String keyId) {
        unless(request, keys.delete(request.context(), keyId));
        return new DoneMessage("API key deleted successfully");
    }

    private Changed.Done unless(AccountRequest request, Changed changed) {
        return switch (changed) {
            case Changed.Done done -> done;
            case Changed.WrongPermissions(Invalid invalid, List<String> available) ->
                throw AccountRequest.refused(400, new PermissionFailure(invalid.apiMessage(), available));
            case Changed.NoPart(Invalid invalid) -> throw AccountRequest.refused(404, invalid.apiMessage());
            case Changed.NoAccess _ -> throw AccountRequest.refused(403, NO_ACCESS);
            case Changed.Refused(Refusal.LimitReached(long used, long max)) ->
                throw AccountRequest.refused(
                        403,
                        new KeyLimitFailure(
                                "API key limit reached (" + max + "). Delete a key or upgrade.", used, max));
            case Changed.Refused(Refusal.Forbidden _) -> {
                audit.denied(request.call().actor(), request.call().route());
                throw AccountRequest.refused(
                        403,
                        request.context().isSubAccount() ? ApiKeys.NOT_FOR_SUB_ACCOUNTS : AccountGuard.NOT_PERMITTED);
            }
            case Changed.Refused(Refusal refusal) -> throw new Refused(refusal, KEY);
        };
    }
}
