package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Accounts;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.AnswerShape;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.request.FormAccount;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;

/// Makes the requests about accounts and people, and those of operators, available as parameters of resource methods.
@Singleton
public record AccountRequests(
        AccountGuard guard,
        OperatorGuard operators,
        Accounts accounts,
        Idempotency idempotency,
        PageFrames frames,
        ErrorPages errorPages) {

    @Produces
    @Dependent
    @Unremovable
    @Typed(AccountRequest.class)
    AccountRequest account(Call call) {
        return named(call, Optional.empty());
    }

    /// Makes the request for a route whose body names the account; the query takes precedence.
    public AccountRequest named(Call call, Optional<String> inBody) {
        return kept(call, new AccountRequest(call, guard.account(call, inBody), guard, idempotency));
    }

    @Produces
    @Dependent
    @Unremovable
    @Typed(RootRequest.class)
    RootRequest root(Call call) {
        return kept(call, new RootRequest(call, guard.rootAccount(call), guard, idempotency));
    }

    @Produces
    @Dependent
    @Unremovable
    AccountPage page(Call call) {
        return page(call, guard.pageAccount(call, FormAccount.named()));
    }

    private AccountPage page(Call call, AccountContext context) {
        return kept(call, new AccountPage(call, context, frames, errorPages, idempotency));
    }

    /// Makes the request of a form that changes nothing in the account that it names, which may be read-only.
    public AccountPage visit(Call call, String inForm) {
        return page(call, guard.visited(call, inForm));
    }

    /// Makes the request for the page on which people choose an account.
    public AccountPage chooser(Call call) {
        return page(call, guard.chooser(call));
    }

    @Produces
    @Dependent
    @Unremovable
    OperatorRequest operator(Call call) {
        return kept(call, new OperatorRequest(call, operators.admitProgram(call)));
    }

    @Produces
    @Dependent
    @Unremovable
    OperatorPage operatorPage(Call call) {
        return kept(call, new OperatorPage(call, operators.admit(call), accounts, frames, errorPages));
    }

    @Produces
    @Dependent
    @Unremovable
    SignedInRequest person(Call call) {
        return kept(call, new SignedInRequest(call, guard.person(call)));
    }

    @Produces
    @Dependent
    @Unremovable
    SignedInPage personPage(Call call) {
        return new SignedInPage(call, guard.pagePerson(call, FormAccount.named()), frames);
    }

    private static <T extends AnswerShape> T kept(Call call, T request) {
        request.keep(call.routing());
        return request;
    }
}
