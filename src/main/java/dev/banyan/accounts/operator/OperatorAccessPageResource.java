package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Accounts.Described;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.context.AccountLocks;
import dev.banyan.accounts.context.LockReason;
import dev.banyan.accounts.context.OperatorPage;
import dev.banyan.accounts.signin.DeviceWords;
import dev.banyan.accounts.signin.SignIn;
import dev.banyan.accounts.signin.SignIns;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Who gets into a root account: operators switch it off or on, and see the history of its people's sign-ins.
@Path("/operator/accounts")
@RunOnVirtualThread
class OperatorAccessPageResource {

    private static final Invalid NO_REASON = new Invalid("reason", "Choose a reason from the list.");

    private static final int ROWS = 50;

    private final AccountLocks disablings;
    private final SignIns signIns;

    OperatorAccessPageResource(AccountLocks disablings, SignIns signIns) {
        this.disablings = disablings;
        this.signIns = signIns;
    }

    @GET
    @Path("{accountId}/access")
    public Response show(@Context OperatorPage page, @PathParam("accountId") String accountId) {
        return Html.ok(page(page, page.account(accountId), "", "", FieldErrors.NONE));
    }

    @POST
    @Path("{accountId}/disable")
    public Response disable(
            @Context OperatorPage page,
            @PathParam("accountId") String accountId,
            @FormParam("reason") @DefaultValue("") String reason,
            @FormParam("note") @DefaultValue("") String note) {
        Described account = page.account(accountId);
        AccountId id = account.account().id();
        Outcome<Nothing> disabled = Keyed.parse(LockReason.class, reason)
                .map(known -> disablings.disable(page.actor(), id, known, note))
                .orElseGet(() -> Outcome.rejected(NO_REASON));
        return disabled.fold(_ -> done(id, "account-disabled"), refusal -> {
            if (refusal instanceof Refusal.Rejected(List<Invalid> invalid)) {
                return Html.invalid(page(page, account, reason, note, FieldErrors.from(invalid)));
            }
            throw page.unknown();
        });
    }

    @POST
    @Path("{accountId}/enable")
    public Response enable(@Context OperatorPage page, @PathParam("accountId") String accountId) {
        AccountId id = page.account(accountId).account().id();
        disablings.enable(page.actor(), id).orElseThrow(_ -> page.unknown());
        return done(id, "account-enabled");
    }

    private static Response done(AccountId id, String done) {
        return Html.seeOther("/operator/accounts/" + id + "/access?done=" + done);
    }

    private OperatorAccessPage page(
            OperatorPage page, Described account, String reason, String note, FieldErrors errors) {
        return new OperatorAccessPage(
                page.frame(NavItem.OPERATOR_ACCOUNTS, account.account().displayName() + " – Access"),
                account.account().id().toString(),
                account.account().displayName(),
                account.used(PlanQuota.SUB_ACCOUNTS),
                disablings.of(account.account().id()).map(OperatorAccountPage.Off::of),
                Arrays.stream(LockReason.values())
                        .map(known -> new Choice(known.key(), known.label + ": “" + known.words + "”"))
                        .toList(),
                reason,
                note,
                errors);
    }

    @GET
    @Path("{accountId}/sign-ins")
    public Response show(
            @Context OperatorPage page,
            @PathParam("accountId") String accountId,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("shown") @DefaultValue("all") String shown,
            @QueryParam("after") @DefaultValue("") String after) {
        Described account = page.account(accountId);
        return Html.ok(page(page, account, search.strip(), shown, Uuids.parse(after)));
    }

    private OperatorSignInsPage page(
            OperatorPage page, Described account, String search, String shown, Optional<UUID> after) {
        SignIns.OutcomeFilter wanted =
                Keyed.parse(SignIns.OutcomeFilter.class, shown).orElse(SignIns.OutcomeFilter.ALL);
        AccountId id = account.account().id();
        SignIns.Found found = signIns.of(id, new SignIns.Query(Names.lower(search), wanted, after), ROWS);
        return new OperatorSignInsPage(
                page.frame(NavItem.OPERATOR_ACCOUNTS, account.account().displayName() + " – Sign-ins"),
                id.toString(),
                account.account().displayName(),
                search,
                wanted.key(),
                found.signIns().stream().map(OperatorAccessPageResource::row).toList(),
                after.isEmpty(),
                found.next().map(UUID::toString));
    }

    private static OperatorSignInsPage.Row row(SignIns.Listed listed) {
        SignIn signIn = listed.signIn();
        return new OperatorSignInsPage.Row(
                Words.time(signIn.happenedAt()),
                listed.email(),
                signIn.outcome() == SignIn.Outcome.SIGNED_IN,
                signIn.outcome().label,
                signIn.way().label,
                DeviceWords.of(signIn.userAgent()),
                signIn.network());
    }
}
