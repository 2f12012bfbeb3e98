package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Accounts.Described;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.context.OperatorPage;
import dev.banyan.accounts.signin.DeviceWords;
import dev.banyan.accounts.signin.SignIn;
import dev.banyan.accounts.signin.SignIns;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Uuids;
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

    private final SignIns signIns;

    OperatorSignInsPageResource(SignIns signIns) {
        this.signIns = signIns;
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
                found.signIns().stream().map(OperatorSignInsPageResource::row).toList(),
                after.isEmpty(),
                found.next().map(UUID::toString));
    }

    private static OperatorSignInsPage.Row row(SignIns.Listed listed) {
        SignIn signIn = listed.signIn();
        return new OperatorSignInsPage.Row(
                Words.time(signIn.happenedAt()),
                listed.email(),
                signIn.outcome() == SignIn.Outcome.SIGNED_IN,
                signIn.outcome().label(),
                signIn.way().label(),
                DeviceWords.of(signIn.userAgent()),
                signIn.network());
    }
}
