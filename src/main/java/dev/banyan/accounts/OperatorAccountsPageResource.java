package dev.banyan.accounts;

import dev.banyan.accounts.Accounts.Described;
import dev.banyan.accounts.Accounts.PlanSet;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.Choice;
import dev.banyan.platform.web.ErrorPages;
import dev.banyan.platform.web.FieldErrors;
import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.Html;
import dev.banyan.platform.web.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Where operators give root accounts their plans.
@Path("/operator/accounts")
@RunOnVirtualThread
class OperatorAccountsPageResource {

    private static final int ROWS = 50;
    private static final String NO_PERMISSION = "none";

    private final Accounts accounts;
    private final Identities identities;
    private final Shells shells;
    private final Audit audit;
    private final ErrorPages errorPages;

    OperatorAccountsPageResource(
            Accounts accounts, Identities identities, Shells shells, Audit audit, ErrorPages errorPages) {
        this.accounts = accounts;
        this.identities = identities;
        this.shells = shells;
        this.audit = audit;
        this.errorPages = errorPages;
    }

    @GET
    public Response list(
            @Context Call call,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("after") @DefaultValue("") String after) {
        return forOperator(call, () -> {
            Optional<AccountId> cursor = AccountId.parse(after);
            var listed = accounts.roots(search, cursor, ROWS);
            return Html.ok(new OperatorAccountsPage(
                    shells.ofOperator(call, emailOf(call), "Accounts"),
                    search,
                    listed.accounts().stream()
                            .map(OperatorAccountsPageResource::row)
                            .toList(),
                    cursor.isEmpty(),
                    listed.next().map(AccountId::toString)));
        });
    }

    private static OperatorAccountsPage.Row row(Described described) {
        Account account = described.account();
        return new OperatorAccountsPage.Row(
                account.id().toString(),
                account.username(),
                account.displayName(),
                account.email().orElse(""),
                described.plan().tier().label(),
                described.plan().agencyPermission().map(AgencyPermission::label),
                described.plan().packLabel(),
                (int) described.used(Quota.SUB_ACCOUNTS),
                Words.day(account.createdAt()));
    }

    @GET
    @Path("{accountId}")
    public Response show(@Context Call call, @PathParam("accountId") String accountId) {
        return forOperator(
                call,
                () -> AccountId.parse(accountId)
                        .flatMap(accounts::root)
                        .map(described -> Html.ok(page(call, described, form(described.plan()), FieldErrors.NONE)))
                        .orElseGet(() -> unknown(call)));
    }

    @POST
    @Path("{accountId}")
    public Response setPlan(
            @Context Call call,
            @PathParam("accountId") String accountId,
            @FormParam("tier") @DefaultValue("") String tier,
            @FormParam("agencyPermission") @DefaultValue("") String permission,
            @FormParam("packs3") @DefaultValue("0") String packs3,
            @FormParam("packs10") @DefaultValue("0") String packs10,
            @FormParam("packs25") @DefaultValue("0") String packs25) {
        return forOperator(call, () -> {
            Optional<Described> known = AccountId.parse(accountId).flatMap(accounts::root);
            if (known.isEmpty()) {
                return unknown(call);
            }
            var typed = new OperatorAccountPage.PlanForm(tier, permission, packs3, packs10, packs25);
            return switch (read(typed)) {
                case Read.Wrong wrong -> Html.invalid(page(call, known.get(), typed, wrong.errors()));
                case Read.Right right -> save(call, known.get(), typed, right.plan());
            };
        });
    }

    private Response save(Call call, Described known, OperatorAccountPage.PlanForm typed, Plan plan) {
        return switch (accounts.setPlan(call.actor(), known.account().id(), plan)) {
            case PlanSet.Done done ->
                Html.seeOther("/operator/accounts/" + done.account().account().id() + "?done=plan-saved");
            case PlanSet.Rejected rejected ->
                Html.invalid(page(call, known, typed, FieldErrors.from(List.of(rejected.invalid()))));
            case PlanSet.Unknown _ -> unknown(call);
        };
    }

