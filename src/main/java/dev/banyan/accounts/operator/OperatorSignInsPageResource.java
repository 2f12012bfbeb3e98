package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.Accounts.Described;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.context.OperatorGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.accounts.signin.DeviceWords;
import dev.banyan.accounts.signin.SignIn;
import dev.banyan.accounts.signin.SignIns;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The history of sign-ins of an account's people.
@Path("/operator/accounts")
@RunOnVirtualThread
class OperatorSignInsPageResource {

    private static final int ROWS = 50;

    private final OperatorGuard asOperator;
    private final Accounts accounts;
    private final SignIns signIns;
    private final PageFrames shells;

    OperatorSignInsPageResource(OperatorGuard asOperator, Accounts accounts, SignIns signIns, PageFrames shells) {
        this.asOperator = asOperator;
        this.accounts = accounts;
        this.signIns = signIns;
        this.shells = shells;
    }

    @GET
    @Path("{accountId}/sign-ins")
    public Response show(
            @Context Call call,
            @PathParam("accountId") String accountId,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("shown") @DefaultValue("all") String shown,
            @QueryParam("after") @DefaultValue("") String after) {
        return asOperator.page(
                call,
                () -> AccountId.parse(accountId)
                        .flatMap(accounts::root)
                        .map(account -> Html.ok(page(call, account, search.strip(), shown, Uuids.parse(after))))
                        .orElseGet(() -> asOperator.unknown(call)));
    }

    private OperatorSignInsPage page(Call call, Described account, String search, String shown, Optional<UUID> after) {
        SignIns.OutcomeFilter wanted =
                Keyed.parse(SignIns.OutcomeFilter.class, shown).orElse(SignIns.OutcomeFilter.ALL);
        AccountId id = account.account().id();
        SignIns.Found found = signIns.of(id, new SignIns.Query(Names.lower(search), wanted, after), ROWS);
        return new OperatorSignInsPage(
                shells.ofOperator(call, NavItem.OPERATOR_ACCOUNTS, "Sign-ins"),
                id.toString(),
                account.account().displayName(),
                search,
                wanted.key(),
                found.signIns().stream().map(OperatorSignInsPageResource::row).toList(),
                after.isEmpty(),
                found.next().map(UUID::toString));
    }

    private static OperatorSignInsPage.Row row(SignIns.Listed listed) {
        SignIn signIn = listed.signIn();
        return new OperatorSignInsPage.Row(
                signIn.happenedAt().toString(),
                Words.moment(signIn.happenedAt()),
                listed.email(),
                signIn.outcome() == SignIn.Outcome.SIGNED_IN,
                signIn.outcome().label(),
                signIn.way().label(),
                DeviceWords.of(signIn.userAgent()),
                signIn.network());
    }
}