    private sealed interface Read {

        record Right(Plan plan) implements Read {}

        record Wrong(FieldErrors errors) implements Read {}
    }

    private static Read read(OperatorAccountPage.PlanForm typed) {
        var errors = new LinkedHashMap<String, String>();
        Optional<Tier> tier = Tier.of(typed.tier());
        if (tier.isEmpty()) {
            errors.put("tier", "Choose a tier from the list.");
        }
        Optional<AgencyPermission> permission = AgencyPermission.of(typed.agencyPermission());
        if (permission.isEmpty() && !typed.agencyPermission().equals(NO_PERMISSION)) {
            errors.put("agencyPermission", "Choose a permission from the list.");
        }
        var packs = new EnumMap<Pack, Integer>(Pack.class);
        Map.of(Pack.THREE, typed.packs3(), Pack.TEN, typed.packs10(), Pack.TWENTY_FIVE, typed.packs25())
                .forEach((pack, count) -> {
                    if (!count.matches("[0-9]{1,2}")) {
                        errors.put("packs" + pack.size(), "Enter a number from 0 to " + Plan.MOST_OF_ONE_PACK + ".");
                    } else if (Integer.parseInt(count) > 0) {
                        packs.put(pack, Integer.parseInt(count));
                    }
                });
        return errors.isEmpty()
                ? new Read.Right(new Plan(tier.orElseThrow(), permission, packs))
                : new Read.Wrong(new FieldErrors(errors));
    }

    private static OperatorAccountPage.PlanForm form(Plan plan) {
        return new OperatorAccountPage.PlanForm(
                plan.tier().key(),
                plan.agencyPermission().map(AgencyPermission::key).orElse(NO_PERMISSION),
                count(plan, Pack.THREE),
                count(plan, Pack.TEN),
                count(plan, Pack.TWENTY_FIVE));
    }

    private static String count(Plan plan, Pack pack) {
        return Integer.toString(plan.packs().getOrDefault(pack, 0));
    }

    private OperatorAccountPage page(
            Call call, Described described, OperatorAccountPage.PlanForm form, FieldErrors errors) {
        Account account = described.account();
        return new OperatorAccountPage(
                shells.ofOperator(call, emailOf(call), account.displayName()),
                new OperatorAccountPage.Account(
                        account.id().toString(),
                        account.username(),
                        account.displayName(),
                        account.email().orElse(""),
                        Words.day(account.createdAt()),
                        described.used(Quota.PAGES),
                        described.used(Quota.LINKS),
                        (int) described.used(Quota.SUB_ACCOUNTS),
                        described.plan().maxSubAccounts()),
                form,
                Arrays.stream(Tier.values())
                        .map(tier -> new Choice(tier.key(), tier.label()))
                        .toList(),
                Stream.concat(
                                Stream.of(new Choice(NO_PERMISSION, "None")),
                                Arrays.stream(AgencyPermission.values())
                                        .map(permission -> new Choice(permission.key(), permission.label())))
                        .toList(),
                errors,
                Optional.<FormProblem>empty());
    }

    private String emailOf(Call call) {
        return call.identity().flatMap(identities::emailOf).orElse("");
    }

    /// People who do not run the server learn nothing: for them there is no such page.
    private Response forOperator(Call call, Supplier<Response> work) {
        return switch (call.caller()) {
            case Caller.Operator _ -> work.get();
            case Caller.Anonymous _, Caller.WorkspaceMember _ -> ActingAs.signIn(call);
            case Caller.SignedIn _ -> {
                audit.denied(call.actor(), "operator accounts");
                yield unknown(call);
            }
        };
    }

    private Response unknown(Call call) {
        return errorPages.answer(
                call, 404, "There is nothing at this address", "Check the address, or start from your dashboard.");
    }
}
